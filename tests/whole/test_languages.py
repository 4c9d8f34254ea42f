"""Everybody reads their own language, and a channel reads its own (product.md, Names)."""

import pytest

from tests.whole.conftest import Opening
from tests.whole.house import House


def language(text: str) -> str:
    """Which of the three a text is in, by characters that only one of them writes."""
    if any(char in text for char in "讚們會這對為個請來說謝還點給時開見歡"):
        return "zh-Hant"
    return "zh-Hans" if any(char in text for char in "赞们会这对为个请来说谢还点给时开见欢") else "en"


@pytest.mark.parametrize(
    ("user", "expected"),
    [("noah", "en"), ("rosa", "en"), ("ling", "zh-Hant"), ("mei", "zh-Hant"), ("jun", "zh-Hans"), ("aiko", "en")],
)
async def test_what_one_person_alone_sees_is_in_that_persons_language(hotel: House, user: str, expected: str) -> None:
    other = "priya"
    assert language(await hotel.type(user, "/golden-ear")) == expected
    assert language(await hotel.type(user, "/leaderboard nonsense")) == expected
    assert language(str((await hotel.form(user, "/praise"))["blocks"])) == expected
    assert language(str((await hotel.form(user, "/kudos"))["blocks"])) == expected
    assert language(await hotel.type(user, f"/praise @{other} Wonderful")) == expected
    assert language(await hotel.type(user, f"/kudos @{other} for it")) == expected
    assert language(await hotel.answered(user, "/points")) == expected
    await hotel.type(other, f"/praise @{user} Wonderful as well")
    assert language((await hotel.dm(user, "Wonderful as well"))["text"]) == expected
    assert language((await hotel.posted("Wonderful as well"))["text"]) == "en", "the channel's own"


@pytest.mark.parametrize(
    ("channel", "chosen", "expected"),
    [
        ("C0PRAISE01", "", "en"),
        ("C0PRAISE01", "zh-Hant", "zh-Hant"),
        ("C0KITCHEN1", "", "zh-Hans"),
        ("C0KITCHEN1", "en", "en"),
        ("C0KITCHEN1", "zh-Hant", "zh-Hant"),
    ],
)
async def test_a_channel_is_spoken_to_in_the_companys_language_or_its_own(
    opened: Opening, channel: str, chosen: str, expected: str
) -> None:
    async with opened("http", "2026-11-23T08:30:00+08:00", PRAISE_CHANNEL=channel, LANGUAGE=chosen) as house:
        await house.type("noah", "/praise @hao Wonderful cake")
        assert language((await house.posted("Wonderful cake", channel=channel))["text"]) == expected
        await house.clock("2026-11-23 09:00:01")
        assert await house.decided("2026-11-23") == "posted"
        assert language((await house.posts(channel))[-1]) == expected
        if channel == "C0KITCHEN1":
            await house.type("hao", "/kudos @chen for the soup", channel=channel)
            assert language((await house.posted("for the soup", channel=channel))["text"]) == expected


async def test_a_new_language_of_a_person_is_spoken_from_then_on(hotel: House) -> None:
    assert language(await hotel.type("noah", "/golden-ear")) == "en"
    await hotel.people.update_user("noah", locale="zh-SG")
    await hotel.settled()
    assert language(await hotel.type("noah", "/golden-ear")) == "zh-Hans"


async def test_a_new_colleague_is_known_by_name_and_language_from_the_first_act(hotel: House) -> None:
    await hotel.people.add_user("wei", real_name="Wei", locale="zh-HK", tz="Asia/Hong_Kong")
    await hotel.people.invite("wei", "#general")
    assert language(await hotel.type("wei", "/golden-ear")) == "zh-Hant"
    await hotel.type("noah", "/praise @wei A good first day")
    assert language((await hotel.dm("wei", "A good first day"))["text"]) == "zh-Hant"
