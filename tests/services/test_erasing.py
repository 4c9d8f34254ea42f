"""Erasing: canaries are planted in many ways, and found nowhere afterwards; nothing of others moves."""

from typing import Any

import pytest
from sqlmodel import Session, SQLModel

from bot.desk import announcing, erasing, helping, suggesting
from bot.desk.erasing import Done, Rehearsed
from bot.rules import erasing as rules
from bot.services import erasing as service
from bot.services import helping as helpers
from bot.services import kudos as thanking
from bot.services import settings, suggestions
from bot.services.suggestions import Draft
from bot.services.telling import Telling
from storage import people
from storage import settings as stored
from storage.people import Profile
from tests.office import TEAM, Office, mentions, slack_id

ZOE, EMAIL, HANDLE = "Zoe Quillfeather", "zoe.quill@example.com", "zquill"
CUSTOMER = "Mrs Hathersage"
WORDS = "The lantern by my bed was lit every evening of the week"
CANARIES = ("UZOE", ZOE, EMAIL, HANDLE)


def everything(office: Office) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""

    def look(session: Session) -> dict[str, list[dict[str, Any]]]:
        return {
            table.name: [dict(row) for row in session.connection().execute(table.select()).mappings()]
            for table in SQLModel.metadata.sorted_tables
        }

    return office.database.read_now(look)


def holding(office: Office, *canaries: str) -> list[str]:
    """The columns that hold one of these."""
    return sorted(
        {
            f"{table}.{column}: {value}"
            for table, rows in everything(office).items()
            for row in rows
            for column, value in row.items()
            for canary in canaries
            if canary.casefold() in (value.decode("latin-1") if isinstance(value, bytes) else str(value)).casefold()
        }
    )


@pytest.fixture
def full(office: Office) -> Office:
    """A company in which Zoe has done everything, and Mrs Hathersage has said it."""
    person = Profile(slack_id="UZOE", name=ZOE, email=EMAIL, handle=HANDLE, locale="en-US", zone="Asia/Taipei")
    office.run(people.enrol, TEAM, [person], now=office.now)
    told = praise(office, "bo", ("UZOE", "UANN"), f"{WORDS}, thanks to {ZOE}", customer=CUSTOMER)
    praise(office, "zoe", ("UBO",), f"Bo is as kind as {CUSTOMER} said, and <@UZOE> too", customer="Mr Other")
    praise(office, "ann", ("UCY",), "Cy found my ring under the sofa, what luck", customer="Ms Lin")
    thank(office, "zoe", ("ann", "bo"), f"for the lift, says {ZOE}")
    thank(office, "cy", ("zoe",), "for the lanterns")
    thank(office, "cy", ("di",), f"for helping @{HANDLE} and {EMAIL}")
    acted = office.do(helpers.name, "UZOE", told, mentions("cy", "di"))
    office.do(helping.helped, acted)
    sent = office.do(suggestions.send, "UZOE", Draft("Lanterns for all", f"{ZOE} wants more lanterns", "Dark corners"))
    office.do(suggesting.arrived, sent)
    other = office.do(suggestions.send, "UANN", Draft("Umbrellas at the door", f"As {CUSTOMER} said to {ZOE}"))
    office.do(suggesting.arrived, other)
    office.do(suggestions.back, "UZOE", other.suggestion.id, stands=True)
    moved = office.do(suggestions.move, "ULEE", sent.suggestion.id, "accepted", was="new", reason=f"Well done {ZOE}")
    office.do(suggesting.moved, moved)
    return office


def praise(office: Office, recorder: str, praised: tuple[str, ...], words: str, **details: Any) -> str:
    from bot.services.praise import record

    recorded = office.do(record, slack_id(recorder), Telling(people=praised, words=words, **details))
    office.do(announcing.praise, recorded.praise, not_before=office.now)
    return recorded.praise.id


def thank(office: Office, giver: str, receivers: tuple[str, ...], reason: str) -> None:
    def story(session: Session) -> None:
        given = thanking.give(
            session,
            office.company,
            slack_id(giver),
            mentions(*receivers),
            reason=reason,
            channel="CPRAISE",
            now=office.now,
        )
        thanks = thanking.told(session, given)
        announcing.kudos(session, office.company, given, thanks, channel="CPRAISE", now=office.now)

    office.database.write_now(story)


def erase(office: Office, kind: str, who: str, *, rehearse: bool = False, **more: Any) -> Done:
    def story(session: Session) -> Done:
        order = service.aim(session, office.company, kind, who, **more).order
        return erasing.erase(
            session, office.company, order, digest="d" * 64, by=None, rehearse=rehearse, now=office.now
        )

    return office.database.write_now(story)


def points_of(office: Office) -> list[Any]:
    rows = everything(office)
    return [rows["entry"], rows["account"], rows["total"]]


PLANTED = {"person.name", "praise.words", "kudos.reason", "suggestion.what", "step.reason", "outbox.payload"}


def places(found: list[str]) -> set[str]:
    return {one.partition(":")[0] for one in found}


def test_a_person_is_found_nowhere_afterwards(full: Office) -> None:
    before = points_of(full)
    assert places(holding(full, *CANARIES)) >= PLANTED | {"outbox.channel", "person.email", "person.handle"}
    done = erase(full, "person", "UZOE")
    assert holding(full, *CANARIES) == []
    assert {"person", "praise", "kudos", "suggestion", "step", "outbox"} <= set(done.rows) and done.messages
    assert points_of(full) == before
    assert full.is_sound()


def test_a_customer_is_found_nowhere_afterwards_and_their_praise_stays(full: Office) -> None:
    before = points_of(full)
    assert places(holding(full, CUSTOMER)) >= {"praise.words", "praise.customer", "suggestion.what", "outbox.payload"}
    erase(full, "customer", "mrs  hathersage")
    assert holding(full, CUSTOMER) == []
    assert len(holding(full, WORDS)) > 0 and len(holding(full, "Ms Lin")) > 0
    assert points_of(full) == before
    assert full.is_sound()


def test_a_praise_is_found_nowhere_afterwards(full: Office) -> None:
    before = points_of(full)
    assert places(holding(full, WORDS)) == {"praise.words", "outbox.payload"}
    erase(full, "praise", praise_of(full, WORDS))
    assert holding(full, WORDS) == []
    assert holding(full, "ring under the sofa") != []
    assert points_of(full) == before
    assert full.is_sound()


def test_the_same_words_of_another_customer_stay(full: Office) -> None:
    told = praise(full, "di", ("UCY",), "Everything was perfect, thank you", customer="Ms Lin")
    other = praise(full, "di", ("UED",), "Everything was perfect, thank you", customer="Mr Roy")
    erase(full, "praise", told)
    words = {row["id"]: row["words"] for row in everything(full)["praise"]}
    assert (words[told], words[other]) == (rules.ERASED, "Everything was perfect, thank you")


def praise_of(office: Office, words: str) -> str:
    return str(next(row["id"] for row in everything(office)["praise"] if words in row["words"]))


@pytest.mark.parametrize("kind", rules.KINDS)
def test_what_is_of_others_stays_as_it_is(full: Office, kind: str) -> None:
    zoe, told = full.run(people.by_slack, TEAM, ["UZOE"])["UZOE"].id, praise_of(full, WORDS)
    who = {"person": "UZOE", "customer": CUSTOMER, "praise": told}[kind]
    canaries = {"person": (*CANARIES, zoe), "customer": (CUSTOMER,), "praise": (WORDS, told)}[kind]
    before = everything(full)
    erase(full, kind, who)
    after = everything(full)
    drawn = {"outbox", "ideatext", "ideaterm", "erasure", "erased"}  # messages drawn anew, and terms that were counted
    for table in before.keys() - drawn:
        there = [told_of(row) for row in after[table]]
        for row in before[table]:
            text = str(row).casefold()
            if not any(canary.casefold() in text for canary in canaries):
                assert told_of(row) in there, (table, row)


def told_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row without digests of words that may have changed."""
    return {name: value for name, value in row.items() if name not in ("fingerprint", "whole")}


@pytest.mark.parametrize("kind", rules.KINDS)
def test_a_second_time_changes_nothing(full: Office, kind: str) -> None:
    who = {"person": "UZOE", "customer": CUSTOMER, "praise": praise_of(full, WORDS)}[kind]
    zoe = full.run(people.by_slack, TEAM, ["UZOE"])["UZOE"].id
    erase(full, kind, who)
    before = everything(full)
    again = erase(full, kind, zoe if kind == "person" else who)
    after = everything(full)
    assert again.rows == {}
    for table in before.keys() - {"erasure", "outbox", "ideatext"}:
        assert after[table] == before[table]


@pytest.mark.parametrize("kind", rules.KINDS)
def test_a_rehearsal_tells_what_would_change_and_changes_nothing(full: Office, kind: str) -> None:
    who = {"person": "UZOE", "customer": CUSTOMER, "praise": praise_of(full, WORDS)}[kind]
    before = everything(full)
    with pytest.raises(Rehearsed) as told:
        erase(full, kind, who, rehearse=True)
    assert everything(full) == before
    assert told.value.done == erase(full, kind, who)


def test_what_a_person_wrote_stays_unless_it_is_asked_for(full: Office) -> None:
    erase(full, "person", "UZOE")
    assert holding(full, "more lanterns") != []
    zoe = next(row["id"] for row in everything(full)["person"] if row["is_erased"])
    erase(full, "person", zoe, words=True)
    assert [one for one in holding(full, "lanterns for all", "more lanterns", "for the lift")] == []
    assert holding(full, "for the lanterns") != []  # what others wrote to her


def test_other_spellings_are_struck_out_too(full: Office) -> None:
    thank(full, "di", ("cy",), "for covering with Zoë Quill, as ever")
    erase(full, "person", "UZOE", spellings=("Zoë Quill",))
    assert holding(full, "Zoë Quill") == []
    assert holding(full, "for covering with [name], as ever") != []


def test_an_idea_is_found_by_what_is_left_of_it(full: Office) -> None:
    from bot.services import similar as looking

    erase(full, "person", "UZOE")
    (found,) = full.do(looking.find, "more lanterns", every=True)
    assert found.what == "[name] wants more lanterns"
    assert full.do(looking.find, "Quillfeather", every=True) == ()


def test_a_praise_that_is_gone_opens_no_morning_and_is_no_duplicate(full: Office) -> None:
    told = praise_of(full, WORDS)
    erase(full, "praise", told)
    assert praise(full, "di", ("UANN",), f"{WORDS}, thanks to {ZOE}") != told
    assert next(row for row in everything(full)["praise"] if row["id"] == told)["state"] == "erased"


def test_nobody_but_the_one_that_is_meant_is_erased(full: Office) -> None:
    def aim(who: str) -> str:
        member = full.do(service.aim, "person", who).person
        assert member is not None
        return str(member.name)

    assert {aim(who) for who in ("UZOE", "<@UZOE|zoe>", EMAIL.upper(), f"@{HANDLE}", ZOE)} == {ZOE}
    assert full.refusal(service.aim, "person", "Nobody").code == "erase_nobody"
    assert full.refusal(service.aim, "praise", "f" * 32).code == "erase_no_praise"
    assert full.refusal(service.aim, "customer", "L").code == "erase_no_customer"
    full.run(people.enrol, TEAM, [Profile(slack_id="UZOE2", name=ZOE)], now=full.now)
    assert full.refusal(service.aim, "person", ZOE).code == "erase_several"


def test_only_admins_erase_and_none_themselves(full: Office) -> None:
    order = full.do(service.aim, "person", "UADA").order
    assert full.refusal(service.by_admin, "UADA", order).code == "erase_self"
    for name in ("ann", "lee"):
        assert full.refusal(service.by_admin, slack_id(name), order).code == "admins_only"
    assert full.refusal(service.by_admin, "UGUEST", order).code == "actor_guest"


def test_who_is_erased_is_appointed_no_more(full: Office) -> None:
    full.do(settings.change, "UADA", {"ADMINS": "UZOE", "LEADS": "UBO,UZOE"})
    erase(full, "person", "UZOE")
    assert full.run(stored.texts, TEAM) == {"ADMINS": "", "LEADS": "UBO"}
