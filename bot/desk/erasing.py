"""What is owed to Slack when something is erased: each message that told of it is drawn anew, owed no longer, or says
that what stood there was erased."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from sqlmodel import Session

from bot import views
from bot.desk import gathering, mornings
from bot.rules.company import Company
from bot.rules.rewards import UNDELIVERED, WAITING
from bot.services import channels
from bot.services import erasing as service
from bot.services import kudos as thanking
from bot.services import mornings as shown
from bot.services.erasing import Erased, Order
from bot.services.praise import Recorded
from bot.views.tongue import speak
from storage import corrections, erasures, handing_on, kudos, outbox, people, points, rewards, suggestions, traces
from storage import praise as praises
from storage.mornings import Posted
from storage.outbox import Message
from storage.people import Member

AT_ONCE, EACH = 20, timedelta(seconds=30)
"""Of many erasures so many messages change at once and then one in each such time: Slack lets few of them change in a
minute, and what somebody waits for would stand behind all of them."""


@dataclass(frozen=True)
class Done:
    """What an order changed or would change: rows by table, messages in Slack, and messages beyond reach."""

    rows: dict[str, int]
    messages: int
    lost: int


@dataclass(frozen=True)
class Look:
    """What many small erasures go by, looked up before the first of them: where messages stand, and the morning posts
    that show what is to be erased."""

    names: traces.Known
    mornings: tuple[Posted, ...]


class Rehearsed(Exception):
    """What an order would change; raised so that nothing does."""

    def __init__(self, done: Done) -> None:
        super().__init__("nothing was changed")
        self.done = done


def erase(
    session: Session, company: Company, order: Order, *, digest: str, by: str | None, rehearse: bool, now: datetime
) -> Done:
    """Erase, and owe Slack what follows. `rehearse` raises Rehearsed instead, and nothing has changed then."""
    erasures.take_time(session)
    language = channels.language(session, company, company.praise_channel)
    called = views.erasing.called(language)
    erased = service.erase(session, company, order, called=called, digest=digest, by=by, now=now)
    done = follow(session, company, erased, now=now)
    if rehearse:
        raise Rehearsed(done)
    return done


def look(session: Session, company: Company, ids: Mapping[str, Collection[str]]) -> Look:
    """Look up, by noun, what erasing these in small parts has to know; nobody who writes waits for it."""
    erasures.take_time(session)
    every = [one for some in ids.values() for one in some]
    posted = shown.with_any(session, company, ids.get("praise", ()), since=date.min)
    return Look(traces.look(session, company.workspace_id, every), posted)


def follow(
    session: Session, company: Company, erased: Erased, *, now: datetime, known: Look | None = None, behind: int = 0
) -> Done:
    """Owe Slack what follows of an erasure: each message that told of it looks otherwise. With what is `known` it is
    one of many, `behind` so many messages, and leaves room for what people wait for."""
    names, answered = known.names if known else None, erasures.askers(session, erased.ids)
    told = traces.find(session, company.workspace_id, erased.ids, answered=answered, known=names)
    wanted = erasures.gifts(session, erased.ids)
    lost = told.lost + len(wanted - set(told.subjects))
    subjects = sorted({*told.subjects, *erased.named})
    if known:
        changed = shown.showing_known(session, company, erased.praises, known.mornings, now=now)
    else:
        changed = shown.showing_any(session, company, erased.praises, since=date.min)
    moments = (now + EACH * max(0, place - AT_ONCE) if known else now for place in count(behind))
    for subject, leaves in zip(subjects, moments, strict=False):
        _show(session, company, subject, _drawn(session, company, subject), now, leaves)
    traces.bury(session, company.workspace_id, subjects)
    for morning, leaves in zip(changed, moments, strict=False):
        mornings.redraw(session, company, [morning], now=now, not_before=leaves)
    for bundle in sorted(traces.bundles(session, company.workspace_id, erased.gathered)):
        gathering.redraw(session, company, bundle, now=now)
    done = Done(erased.rows, len(subjects) + len(changed), lost)
    if erased.erasure_id:
        erasures.count(session, erased.erasure_id, messages=done.messages, beyond=lost)
    return done


def _show(
    session: Session, company: Company, subject: str, message: Message | None, now: datetime, leaves: datetime
) -> None:
    """Let a message look so; one without a look says that it was erased, or is not sent at all."""
    if message is None:
        if outbox.cancel(session, workspace_id=company.workspace_id, subject=subject):
            return
        message = views.praise.gone(speak(_language(session, company, subject)))
    gathering.reword(session, company, subject=subject, message=message, now=now, not_before=leaves)
    gathering.bury(session, company, subject=subject, now=now, not_before=leaves)


def _language(session: Session, company: Company, subject: str) -> str:
    """That of whoever reads the message: a person, or a channel."""
    reader = people.by_id(session, [traces.reader(subject)]).values()
    for member in reader:
        return member.language
    return channels.language(session, company, company.praise_channel)


def _drawn(session: Session, company: Company, subject: str) -> Message | None:
    """The message as it is now; None for one that nobody draws a second time, or whose reader is gone."""
    kind, _, rest = subject.partition(":")
    draw = _DRAWS.get(kind)
    return draw(session, company, *rest.split(":")) if draw else None


def _post(session: Session, company: Company, praise_id: str, *_: str) -> Message | None:
    told = praises.get(session, praise_id)
    if told is None or told.state == "erased":
        return None
    return views.praise.post(told, channels.language(session, company, company.praise_channel))


def _told(session: Session, company: Company, praise_id: str, person_id: str = "", *_: str) -> Message | None:
    """The words for one of the praised; who handed them on, or is gone, has none any more."""
    told = praises.get(session, praise_id)
    person = next((one for one in told.people if one.id == person_id), None) if told else None
    if told is None or told.state == "erased" or person is None or person.is_erased:
        return None
    giver = next((one.from_id for one in handing_on.of(session, praise_id) if one.to_id == person_id), "")
    entered = points.turn(session, company.workspace_id, f"praise:{praise_id}:{person.id}")[0]
    worth = entered.amount if entered else 0
    return views.praise.dm(told, person, worth, handed_by=people.by_id(session, [giver]).get(giver))


def _question(session: Session, company: Company, praise_id: str, lead_id: str = "", *_: str) -> Message | None:
    told, lead = praises.get(session, praise_id), people.by_id(session, [lead_id]).get(lead_id)
    if told is None or lead is None or told.state != "waiting" or lead.is_erased:
        return None
    return views.praise.confirm_request(Recorded(told, (), (), told.recorded_at), lead)


def _line(session: Session, company: Company, kudos_id: str, *rest: str) -> Message | None:
    given = kudos.get(session, kudos_id)
    if given is None or rest:
        return None
    language = channels.language(session, company, given.channel)
    draw = views.kudos.line if kudos.stands(session, kudos_id) else views.kudos.line_taken_back
    return draw(thanking.thanks(session, given), language)


def _idea(
    session: Session, company: Company, idea_id: str, what: str = "", reader: str = "", *_: str
) -> Message | None:
    idea = suggestions.get(session, company.workspace_id, idea_id)
    if idea is None:
        return None
    if what == "echo":
        return views.suggestions.echo(idea, channels.language(session, company, company.praise_channel))
    member = people.by_id(session, [reader]).get(reader) if what == "to" else None
    if member is None or member.is_erased or idea.state != "new":
        return None
    return views.suggestions.request(idea, member)


def _credit(session: Session, company: Company, praise_id: str, idea_id: str = "", *rest: str) -> Message | None:
    idea = suggestions.get(session, company.workspace_id, idea_id)
    if idea is None or rest:
        return None
    return views.suggestions.credit(idea, channels.language(session, company, company.praise_channel))


def _reward(
    session: Session, company: Company, request_id: str, what: str = "", reader: str = "", *_: str
) -> Message | None:
    """The task of an admin, as long as there is one; what people heard of their requests is not drawn again."""
    request, admin = rewards.request(session, company.workspace_id, request_id), _admin(session, what, reader)
    if request is None or admin is None or request.person.is_erased or request.state not in (WAITING, UNDELIVERED):
        return None
    return views.rewards.task(request, admin)


def _grant(
    session: Session, company: Company, correction_id: str, what: str = "", reader: str = "", *_: str
) -> Message | None:
    asked, admin = corrections.get(session, company.workspace_id, correction_id), _admin(session, what, reader)
    if asked is None or admin is None or asked.person.is_erased or asked.asker.is_erased or asked.state != "waiting":
        return None
    return views.grants.task(asked, admin)


def _admin(session: Session, what: str, reader: str) -> Member | None:
    member = people.by_id(session, [reader]).get(reader) if what == "to" else None
    return None if member is None or member.is_erased else member


_DRAWS: dict[str, Callable[..., Message | None]] = {
    "praise": _post, "told": _told, "confirm": _question, "reminder": _question, "kudos": _line, "idea": _idea,
    "credit": _credit, "reward": _reward, "grant": _grant,
}  # fmt: skip
"""By how the subject begins; a message of another kind is not drawn a second time."""
