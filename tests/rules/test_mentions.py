"""People in the text of a command, and Slack's escapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.mentions import leading_mentions, unescape


@pytest.mark.parametrize(
    ("text", "people", "rest"),
    [
        ("<@U1|ann> <@W2> hello", ("U1", "W2"), "hello"),
        ("  <@U1>hello", ("U1",), "hello"),
        ("<@U1><@U2>", ("U1", "U2"), ""),
        ("<@U1>, <@U2>、<@U3>，hello", ("U1", "U2", "U3"), "hello"),
        ("<@U1> <@U1> hello", ("U1",), "hello"),
        ("<@U1> hello <@U2>", ("U1",), "hello <@U2>"),
        ("hello <@U1>", (), "hello <@U1>"),
        ("<@U1|> hello", ("U1",), "hello"),
        ("<@U1|名字> 謝謝", ("U1",), "謝謝"),
        ("@ann hello", (), "@ann hello"),
        ("<!channel> hello", (), "<!channel> hello"),
        ("<#C1|shop> hello", (), "<#C1|shop> hello"),
        ("<@> hello", (), "<@> hello"),
        ("<@u1> hello", (), "<@u1> hello"),
        ("<@U1> , quiet words", ("U1",), ", quiet words"),
        ("", (), ""),
    ],
)
def test_the_people_named_first_and_the_rest(text: str, people: tuple[str, ...], rest: str) -> None:
    assert leading_mentions(text) == (people, rest)


def test_escapes_are_undone_once() -> None:
    assert unescape("&lt;b&gt; &amp;lt; &amp;amp; &quot;") == "<b> &lt; &amp; &quot;"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("with <@U1|ann> in <#C1|shop>", "with @ann in #shop"),
        ("<!subteam^S1|@reception>, <!everyone> and <!here|here>", "@reception, @everyone and @here"),
        ("<@U1> and <#C1|> have no name", "<@U1> and <#C1|> have no name"),
        ("&lt;@U1|ann&gt; was typed so", "<@U1|ann> was typed so"),
    ],
)
def test_names_among_the_words_are_as_they_were_typed(text: str, typed: str) -> None:
    assert unescape(text) == typed


@given(st.text())
def test_what_slack_escapes_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert unescape(escaped) == text


@given(st.lists(st.from_regex(r"[UW][A-Z0-9]{1,8}", fullmatch=True)), st.text(alphabet="abc <>@|,U1"))
def test_nothing_but_people_and_what_separates_them_is_taken(people: list[str], words: str) -> None:
    text = " ".join(f"<@{person}>" for person in people) + " x" + words

    found, rest = leading_mentions(text)

    assert found == tuple(dict.fromkeys(people))
    assert rest == "x" + words if people else rest == " x" + words
