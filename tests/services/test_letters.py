"""Ideas without a name: they wait sealed, come together in the morning, and are reached by a code (product.md 3)."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import sealing
from bot.rules import letters as rules
from bot.services import letters, receipts, similar, suggestion_pages, suggestions
from bot.services.letters import Form
from bot.services.suggestions import Draft
from storage import inbox, models, outbox, people, traces
from storage import letters as storage
from storage import receipts as stored
from storage.inbox import Delivery
from tests.anonymity.post import Post
from tests.ideas import SHELF, move
from tests.office import TEAM, Office, slack_id

RECEIPT = "a" * 128


@pytest.fixture
def post(office: Office, tmp_path: Path) -> Post:
    """A Tuesday on which the staff and a few more send ideas."""
    return Post(office, tmp_path, people=3)


def named(office: Office, secret: str = "") -> Delivery:
    return Delivery(TEAM, "form", f"UANN:{secret}", office.now)


def send(office: Office, who: str = "ann", draft: Draft = SHELF, **more: Any) -> str:
    """Send an idea without a name; gives the secret of its form."""
    secret = more.pop("secret", secrets.token_hex(16))
    form = Form(secret, more.pop("receipt", RECEIPT), **more)
    office.do(letters.send, slack_id(who), draft, form, named=named(office, secret))
    return secret


def brought(post: Post, who: str = "ann", **more: Any) -> str:
    """An idea that came; gives its id."""
    send(post.office, who, **more)
    post.morning()
    found = post.office.run(stored.by_digest, TEAM, more.get("receipt", RECEIPT))
    assert found
    return found


def test_an_idea_waits_sealed_and_nobody_finds_it_before_the_next_working_day(post: Post) -> None:
    office = post.office
    office.at(2026, 3, 6, 15)  # a Friday
    post.turn()
    send(office)
    for day in (0, 1, 2):
        assert office.do(similar.find, SHELF.title, every=True) == ()
        assert office.do(suggestion_pages.listed, slack_id("ann"), "all").total == 0
        assert office.refusal(receipts.find, slack_id("ann"), RECEIPT).code == "no_such_receipt"
        assert office.do(letters.turn) is None, day
        office.later(days=1 if day < 2 else 0)

    office.at(2026, 3, 9, 0)
    post.turn()
    post.open()
    (idea,) = office.do(suggestion_pages.listed, slack_id("ann"), "all").ideas
    assert (idea.title, idea.what, idea.why, idea.gains, idea.wall) == (
        SHELF.title, SHELF.what, SHELF.why, SHELF.gains, SHELF.wall,
    )  # fmt: skip
    assert idea.author is None and not idea.named and idea.reachable and idea.team == ""
    assert idea.sent_on == date(2026, 3, 9), "the day on which it came, not that on which it was sent"
    assert office.do(similar.find, SHELF.title) == (idea,)


def test_nothing_is_sent_while_the_letters_of_the_night_are_not_opened(post: Post) -> None:
    post.office.later(days=1)
    code = post.office.refusal(letters.send, slack_id("ann"), SHELF, Form("f" * 32, RECEIPT), named=named(post.office))
    assert code.code == "letters_closed"


def test_a_form_that_is_sent_twice_is_one_idea(post: Post) -> None:
    secret = send(post.office)
    send(post.office, secret=secret)
    assert post.office.do(letters.was_sent, secret) and not post.office.do(letters.was_sent, "f" * 32)
    post.morning()
    send(post.office, secret=secret)
    post.morning_or_nothing()
    assert post.office.do(suggestion_pages.listed, slack_id("ann"), "all").total == 1


def test_a_form_that_was_sent_with_a_name_is_not_sent_without(post: Post) -> None:
    """Its secret stands beside the name, and the code could be made from it."""
    secret = "e" * 32
    post.office.run(inbox.take, named(post.office, secret))
    form = Form(secret, RECEIPT)
    assert post.office.refusal(letters.send, slack_id("ann"), SHELF, form, named=named(post.office, secret)).code == (
        "already_done"
    )


@pytest.mark.parametrize("who", ["guest", "robot", "gone", "stranger", "nobody"])
def test_who_takes_no_part_sends_nothing_and_looks_nothing_up(post: Post, who: str) -> None:
    form = Form("f" * 32, RECEIPT)
    post.office.refusal(letters.send, slack_id(who), SHELF, form, named=named(post.office))
    post.office.refusal(receipts.find, slack_id(who), RECEIPT)
    post.office.refusal(receipts.claim, slack_id(who), RECEIPT)


def test_a_team_is_named_if_it_is_wished_and_large_enough(post: Post) -> None:
    office = post.office
    for name in ("ann", "bo", "cy", "di", "lee"):
        office.run(people.list_as, office.member(name).id, team="Kitchen")
    assert office.do(suggestions.existing, brought(post, says_team=True)).team == "", "four who lead nobody"

    office.run(people.list_as, office.member("ed").id, team="kitchen")
    assert office.do(suggestions.existing, brought(post, says_team=True, receipt="b" * 128)).team == "Kitchen"
    assert office.do(suggestions.existing, brought(post, receipt="c" * 128)).team == ""


def test_words_go_both_ways_and_those_of_the_author_wait_for_the_morning(post: Post) -> None:
    office, idea = post.office, brought(post)
    office.do(receipts.ask, slack_id("lee"), idea, "Which door?")
    found = office.do(receipts.find, slack_id("ann"), RECEIPT)
    assert [(one.words, one.person and one.person.name) for one in found.remarks] == [("Which door?", "Lee")]

    office.do(receipts.write, slack_id("ann"), RECEIPT, "d" * 32, "The one to the yard.")
    assert len(office.do(receipts.find, slack_id("ann"), RECEIPT).remarks) == 1
    post.morning()
    last = office.do(receipts.find, slack_id("ann"), RECEIPT).remarks[-1]
    assert (last.by_author, last.person, last.words) == (True, None, "The one to the yard.")
    assert office.do(suggestion_pages.page, slack_id("lee"), idea).remarks[-1] == last
    assert office.do(suggestion_pages.page, slack_id("bo"), idea).remarks == (), "it is between two"
    owed = [key for key in _owed(office) if ":word:" in key]
    assert set(owed) <= set(office.run(traces.find, TEAM, [idea]).subjects), "it is known where each will stand"
    named = office.run(lambda session: outbox.subjects(session, workspace_id=TEAM, prefix=f"idea:{idea}:word:"))
    assert named == set(owed)
    readers = {key.rsplit(":", 1)[1] for key in owed}
    assert readers == {office.member("ada").id, office.member("boss").id, office.member("lee").id}


def _owed(office: Office) -> list[str]:
    rows = models.Outbox.__table__.select()  # type: ignore[attr-defined]
    return [row.key for row in office.run(lambda session: session.connection().execute(rows).all())]


def test_only_those_who_answer_write_to_an_author_and_only_to_one_without_a_name(post: Post) -> None:
    office, idea = post.office, brought(post)
    assert office.refusal(receipts.ask, slack_id("ann"), idea, "Why?").code == "leads_only"
    mine = office.do(suggestions.send, slack_id("bo"), SHELF).suggestion.id
    assert office.refusal(receipts.ask, slack_id("lee"), mine, "Why?").code == "idea_has_name"
    assert office.refusal(receipts.ask, slack_id("lee"), idea, " ").code == "idea_text_missing"


def test_a_claim_names_the_author_and_brings_the_points_once(post: Post) -> None:
    office, idea = post.office, brought(post)
    office.do(suggestions.back, slack_id("ann"), idea, stands=True)
    assert not move(office, "lee", idea, "review", "accepted", "doing").awarded
    assert office.points("ann") == 0

    claimed = office.do(receipts.claim, slack_id("ann"), RECEIPT)
    assert claimed.awarded and claimed.suggestion.author == office.member("ann") and claimed.suggestion.backers == 0
    assert (office.points("ann"), office.total("ann", "suggestions")) == (20, 20)
    for who in ("ann", "bo"):
        assert office.refusal(receipts.claim, slack_id(who), RECEIPT).code == "idea_has_name"
    write = (receipts.write, slack_id("ann"), RECEIPT, "d" * 32, "More.")
    assert office.refusal(*write).code == "idea_has_name"
    assert office.is_sound()


def test_a_claim_before_the_decision_brings_the_points_with_it(post: Post) -> None:
    office, idea = post.office, brought(post)
    assert not office.do(receipts.claim, slack_id("lee"), RECEIPT).awarded
    assert office.refusal(suggestions.move, slack_id("lee"), idea, "review", was="new").code == "idea_own_review"
    assert move(office, "ada", idea, "accepted").awarded and office.points("lee") == 20


def test_a_claim_brings_no_points_of_an_acceptance_that_does_not_stand(post: Post) -> None:
    office, idea = post.office, brought(post)
    assert not move(office, "lee", idea, "accepted").awarded
    assert not move(office, "lee", idea, "declined", reason="A fire exit.").taken
    assert not office.do(receipts.claim, slack_id("ann"), RECEIPT).awarded
    assert office.points("ann") == 0
    assert move(office, "ada", idea, "review", "accepted").awarded == 20 == office.points("ann")
    assert office.is_sound()


@pytest.mark.parametrize("hand", ["moved", "wrote"])
def test_whoever_reviewed_an_idea_cannot_claim_it(post: Post, hand: str) -> None:
    office, idea = post.office, brought(post)
    if hand == "moved":
        move(office, "lee", idea, "review")
    else:
        office.do(receipts.ask, slack_id("lee"), idea, "Which door?")
    assert office.refusal(receipts.claim, slack_id("lee"), RECEIPT).code == "claim_reviewed"
    assert office.do(receipts.claim, slack_id("ann"), RECEIPT).author.name == "Ann"


def test_a_letter_that_we_did_not_seal_is_left_out(post: Post) -> None:
    office = post.office
    send(office)
    postbox = office.run(storage.current, TEAM)
    assert postbox
    office.run(storage.put, TEAM, postbox, "1" * 32, b"no box", office.now.date())
    made_up: list[dict[str, Any]] = [
        {"idea": "x", "words": "x"},
        {"title": ""},
        {"title": "T", "what": "W", "gains": 7},
    ]
    for at, content in enumerate(made_up):
        box = sealing.seal(postbox.public_key, content, sealing.LETTER_BYTES)
        office.run(storage.put, TEAM, postbox, f"{at + 2}" * 32, box, office.now.date())
    post.morning()
    assert office.do(suggestion_pages.listed, slack_id("ann"), "all").total == 1


def test_more_letters_than_fit_into_a_morning_are_refused(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_WAITING", 1)
    send(post.office)
    form = Form("f" * 32, RECEIPT)
    assert (
        post.office.refusal(letters.send, slack_id("bo"), SHELF, form, named=named(post.office)).code == "letters_full"
    )
