"""In which language a channel is spoken to, where a kudos is told, and the one offer to be invited."""

from typing import Any

from bot.services import channels as service
from storage import channels
from tests.office import TEAM, Office


def describe(office: Office, channel: str, **facts: Any) -> None:
    office.run(channels.describe, TEAM, channel, now=office.now, **{"is_member": True, **facts})


def test_a_channel_is_spoken_to_in_its_own_language(office: Office) -> None:
    describe(office, "CSHOP", locale="zh-TW")

    assert office.do(service.language, "CSHOP") == "zh-Hant"
    assert office.do(service.language, "CUNKNOWN") == "en"


def test_the_companys_language_comes_first(office: Office) -> None:
    describe(office, "CSHOP", locale="zh-TW")
    office.settle(language="zh-Hans")

    assert office.do(service.language, "CSHOP") == "zh-Hans"
    assert office.do(service.language, "CUNKNOWN") == "zh-Hans"


def test_a_description_without_a_locale_leaves_the_known_one(office: Office) -> None:
    describe(office, "CSHOP", locale="zh-CN")
    describe(office, "CSHOP", is_member=False)

    assert office.do(service.language, "CSHOP") == "zh-Hans"
    assert office.do(service.told_in, "CSHOP") == "CPRAISE"


def test_a_kudos_is_told_where_it_was_given_if_the_bot_is_a_member(office: Office) -> None:
    describe(office, "CSHOP")

    assert office.do(service.told_in, "CSHOP") == "CSHOP"


def test_elsewhere_and_from_a_dm_it_is_told_in_the_praise_channel(office: Office) -> None:
    describe(office, "CAWAY", is_member=False)
    describe(office, "DANN")

    assert office.do(service.told_in, "CAWAY") == "CPRAISE"
    assert office.do(service.told_in, "CUNKNOWN") == "CPRAISE"
    assert office.do(service.told_in, "DANN") == "CPRAISE"


def test_the_bot_offers_once_to_be_invited(office: Office) -> None:
    describe(office, "CAWAY", is_member=False)

    assert office.do(service.offer_invitation, "CAWAY")
    assert not office.do(service.offer_invitation, "CAWAY")
    describe(office, "CAWAY", is_member=False)
    assert not office.do(service.offer_invitation, "CAWAY")


def test_where_it_is_a_member_in_dms_and_in_the_unknown_it_offers_nothing(office: Office) -> None:
    describe(office, "CSHOP")
    describe(office, "DANN", is_member=False)

    assert not office.do(service.offer_invitation, "CSHOP")
    assert not office.do(service.offer_invitation, "DANN")
    assert not office.do(service.offer_invitation, "CUNKNOWN")
