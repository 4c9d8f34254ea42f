"""The list of people that a company keeps itself: teams, roles, and those without a Slack account (product.md, People).

Whom a row names is found by Slack id, else by e-mail address, else by name among those without an account. What a row
says of somebody replaces what the list said of them before; people who are not in the list stay as they are.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.rules.company import Company
from bot.services import people
from storage import accountless, audit, finding
from storage import people as roster
from storage import points as ledger
from storage.accountless import Listed
from storage.people import Member
from storage.points import Line

MAX_TEXT = 100
ROLES = {"": "", "employee": "", "lead": "lead", "admin": "admin"}
_UNSEEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


class Unclear(Exception):
    """What the list says cannot be, or not of anybody in particular: a `code` of `bot.views.people_list`, and the
    column to which it belongs, if any."""

    def __init__(self, code: str, column: str = "") -> None:
        super().__init__(code)
        self.code, self.column = code, column


@dataclass(frozen=True)
class Listing:
    """One row of the list, as it stands there."""

    name: str = ""
    email: str = ""
    slack_id: str = ""
    team: str = ""
    role: str = ""


@dataclass(frozen=True)
class Joined:
    """Who had no account, the account that they have now, and how much praise stayed with the name alone."""

    listed: Listed
    member: Member
    left: int


@dataclass(frozen=True)
class Entered:
    """What became of a row: whom it names and whether they are new or changed, or why that cannot be told."""

    person_id: str = ""
    added: bool = False
    changed: bool = False
    unclear: Unclear | None = None


def enter(
    session: Session,
    company: Company,
    rows: Sequence[Listing],
    *,
    before: Collection[str],
    now: datetime,
    run: str = "",
) -> list[Entered]:
    """Write down what these rows say. `before` are our ids of those whom the list named already: once is enough. Each
    change of a role is in the audit, and changes of teams once for each `run` of the import."""
    tidy = [Listing(**{name: " ".join(text.split()) for name, text in row.__dict__.items()}) for row in rows]
    clerk = _Clerk(session, company, tidy, set(before), now, run)
    return [clerk.enter(row) for row in tidy]


class _Clerk:
    """Looks up at once whom some rows may mean, then takes row by row."""

    def __init__(
        self,
        session: Session,
        company: Company,
        rows: Sequence[Listing],
        before: set[str],
        now: datetime,
        run: str,
    ) -> None:
        self._session, self._workspace_id, self._before, self._now = session, company.workspace_id, before, now
        self._run = run
        self._found = people.find(session, company, [text for row in rows for text in (row.slack_id, row.email)])
        names, emails = {row.name for row in rows} - {""}, {row.email.casefold() for row in rows} - {""}
        self._without = list(accountless.listed(session, self._workspace_id, names, emails))
        self._namesakes = finding.names_of_members(session, self._workspace_id, names)

    def enter(self, row: Listing) -> Entered:
        """What became of one row."""
        try:
            _check(row)
            member = self._with_account(row)
            there = None if member else self._without_account(row)
            known = member or there
            if known and known.id in self._before:
                raise Unclear("listed_twice", "name")
            entered = self._write(row, member, there)
        except Unclear as unclear:
            return Entered(unclear=unclear)
        self._before.add(entered.person_id)
        return entered

    def _with_account(self, row: Listing) -> Member | None:
        """Somebody whom Slack knows. Raises Unclear if Slack id and address name nobody, or two people."""
        by_id, by_email = self._found.get(row.slack_id), self._found.get(row.email)
        if row.slack_id and by_id is None:
            raise Unclear("unknown_slack_id", "slack_id")
        if by_id and by_email and by_email.slack_id not in ("", by_id.slack_id):
            raise Unclear("two_people", "email")
        return by_id or (by_email if by_email and by_email.slack_id else None)

    def _without_account(self, row: Listing) -> Listed | None:
        """Somebody without an account; None if this row brings them. Raises Unclear if that cannot be told."""
        email = row.email.casefold()
        mine = [one for one in self._without if email and one.email == email]
        mine = mine or [one for one in self._without if one.name == row.name and not (email and one.email)]
        staying = [one for one in mine if not one.retired]
        if len(staying) > 1:
            raise Unclear("several_names", "name")
        if staying:
            return staying[0]
        if not row.name:
            raise Unclear("unknown_email", "email")
        if mine:
            raise Unclear("joined_since", "name")
        if row.name in self._namesakes and not email:
            raise Unclear("namesake", "name")
        return None

    def _write(self, row: Listing, member: Member | None, there: Listed | None) -> Entered:
        team, listed, email = row.team, ROLES[row.role.lower()], row.email.casefold()
        if member:
            said = "" if member.team_group else member.team  # a team by a user group is none of the list's
            changed = (said, member.listed) != (team, listed)
            if changed:
                of = {"team": team, "team_group": ""} if team or said else {}
                roster.list_as(self._session, member.id, listed=listed, **of)
                self._note(member.id, (member.listed, said), (listed, team))
            return Entered(member.id, changed=changed)
        if there is None:
            one = Listed("", row.name, email, team, listed)
            one = accountless.add(self._session, self._workspace_id, one, now=self._now)
            self._without.append(one)
            self._note(one.id, ("", ""), (listed, team))
            return Entered(one.id, added=True)
        after = replace(there, name=row.name or there.name, email=email or there.email, team=team, listed=listed)
        if after != there:
            told = {"name": after.name, "email": after.email, "team": team, "listed": listed}
            roster.list_as(self._session, there.id, **told)
            self._note(there.id, (there.listed, there.team), (listed, team))
            self._without[self._without.index(there)] = after
        return Entered(there.id, changed=after != there)

    def _note(self, person_id: str, before: tuple[str, str], after: tuple[str, str]) -> None:
        """Write down another role, and that there is another team, of each the one before and after; which team is
        free text."""
        (was, left), (is_, entered) = before, after
        if was != is_:
            told = {"subject": person_id, "before": was, "after": is_}
            audit.note(self._session, self._workspace_id, by="", act="listed", **told, now=self._now)
        if left != entered and self._run:
            audit.note_run(self._session, self._workspace_id, self._run, act="teams_listed", now=self._now)


def _check(row: Listing) -> None:
    """Raises Unclear for what no row may hold."""
    for field, text in row.__dict__.items():
        if len(text) > MAX_TEXT or _UNSEEN.search(text):
            raise Unclear("bad_text", field)
    if row.slack_id and not people.is_slack_id(row.slack_id):
        raise Unclear("bad_slack_id", "slack_id")
    if row.email and not people.is_email(row.email):
        raise Unclear("bad_email", "email")
    if row.role.lower() not in ROLES:
        raise Unclear("unknown_role", "role")
    if not (row.name or row.email or row.slack_id):
        raise Unclear("nobody_named", "name")


def join(session: Session, company: Company, name: str, slack_id: str, *, now: datetime) -> Joined | None:
    """Let somebody without an account be one who has one: praise and points follow, and the list forgets the name.

    `name` is a name or an e-mail address. None if that was done before. Raises Unclear if one of the two is not known,
    or if the account takes no part. What the account itself recorded of the name, and no lead let stand, stays with
    the name: praise recorded of oneself needs a lead.
    """
    member = roster.by_slack(session, company.workspace_id, [slack_id]).get(slack_id)
    if member is None:
        raise Unclear("unknown_slack_id")
    if member.absence:
        raise Unclear("no_part")
    found = accountless.listed(session, company.workspace_id, {name}, {name.casefold()})
    staying = [one for one in found if not one.retired]
    if len(staying) != 1:
        if found and not staying:
            return None
        raise Unclear("several_names" if staying else "nobody_without_account")
    (one,) = staying
    roster.hold(session, [one.id, member.id])
    own = accountless.recorded_by(session, one.id, member.id)
    accountless.hand_over(session, one.id, member.id, besides=own)
    for line in ledger.standing(session, one.id):
        if _about(line) not in own:
            _follow(session, company.workspace_id, line, member, now)
    accountless.retire(session, one.id)
    audit.note(session, company.workspace_id, by="", act="joined", subject=member.id, now=now)
    return Joined(one, member, len(own))


def _about(line: Line) -> str:
    """The id of the praise by which, or by helping with which, this was earned; "" for other deeds."""
    return line.key.split(":")[1] if line.key.startswith(("praise:", "help:")) else ""


def _follow(session: Session, workspace_id: str, line: Line, member: Member, now: datetime) -> None:
    """Let an entry be the account's, which has the points of each praise once and keeps the greater thanks alone."""
    ledger.enter(session, workspace_id, replace(ledger.reversal(line, now=now), key=f"join:{line.key}"))
    key = f"join:{line.key}:{member.id}"
    if praise_id := _about(line):
        praised, again = ledger.turn(session, workspace_id, f"praise:{praise_id}:{member.id}")
        helped, helps = ledger.turn(session, workspace_id, f"help:{praise_id}:{member.id}")
        if praised or (helped and line.deed == "help"):
            return
        if helped:
            ledger.enter(session, workspace_id, ledger.reversal(helped, now=now))
        key = helps if line.deed == "help" else again
    ledger.enter(session, workspace_id, replace(line, key=key, person_id=member.id, entered_at=now))
