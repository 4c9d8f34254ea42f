"""A company in which ideas are sent without a name, to be attacked: a copy of all tables is kept of every commit.

The attacker is stronger than anybody should be: they know who sent something, and at which commit. What they want is
whose idea is whose.
"""

import random
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, SQLModel

from bot.desk import lettering
from bot.sealing import Keys
from bot.services import letters, receipts
from bot.services.letters import Brought, Form
from bot.services.suggestions import Draft
from storage import letters as storage
from storage.inbox import Delivery
from storage.letters import Postbox
from storage.models import new_id
from storage.people import Member
from tests.office import TEAM, Office, slack_id

Row = tuple[Any, ...]
Copy = dict[str, list[Row]]
"""All rows by table, in the order in which they lie."""
RARE, DEEP = 5, 4
_PARTS = re.compile(r"[\s:\"{},\[\]/<>@|]+")
NO_DIGITS = str.maketrans("0123456789", "ghijklmnop")
"""What looks like a number of a card is masked."""
LONG = 5
"""Shorter parts of values say nothing."""


@dataclass
class Post:
    """A day on which everybody sends an idea; `truth` says whose a title is, `order` in which order they were sent."""

    office: Office
    folder: Path
    people: int = 24
    copies: list[Copy] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    truth: dict[str, Member] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    """The title that was sent when a letter came, by the letter's id."""

    def __post_init__(self) -> None:
        self.keys = Keys(self.folder / "ideas")
        self.names = [f"person{at}" for at in range(self.people)]
        self.office.enrol(*self.names)
        self.office.enrol("boss", appointed="admin")
        self.members = {name: self.office.member(name) for name in self.names}
        self.turn()

    def turn(self) -> None:
        """What the job does when a day begins, but for opening."""
        due = self.office.do(letters.turn)
        if due:
            key_id = new_id()
            new = Postbox(key_id, self.keys.create(key_id)) if due.fresh else None
            self.office.do(letters.take_turn, due, new)

    def send(self, name: str, *, notices: bool = False, receipt: str = "") -> str:
        """Somebody sends an idea; gives its title."""
        secret, title = secrets.token_hex(16), f"Idea {secrets.token_hex(8).translate(NO_DIGITS)}"
        form = Form(secret, receipt or secrets.token_hex(64), notices)
        named = Delivery(TEAM, "form", f"{slack_id(name)}:{secret}", self.office.now)
        self.office.do(letters.send, slack_id(name), Draft(title, "It would help."), form, named=named)
        self.order.append(title)
        self.truth[title] = self.members[name]
        before = {row[0] for row in self.copies[-1]["letter"]} if self.copies else set()
        self.copy()
        (new,) = {row[0] for row in self.copies[-1]["letter"]} - before
        self.letters[new] = title
        return title

    def everybody_sends(self, *, notices: bool = False) -> None:
        for name in random.Random(1).sample(self.names, self.people):
            self.send(name, notices=notices)

    def morning(self) -> None:
        """The next working day begins, and what came is opened."""
        while not self.office.run(storage.full, TEAM):
            self.office.later(days=1)
            self.turn()
        self.open()

    def morning_or_nothing(self) -> None:
        """The next day begins, and what came, if anything, is opened."""
        self.office.later(days=1)
        self.turn()
        self.open()

    def at_once(self) -> None:
        """What came is opened now, without waiting for others."""
        key_id = new_id()
        new = Postbox(key_id, self.keys.create(key_id))
        current = self.office.run(storage.current, TEAM)
        assert current
        self.office.run(storage.close, current.id)
        self.office.run(storage.open_one, TEAM, new)
        self.open()

    def open(self) -> None:
        for postbox in self.office.run(storage.full, TEAM):
            self.opened(postbox)
            self.keys.destroy(postbox.id)
            self.copy()

    def opened(self, postbox: Postbox) -> Brought | None:
        key = self.keys.find(postbox.id, postbox.public_key)
        assert key
        contents = letters.opened(key, self.office.run(storage.boxes, postbox.id))
        addresses = letters.addressed(self.keys, contents)

        def story(session: Session) -> Brought | None:
            now, company = self.office.now, self.office.company
            brought = letters.bring(session, company, postbox, contents, addresses, now=now)
            if brought:
                lettering.brought(session, company, brought, now=now)
            return brought

        return self.office.database.write_now(story)

    def writes(self, name: str, receipt: str, words: str) -> None:
        """The author of an idea writes to those who answer."""
        self.office.do(receipts.write, slack_id(name), receipt, secrets.token_hex(16), words)
        self.copy()

    def copy(self) -> None:
        self.copies.append(self.office.database.read_now(_copied))

    # ---- what the copies say -------------------------------------------------------------------------------------

    @property
    def last(self) -> Copy:
        return self.copies[-1]

    def title_of(self, suggestion_id: str) -> str:
        return str(next(row[2] for row in self.last["suggestion"] if row[0] == suggestion_id))

    def rows(self) -> set[tuple[str, Row]]:
        """Every row that ever stood anywhere."""
        return {(name, row) for copy in self.copies for name, rows in copy.items() for row in rows}


def _copied(session: Session) -> Copy:
    connection, found = session.connection(), Copy()
    for each in SQLModel.metadata.sorted_tables:
        rows = connection.execute(text(f"SELECT * FROM {each.name} {_order(session, each.name)}"))
        found[each.name] = [tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in rows]
    return found


def _order(session: Session, table: str) -> str:
    """As the rows lie: by place in the file on PostgreSQL, by the hidden number of an ordinary table on SQLite."""
    if session.get_bind().dialect.name == "postgresql":
        return "ORDER BY tableoid, ctid"
    schema = session.connection().execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table})
    return "" if "WITHOUT ROWID" in str(schema.scalar_one()).upper() else "ORDER BY rowid"


def parts(row: Row) -> set[str]:
    """What of a row can be looked up elsewhere: its texts, and their parts."""
    words = [one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in row]
    return {part for word in words for part in (word, *_PARTS.split(word)) if len(part) >= LONG}


# --- the attacks ----------------------------------------------------------------------------------------------------


def by_joins(post: Post) -> float:
    """Who follows whatever stands in two rows, from each idea on: how often they come to its author, and to nobody
    else. What stands in many rows leads nowhere."""
    holding: dict[str, set[int]] = {}
    rows = [parts(row) for _, row in sorted(post.rows(), key=str)]
    for at, row in enumerate(rows):
        for part in row:
            holding.setdefault(part, set()).add(at)
    rate = 0.0
    for title, author in post.truth.items():
        seen, known = set[int](), {title}
        for _ in range(DEEP):
            seen |= {at for part in known if len(holding.get(part, ())) <= RARE for at in holding.get(part, ())}
            known = {part for at in seen for part in rows[at]} | {title}
        met = {one.id for one in post.members.values() if {one.id, one.slack_id} & known}
        rate += (author.id in met) / max(1, len(met))
    return rate / len(post.truth)


def by_commits(post: Post) -> float:
    """Who sees each idea come, readable, in a copy guesses among those who sent something since the copy before it came
    from; if it comes with all, among all."""
    rate = 0.0
    for title in post.truth:
        came = next((at for at, copy in enumerate(post.copies) if _shows(copy, title)), None)
        if came is not None and came < len(post.order):
            rate += post.order[came] == title
        elif came is not None:
            rate += 1 / len(post.order)
    return rate / len(post.truth)


def _shows(copy: Copy, title: str) -> bool:
    told = title.encode()
    return any(title in one if isinstance(one, str) else told in one if isinstance(one, bytes) else False
               for rows in copy.values() for row in rows for one in row)  # fmt: skip


def by_order(post: Post) -> float:
    """Who lays ideas, as their rows and the messages about them lie, beside senders, in the order in which they sent or
    in which their letters lay: the best of these guesses."""
    ideas = [str(row[2]) for row in post.last["suggestion"]]
    keys = [str(row[2]) for row in sorted(post.last["outbox"]) if str(row[2]).startswith("idea:")]
    told = [post.title_of(key.split(":")[1]) for key in keys]
    sent = [post.letters[str(row[0])] for row in post.copies[len(post.order) - 1]["letter"]]
    guesses = [(found, known) for found in (ideas, told) for known in (post.order, sent, sorted_by_id(post))]
    return max(sum(a == b for a, b in zip(found, known, strict=True)) / len(known) for found, known in guesses)


def sorted_by_id(post: Post) -> list[str]:
    return [title for _, title in sorted(post.letters.items())]


def by_address(post: Post) -> float:
    """Who reads return addresses."""
    addresses = {str(row[2]): row for _, row in post.rows() if row[2:3] and str(row[2]) in post.truth}
    hit = [title for title, row in addresses.items()
           if any(isinstance(one, bytes) and post.truth[title].id.encode() in one for one in row)]  # fmt: skip
    return len(hit) / max(1, len(post.truth))
