"""Slack's mrkdwn as its documentation has it, drawn for each who reads it."""

import pytest
from htpy import fragment

from bot.workspace import staff
from bot.workspace.page.drawn.text import mrkdwn, plain
from bot.workspace.page.reader import Reader
from tests.workspace.page.markup import Read, dangers
from tests.workspace.page.readers import NOW, reader


def inside(words: str, one: Reader | None = None) -> str:
    """What is drawn, without the element around it."""
    markup = str(fragment[mrkdwn(one or reader(), words)])
    return markup.removeprefix('<span class="mrkdwn">').removesuffix("</span>")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("*bold* _italic_ ~gone~ `code`", "<strong>bold</strong> <em>italic</em> <s>gone</s> <code>code</code>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("_*both* and_ not", "<em><strong>both</strong> and</em> not"),
        ("(*bold*), *bold*.", "(<strong>bold</strong>), <strong>bold</strong>."),
        ("snake_case_name 2*3*4 a~b~c", "snake_case_name 2*3*4 a~b~c"),
        ("* not bold * and *not closed", "* not bold * and *not closed"),
        ("*not\nbold*", "*not\nbold*"),
        ("`*not* _in_ ~code~ :tada:`", "<code>*not* _in_ ~code~ :tada:</code>"),
        ("*a * b*", "<strong>a * b</strong>"),
        ("** __ ~~ ``", "** __ ~~ ``"),
        ("• one\n• two\n1. three", "• one\n• two\n1. three"),
        ("  two  blanks", "  two  blanks"),
    ],
)
def test_marks_are_drawn_around_whole_words_of_one_line(typed: str, seen: str) -> None:
    assert inside(typed) == seen


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("a\n> b\n> c\nd", 'a<q class="quote">b\nc</q>d'),
        ("&gt; b", '<q class="quote">b</q>'),
        ("a > b", "a &gt; b"),
        (">>> b\n> c\nd", '<q class="quote">b\n&gt; c\nd</q>'),
        ("> *b*", '<q class="quote"><strong>b</strong></q>'),
        ("a\n```\nx  *y*\n  z\n```\nb", 'a<code class="pre">x  *y*\n  z</code>b'),
        ("```<https://e.example|e>```", None),
        ("``` open", "``` open"),
    ],
)
def test_quotations_and_code_are_blocks_of_their_own(typed: str, seen: str | None) -> None:
    if seen is None:
        seen = (
            '<code class="pre"><a class="out" href="https://e.example" target="_blank" rel="noopener noreferrer">e</a>'
            "</code>"
        )
    assert inside(typed) == seen


def test_the_three_entities_are_unescaped_once() -> None:
    assert Read(inside("&lt;b&gt; &amp;amp; &amp;lt; &quot; &#60;")).words == "<b> &amp; &lt; &quot; &#60;"


@pytest.mark.parametrize(
    ("typed", "address", "words"),
    [
        ("<https://e.example/a?b=1&amp;c=2>", "https://e.example/a?b=1&c=2", "https://e.example/a?b=1&c=2"),
        ("<https://e.example|*the* place>", "https://e.example", "*the* place"),
        ("<mailto:ann@example.com|ann@example.com>", "mailto:ann@example.com", "ann@example.com"),
        ("<mailto:ann@example.com>", "mailto:ann@example.com", "ann@example.com"),
        ("see https://e.example/x.", "https://e.example/x", "see https://e.example/x."),
        ("請看 https://e.example/x，謝謝", "https://e.example/x", "請看 https://e.example/x，謝謝"),
        ("*<https://e.example|bold>*", "https://e.example", "bold"),
    ],
)
def test_links_lead_where_they_say(typed: str, address: str, words: str) -> None:
    seen = Read(inside(typed))
    assert [value for _, name, value in seen.attributes if name == "href"] == [address]
    assert seen.words == words


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:x", " javascript:x", "data:text/html,x", "vbscript:x", "file:///x"]
)
def test_a_link_that_is_not_safe_is_only_words(address: str) -> None:
    seen = Read(inside(f"<{address}|press> <{address}>"))
    assert "a" not in [tag for tag, _ in seen.skeleton]
    assert dangers(seen) == []
    assert seen.words == f"press <{address}>"


def test_an_address_stays_words_where_the_app_asks_for_its_text_as_it_is() -> None:
    assert "<a" not in str(fragment[mrkdwn(reader(), "https://e.example", verbatim=True)])


def test_mentions_have_the_names_of_the_workspace() -> None:
    seen = Read(inside("<@U0MEI00000> <@U0MEI00000|mei> <@U999> <@U999|gone> <#C0PRAISE01> <#C9|gone>"))
    assert seen.words == "@陳美儀 @陳美儀 @U999 @gone #praise #gone"
    groups = Read(inside("<!subteam^S0KITCHEN1> <!subteam^S9|@night> <!here> <!channel> <!everyone|x> <!odd|shown>"))
    assert groups.words == "@kitchen @night @here @channel @everyone shown"


def test_one_sees_that_oneself_is_meant() -> None:
    words = "<@U0MEI00000> <@U0SAM00000> <!subteam^S0RECEPTN1> <!subteam^S0KITCHEN1> <!here>"
    assert inside(words, reader("mei")).count("mention me") == 3


def test_a_channel_leads_there_unless_it_is_closed_to_the_reader() -> None:
    mention = f"<#{staff.PRIVATE_CHANNEL}|kitchen-office>"
    assert Read(inside(mention)).words == "a private channel"
    assert "<a" not in inside(mention)
    assert Read(inside(mention, reader("tomas"))).words == "#kitchen-office"
    assert f'data-at="{staff.PRIVATE_CHANNEL}"' in inside(mention, reader("tomas"))


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        (":tada: :+1: :thumbsup:", "🎉 👍 👍"),
        (":clap::skin-tone-4:", "👏🏽"),
        (":flag-tw: :large_green_circle: :tada::skin-tone-4:", "🇹🇼 🟢 🎉"),
        (":woman-cook: :female-cook:", "👩‍🍳 👩‍🍳"),
        (":goldenear: 10:30:45 :not_one:tada:", ":goldenear: 10:30:45 :not_one🎉"),
    ],
)
def test_emoji_have_slacks_names(typed: str, seen: str) -> None:
    assert Read(inside(typed)).words == seen
    assert plain(reader(), typed) == seen


@pytest.mark.parametrize(
    ("who", "form", "seen"),
    [
        ("aiko", "{date_num} {time}", "2026-11-23 12:30 AM"),
        ("sam", "{date_num} {time_secs}", "2026-11-22 23:30:00"),
        ("ling", "{date_long} {time}", "11月22日 星期日 下午11:30"),
        ("jun", "{date_long} {time}", "11月22日 星期日 23:30"),
        ("aiko", "{date}", "November 23rd"),
        ("aiko", "{date_short}", "Nov 23"),
        ("priya", "{date_long}", "Sunday, 22 November"),
        ("aiko", "{date_long_full}", "November 23rd, 2026"),
        ("aiko", "{nothing}", "at half past three"),
    ],
)
def test_a_date_is_each_readers_own(who: str, form: str, seen: str) -> None:
    one = reader(who)
    one.workspace.clock.now = lambda: NOW - 40 * 86_400  # type: ignore[method-assign]
    assert Read(inside(f"<!date^{NOW:.0f}^{form}|at half past three>", one)).words == seen


@pytest.mark.parametrize(
    ("days", "who", "seen"),
    [
        (0, "aiko", "Today at 12:30 AM"),
        (-1, "aiko", "Tomorrow at 12:30 AM"),
        (1, "aiko", "Yesterday at 12:30 AM"),
        (0, "ling", "今天 at 下午11:30"),
        (300, "aiko", "Monday, November 23rd, 2026 at 12:30 AM"),
    ],
)
def test_a_date_nearby_is_called_by_its_day(days: int, who: str, seen: str) -> None:
    one = reader(who)
    one.workspace.clock.now = lambda: NOW + days * 86_400  # type: ignore[method-assign]
    assert Read(inside(f"<!date^{NOW:.0f}^{{date_long_pretty}} at {{time}}|x>", one)).words == seen


def test_a_date_may_lead_somewhere_and_one_that_cannot_be_is_its_fallback() -> None:
    assert 'href="https://e.example/"' in inside(f"<!date^{NOW:.0f}^{{date}}^https://e.example/|x>")
    assert (
        Read(inside("<!date^soon^{date}|then> <!date^99999999999999^{date}|never> <!date|x>")).words == "then never x"
    )
