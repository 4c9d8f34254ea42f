"""Ideas without a name, and words of their authors: sealed when they are sent, opened together in the morning.

What is stored when somebody sends one is a box that the database cannot open, and that a form was sent: no person, no
time, no word. On the next working day, when it begins, all boxes are opened in memory, and what was in them becomes
rows in random order, under random ids, with that day. Whoever has every copy of the database sees boxes come one after
the other, and ideas come together. Nothing here writes a log.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot import sealing
from bot.rules import letters as rules
from bot.rules import rituals
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.sealing import Key, Keys, Lost
from bot.services import people, suggestions, working_days
from bot.services.praise import post_at
from bot.services.suggestions import Draft, Sent
from storage import audit, inbox, receipts, special_days
from storage import letters as storage
from storage import people as roster
from storage.inbox import Delivery, Repeated
from storage.letters import Postbox
from storage.people import Member
from storage.receipts import Remark
from storage.suggestions import NewSuggestion, Suggestion

_CHANCE, DAY = random.SystemRandom(), timedelta(days=1)
Contents = Mapping[str, Any]
"""What was in a box."""


@dataclass(frozen=True)
class Form:
    """A form that is sent without a name: its secret, the digest of its code, and what its sender wishes."""

    secret: str
    receipt: str = ""
    notices: bool = False
    says_team: bool = False


# --- sending --------------------------------------------------------------------------------------------------------


def send(
    session: Session, company: Company, slack_id: str, draft: Draft, form: Form, *, named: Delivery, now: datetime
) -> Member:
    """Seal an idea until the next working morning. The person is looked at for whether they take part, in which
    language, and for what they let be sealed; nothing of them is stored.

    `named` is the delivery of the same form under a name: sent so before, its secret stands there, and its code could
    be made from it. Raises Repeated then, Refusal as `suggestions.checked` does, and while letters are being opened.
    """
    member = people.actor(session, company, slack_id)
    if inbox.holds(session, named):
        raise Repeated
    new = suggestions.checked(_plain(draft), None)
    content = {name: getattr(new, name) for name in ("title", "what", "why", "gains", "wall")}
    content["team"] = member.team if form.says_team and may_name_team(session, company, member) else ""
    content["person"] = member.id if form.notices else ""
    _post(session, company, form.secret, {**content, "receipt": form.receipt}, now)
    return member


def _plain(draft: Draft) -> Draft:
    return replace(draft, title=rules.plain(draft.title), what=rules.plain(draft.what), why=rules.plain(draft.why))


def write(session: Session, company: Company, secret: str, suggestion_id: str, words: str, *, now: datetime) -> None:
    """Seal a word of an idea's author. Raises Refusal for no words or too many, and while letters are being opened."""
    _post(session, company, secret, {"idea": suggestion_id, "words": rules.words(words)}, now)


def _post(session: Session, company: Company, secret: str, content: Contents, now: datetime) -> None:
    """A form that was sent before is not sent again, and its sender hears the same."""
    postbox = storage.current(session, company.workspace_id)
    if postbox is None or batch_day(session, company, now=now):
        raise Refusal("letters_closed")
    if storage.waiting(session, postbox.id) >= rules.MOST_WAITING:
        raise Refusal("letters_full")
    box = sealing.seal(postbox.public_key, content, sealing.LETTER_BYTES)
    today = suggestions.today(company, now)
    storage.put(session, company.workspace_id, postbox, rules.sent(secret), box, today)


def was_sent(session: Session, company: Company, secret: str) -> bool:
    """Whether this form was sent without a name: then it must not be sent with one, or its secret stood beside it."""
    with suppress(Refusal):
        return storage.was_put(session, company.workspace_id, rules.sent(secret))
    return False


def may_name_team(session: Session, company: Company, member: Member) -> bool:
    """Whether the team of somebody is so large that an idea without a name may say that it comes from there."""
    team = receipts.team_of(session, company.workspace_id, member.team)
    return rules.is_large(sum(not one.leads for one in team))


# --- in the morning -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Turn:
    """What is due: the letters that came before this working day, if it has just begun, and whether another postbox
    must be opened; `lost` is the id of one whose key is gone, after a backup was restored for instance."""

    day: date | None
    fresh: bool
    lost: str = ""


@dataclass(frozen=True)
class Heard:
    """A word of an idea's author, and who is to read it."""

    suggestion: Suggestion
    remark: Remark
    place: int
    readers: tuple[Member, ...]


@dataclass(frozen=True)
class Brought:
    """What the letters of a morning were, in random order, and the one minute from which on anybody may hear of it."""

    ideas: tuple[Sent, ...]
    words: tuple[Heard, ...]
    post_at: datetime


def batch_day(session: Session, company: Company, *, now: datetime) -> date | None:
    """The day whose letters are not owed yet: a working day, from its first moment on."""
    day = suggestions.today(company, now)
    works = working_days.calendar(company, special_days.every(session, company.workspace_id))
    return day if works(day) and not inbox.holds(session, _batch(company, day, now)) else None


def _batch(company: Company, day: date, now: datetime) -> Delivery:
    return Delivery(company.workspace_id, "letters", day.isoformat(), now)


def turn(session: Session, company: Company, *, lost: str = "", now: datetime) -> Turn | None:
    """What is due now; None nearly always. `lost` is the id of a postbox whose key is not here. A look that needs no
    writer."""
    day, postbox = batch_day(session, company, now=now), storage.current(session, company.workspace_id)
    waits = postbox is not None and day is not None and storage.waiting(session, postbox.id) > 0
    fresh = postbox is None or postbox.id == lost or waits
    return Turn(day, fresh, lost) if day or fresh else None


def take_turn(session: Session, company: Company, due: Turn, new: Postbox | None, *, now: datetime) -> bool:
    """Close the postbox of the days before, once a day, and open the `new` one; False if the new one is not needed."""
    if due.day and not inbox.take(session, _batch(company, due.day, now)):
        return False
    postbox = storage.current(session, company.workspace_id)
    if new is None or (postbox and not due.day and postbox.id != due.lost):
        return False
    if postbox:
        storage.close(session, postbox.id)
    return storage.open_one(session, company.workspace_id, new)


def ripe(session: Session, company: Company, *, now: datetime) -> tuple[Postbox, ...]:
    """The closed postboxes that may be opened: on a working day, and with letters of earlier days alone. One whose key
    was out of sight waits for the next working morning, or what is in it would come as soon as it is sent."""
    full, today = storage.full(session, company.workspace_id), suggestions.today(company, now)
    if not full or not working_days.calendar(company, special_days.every(session, company.workspace_id))(today):
        return ()
    newest = {one.id: storage.newest_day(session, one.id) for one in full}
    return tuple(one for one in full if (day := newest[one.id]) is None or day < today)


def is_lost(session: Session, company: Company, postbox: Postbox, *, since: datetime, now: datetime) -> bool:
    """Whether a closed postbox, of which the key is out of sight `since` then, is waited for no longer."""
    newest = storage.newest_day(session, postbox.id)
    return now - since >= DAY if newest is None else suggestions.today(company, now) - newest >= rules.LOST_AFTER


def give_up(session: Session, company: Company, postbox: Postbox, *, now: datetime) -> None:
    """Destroy a postbox that nobody can open, and write down with how many letters."""
    count = storage.waiting(session, postbox.id)
    if storage.empty(session, postbox.id) and count:
        audit.note(session, company.workspace_id, by="", act="letters_lost", after=str(count), now=now)


def opened(key: Key, boxes: Iterable[bytes]) -> list[Contents]:
    """What is in these boxes; one that is damaged, or that whoever can write to the database made up, is left out."""
    found: list[Contents] = []
    for box in boxes:
        with suppress(Lost):
            found.append(key.open(box))
    return found


def addressed(keys: Keys, contents: Sequence[Contents]) -> dict[int, bytes]:
    """A sealed return address for each of these letters that asks for one, by its place. Raises OSError."""
    wanted = {place: str(content.get("person") or "") for place, content in enumerate(contents)}
    return {place: sealing.address(keys, person_id) for place, person_id in wanted.items() if person_id}


def bring(
    session: Session,
    company: Company,
    postbox: Postbox,
    contents: Sequence[Contents],
    addresses: Mapping[int, bytes],
    *,
    now: datetime,
) -> Brought | None:
    """Let the letters of a closed postbox become ideas and words, in random order; None if somebody did before."""
    if not storage.empty(session, postbox.id):
        return None
    minute = rituals.due(suggestions.today(company, now), company.pulse_at, company.zone)
    leaves = max(minute, post_at(session, company, now))
    ideas, words = list[Sent](), list[Heard]()
    for place in _CHANCE.sample(range(len(contents)), len(contents)):
        with suppress(Refusal):  # nothing that was sent from a form of ours
            if "idea" in contents[place]:
                words.append(_heard(session, company, contents[place], now))
            else:
                new = _idea(contents[place], addresses.get(place))
                ideas.append(replace(suggestions.keep(session, company, new, now=now), post_at=leaves))
    return Brought(tuple(ideas), tuple(words), leaves)


def _idea(content: Contents, address: bytes | None) -> NewSuggestion:
    told = {name: str(content.get(name) or "") for name in ("title", "what", "why", "gains", "wall")}
    new = suggestions.checked(Draft(**told), None, team=str(content.get("team") or ""))
    return replace(new, receipt=str(content.get("receipt") or ""), address=address)


def _heard(session: Session, company: Company, content: Contents, now: datetime) -> Heard:
    suggestion = suggestions.existing(session, company, str(content["idea"]))
    words = rules.words(str(content.get("words") or ""))
    today, workspace_id = suggestions.today(company, now), company.workspace_id
    remark, place = receipts.say(session, workspace_id, suggestion.id, words, by=None, today=today)
    wrote = {one.person.id for one in receipts.remarks(session, suggestion.id) if one.person}
    known = roster.by_id(session, wrote).values()
    readers = {one.id: one for one in (*suggestions.reviewers(session, company, suggestion), *known)}
    reading = [one for one in readers.values() if one.leads and not one.absence and one.id != suggestion.author_id]
    return Heard(suggestion, remark, place, tuple(reading))
