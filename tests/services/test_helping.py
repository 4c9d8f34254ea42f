"""I had help: helpers get a point each, from nobody's allowance (product.md 1 and Points)."""

from bot.services import handing_on, kudos
from bot.services import helping as service
from bot.services.helping import Helped, NobodyHelped
from tests.office import Office, mentions, slack_id

WORDS = "They found my ring in the sand."


def praised(office: Office, names: str = "ann", recorder: str = "lee") -> str:
    return office.praise(recorder, names, WORDS).praise.id


def name(office: Office, namer: str, praise_id: str, helpers: str) -> Helped:
    return office.do(service.name, slack_id(namer), praise_id, mentions(*helpers.split()))


def nobody(office: Office, namer: str, praise_id: str, helpers: str) -> dict[str, str]:
    refusal = office.refusal(service.name, slack_id(namer), praise_id, mentions(*helpers.split()))
    assert isinstance(refusal, NobodyHelped)
    return {one.person.name: one.code for one in refusal.refused}


def test_each_helper_gets_a_point_and_nobody_pays(office: Office) -> None:
    helped = name(office, "ann", praised(office), "bo cy")

    assert [person.name for person in helped.helpers] == ["Bo", "Cy"]
    assert [office.points(who) for who in ("ann", "bo", "cy")] == [10, 1, 1]
    assert (office.total("bo", "points"), office.total("bo", "praise"), office.total("bo", "kudos")) == (1, 0, 0)
    assert office.total("ann", "given") == 0
    assert office.do(kudos.left, office.member("ann")).daily == 5
    assert office.is_sound()


def test_who_cannot_be_a_helper_is_named_with_the_reason_and_the_others_go_through(office: Office) -> None:
    praise_id = praised(office, "ann di")
    name(office, "di", praise_id, "ed")

    helped = name(office, "ann", praise_id, "ann di robot guest gone stranger ed bo")

    assert [person.name for person in helped.helpers] == ["Bo"]
    assert {one.person.name: one.code for one in helped.refused} == {
        "Ann": "self",
        "Di": "praised",
        "Robot": "bot",
        "Guest": "guest",
        "Gone": "gone",
        "Stranger": "stranger",
        "Ed": "helped",
    }
    assert office.points("ed") == 1
    assert office.is_sound()


def test_if_nobody_can_be_one_it_is_refused_with_every_reason(office: Office) -> None:
    praise_id = praised(office)
    name(office, "ann", praise_id, "bo")

    assert nobody(office, "ann", praise_id, "bo ann") == {"Bo": "helped", "Ann": "self"}


def test_ten_helpers_a_praise_by_all_the_praised_and_for_all_time(office: Office) -> None:
    office.enrol(*(crowd := [f"p{number:02}" for number in range(12)]))
    praise_id = praised(office, "ann bo")
    name(office, "ann", praise_id, " ".join(crowd[:6]))
    office.later(days=300)

    helped = name(office, "bo", praise_id, " ".join(crowd[6:]))

    assert [person.name for person in helped.helpers] == ["P06", "P07", "P08", "P09"]
    assert [one.code for one in helped.refused] == ["most", "most"]
    assert nobody(office, "ann", praise_id, "p11") == {"P11": "most"}
    assert sum(office.points(who) for who in crowd) == 10
    assert office.is_sound()


def test_only_the_praised_name_helpers(office: Office) -> None:
    praise_id = praised(office)

    def refused(who: str) -> str:
        return office.refusal(service.name, slack_id(who), praise_id, mentions("cy")).code

    assert refused("bo") == "not_praised"
    assert refused("lee") == "not_praised", "nor does who recorded it"
    office.do(handing_on.hand_on, slack_id("ann"), praise_id, slack_id("bo"))
    assert refused("ann") == "not_praised"
    name(office, "bo", praise_id, "cy")


def test_somebody_must_be_named_and_known(office: Office) -> None:
    praise_id = praised(office)

    assert office.refusal(service.name, slack_id("ann"), praise_id, []).code == "people_missing"
    assert office.refusal(service.name, slack_id("ann"), praise_id, ["UNOBODY"]).code == "unknown_people"
    waiting = office.praise("bo", "bo", WORDS).praise.id
    assert office.refusal(service.name, slack_id("bo"), waiting, mentions("cy")).code == "out_of_date"
