"""What is masked before words are stored, and what must come back code point for code point."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.rules.digits import passes_luhn
from bot.rules.masking import mask

CARD = "4111 1111 1111 1111"
UNLABELLED = """
border 0912345678 | bedroom 0912345678 | order now 13812345678 | order by phone: 13812345678 |
room service 0912345678 | order: +44 20 7946 0958 | order not 13812345678 | 房價 13812345678 |
房东13812345678 | 單號 13812345678
"""
DATES = """
2026-11-21 | 2026/11/21 | 21.11.2026 | 11/21/2026 | 21-11-2026 | 20261121 | 2026年11月21日 |
2026. 11. 21. | ２０２６－１１－２１ | 2026-11-21 09:30 | 2026-11-21T09:30:00+08:00 | 21.11.26 09:30 |
21 11 2026 | 2026 11 21 | 20261121 0930 | 21/11/2026 0930 | 21.-23.11.2026 | 21-23.11.2026 |
2026.11.21-11.23 | 2026-11-21 - 2026-11-23 | 2007年8月22日-8月25日 | 2019-2021 | Nov 21, 2026 14:30 |
21st of November 2026 14:30 | on 21.11.26 25 guests | 09:30 | 9:30 pm | 9:30–10:30 | 10.30-11.30 |
1830-2200 hrs | 14:00-15:00 16:00-17:00 | 24/7 | room 305 | 3 nights | 12345678 | 20 of 100
"""
AMOUNTS = """
$1 234.50 | NT$12,000,000 | USD 10000000 | usd 100 000 000 | 100 000 000 VND | 100000000USD |
12 000 000 元 | 13800000000円 | ₩13800000000 | ¥13 800 000 000 | ￥１３８００００００００ | €1.000.000,50 |
1.234.567.890,00 € | HK$ 10 000 000 | RMB 13812345678 | 13812345678元 | 13800000000万元 |
人民币13800000000 | 13800000000新台幣 | $100 000 - 200 000 | 1 000 000 000 dollars | £ 1 234 567.89 |
Rs. 10 00 000 | 1'234'567.50 CHF | US$10 000 000 | 1,234,567,890
"""
HOSTILE = [
    *("1 ", "0-", "a@", ".", "1", "1.", "01. ", "(1", "[0", "9(9)", "123 ", "0123 ", "+", "$", "$1 ", "1:", "1,", " "),
    *("order ", "a", "a.", "@", "王@", "\u0301", "nova ", "order no", "4111 ", "1-1-1 ", "2026-11-", "1 000 ", "USD "),
    "0912345678 ",
]


def listed(text: str) -> list[str]:
    """The cases of a list, parted by upright strokes."""
    return [case.strip() for case in text.split("|")]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("請寫信到ann@example.com謝謝", "請寫信到[email]謝謝"),
        ("Write to Ann.Lee+shop@mail.example.co.uk.", "Write to [email]."),
        ("<mailto:ann@example.com|ann@example.com>", "<mailto:[email]|[email]>"),
        ("'ann@example.com',\"bo@example.com\"", "'[email]',\"[email]\""),
        ("ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ", "[email]"),
        ("josé@münchen.de", "[email]"),
        ("jose\u0301@example.com", "[email]"),
        ("用户@例子.公司", "[email]"),
        ("13812345678@example.com", "[email]"),
        ("me @ home, @ann, root@localhost, a@b", "me @ home, @ann, root@localhost, a@b"),
    ],
)
def test_an_address_is_masked_and_the_words_around_it_stay(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("4111111111111111", "[card]"),
        ("卡號4111-1111-1111-1111謝謝", "卡號[card]謝謝"),
        ("3782 822463 10005", "[card]"),
        ("４１１１　１１１１　１１１１　１１１１", "[card]"),
        ("4222222222222", "[card]"),
        (f"2 {CARD}", "2 [card]"),
        (f"{CARD} 12/27 123", "[card] 12/27 123"),
        (f"{CARD} 0912 345 678", "[card] [phone]"),
        (f"{CARD} {CARD}", "[card] [card]"),
        ("4111111111111112", "4111111111111112"),
        ("4111 1111 1111 1112", "4111 1111 1111 1112"),
        ("41111111111111111111", "41111111111111111111"),
    ],
)
def test_a_card_number_is_masked_only_if_luhn_agrees(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "number",
    [
        "+44 20 7946 0958",
        "+8613812345678",
        "(+44) 20 7946 0958",
        "+(886) 912345678",
        "+44 (0) 20 7946 0958",
        "00 44 20 7946 0958",
        "0912345678",
        "0912-345-678",
        "(02) 1234 5678",
        "02(2345)6789",
        "[0912] 345678",
        "555.123.4567",
        "2123 4567",
        "13812345678",
        "138 1234 5678",
        "19912345678",
        "03ー1234ー5678",
        "020‑7946‑0958",
        "０９１２－３４５－６７８",
        "٠٩١٢٣٤٥٦٧٨",
        "0912\u00a0345\u2009678",
        "0912\u200b345678",
        "1 2 3 4 5 6 7 8",
    ],
)
@pytest.mark.parametrize("around", ["{}", "電話{}謝謝", "Call {}, please", "tel{}x", "（{}）", "({})", "“{}”", "a/{}"])
def test_a_telephone_number_is_masked_beside_any_script(around: str, number: str) -> None:
    assert mask(around.format(number)) == around.format("[phone]")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("電話02)2345-6789", "電話[phone]"),
        ("0912345678、0922333444", "[phone]、[phone]"),
        ("0912 345 678 0922 333 444", "[phone] [phone]"),
        ("13812345678 13912345678", "[phone] [phone]"),
        ("2123-4567 2987-6543", "[phone] [phone]"),
        ("0912 345 678\n0922 333 444", "[phone]\n[phone]"),
        ("Call 0912 345 678. 2 of us", "Call [phone]. 2 of us"),
        ("13812345678（3次）", "[phone]（3次）"),
        ("0912345678(2 nights)", "[phone](2 nights)"),
        ("2026-11-21 13812345678", "2026-11-21 [phone]"),
        ("21.11.2026 0912345678", "21.11.2026 [phone]"),
        ("09:30 0912345678", "09:30 [phone]"),
        ("付了100元13812345678", "付了100元[phone]"),
        ("paid $100 13812345678", "paid $100 [phone]"),
        ("100 USD 13812345678", "100 USD [phone]"),
        ("0912 345 678 $200", "[phone] $200"),
        ("TRY 0912 345 678", "TRY [phone]"),
        ("CALL ALL 13812345678", "CALL ALL [phone]"),
    ],
)
def test_several_figures_side_by_side_are_told_apart(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    listed(UNLABELLED),
)
def test_where_a_number_is_not_directly_after_its_label_the_mask_wins(text: str) -> None:
    assert mask(text).endswith("[phone]")


@pytest.mark.parametrize(
    "text",
    listed(DATES),
)
def test_dates_and_times_are_kept(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    "text",
    listed(AMOUNTS),
)
def test_amounts_beside_a_currency_sign_or_code_are_kept(text: str) -> None:
    assert mask(text) == text
    assert mask(f"共{text}。") == f"共{text}。"


@pytest.mark.parametrize("number", ["0912345678", "13812345678", "4111111111111111", "0912-345-678", "20-1234-5678"])
@pytest.mark.parametrize("sign", ["", " ", " no. ", " No ", " number ", " #", "號", "号：", "號 ", ": ", "編號"])
@pytest.mark.parametrize("label", ["order", "Booking", "INVOICE", "room", "請看訂單", "订单", "房"])
def test_numbers_directly_after_their_label_are_kept(label: str, sign: str, number: str) -> None:
    assert mask(f"{label}{sign}{number}") == f"{label}{sign}{number}"


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    HOSTILE,
)
def test_hostile_text_of_ten_thousand_characters_is_read_in_linear_time(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    for whole in (text, f"x@{text}@", f"$1{text})"):
        assert mask(mask(whole)) == mask(whole)


FIGURES = st.text("0123456789０９٣ \t-–.()（[]+/:@a.cm$元年王\n", max_size=60)


@given(
    st.one_of(
        st.text(), FIGURES, st.lists(st.sampled_from([CARD, "0912 345 678", "2026-11-21", "5", "USD", " ", ". ", "("]))
    )
)
def test_masking_again_changes_nothing(text: str | list[str]) -> None:
    once = mask(" ".join(text) if isinstance(text, list) else text)
    assert mask(once) == once


@given(st.text(st.characters(exclude_categories=["Nd"], exclude_characters="@＠﹫")))
@example("①②③④⑤⑥⑦⑧⑨ ½ ²²²²²²²² №\u200d👩‍👩‍👧 e\u0301 ﬁ Å")
def test_text_without_such_data_comes_back_code_point_for_code_point(text: str) -> None:
    assert mask(text) == text


@given(st.text("0123456789", min_size=12, max_size=18), st.sampled_from(["", " ", "-"]), st.integers(1, 6))
def test_every_card_number_is_masked_however_it_is_grouped(body: str, gap: str, size: int) -> None:
    digits = next(body + check for check in "0123456789" if passes_luhn(body + check))
    grouped = gap.join(digits[at : at + size] for at in range(0, len(digits), size))
    assert mask(f"卡{grouped}卡") == "卡[card]卡"


@given(
    st.sampled_from(["+44", "+886", "+1", "0086", "02", "0912"]),
    st.text("0123456789", min_size=6, max_size=11),
    st.data(),
)
def test_every_number_that_begins_like_a_telephone_is_masked(lead: str, rest: str, data: st.DataObject) -> None:
    size, gap = data.draw(st.integers(3, 5)), data.draw(st.sampled_from(["", " ", "-", ".", "  "]))
    number = gap.join([lead, *(rest[at : at + size] for at in range(0, len(rest), size))])
    assume(len(lead + rest) >= 9)
    assume(lead[0] == "+" or not passes_luhn(lead + rest))
    assert mask(f"打{number}吧") == "打[phone]吧"
