"""What people are told of rewards: the admins who answer, those who asked, those who gave to a project."""

from collections.abc import Mapping

from bot.rules.rewards import State
from bot.services.fund import Settled
from bot.views import phrases, reward_words, rich
from bot.views.blocks import Block, paragraph, quotation, say, section
from bot.views.reward_queue import deeds
from bot.views.tongue import mark, speak
from storage.fund import Project
from storage.outbox import Message
from storage.people import Member
from storage.rewards import Request

_TASK: Mapping[State, str] = {
    "held": mark("{person} asks for a reward. Whoever answers first does it for all admins."),
    "approved": mark("{decider} granted {person} this reward. Please say when it is delivered."),
    "delivered": mark("{person} has this reward."),
    "refused": mark("{decider} refused {person} this reward, with a reason. The points are returned."),
    "withdrawn": mark("{person} withdrew this request. Nothing is to be done."),
    "expired": mark("Nobody answered {person} within 30 days, so the points are returned."),
    "returned": mark("{person} left, so the points are returned to their account."),
}
_NEWS: Mapping[State, str] = {
    "approved": mark("{decider} granted you a reward. You will hear when it is delivered."),
    "delivered": mark("Your reward is delivered. Enjoy it!"),
    "refused": mark("{decider} refused you a reward, and gave this reason. Your points are returned."),
    "expired": mark("Nobody answered your request within 30 days, so your points are returned. You can ask again."),
}


def task(request: Request, admin: Member) -> Message:
    """For an admin: a request to answer or to deliver, or what became of it."""
    tongue = speak(admin.language)
    about = tongue.t(_TASK[request.state])
    decider = phrases.somebody(tongue, request.decider)
    note = [quotation(request.note)] if request.note else []
    todo = [deeds(tongue, request)] if request.state in ("held", "approved") else []
    told = paragraph(about, person=rich.person(request.person), decider=decider)
    thanks = phrases.thanks_not_pay(tongue)
    return say(tongue, told, reward_words.request(tongue, request), *note, *todo, thanks)


def news(request: Request) -> Message:
    """What becomes of somebody's request, for them."""
    tongue = speak(request.person.language)
    said = paragraph(tongue.t(_NEWS[request.state]), decider=phrases.somebody(tongue, request.decider))
    reason: list[Block] = [quotation(request.reason)] if request.reason else []
    return say(tongue, said, *reason, reward_words.request(tongue, request), phrases.thanks_not_pay(tongue))


def reached(project: Project, admin: Member) -> Message:
    """For an admin: a project has its goal."""
    tongue = speak(admin.language)
    said = tongue.t("A project of the innovation fund has its goal. Now somebody has to put it into practice.")
    return say(tongue, section(said), reward_words.project(tongue, project), phrases.thanks_not_pay(tongue))


def settled(end: Settled, person: Member) -> Message:
    """For somebody who gave to a project that ended."""
    tongue, project = speak(person.language), end.project
    points = phrases.points(tongue, end.share.amount)
    below = [reward_words.project(tongue, project), phrases.thanks_not_pay(tongue)]
    if project.state == "reached":
        said = tongue.t("The project has its goal, thanks to you too: you gave {points}.", points=points)
        return say(tongue, section(said), *below)
    said = tongue.t("{closer} closed a project without its goal, so you have {points} back. The reason:")
    closer = phrases.somebody(tongue, project.ender)
    return say(tongue, paragraph(said, closer=closer, points=points), quotation(project.reason), *below)
