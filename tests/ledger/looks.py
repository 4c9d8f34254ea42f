"""What is stored, compared with the books: the new lines of the ledger after each step, all of it at the end."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from storage.database import Database
from tests.ledger.books import Books
from tests.ledger.ideas import Ideas
from tests.ledger.treasury import Treasury
from tests.office import path_of

LINES = "SELECT id, key, person_id, deed, amount, counts_on, reverses FROM entry WHERE id > {} ORDER BY id"
ACCOUNTS = "SELECT person_id, spendable, held, debt FROM account"
TOTALS = "SELECT person_id, board, period, starts_on, amount, events FROM total WHERE amount <> 0 OR events <> 0"
PRAISES = "SELECT id, state FROM praise"
PEOPLE = "SELECT praise_id, person_id FROM praised"
PRINTS = "SELECT praise_id, fingerprint FROM praised"
HELPERS = "SELECT praise_id, person_id FROM helper"
GIFTS = "SELECT entry_key FROM kudosgift WHERE NOT taken_back"
IDEAS = "SELECT id, author_id, state, coalesce(praise_id, '') FROM suggestion"
STEPS = "SELECT suggestion_id, was, became, moved_by FROM step ORDER BY place"
BACKERS = "SELECT suggestion_id, person_id FROM backing"
SOLVERS = "SELECT suggestion_id, person_id FROM solver"
CREDITS = "SELECT suggestion_id, praise_id FROM credit"
FOUND = "SELECT suggestion_id FROM ideatext"
GOODS = "SELECT id, price, stock, budget, offered FROM reward"
WISHES = "SELECT id, reward_id, person_id, price, state FROM rewardrequest"
POTS = "SELECT id, goal, given, state FROM project"
GIVEN = "SELECT project_id, person_id, sum(amount) FROM contribution WHERE state = 'held' GROUP BY 1, 2"
GRANTS = "SELECT id, asked_by, person_id, amount, state FROM correction"


class Looks:
    """Looks into one database again and again; the ledger only grows, so what was seen is counted."""

    def __init__(self, books: Books, ideas: Ideas, treasury: Treasury, eye: Any) -> None:
        """`eye` is a connection of its own (`looking`)."""
        self.books, self.ideas, self.treasury, self._eye = books, ideas, treasury, eye
        self._last, self._seen = 0, 0

    def points(self) -> None:
        """The ledger, the accounts and the boards are as the books have them."""
        books, rows = self.books, self._rows(LINES.format(self._last))
        for *_, key, person, deed, amount, day, reverses in rows:
            line = books.lines.get(key)
            assert line, f"nothing is to be entered as {key}"
            assert (line.person, line.deed, line.amount, str(line.day), line.reverses) == (
                person, deed, amount, str(day), reverses
            ), key  # fmt: skip
        self._last, self._seen = rows[-1][0] if rows else self._last, self._seen + len(rows)
        assert self._seen == len(books.lines), "a line of the ledger is missing"
        accounts = {person: (free, held, debt) for person, free, held, debt in self._rows(ACCOUNTS)}
        assert min(map(min, accounts.values()), default=0) >= 0, "an account is below zero"
        assert accounts == books.accounts, "an account is not the sum of its entries"
        totals = {tuple(map(str, place)): (amount, events) for *place, amount, events in self._rows(TOTALS)}
        assert totals == books.totals, "a board is not what was earned"

    def praises(self) -> None:
        """Praise, whom it is about, and who helped."""
        told = self.books.praises
        assert dict(self._rows(PRAISES)) == {id_: one.state for id_, one in told.items()}
        erased = {id_ for id_, one in told.items() if one.state == "erased"}
        prints = {id_ for id_, words in self._rows(PRINTS) if words == id_}
        assert prints == erased, "a digest is left of words that were erased, or none of others"
        assert _pairs(self._rows(PEOPLE)) == {(id_, one) for id_, praise in told.items() for one in praise.people}
        assert _pairs(self._rows(HELPERS)) == {(id_, one) for id_, praise in told.items() for one in praise.helpers}

    def suggestions(self) -> None:
        """Ideas, how each came where it is, who backs it, and what became of it."""
        known = self.ideas.known
        stored = {(id_, one.author, one.state, one.praise) for id_, one in known.items()}
        assert _pairs(self._rows(IDEAS)) == stored, "an idea is missing, or not where it was moved"
        steps: dict[str, list[tuple[str, str, str]]] = {id_: [] for id_ in known}
        for id_, *step in self._rows(STEPS):
            steps[id_].append((step[0], step[1], step[2]))
        assert steps == {id_: one.steps for id_, one in known.items()}, "a change is not written down as it was"
        assert _pairs(self._rows(BACKERS)) == {(id_, one) for id_, idea in known.items() for one in idea.backers}
        assert _pairs(self._rows(SOLVERS)) == {(id_, one) for id_, idea in known.items() for one in idea.solvers}
        assert _pairs(self._rows(CREDITS)) == {(id_, one) for id_, idea in known.items() for one in idea.praises}
        assert sorted(id_ for (id_,) in self._rows(FOUND)) == sorted(
            id_ for id_, one in known.items() if not one.erased
        ), "an idea is not to be found, or one that was erased is"

    def rewards(self) -> None:
        """The catalogue, requests, projects with what is put by for them, and points by hand."""
        kept = self.treasury
        goods = {(id_, one.price, one.stock, one.budget, one.offered) for id_, one in kept.goods.items()}
        assert _pairs(self._rows(GOODS)) == goods, "stock or budget is not what was taken of it"
        wishes = {(id_, one.good, one.person, one.price, one.state) for id_, one in kept.wishes.items()}
        assert _pairs(self._rows(WISHES)) == wishes, "a request is not as it was answered"
        pots = {(id_, one.goal, one.given, one.state) for id_, one in kept.pots.items()}
        assert _pairs(self._rows(POTS)) == pots, "a project has not what was given to it"
        assert _pairs(self._rows(GIVEN)) == {
            (id_, *held) for id_, one in kept.pots.items() for held in one.held.items()
        }
        grants = {(id_, one.asker, one.person, one.amount, one.state) for id_, one in kept.grants.items()}
        assert _pairs(self._rows(GRANTS)) == grants

    def keys(self) -> set[str]:
        """The keys of all that the ledger has."""
        return {key for (key,) in self._rows("SELECT key FROM entry")}

    def all(self) -> None:
        """Everything anew."""
        self._last, self._seen = 0, 0
        self.points()
        self.praises()
        self.suggestions()
        self.rewards()
        standing = {key for one in self.books.kudos.values() for key in one.lines.values()}
        assert {key for (key,) in self._rows(GIFTS)} == standing, "a gift stands, or does not, against the books"

    def holding(self, tables: Iterable[str], canaries: tuple[str, ...]) -> list[str]:
        """The tables of which a row holds one of these."""
        rows = {table: str(self._rows(f"SELECT * FROM {table}")) for table in tables}
        return [table for table, found in rows.items() if any(one in found for one in canaries)]

    def _rows(self, query: str) -> list[Any]:
        return self._eye.execute(query).fetchall()


def _pairs(rows: Iterable[Any]) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in rows}


@contextmanager
def looking(database: Database) -> Iterator[Any]:
    """A connection of the driver's, past all that the bot makes of one: looking costs little."""
    if database.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(path_of(database), isolation_level=None)) as connection:
            yield connection
        return
    import psycopg

    url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection
