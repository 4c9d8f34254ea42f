"""What admins and leads did, in plain words, with filters and pages."""

import re
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.services.auditing import EVERYTHING, Page
from bot.views import erasing, forms, idea_words, leaderboards, rich, setting_words
from bot.views.blocks import Block, actions, bullets, button, metadata, section
from bot.views.forms import View
from bot.views.rich import Element, Value
from bot.views.tongue import Tongue, mark, speak
from storage.audit import Act
from storage.people import Member

AUDIT_OPEN = "audit_open"
AUDIT_BY_KIND = "audit_by_kind"
AUDIT_BY_PERSON = "audit_by_person"
AUDIT_EVERYBODY = "audit_everybody"
AUDIT_OLDER = "audit_older"
AUDIT_NEWEST = "audit_newest"

_KINDS: Mapping[str, str] = {
    EVERYTHING: mark("Everything"),
    "settings": mark("Settings"),
    "roles": mark("Admins, leads and roles"),
    "rituals": mark("Mornings"),
    "dates": mark("Single dates"),
    "questions": mark("Questions of the pulse"),
    "ideas": mark("Ideas"),
    "praise": mark("Praise that waited"),
    "rewards": mark("Rewards and points"),
    "data": mark("Erasing and exports"),
}
SAID: Mapping[str, str] = {
    "setting": mark("{setting}: {before} → {after}"),
    "setting_reset": mark("{setting}: {before} → as in the environment"),
    "lead_on": mark("{person} became a lead"),
    "lead_off": mark("{person} is no lead any more"),
    "listed": mark("Role of {person} on the list of people: {before} → {after}"),
    "teams_listed": mark("Changed teams by the list of people"),
    "joined": mark("Gave {person} the praise and points of a name without an account"),
    "ritual_made": mark("Made the morning {name}: {after}"),
    "ritual_removed": mark("Removed the morning {name}"),
    "ritual_at": mark("Time of the morning {name}: {before} → {after}"),
    "ritual_channel": mark("Channel of the morning {name}: {before} → {after}"),
    "ritual_days": mark("Days of the morning {name}: {before} → {after}"),
    "ritual_holidays": mark("Holidays of the morning {name}: {before} → {after}"),
    "ritual_team": mark("Team of the morning {name}: {before} → {after}"),
    "ritual_zone": mark("Time zone of the morning {name}: {before} → {after}"),
    "picked": mark("Picked the praise {id} for the next morning"),
    "unpicked": mark("Took the pick of the praise {id} back"),
    "date": mark("{day}: {before} → {after}"),
    "question_added": mark("Added the question {name}"),
    "question_words": mark("Changed the words of the question {name}"),
    "question_retired": mark("Let the question {name} rest"),
    "question_restored": mark("Brought the question {name} back"),
    "question_day": mark("Date of the question {name}: {before} → {after}"),
    "idea_moved": mark("Idea {id}: {before} → {after}"),
    "idea_solved": mark("Confirmed that the idea {id} solved a major problem"),
    "idea_asked": mark("Wrote to the author of the idea {id}"),
    "praise_decided": mark("Praise {id} that waited: {after}"),
    "reward_added": mark("Added the reward {id}"),
    "reward_edited": mark("Changed the reward {id}"),
    "reward_approved": mark("Granted the request {id} for a reward"),
    "reward_refused": mark("Refused the request {id} for a reward"),
    "reward_called_off": mark("Called off the granted request {id} for a reward"),
    "reward_delivered": mark("Delivered the reward of the request {id}"),
    "project_opened": mark("Opened the project {id}"),
    "project_edited": mark("Changed the project {id}"),
    "project_closed": mark("Closed the project {id}"),
    "grant_asked": mark("Points by hand for {person}, waiting for a second admin: {after}"),
    "grant_entered": mark("Points by hand for {person}: {after}"),
    "grant_confirmed": mark("Confirmed points by hand for {person}: {after}"),
    "grant_refused": mark("Refused points by hand for {person}: {after}"),
    "grant_expired": mark("Nobody confirmed points by hand for {person}: {after}"),
    "settled": mark("Settled the account of {person}, who left: {before} → {after}"),
    "erased": mark("Erased for good: {after}"),
    "retained": mark("By the limit that is set, replaced words from before {day}: {after}"),
    "letters_lost": mark("Gave up letters without a name, for their key is lost: {after}"),
    "readmitted": mark("Let somebody who was erased be written down again"),
    "exported": mark("Had a whole board as a file: {after}"),
    "imported": mark("Brought praise of former days from a file: {after}"),
    "welcome": mark("Was greeted, and offered the first choices"),
    "admin_on": mark("{person} became an admin"),
    "admin_off": mark("{person} is no admin by appointment any more"),
}
_SEEN_AS: Mapping[str, str] = {"ritual_channel": "PRAISE_CHANNEL", "ritual_days": "WORKDAYS"}
"""Acts whose values are shown as those of a setting."""
_NUMBERS = frozenset({"grant_asked", "grant_entered", "grant_confirmed", "grant_refused", "grant_expired", "settled"})
"""Acts whose values are points."""
_OF_ITSELF = frozenset({"retained", "grant_expired", "letters_lost"})
"""What nobody does: its day has come."""
_WORDS: Mapping[str, str] = {
    "free": mark("free"),
    "working": mark("working day"),
    "ordinary": mark("ordinary"),
    "lead": mark("lead"),
    "admin": mark("admin"),
    "accepted": mark("accepted"),
    "refused": mark("refused"),
}
_WORDS_OF: Mapping[str, Mapping[str, str]] = {
    "erased": {kind: said for kind, said in erasing.NAMES.items()},
    "settled": {"paid": mark("Paid out"), "void": mark("The points are void")},
    "imported": {"with_points": mark("with its points"), "without_points": mark("without points")},
}
"""The words for the values of single acts."""


def page(page: Page) -> View:
    """A page of acts."""
    tongue = speak(page.admin.language)
    zone = page.company.zone_of(page.admin.zone)
    lines = [line(tongue, act, zone, page.people) for act in page.acts]
    return forms.modal(
        tongue.t("Who changed what"),
        [
            _filters(tongue, page),
            *([bullets(lines)] if lines else [section(tongue.t("Nothing is written down here."))]),
            *_pages(tongue, page),
        ],
        close=tongue.t("Close"),
        callback_id="audit",
        private_metadata=metadata(kind=page.kind, who=page.who.slack_id if page.who else "", below=page.below),
    )


def _filters(tongue: Tongue, page: Page) -> Block:
    kinds = [(kind, tongue.t(said)) for kind, said in _KINDS.items()]
    people: Block = {"type": "users_select", "action_id": AUDIT_BY_PERSON, "placeholder": forms.plain(tongue.t("By"))}
    if page.who and rich.has_account(page.who):
        people["initial_user"] = page.who.slack_id
    everybody = [button(tongue.t("By everybody"), AUDIT_EVERYBODY, "all")] if page.who else []
    return actions(forms.menu(AUDIT_BY_KIND, tongue.t("What"), kinds, initial=page.kind), people, *everybody)


def _pages(tongue: Tongue, page: Page) -> list[Block]:
    older = [button(tongue.t("Older"), AUDIT_OLDER, str(page.acts[-1].id))] if page.older else []
    newest = [button(tongue.t("Back to the newest"), AUDIT_NEWEST, "newest")] if page.below else []
    return [actions(*older, *newest)] if older or newest else []


def line(tongue: Tongue, act: Act, zone: ZoneInfo, people: Mapping[str, Member]) -> list[Element]:
    """An act: when, by whom, what. One for which there are no words is shown as it is written down."""
    when = f"{tongue.short_day(act.at.astimezone(zone).date())} {tongue.time(act.at, zone.key)}"
    template = tongue.t(SAID[act.act]) if act.act in SAID else "{act} {id}: {before} → {after}"
    what = rich.fill(template, **_values(tongue, act, people))
    return rich.fill(tongue.t("{when}, {who}: {what}"), when=when, who=_who(tongue, act), what=what)


def _who(tongue: Tongue, act: Act) -> Value:
    if act.by:
        return rich.person(act.by)
    if act.act in _OF_ITSELF:
        return "Golden Ear"
    return tongue.t("the command line") if act.by_command_line else tongue.t("a colleague")


def _values(tongue: Tongue, act: Act, people: Mapping[str, Member]) -> dict[str, Value]:
    about = people.get(act.subject)
    return {
        "act": act.act,
        "setting": setting_words.label(tongue, act.subject),
        "name": rich.code(act.subject) if act.subject else "",
        "id": rich.code(act.subject[:8]) if act.subject else "",
        "day": _day(tongue, act.subject),
        "person": rich.person(about) if about else tongue.t("a colleague"),
        "before": _value(tongue, act, act.before),
        "after": _value(tongue, act, act.after),
    }


def _value(tongue: Tongue, act: Act, text: str) -> Value:
    if act.act in ("setting", "setting_reset"):
        return setting_words.value(tongue, act.subject, text)
    if act.act in _SEEN_AS:
        return setting_words.value(tongue, _SEEN_AS[act.act], text)
    if act.act == "idea_moved" and text in idea_words.STATES:
        return tongue.t(idea_words.STATES[text])  # type: ignore[index]
    if act.act == "question_day" and text:
        return _day(tongue, text)
    if act.act in _NUMBERS and re.fullmatch(r"-?[0-9]{1,15}", text):
        return tongue.signed(int(text))
    if act.act == "exported":
        return _board(tongue, text)
    words = _WORDS_OF.get(act.act, _WORDS)
    if text in words:
        return tongue.t(words[text])
    return text or tongue.t("none")


def _board(tongue: Tongue, text: str) -> str:
    """A board by its period and name, as people read it."""
    for period, when in leaderboards.PERIODS.items():
        for board, what in leaderboards.BOARDS.items():
            if text == f"{period} {board}":
                return tongue.t("{board}, {period}", board=tongue.t(what), period=tongue.t(when))
    return text or tongue.t("none")


def _day(tongue: Tongue, text: str) -> str:
    try:
        return tongue.day(date.fromisoformat(text))
    except ValueError:
        return text
