"""What `/praise` says, when words are the same, and what a link is."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.rules.masking import mask
from bot.rules.praise import MAX_CUSTOMER, MAX_LINK, PraiseLine, clean, fingerprint, is_link, parse_line


@pytest.mark.parametrize(
    ("text", "words", "customer"),
    [
        ("the words from Ms Lin", "the words", "Ms Lin"),
        ("the words FROM J. R. Smith", "the words", "J. R. Smith"),
        ("the words From Ms. Lin", "the words", "Ms. Lin"),
        ("the words from Anne-Marie O'Neill", "the words", "Anne-Marie O'Neill"),
        ("the words from Mr & Mrs Lin", "the words", "Mr & Mrs Lin"),
        ("the words from Élodie", "the words", "Élodie"),
        ("謝謝你來自王先生", "謝謝你", "王先生"),
        ("謝謝你 來自 王先生", "謝謝你", "王先生"),
        ("谢谢你来自 Ms Lin", "谢谢你", "Ms Lin"),
        ("謝謝 from 王先生", "謝謝", "王先生"),
        ("She came from Rome from Ann", "She came from Rome", "Ann"),
        ("from Ann 來自 王先生", "from Ann", "王先生"),
        ("two\nlines\nfrom Ann\n", "two\nlines", "Ann"),
        ("she was helpful from the start", "she was helpful from the start", None),
        ("thanks from Ann, from the heart", "thanks from Ann, from the heart", None),
        ("thanks from A B C D E", "thanks from A B C D E", None),
        ("thanks from Ann!", "thanks from Ann!", None),
        ("thanks from Ann\nand Bo", "thanks from Ann\nand Bo", None),
        ("thanks from 3 guests", "thanks from 3 guests", None),
        ("where are you from", "where are you from", None),
        ("fromage Blanc, platFrom Ann, from_Ann", "fromage Blanc, platFrom Ann, from_Ann", None),
        ("我對未來自己很有信心", "我對未來自己很有信心", None),
        ("服务起来自然大方", "服务起来自然大方", None),
        ("谢谢 来自 一位老太太，很好", "谢谢 来自 一位老太太，很好", None),
        (f"thanks from {'A' * (MAX_CUSTOMER + 1)}", f"thanks from {'A' * (MAX_CUSTOMER + 1)}", None),
    ],
)
def test_after_bare_words_the_last_from_counts_and_only_before_a_name(
    text: str, words: str, customer: str | None
) -> None:
    assert parse_line(f"<@U1|ann> {text}") == PraiseLine(("U1",), words, customer)


@pytest.mark.parametrize(
    ("text", "words", "customer"),
    [
        ('"a letter from Bob" from Ms. Lin', "a letter from Bob", "Ms. Lin"),
        ('"a letter from Bob"', "a letter from Bob", None),
        ("“她说“好”” 来自 李小姐", "她说“好”", "李小姐"),
        ("「謝謝」來自王先生", "謝謝", "王先生"),
        ("『謝「謝』  ", "謝「謝", None),
        ('"great" From the lady in room 5', "great", "the lady in room 5"),
        ('" two\nlines "', "two\nlines", None),
        ('""', "", None),
        ('"" from Ann', "", "Ann"),
        ('"open from Ann', '"open', "Ann"),
        ('"a" and "b" from Ann', '"a" and "b"', "Ann"),
        ('"a" and "from Bob"', '"a" and "from Bob"', None),
        ('"great" she said', '"great" she said', None),
        ('"great" from', '"great" from', None),
        ('"great" from Ann\nand more', '"great" from Ann\nand more', None),
        ('“great" from Ann', '“great"', "Ann"),
        ("「謝「謝」來自王先生", "「謝「謝」", "王先生"),
        ('"great" fromAnn', '"great" fromAnn', None),
    ],
)
def test_quotes_hold_the_words_if_they_close_and_only_the_customer_follows(
    text: str, words: str, customer: str | None
) -> None:
    assert parse_line(f"<@U1>{text}") == PraiseLine(("U1",), words, customer)


@pytest.mark.parametrize(
    ("text", "people", "words"),
    [
        ("<@U1|ann> <@W2> <@U1> thanks", ("U1", "W2"), "thanks"),
        ("  <@U1>,<@U2|bo>、<@U3> ， <@U4> thanks", ("U1", "U2", "U3", "U4"), "thanks"),
        ("<@U1>, thanks", ("U1",), "thanks"),
        ("<@U1> , thanks", ("U1",), ", thanks"),
        ("<@U1> thanks <@U2|bo> too", ("U1",), "thanks @bo too"),
        ("thanks <@U2|bo>", (), "thanks @bo"),
        ("<@U1>", ("U1",), ""),
        ("", (), ""),
        ("<#C1|care> <@u1> thanks", (), "#care <@u1> thanks"),
    ],
)
def test_people_come_first_and_each_counts_once(text: str, people: tuple[str, ...], words: str) -> None:
    assert parse_line(text) == PraiseLine(people, words, None)


def test_words_may_be_missing_while_the_customer_is_known() -> None:
    assert parse_line("<@U1> from Ms Lin") == PraiseLine(("U1",), "", "Ms Lin")


def test_escapes_are_decoded_once_in_words_and_customer() -> None:
    line = parse_line('<@U1> "a &lt;b&gt; &amp;amp; &amp;lt; c" from Lin &amp; Co')
    assert line == PraiseLine(("U1",), "a <b> &amp; &lt; c", "Lin & Co")


def test_a_link_that_slack_wrapped_reads_as_it_was_typed() -> None:
    text = "<@U1> see <https://a.com/b> <http://c.com|c.com> <mailto:d@e.com|d@e.com> <tel:+1|1> <#C1|x> &lt;https://f.g&gt;"
    assert parse_line(text).words == "see https://a.com/b c.com d@e.com 1 #x <https://f.g>"


@given(st.text())
@example("from " * 2000)
@example("来自" * 2000)
@example("「" * 5000)
@example("<@U1>" * 2000)
@example("<https://a" * 1000)
def test_any_text_is_read_and_nothing_is_invented(text: str) -> None:
    line = parse_line(text)
    assert line.words == line.words.strip()
    assert all(
        part in text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for part in line.words.split()
    )


@given(
    st.text().filter(lambda words: '"' not in words and "&" not in words), st.sampled_from(["Ms. Lin", "王先生", None])
)
def test_quoted_words_come_back_code_point_for_code_point(words: str, customer: str | None) -> None:
    end = f" from {customer}" if customer else ""
    assert parse_line(f'<@U1> "{words}"{end}') == PraiseLine(("U1",), words.strip(), customer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Great, GREAT service!!", "great great\nservice"),
        ("Ｇｒｅａｔ　service", "great service。"),
        ("謝謝，王小姐", "謝謝 王小姐！"),
        ("Straße", "STRASSE"),
        ("e\u0301t\u00e9", "\u00c9te\u0301"),
        ("gre\u200bat ❤\ufe0f", "great ❤"),
        ("ﬁne", "fine"),
    ],
)
def test_words_are_the_same_whatever_their_width_case_blanks_and_points(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"), [("great", "grate"), ("👍", "👎"), ("!!!", "???"), ("謝謝", "谢谢"), ("👍", "!")]
)
def test_other_words_are_not_the_same(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


@given(st.text())
def test_a_fingerprint_knows_nothing_of_form_and_is_64_hex_digits(words: str) -> None:
    mark = fingerprint(words)
    assert len(mark) == 64 and set(mark) <= set("0123456789abcdef")
    assert fingerprint(unicodedata.normalize("NFKC", words)) == mark
    assert fingerprint(f" {words}\t") == mark


def test_what_postgresql_refuses_is_left_out_before_masking() -> None:
    assert clean(" ann\x00@example\ud800.com\x00 ") == "[email]"


@given(st.text())
def test_cleaning_masks_and_trims_and_does_no_more(text: str) -> None:
    assert clean(text) == mask(text.replace("\x00", "")).strip()
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com",
        "http://example.com:8080/a?b=c&d=%20#e",
        "HTTPS://Example.com/評價",
        "https://[2001:db8::1]/",
        "https://u:p@h.io",
    ],
)
def test_a_web_address_is_a_link(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com",
        "ftp://example.com",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://:80",
        "https://.",
        "https://a b",
        "https://a\u3000b",
        "https://a\nb",
        "https://a\x00b",
        "https://a\u202eb",
        "https://a.com|x",
        "<https://a.com>",
        "https://a.com\\b",
        "https://[::1",
        "https://a:99999",
        "https://a:b",
        f"https://a.com/{'x' * MAX_LINK}",
    ],
)
def test_what_is_no_web_address_is_no_link(text: str) -> None:
    assert not is_link(text)


@given(st.text())
def test_any_text_can_be_asked_whether_it_is_a_link(text: str) -> None:
    assert not is_link(f"{text} ")
    is_link(f"https://{text}")
