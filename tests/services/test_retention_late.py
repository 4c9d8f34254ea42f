"""What is said of something after its own words are gone, or quoted in a file, is kept no longer than they were."""

import pytest

from bot.services import my_data
from bot.views.my_data import as_csv
from storage import messages, models, outbox, payloads, replies, traces
from storage.replies import Exchange
from storage.results import Comment
from storage.upsert import insert
from tests.ideas import move, send
from tests.office import TEAM, Office, slack_id
from tests.services.test_erasing import erase, everything, holding
from tests.services.test_retention import COMMENT, comment, due, limit, run

ROUND, SAID = "5" * 32, "6" * 32
QUESTION, ANSWER, REMARK, REASON = "Which lift?", "The left one", "It was tried before", "There is no room for it"


def remark(office: Office, idea: str, words: str) -> None:
    told = {"suggestion_id": idea, "place": 1, "workspace_id": TEAM, "said_on": office.now.date(), "words": words}
    office.run(insert, models.Remark, {**told, "said_by": office.member("lee").id})


def ask(office: Office) -> None:
    """The question back to the comment of the round, and its answer."""
    exchange = Exchange(ROUND, Comment(SAID, "", COMMENT, ""), asked_by=office.member("lee").id, question=QUESTION)
    assert office.run(replies.ask, TEAM, exchange)


@pytest.fixture
def emptied(office: Office) -> Office:
    """A comment that was replaced, long after its round."""
    comment(office)
    limit(office, 12)
    office.later(days=500)
    assert run(office) == 1 and holding(office, COMMENT) == [] and due(office) is None
    office.later(days=1)
    return office


def test_a_reason_given_after_the_idea_was_erased_goes_with_age(office: Office) -> None:
    idea = send(office, "ann").suggestion.id
    erase(office, "person", "UANN", words=True)
    move(office, "lee", idea, "declined", reason=REASON)
    limit(office, 12)
    assert due(office) is None and holding(office, REASON)
    office.later(days=500)
    assert run(office) == 1 and holding(office, REASON) == []
    office.later(days=1)
    assert due(office) is None


def test_a_remark_on_an_idea_that_was_erased_goes_with_age(office: Office) -> None:
    idea = send(office, "ann").suggestion.id
    erase(office, "person", "UANN", words=True)
    move(office, "lee", idea, "accepted", "doing", "done")
    remark(office, idea, REMARK)
    limit(office, 12)
    office.later(days=500)
    assert run(office) == 1 and holding(office, REMARK) == []
    office.later(days=1)
    assert due(office) is None


def test_a_question_back_to_a_comment_that_was_replaced_goes(emptied: Office) -> None:
    ask(emptied)
    assert run(emptied) == 1 and holding(emptied, QUESTION) == []
    emptied.later(days=1)
    assert due(emptied) is None


def test_an_answer_to_a_comment_that_was_replaced_goes_once_whoever_asked_was_told(office: Office) -> None:
    comment(office)
    ask(office)
    limit(office, 12)
    office.later(days=500)
    assert run(office) == 1 and holding(office, COMMENT, QUESTION) == []
    office.later(days=1)
    assert office.run(replies.answer, SAID, ANSWER)
    assert due(office) is None, "it is still to be brought"
    office.run(replies.told, [SAID])
    assert run(office) == 1 and holding(office, ANSWER) == []
    (row,) = everything(office)["reply"]
    assert (row["question"], row["answer"]) == ("[erased]", "[erased]")
    office.later(days=1)
    assert due(office) is None


def have_files(office: Office, who: str) -> None:
    """What is held of somebody stands in Slack as a file, and is owed as another."""
    data = office.do(my_data.collect, slack_id(who))
    content, here = as_csv(data), {"workspace_id": TEAM}
    assert ROUND.encode() in content
    words = {"channel": slack_id(who), "name": "held.csv", "content": content, "comment": "", "about": data.held.about}
    assert office.run(outbox.file, **here, key="held", **words, now=office.now)
    held = {"file_id": "F1", "holds": payloads.packed([ROUND]), "sent_at": office.now}
    assert office.run(insert, models.SentFile, {**here, **held})


def withdrawn(office: Office) -> None:
    """Neither of the two is left, and the one in Slack is to go."""
    rows = everything(office)
    assert rows["sentfile"] == []
    assert [row["key"] for row in rows["outbox"] if row["method"] == "file"] == ["withdraw:F1"]


def test_files_that_quote_a_public_answer_go_with_it_and_the_posts_of_the_round_stay(office: Office) -> None:
    comment(office)
    said = models.PublicAnswer(
        survey_id=ROUND, cut="Shop", workspace_id=TEAM, person_id=office.member("lee").id,
        words=ANSWER, channel="C1", said_on=office.now.date(),
    )  # fmt: skip
    office.run(replies.say, TEAM, said)
    young = f"{traces.SAID}{ROUND}:Bar"
    office.run(messages.name, workspace_id=TEAM, channel="C2", ts="1.2", subject=young)
    limit(office, 12)
    office.later(days=500)
    have_files(office, "lee")
    assert run(office) == 1 and holding(office, ANSWER) == []
    withdrawn(office)
    assert young not in {row["thread"] for row in everything(office)["outbox"]}


def test_files_that_quote_a_question_back_go_with_it(office: Office) -> None:
    comment(office)
    ask(office)
    limit(office, 12)
    office.later(days=500)
    have_files(office, "lee")
    assert run(office) == 1 and holding(office, QUESTION) == []
    withdrawn(office)
