"""What was said is answered: in public with a name, and to a comment without learning whose it is."""

import json
from dataclasses import replace

import pytest

from bot.rules.languages import LANGUAGES
from bot.services.replies import Said, Thread
from bot.views import replies
from storage.results import Comment
from tests.views.outcomes import LOCALES, ORDINARY, member
from tests.views.pulse_gallery import survey

SPOKEN = pytest.mark.parametrize("language", LANGUAGES)
COMMENT = Comment("c" * 32, "north", "More light.", "digest-of-a-code")
ASKED = Thread(survey(ORDINARY), COMMENT, "Where?")


@SPOKEN
def test_a_public_answer_names_who_answers_and_quotes_no_comment(language: str) -> None:
    lead = member(5, locale=LOCALES[language], appointed="lead")
    said = replies.said(Said(survey(ORDINARY), "north", lead, "New lamps by May.", "C1"), language)
    assert "<@U0005>" in said["text"] and "New lamps by May." in said["text"] and "north" in said["text"]


@SPOKEN
def test_no_view_holds_a_code_its_digest_or_a_trace_of_whose_it_is(language: str) -> None:
    views = [replies.code_form(language), replies.answered(language)]
    states = (ASKED, replace(ASKED, question=""), replace(ASKED, answer="At the door."))
    views += [replies.thread(one, language) for one in states]
    for view in views:
        assert "digest-of-a-code" not in json.dumps(view)
        assert set(json.loads(view.get("private_metadata") or "{}")) <= {"comment"}


def test_a_question_back_can_be_answered_once() -> None:
    fields = [
        [block["block_id"] for block in replies.thread(one, "en")["blocks"] if block["type"] == "input"]
        for one in (replace(ASKED, question=""), ASKED, replace(ASKED, answer="At the door."))
    ]
    assert fields == [[], [replies.WORDS, replies.RECEIPT], []]


def test_whoever_asked_gets_the_comment_the_question_and_the_answer_together() -> None:
    lead = member(5, appointed="lead")
    message = replies.batch(lead, [replace(ASKED, answer="At the door.")])
    assert all(words in message["text"] for words in ("More light.", "Where?", "At the door."))
