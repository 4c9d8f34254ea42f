"""An admin erases a person, a customer's name or a whole praise everywhere; the points stay (product.md 7).

All of it is one transaction: a process that is killed has erased all or nothing, and doing it again changes nothing
more. What stands in Slack is changed by rows of the outbox (`bot.desk.erasing`), which are part of it.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.rules import erasing as rules
from bot.rules import periods
from bot.rules.company import Company
from bot.rules.erasing import Kind
from bot.rules.refusal import Refusal
from bot.services import people, similar
from storage import audit, erasures, messages, owed_files, own_words, sent_files, suggestions
from storage import erasing as storage
from storage import people as roster
from storage import praise as praises
from storage.erasing import Touched
from storage.people import Member
from storage.praise import Praise

_OURS = re.compile(r"[0-9a-f]{32}")
_PERMALINK = re.compile(r"https://[\w.-]+/archives/([A-Z0-9]+)/p(\d{10})(\d{6})(?:\?\S*)?")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass(frozen=True)
class Order:
    """What is to be erased. `subject` is the id of a person or a praise, or the name of a customer; `spellings` are
    further names to strike out of texts; `words`: what the person wrote as well."""

    kind: Kind
    subject: str
    spellings: tuple[str, ...] = ()
    words: bool = False


@dataclass(frozen=True)
class Erased:
    """What an erasure changed: rows by table, the ids of what messages tell of, of the praise among them, the keys of
    what is gathered and changed, and the names of further messages of which nothing is left. Without rows it was done
    before."""

    rows: dict[str, int]
    ids: frozenset[str]
    praises: frozenset[str]
    gathered: frozenset[str]
    erasure_id: str = ""
    named: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Aim:
    """Whom or what somebody means, and the order to erase it."""

    order: Order
    person: Member | None = None
    praise: Praise | None = None


def aim(
    session: Session, company: Company, kind: str, who: str, *, spellings: tuple[str, ...] = (), words: bool = False
) -> Aim:
    """Whom or what these words mean: a person by Slack id, mention, address, @handle, or the name of somebody without
    an account; a praise by its id or the link to its post. Raises Refusal if it is nobody, or nothing."""
    told, more = who.strip(), tuple(one.strip() for one in spellings if one.strip())
    match kind:
        case "person":
            member = _person(session, company, told)
            return Aim(Order("person", member.id, more, words), person=member)
        case "customer":
            if len(told) < rules.LEAST:
                raise Refusal("erase_no_customer", field="customer")
            return Aim(Order("customer", told, more))
        case "praise":
            praise = praises.get(session, _praise_id(session, company, told))
            if praise is None:
                raise Refusal("erase_no_praise", field="praise")
            return Aim(Order("praise", praise.id), praise=praise)
    raise Refusal("out_of_date")


def _person(session: Session, company: Company, who: str) -> Member:
    mentioned = _MENTION.fullmatch(who)
    name = mentioned[1] if mentioned else who
    if name.startswith(people.OURS) or people.is_slack_id(name):
        return people.named(session, company, [name])[0]
    found = people.find(session, company, [name]).get(name)
    if found is None and _OURS.fullmatch(name):
        found = roster.by_id(session, [name]).get(name)
    if found is None:
        listed = erasures.by_name(session, company.workspace_id, name)
        if len(listed) > 1:
            raise Refusal("erase_several", field="person")
        found = next(iter(listed), None)
    if found is None:
        raise Refusal("erase_nobody", field="person")
    return found


def _praise_id(session: Session, company: Company, told: str) -> str:
    link = _PERMALINK.fullmatch(told)
    if not link:
        return told
    ts = f"{link[2]}.{link[3]}"
    post = messages.at(session, workspace_id=company.workspace_id, channel=link[1], ts=ts)
    kind, _, praise_id = (post.subject or "" if post else "").partition(":")
    return praise_id if kind == "praise" else ""


def erase(
    session: Session, company: Company, order: Order, *, called: str, digest: str, by: str | None, now: datetime
) -> Erased:
    """Take it out of every row, and remember that it was done. `called` stands for a person from now on, and `digest`
    keeps the roster from writing them down again; `by` is the id of the admin. What was erased before changes nothing.
    """
    match order.kind:
        case "person":
            return _erase_person(session, company, order, called=called, digest=digest, by=by, now=now)
        case "customer":
            return _erase_customer(session, company, order, by=by, now=now)
        case "praise":
            return _erase_praise(session, company, order, by=by, now=now)


def by_admin(session: Session, company: Company, slack_id: str, order: Order) -> Member:
    """The admin who erases. Raises Refusal for anybody else, and for whoever means themselves: they could not see it
    through."""
    admin = people.admin(session, company, slack_id)
    if order.kind == "person" and order.subject == admin.id:
        raise Refusal("erase_self")
    return admin


def readmit(session: Session, company: Company, digest: str, *, now: datetime) -> bool:
    """On the command line: let the roster write somebody down again, of whose Slack id this is the digest; False if it
    might already."""
    if not erasures.readmit(session, company.workspace_id, digest):
        return False
    audit.note(session, company.workspace_id, by="", act="readmitted", now=now)
    return True


def _erase_person(
    session: Session, company: Company, order: Order, *, called: str, digest: str, by: str | None, now: datetime
) -> Erased:
    member, here = roster.by_id(session, [order.subject])[order.subject], company.workspace_id
    if member.is_erased and not order.spellings and not order.words:
        return Erased({}, frozenset(), frozenset(), frozenset())
    email, handle = erasures.addresses(session, member.id)
    ids = storage.linked(session, here, member.id)
    names = (*order.spellings, email, *(() if member.is_erased else (member.name,)))
    wanted = rules.wanted(names, slack_id=member.slack_id, handle=handle)
    touched = storage.strike(session, here, wanted, called, now=now)
    if order.words:
        own_words.empty_own(session, here, member.id, touched)
    if not member.is_erased:
        storage.forget_person(session, here, member, called=called, now=now, touched=touched)
    if member.slack_id and digest:
        erasures.bar(session, here, digest, today=periods.local_day(now, company.zone))
    linked = frozenset({member.id}).union(*ids.values())
    erased = _done(session, company, order, touched, linked, by=by, now=now)
    return replace(erased, praises=erased.praises | ids["praise"])


def _erase_customer(session: Session, company: Company, order: Order, *, by: str | None, now: datetime) -> Erased:
    touched = Touched()
    for name in (order.subject, *order.spellings):
        storage.forget_customer(session, company.workspace_id, name, touched)
    wanted = rules.wanted((order.subject, *order.spellings))
    struck = storage.strike(session, company.workspace_id, wanted, rules.NAME, now=now)
    for table, count in touched.rows.items():
        struck.note(table, count)
    struck.of("praise").update(touched.of("praise"))
    return _done(session, company, order, struck, by=by, now=now)


def _erase_praise(session: Session, company: Company, order: Order, *, by: str | None, now: datetime) -> Erased:
    praise, here = praises.get(session, order.subject), company.workspace_id
    if praise is None:
        raise Refusal("erase_no_praise", field="praise")
    touched = Touched()  # by its id alone: another customer may have said the same words
    storage.empty_praise(session, here, praise.id, touched)
    return _done(session, company, order, touched, by=by, now=now)


def settle(
    session: Session,
    company: Company,
    kind: str,
    touched: Touched,
    linked: frozenset[str] = frozenset(),
    *,
    by: str | None,
    now: datetime,
) -> Erased:
    """Digests of what changed go, and files that tell of it, or of what is `linked`; ideas are found by what is left of
    them, and the erasure is remembered, of which `kind` it was."""
    praise_ids = frozenset(touched.of("praise"))
    storage.scramble(session, praise_ids, words=frozenset(touched.of("words")))
    for idea in suggestions.several(session, company.workspace_id, sorted(touched.of("idea"))):
        if idea.title != rules.ERASED:
            similar.learn(session, company, idea)
    ids = linked.union(*(touched.of(noun) for noun in ("praise", "kudos", "idea", "survey", "reward")))
    told = ids | touched.of("file")
    touched.note("outbox", owed_files.forget_telling(session, company.workspace_id, told, now=now))
    acts = {sent_files.ACTS} if touched.of("setting") or touched.of("audit") else set()
    touched.note("sentfile", sent_files.withdraw(session, company.workspace_id, told | acts, now=now))
    rows, gathered = touched.rows, frozenset(touched.of("gathered"))
    erasure_id = erasures.note(session, company.workspace_id, kind, by=by, now=now, rows=sum(rows.values()))
    return Erased(dict(rows), ids, praise_ids, gathered, erasure_id, frozenset(touched.of("named")))


def _done(
    session: Session,
    company: Company,
    order: Order,
    touched: Touched,
    linked: frozenset[str] = frozenset(),
    *,
    by: str | None,
    now: datetime,
) -> Erased:
    erased = settle(session, company, order.kind, touched, linked, by=by, now=now)
    if erased.rows:  # what was erased before is no act
        told = {"subject": erased.erasure_id, "after": order.kind}
        audit.note(session, company.workspace_id, by=by or "", act="erased", **told, now=now)
    return erased
