"""What is gathered for a person shows all that messages of their own would show."""

from dataclasses import replace
from typing import Any

import pytest

from bot.rules.languages import LANGUAGES
from bot.views import gathering, limits, praise
from bot.workspace import blocks
from tests.views.gallery import drawn
from tests.views.outcomes import CASES, LOCALES, Case

ORDINARY = CASES[0]
KINDS = ("dm", "kudos dm", "helper's dm", "decision accepted", "decision refused", "handed on, for the recorder")


def said(view: Any) -> list[str]:
    """Every text in the blocks of a message, buttons and all, in order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.extend(str(node[name]) for name in ("text", "user_id", "value") if isinstance(node.get(name), str))
            node = list(node.values())
        for each in node if isinstance(node, list) else ():
            walk(each)

    walk(view["blocks"])
    return [text for text in found if text != "\n"]


def buttons(view: Any, action_id: str) -> int:
    return sum(
        one["action_id"] == action_id
        for block in view["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_all_that_each_would_say_is_said_once_and_in_order(case: Case, language: str) -> None:
    views, person = dict(drawn(case, language)), replace(case.people(language)[0], locale=LOCALES[language])
    parts = [views[name] for name in KINDS]
    left = iter(said(gathering.message(person, parts)))

    common = {*said({"blocks": parts[0]["blocks"][-1:]}), *said({"blocks": [praise.private_button(person)]})}
    for text in (text for part in parts for text in said(part) if text not in common):
        assert text in left, text
    assert {*left} == common, "and what they all would say comes last"


def test_what_concerns_all_stands_once() -> None:
    views, person = dict(drawn(ORDINARY, "en")), ORDINARY.people("en")[0]
    message = gathering.message(person, [views["dm"]] * 4 + [views["kudos dm"]] * 2)

    assert [buttons(message, name) for name in ("praise_had_help", "praise_not_me", "praise_private")] == [4, 4, 1]
    assert message["text"].count("not pay") == 1
    assert message["text"].count(ORDINARY.free) >= 6

    only_news = gathering.message(person, [views["decision accepted"]])
    assert buttons(only_news, "praise_private") == 0 and "not pay" not in only_news["text"]


def test_twenty_praises_or_forty_thanks_fit_into_one_message() -> None:
    person = ORDINARY.people("en")[0]
    views = dict(drawn(ORDINARY, "en"))
    for name, most in (("dm", 23), ("kudos dm", 48)):
        parts = [views[name]] * most
        assert gathering.fits(person, parts) and not gathering.fits(person, [*parts, views[name]])
        assert blocks.check(gathering.message(person, parts)["blocks"]).problems == []


def test_three_praises_of_the_longest_words_fit_and_a_fourth_does_not() -> None:
    person = ORDINARY.people("en")[0]
    for letter in ("x", "字", "𝛼"):
        words = letter * (3000 if letter != "𝛼" else 1500)
        told = praise.dm(replace(ORDINARY.praise("en"), words=words, customer="Ms Lin"), person, 10)
        assert gathering.fits(person, [told] * 3) and not gathering.fits(person, [told] * 4)
        message = gathering.message(person, [told] * 3)
        assert sum(words in text for text in said(message)) == 3
        assert "text" not in message, "Slack makes one of the blocks"
    assert limits.MESSAGE_WORDS < 13_000


def test_words_that_slack_would_format_stay_in_mrkdwn() -> None:
    person = ORDINARY.people("en")[0]
    for text in ("*bold*", "a <!date^1^x|y>", "&amp;", ":tada: yes"):
        part: Any = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}]}
        assert part["blocks"][0] in gathering.message(person, [part])["blocks"]
