"""Words for every refusal: what cannot be done, and what to do instead. The codes are those of rules and services."""

from collections.abc import Mapping
from datetime import date

from bot.rules.helping import MAX_HELPERS
from bot.rules.kudos import PAIR_LIMIT
from bot.rules.refusal import Refusal
from bot.services.helping import NobodyHelped
from bot.services.kudos import NobodyThanked
from bot.services.settings import WrongSettings
from bot.views import idea_refusals, pulse_refusals, reward_refusals, rich, setting_refusals
from bot.views.blocks import say, section
from bot.views.strings import cut
from bot.views.tongue import Tongue, mark, speak
from storage.outbox import Message

FORM_ERROR = 1_000
"""Slack gives no limit for the words below a field; longer ones would hide the form."""

GENERAL = mark("That is not possible just now. Nothing was changed.")
WORDS: Mapping[str, str] = {
    # who acts
    "unknown_actor": mark("I do not know you yet. Please try again in a minute, or ask an admin. Nothing was changed."),
    "actor_bot": mark("Bots cannot do this. Nothing was changed."),
    "actor_gone": mark("This Slack account is switched off, so nothing was changed."),
    "actor_guest": mark("Guests do not take part here yet. Nothing was changed. An admin can tell you more."),
    "actor_stranger": mark("People from other workspaces do not take part here yet. Nothing was changed."),
    "other_workspace": mark("I do not serve that workspace. Nothing was changed."),
    "admins_only": mark("Only admins may do this. Nothing was changed."),
    "leads_only": mark("Only leads and admins may do this. Nothing was changed."),
    # who is named
    "people_missing": mark("Please name at least one colleague."),
    "too_many_people": mark("Please name at most {most} colleagues at once. Nothing was recorded."),
    "unknown_people": mark("I do not know one of the people you named. Please choose them from Slack's list."),
    "person_lookup_failed": mark("I could not find one of the people you named. Nothing was changed. Try again."),
    "praised_bot": mark("A bot cannot be praised. Please name the people behind it. Nothing was recorded."),
    "praised_gone": mark("One of the people you named has left, so nothing was recorded."),
    "praised_guest": mark("One of the people you named is a guest; guests do not take part yet. Nothing was recorded."),
    "praised_stranger": mark("One of the people you named is from another workspace. Nothing was recorded."),
    # what is erased
    "erase_whom": mark("Please say whom or what to erase."),
    "erase_nobody": mark("I know nobody by that. Nothing was changed."),
    "erase_several": mark("Several people have this name. Please give the Slack id or the e-mail address."),
    "erase_no_customer": mark("This name is too short: it stands in too many other words."),
    "erase_no_praise": mark("I find no praise there. Please copy the link to its post. Nothing was changed."),
    "erase_self": mark("You cannot erase yourself; another admin can. Nothing was changed."),
    # praise
    "words_missing": mark("The customer's words are missing. Please write what they said."),
    "words_too_long": mark("The words are too long: {length} characters, and {most} fit. Please keep the best part."),
    "part_not_found": mark("I cannot find this part in the customer's words. Please copy it from there as it is."),
    "customer_too_long": mark("The customer's name is too long: at most {most} characters fit."),
    "unknown_source": mark("Please choose from the list how the words reached you."),
    "bad_link": mark("That is not a web address. It begins with https:// or http://."),
    "day_in_future": mark("That day has not come yet. Please choose today or an earlier day."),
    "day_too_long_ago": mark("That day is more than {most} years ago. Please look at the year again."),
    "duplicate": mark("These words are recorded already, from {happened_on}. Nothing was added."),
    "no_such_praise": mark("This praise is no longer there."),
    "recorder_only": mark("Only the one who recorded this praise may do that. Nothing was changed."),
    "own_post": mark(
        "I wrote that message myself, so there is nothing in it to save. Please choose the message with the customer's "
        "own words. Nothing was changed."
    ),
    "may_not_confirm": mark(
        "Only a lead or an admin who neither recorded this praise nor is praised in it may decide it. "
        "Nothing was changed."
    ),
    "already_decided": mark("Somebody decided this before you, and that decision stands. Nothing was changed."),
    # it was not me, I had help, a lead's pick
    "not_praised": mark("This praise is not yours, or not any more. Nothing was changed."),
    "handing_on_late": mark("It can be handed on within {most} days only, and they are over. Nothing was changed."),
    "handing_on_spent": mark(
        "This praise was handed on twice already, so now it stays. Do tell the right colleague in person. "
        "Nothing was changed."
    ),
    "handing_on_self": mark("It is yours already. Please choose the colleague whom the customer meant."),
    "handing_on_several": mark("Please choose one colleague only, in one of the two fields."),
    "handing_on_praised": mark("This colleague is praised in it already. Please choose somebody else."),
    "handing_on_back": mark("This colleague had it and said that it was not them. Please choose somebody else."),
    "handing_on_recorder": mark(
        "This colleague recorded it, and praise that somebody recorded of themselves needs a lead. "
        "Please ask a lead to record it for them."
    ),
    "handing_on_known": mark("This colleague has the same words already. Please choose somebody else, or keep them."),
    "nobody_helped": mark("Nobody could be named as a helper. Nothing was changed."),
    "pick_private": mark("Everybody praised in it keeps praise private, so it cannot open a morning."),
    "pick_opened": mark("This praise has opened a morning already. Please pick another one."),
    # kudos
    "reason_missing": mark("Please write a reason. A few words are enough."),
    "reason_too_long": mark("The reason is too long: at most {most} characters fit."),
    "unknown_value": mark("Please choose one of the values on the list."),
    "nobody_thanked": mark("Nobody could be thanked, so nothing was given."),
    "no_such_kudos": mark("This thank-you was taken back, so nobody can join in any more."),
    "joined_already": mark("You are part of this thank-you already. It counts once."),
    "join_self": mark("This thank-you is for you. Enjoy it: only others can join in."),
    "turns_spent": mark(
        "You put this emoji on and off the same message {most} times. It takes no more from you, so nothing was given."
    ),
    # rituals and single dates
    "no_such_ritual": mark("There is no ritual of that name. Nothing was changed."),
    "ritual_of_settings": mark(
        "That ritual is the one of the settings. Change it with `/golden-ear settings`, or RITUAL_TIME, "
        "PRAISE_CHANNEL, TIMEZONE, WORKDAYS or HOLIDAYS in the environment."
    ),
    "no_ritual_yet": mark(
        "The ritual of the settings is not there yet. Please start Golden Ear once. Nothing was changed."
    ),
    "ritual_without_channel": mark("A new ritual needs a channel. Nothing was changed."),
    "not_a_date": mark(
        "That is not a date. Please write year, month and day, such as 2026-12-24. Nothing was changed."
    ),
    "day_past": mark("{day} is past, so nothing was changed. Please choose today or a later date."),
    "day_too_far": mark("{day} is more than two years away, so nothing was changed. Is the year right?"),
    # boards of teams
    "no_team": mark("You are in no team yet. An admin can put you on the list of people."),
    "unknown_team": mark("There is no such team on the list of people. Its name must be spelt as it is there."),
    "team_too_small": mark("Your team has fewer than {least} people whom boards show, so it has no board of its own."),
    "other_team_small": mark(
        "This team has fewer than {least} people whom boards show, so it has no board of its own."
    ),
    # the machinery
    "already_done": mark("This was done already, so nothing was done twice."),
    "slack_unreachable": mark("Slack does not answer just now. Nothing was changed. Please try again in a minute."),
    "out_of_date": mark("I no longer know what this was. Nothing was changed. Please start again with a command."),
    "form_failed": mark("Slack did not open the form. Nothing was changed. Please try again."),
    **pulse_refusals.WORDS,
    **idea_refusals.WORDS,
    **setting_refusals.WORDS,
    **reward_refusals.WORDS,
}
NOT_GIFTED: Mapping[str, str] = {
    "self": mark("Nobody can thank themselves. It cost nothing."),
    "bot": mark("A bot cannot be thanked. It cost nothing."),
    "guest": mark("Guests do not take part yet. It cost nothing."),
    "gone": mark("This colleague has left. It cost nothing."),
    "stranger": mark("People from other workspaces do not take part yet. It cost nothing."),
    "pair_limit": mark("You thanked this person {most} times this week, which is the most. It cost nothing."),
    "allowance": mark("You have no kudos left just now. Fresh ones come at midnight. It cost nothing."),
}
NO_HELPER: Mapping[str, str] = {
    "self": mark("You are praised yourself."),
    "praised": mark("Praised in it too, and has the points for it."),
    "helped": mark("Thanked as a helper already. It counts once."),
    "most": mark("There are {most} helpers already, which is the most."),
    "bot": mark("A bot cannot be thanked."),
    "guest": mark("Guests do not take part yet."),
    "gone": mark("This colleague has left."),
    "stranger": mark("People from other workspaces do not take part yet."),
}
_NAMING = {
    "already_decided": mark("{by} decided this before you, and that decision stands. Nothing was changed."),
    **reward_refusals.NAMING,
}


def not_gifted(tongue: Tongue, code: str) -> str:
    """Why one person got no kudos."""
    sentence = tongue.t(NOT_GIFTED.get(code, GENERAL))
    return sentence.format(most=tongue.number(PAIR_LIMIT)) if code == "pair_limit" else sentence


def no_helper(tongue: Tongue, code: str) -> str:
    """Why one person is no helper."""
    return tongue.t(NO_HELPER[code], most=tongue.number(MAX_HELPERS))


def words(refusal: Refusal, language: str) -> str:
    """The refusal in escaped mrkdwn; a person in it is mentioned."""
    tongue = speak(language)
    by = str(refusal.facts.get("by") or "")
    if refusal.code in _NAMING and by.isalnum():
        return tongue.t(_NAMING[refusal.code], by=f"<@{by}>")
    return _plain(refusal, tongue)


def message(refusal: Refusal, language: str) -> Message:
    """The refusal as a message."""
    return say(speak(language), section(words(refusal, language)))


def form_errors(refusal: Refusal, language: str, first: str = "people") -> dict[str, str]:
    """The refusal below its field of a form, by block id; below the `first` one if it belongs to none."""
    tongue = speak(language)
    if isinstance(refusal, WrongSettings):
        return {field: tongue.t(_sentence(code)) for field, code in refusal.problems.items()}
    said = _plain(refusal, tongue)
    if isinstance(refusal, NobodyThanked):
        reasons = (f"{rich.name(one.person)}: {not_gifted(tongue, one.code)}" for one in refusal.refused)
        said = "\n".join([said, *reasons])
    if isinstance(refusal, NobodyHelped):
        why = (f"{rich.name(one.person)}: {no_helper(tongue, one.code)}" for one in refusal.refused)
        said = "\n".join([said, *why])
    return {refusal.field or first: cut(said, FORM_ERROR)}


def _plain(refusal: Refusal, tongue: Tongue) -> str:
    sentence = tongue.t(_sentence(refusal.code))
    return sentence.format_map(_Facts({name: _shown(tongue, fact) for name, fact in refusal.facts.items()}))


def _sentence(code: str) -> str:
    """Codes of `rules.kudos.entitle` may come bare."""
    return WORDS.get(code) or NOT_GIFTED.get(code) or GENERAL


def _shown(tongue: Tongue, fact: object) -> str:
    if isinstance(fact, date):
        return tongue.day(fact)
    return tongue.number(fact) if isinstance(fact, int) else ""


class _Facts(dict[str, str]):
    """A fact that a refusal forgot leaves a gap rather than an error."""

    def __missing__(self, name: str) -> str:
        return "…"
