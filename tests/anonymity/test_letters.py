"""Ideas without a name: no copy of the database ties one to a person, whatever moment it is of.

The attacks know who sent something and when; what is left to them is chance among the senders of the day. `-s` prints
the rates. With a defence taken out, each attack succeeds.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import DateTime, Time
from sqlmodel import Session

from bot import sealing
from bot.services import letters
from bot.services.letters import Form
from bot.services.suggestions import Draft
from storage import inbox, models
from storage.inbox import Delivery
from storage.models.letters import Letter
from storage.models.suggestions import Suggestion
from storage.scrubbing import scrub
from storage.select import table
from tests.anonymity.attacks import bound
from tests.anonymity.post import Post, by_address, by_commits, by_joins, by_order
from tests.anonymity.test_remains import files_of, own_database
from tests.anonymity.test_traces import left_by
from tests.office import TEAM, Office, a_company, slack_id
from tests.stores import Store

GUESSES = 6
"""Orders that are laid side by side: the best of six guesses is better than one."""


def engine(post: Post) -> str:
    return post.office.database.engine.dialect.name


def told(attack: str, post: Post, rate: float) -> float:
    print(f"\n{attack}, {engine(post)}: {rate:.1%} of {len(post.truth)} ideas; chance {1 / len(post.order):.1%}")
    return rate


@pytest.fixture
def post(empty_office: Office, tmp_path: Path) -> Post:
    return Post(empty_office, tmp_path)


# --- as it is -------------------------------------------------------------------------------------------------------


def test_no_copy_ties_an_idea_to_who_sent_it(post: Post, store: Store, tmp_path: Path) -> None:
    chance = 1 / len(post.names)
    most = bound(chance, len(post.names)) + GUESSES * chance / 2

    if ordered(post, chance) > most:  # as chance would have it once in some thousands, and hardly twice
        store.empty()
        assert ordered(Post(Office(store.database, a_company()), tmp_path), chance) <= most


def ordered(post: Post, chance: float) -> float:
    """All that an idea could be tied by, but for order; gives the best that orders say."""
    post.everybody_sends(notices=True)
    post.morning()

    assert len(post.last["suggestion"]) == len(post.order) == len(post.names)
    assert told("whatever stands in two rows", post, by_joins(post)) == 0
    assert told("every copy, readable text", post, by_commits(post)) == pytest.approx(chance)
    assert told("return addresses", post, by_address(post)) == 0
    return told("the best of six orders", post, by_order(post))


def test_words_by_a_code_tie_nobody_to_an_idea_either(post: Post) -> None:
    receipts = {name: secrets.token_hex(64) for name in post.names}
    for name in post.names:
        post.send(name, receipt=receipts[name])
    post.morning()
    post.order.clear()
    for name in post.names:
        post.writes(name, receipts[name], f"Word {name}")
    post.morning()

    assert len(post.last["remark"]) == len(post.names) and {row[3] for row in post.last["remark"]} == {None}
    assert told("whatever stands in two rows, with words", post, _joined_without_words(post)) == 0


def _joined_without_words(post: Post) -> float:
    for copy in post.copies:  # the test's own words have names
        copy["remark"] = [row[:4] for row in copy["remark"]]
        copy["outbox"] = [row[:5] for row in copy["outbox"]]
    post.order.extend(post.truth)
    return by_joins(post)


def test_sending_leaves_one_sealed_letter_and_nothing_else_anywhere(post: Post) -> None:
    name = post.names[3]
    left = left_by(post.office, lambda: post.send(name, notices=True))
    assert {table: len(rows) for table, rows in left.items()} == {"letter": 1}

    member, said = post.members[name], str(left)
    assert not any(word in said for word in (member.id, member.slack_id, member.name, "Idea", post.order[0]))


def test_letters_and_ideas_have_no_time_and_no_order(post: Post) -> None:
    for model in (Letter, Suggestion):
        assert not [one.name for one in table(model).c if isinstance(one.type, DateTime | Time)]
        assert not [one.name for one in table(model).c if one.name.endswith("_at")]
    assert not table(Letter).foreign_keys and not [one for one in table(Letter).c if "person" in one.name]
    if engine(post) == "sqlite":
        for each in (Letter, Suggestion, models.IdeaText):
            assert table(each).dialect_options["sqlite"]["with_rowid"] is False


def test_letters_are_of_one_size_whatever_is_in_them(post: Post) -> None:
    long, emoji = "x" * 2000, "😀" * 2000
    drafts = (Draft("A", "B"), Draft("T" * 120, long, long), Draft("😀" * 120, emoji, emoji), Draft('"' * 120, long))
    for draft in drafts:
        secret = secrets.token_hex(16)
        named, form = Delivery(TEAM, "form", secret, post.office.now), Form(secret, "f" * 128, True)
        post.office.do(letters.send, slack_id("person1"), draft, form, named=named)
    post.office.do(letters.write, secrets.token_hex(16), "e" * 32, "\n" * 3 + "x")
    post.copy()
    sizes = {len(row[-1]) for row in post.last["letter"]}
    print(f"\nsizes of letters, {engine(post)}: {sizes}")
    assert len(post.last["letter"]) == 5 and len(sizes) == 1


@pytest.mark.parametrize("wiped", [True, False], ids=["as it is", "without emptying the log"])
def test_what_was_opened_is_in_no_file_when_the_morning_is_over(tmp_path: Path, wiped: bool) -> None:
    """Beside a copy of the key it could be opened; the key is gone as well."""
    office = own_database(tmp_path / "whole")
    post = Post(office, tmp_path)
    post.everybody_sends()
    boxes = [row[-1][:32] for row in post.last["letter"]]
    post.morning()
    if wiped:
        assert scrub(office.database.engine)
    content = b"".join(file.read_bytes() for file in files_of(office.database))
    found = sum(box in content for box in boxes)
    office.database.close()
    print(f"\nletters in the files after the morning: {found} of {len(boxes)}")
    assert found == (0 if wiped else len(boxes)) and len(post.keys.ids()) == 1


def test_an_address_opens_only_while_its_key_is_there(post: Post) -> None:
    title = post.send(post.names[0], notices=True)
    post.morning()
    (address,) = (one for row in post.last["suggestion"] for one in row if isinstance(one, bytes))
    assert sealing.addressee(post.keys, address) == post.truth[title].id
    post.keys.destroy(sealing.key_of(address))
    assert sealing.addressee(post.keys, address) == ""


# --- with a defence taken out ---------------------------------------------------------------------------------------


@contextmanager
def readable_letters() -> Iterator[None]:
    """Letters and addresses are stored as they are."""

    def seal(_key: str, content: Mapping[str, Any], size: int) -> bytes:
        return json.dumps(content, ensure_ascii=False).encode().ljust(size)

    with patch.object(sealing, "seal", seal):
        yield


@contextmanager
def kept_order() -> Iterator[None]:
    """Letters become rows in the order in which they lay."""
    with patch.object(letters._CHANCE, "sample", lambda rows, _: list(rows)):
        yield


@contextmanager
def noted_deliveries() -> Iterator[None]:
    """The delivery leaves its row, as that of any form."""
    plain = letters.send

    def send(session: Session, *args: Any, named: Delivery, now: datetime) -> Any:
        member = plain(session, *args, named=named, now=now)
        inbox.take(session, named)
        return member

    with patch.object(letters, "send", send):
        yield


def test_if_letters_were_readable_every_copy_would_tie_every_idea(post: Post) -> None:
    with readable_letters():
        post.everybody_sends()
    assert told("every copy, readable letters", post, by_commits(post)) == 1


def test_if_ideas_came_at_once_every_copy_would_tie_every_idea(post: Post) -> None:
    for name in post.names:
        post.send(name)
        post.copies.pop()
        post.at_once()
    assert told("every copy, ideas that come at once", post, by_commits(post)) == 1


def test_if_the_order_were_kept_it_would_tie_every_idea(post: Post) -> None:
    with kept_order():
        post.everybody_sends()
        post.morning()
    assert told("the best of six orders, order kept", post, by_order(post)) == 1


def test_if_addresses_were_not_sealed_they_would_tie_every_idea(post: Post) -> None:
    post.everybody_sends(notices=True)
    with patch.object(sealing, "address", lambda _, person_id: person_id.encode()):
        post.morning()
    assert told("return addresses, not sealed", post, by_address(post)) == 1
    assert told("whatever stands in two rows, addresses not sealed", post, by_joins(post)) == 1


def test_a_row_of_the_delivery_would_be_seen(post: Post) -> None:
    with noted_deliveries():
        left = left_by(post.office, lambda: post.send(post.names[0]))
    assert set(left) == {"letter", "inbox"}
    assert slack_id(post.names[0]) in str(left["inbox"])
