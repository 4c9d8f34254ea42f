"""Praise that another program sends (product.md 1, Capture): every answer of the contract in docs/intake.md."""

import asyncio
import json
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from bot import webhook
from bot.desk import Misses
from bot.running import Bot
from storage import models
from storage.database import Database
from tests.door import SETTINGS
from tests.office import path_of
from tests.whole import crm as signing
from tests.whole.conftest import Opening
from tests.whole.crm import SECRET, Crm, crm_of, signature
from tests.whole.house import House, served

WORDS = "Rosa found my ring under the bed and ran after the taxi"


@pytest.fixture(params=["http", "socket"])
async def place(request: pytest.FixtureRequest, opened: Opening) -> AsyncIterator[tuple[House, Crm]]:
    """A hotel with a help desk, once for each of Slack's transports."""
    async with opened(request.param, INTAKE_SECRET=SECRET) as house, crm_of(house.url) as crm:
        yield house, crm


@pytest.fixture
async def hotel_and_crm(opened: Opening) -> AsyncIterator[tuple[House, Crm]]:
    async with opened("http", INTAKE_SECRET=SECRET) as house, crm_of(house.url) as crm:
        yield house, crm


# ---- taken ---------------------------------------------------------------------------------------------------------


async def test_praise_of_a_program_is_posted_at_once_and_earns_points(place: tuple[House, Crm]) -> None:
    house, crm = place
    status, told = await crm.tell(
        people=["rosa@example.com", "U0LING0000"],
        words=f"  {WORDS}\n",
        customer="Ms Lin",
        source="review",
        happened_on="2026-11-20",
        link="https://reviews.example.com/7",
    )
    assert status == 201 and list(told) == ["id"]
    post = await house.posted(WORDS, "Ms Lin", "In a review", "Checked at its source", "20 November 2026")
    assert "<@U0ROSA0000>" in post["text"] and "<@U0LING0000>" in post["text"]
    await house.dm("rosa", WORDS)
    row = house.rows(models.Praise)[0]
    assert (row["id"], row["words"], row["recorder_id"], row["checked"]) == (told["id"], WORDS, None, True)
    assert (row["imported"], row["state"], row["link"]) == (False, "accepted", "https://reviews.example.com/7")
    assert [entry["amount"] for entry in house.rows(models.Entry)] == [10, 10]


@pytest.mark.parametrize("people", ["rosa@example.com", " U0ROSA0000  ROSA@Example.com\n", ["rosa@example.com "]])
async def test_people_may_be_one_text_and_whoever_is_named_twice_is_one(
    hotel_and_crm: tuple[House, Crm], people: object
) -> None:
    house, crm = hotel_and_crm
    assert (await crm.tell(people=people, words=WORDS))[0] == 201
    assert house.count(models.Praised) == 1 and house.count(models.Entry) == 1


async def test_what_is_left_out_has_the_defaults_of_the_form(hotel_and_crm: tuple[House, Crm]) -> None:
    house, crm = hotel_and_crm
    assert (await crm.tell(people="rosa@example.com", words=WORDS, customer=None, source="", happened_on=None))[
        0
    ] == 201
    row = house.rows(models.Praise)[0]
    assert (row["customer"], row["source"], row["link"]) == ("", "in person", "")
    assert row["happened_on"].isoformat() == "2026-11-23"


async def test_somebody_who_joined_a_moment_ago_is_asked_for_at_slack(hotel_and_crm: tuple[House, Crm]) -> None:
    house, crm = hotel_and_crm
    await house.people.add_user("wei", real_name="Wei", locale="zh-TW", email="wei@example.com")
    await house.settled()
    for slack_id in ("U0WEI00000", "U0ROSA0000"):  # as if the event had not come yet
        with closing(sqlite3.connect(path_of(house.database))) as database:
            database.execute("DELETE FROM person WHERE slack_id = ?", [slack_id])
            database.commit()
    house.bot.desk.met.clear()  # type: ignore[union-attr]
    assert (await crm.tell(people="wei@example.com", words=WORDS))[0] == 201
    await house.dm("wei", WORDS, "客人")  # in their language
    assert (await crm.tell(people="U0ROSA0000", words=WORDS))[0] == 201
    assert house.rows(models.Person, models.Person.slack_id == "U0WEI00000")[0]["email"] == "wei@example.com"


# ---- again ---------------------------------------------------------------------------------------------------------


async def test_the_same_key_and_body_give_the_same_id_and_nothing_more(place: tuple[House, Crm]) -> None:
    house, crm = place
    first = await crm.tell("case-7", people="rosa@example.com", words=WORDS)
    again = await crm.tell("case-7", people="rosa@example.com", words=WORDS)
    assert (first[0], again) == (201, (200, first[1]))
    await house.settled()
    await house.people.update_user("rosa", deleted=True)
    await house.settled()
    assert await crm.tell("case-7", people="rosa@example.com", words=WORDS) == again  # whatever happened since
    assert house.count(models.Praise) == 1


async def test_a_key_that_comes_with_another_body_is_refused(hotel_and_crm: tuple[House, Crm]) -> None:
    house, crm = hotel_and_crm
    await crm.tell("case-7", people="rosa@example.com", words=WORDS)
    status, told = await crm.tell("case-7", people="rosa@example.com", words="Another guest")
    assert status == 409 and list(told["errors"]) == ["Idempotency-Key"]
    assert (await crm.tell("case-7", people="rosa@example.com", words=""))[0] == 422  # fields come before the key
    assert house.count(models.Praise) == 1


async def test_duplicate_words_give_the_id_of_the_first(hotel_and_crm: tuple[House, Crm]) -> None:
    house, crm = hotel_and_crm
    _, first = await crm.tell(people="rosa@example.com", words=WORDS)
    assert await crm.tell("new", people="rosa@example.com", words=WORDS.upper() + "!!") == (200, first)
    assert await crm.tell("new", people="rosa@example.com", words=WORDS.upper() + "!!") == (200, first)
    status, second = await crm.tell(people="rosa@example.com ling@example.com", words=WORDS)
    assert status == 201 and second != first
    assert house.count(models.Praised) == 2


async def test_a_refused_request_leaves_its_key_free(hotel_and_crm: tuple[House, Crm]) -> None:
    _, crm = hotel_and_crm
    assert (await crm.tell("case-9", people="nobody@example.com", words=WORDS))[0] == 422
    assert (await crm.tell("case-9", people="rosa@example.com", words=WORDS))[0] == 201


async def test_a_wrong_address_that_comes_again_and_again_is_looked_up_once_a_minute(
    hotel_and_crm: tuple[House, Crm], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, crm = hotel_and_crm
    wrong = {"nobody@example.com": "users.lookupByEmail", "U0NOBODY00": "users.info"}

    async def asked() -> list[int]:
        traffic = [str(one) for one in await house.people.traffic(500) if one.get("way") == "from_app"]
        return [sum(name in one and method in one for one in traffic) for name, method in wrong.items()]

    for people in (*wrong, *wrong, "NoBody@Example.COM rosa@example.com", " ".join(wrong)):
        assert (await crm.tell(people=people, words=WORDS))[0] == 422
    assert await asked() == [1, 1]
    monkeypatch.setattr(Misses, "LAST_S", 0.0)
    for people in wrong:
        assert (await crm.tell(people=people, words=WORDS))[0] == 422
    assert await asked() == [2, 2]


def test_of_names_of_nobody_so_many_are_remembered() -> None:
    missed = Misses()
    for number in range(Misses.MOST + 5):
        missed.note(f"n{number}@example.com")
        missed.note("U0AGAIN")
    assert "n5@example.com" not in missed and "N6@example.com" in missed and "U0AGAIN" in missed


async def test_one_key_twice_at_the_same_moment_is_stored_once(hotel_and_crm: tuple[House, Crm]) -> None:
    house, crm = hotel_and_crm
    for number in range(10):
        told = {"people": "rosa@example.com", "words": f"{WORDS} {number}"}
        answers = await asyncio.gather(*(crm.tell(f"twin-{number}", **told) for _ in range(4)))
        assert sorted(status for status, _ in answers) == [200, 200, 200, 201]
        assert len({answer["id"] for _, answer in answers}) == 1
        other = {**told, "words": f"Other words {number}"}
        one, two = await asyncio.gather(crm.tell(f"other-{number}", **told), crm.tell(f"other-{number}", **other))
        assert sorted((one[0], two[0])) in ([200, 409], [201, 409])
    assert house.count(models.IntakeKey) == 20


async def test_each_of_many_sent_three_times_in_any_order_is_stored_once(hotel_and_crm: tuple[House, Crm]) -> None:
    house, crm = hotel_and_crm
    told = {
        n: {"people": "rosa@example.com ling@example.com", "words": f"第{n}位客人：很滿意。👍🏽 ﬁne\r\n"}
        for n in range(12)
    }
    order = [n for n in told for _ in range(3)]
    random.Random(7).shuffle(order)
    answers = await asyncio.gather(*(crm.tell(f"many-{n}", **told[n]) for n in order))
    assert sorted(status for status, _ in answers) == [200] * 24 + [201] * 12
    stored = {row["words"] for row in house.rows(models.Praise)}
    assert stored == {str(one["words"]).strip() for one in told.values()}
    assert house.count(models.Praise) == 12 and house.count(models.Entry) == 24


# ---- refused -------------------------------------------------------------------------------------------------------

GOOD = {"people": "rosa@example.com", "words": WORDS}
BODY = json.dumps(GOOD).encode()
UNFIT: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({}, {"people": "nobody is named", "words": "missing"}),
    ({"people": "", "words": " \n"}, {"people": "nobody is named", "words": "missing"}),
    ({**GOOD, "people": []}, {"people": "nobody is named"}),
    ({**GOOD, "people": 7}, {"people": "must be an array"}),
    ({**GOOD, "people": [["rosa@example.com"]]}, {"people": "must be an array"}),
    ({**GOOD, "people": "nobody@example.com"}, {"people": "nobody here has the e-mail address nobody@example.com"}),
    ({**GOOD, "people": "rosa@example.com U0NOBODY00"}, {"people": "nobody here has the Slack id U0NOBODY00"}),
    ({**GOOD, "people": "Rosa"}, {"people": "Rosa is no Slack id, e-mail address"}),
    ({**GOOD, "people": "U0ROTABOT0"}, {"people": "is a bot"}),
    ({**GOOD, "people": "U0OLU00000"}, {"people": "is a guest"}),
    ({**GOOD, "people": [f"a{n}@example.com" for n in range(21)]}, {"people": "more than 20"}),
    ({**GOOD, "words": "x" * 3001}, {"words": "has 3001 characters, and 3000 fit"}),
    ({**GOOD, "words": ["x"]}, {"words": "must be a text"}),
    ({**GOOD, "customer": "x" * 200, "source": "fax"}, {"customer": "too long", "source": "one of: in person, phone"}),
    ({**GOOD, "happened_on": "2026-11-24"}, {"happened_on": "has not come yet"}),
    ({**GOOD, "happened_on": "20261120"}, {"happened_on": "a date such as"}),
    ({**GOOD, "happened_on": "2026-02-30"}, {"happened_on": "a date such as"}),
    ({**GOOD, "link": "javascript:alert(1)"}, {"link": "web address"}),
    ({**GOOD, "costumer": "Ms Lin"}, {"costumer": "no field"}),
    ({**GOOD, "people": "\ud800", "\ud801": 1}, {"people": "no Slack id", "\ud801": "no field"}),
]


@pytest.fixture
async def stubborn(opened: Opening) -> AsyncIterator[tuple[House, Crm]]:
    """A hotel that has taken nothing when it closes."""
    async with opened("http", INTAKE_SECRET=SECRET) as house, crm_of(house.url) as crm:
        yield house, crm
        assert house.count(models.Praise) == house.count(models.IntakeKey) == 0


async def test_each_wrong_field_is_named_with_its_reason(stubborn: tuple[House, Crm]) -> None:
    _, crm = stubborn
    for told, wanted in UNFIT:
        status, answer = await crm.tell(**told)
        assert status == 422 and answer["errors"].keys() == wanted.keys(), (told, answer)
        assert all(reason in answer["errors"][field] for field, reason in wanted.items()), answer


async def test_a_body_that_is_no_such_json_is_refused_as_a_whole(stubborn: tuple[House, Crm]) -> None:
    _, crm = stubborn
    bodies = [b"", b"{", b"[]", b"null", b"\xff\xfe{}", b"[" * 100_000, b'{"words":NaN}', b'{"words":"a","words":"b"}']
    for body in (*bodies, b"9" * 5000, '{"words": "x"}'.encode("utf-16")):
        status, answer = await crm.signed(body)
        assert (status, list(answer["errors"])) == (422, ["body"]), (body[:40], answer)


async def test_the_key_must_be_there_once_and_be_visible_ascii(stubborn: tuple[House, Crm]) -> None:
    _, crm = stubborn
    for key in ("", " ", "a b", "schlüssel", "x" * 256):
        status, answer = await crm.signed(BODY, key)
        assert status == 422 and list(answer["errors"]) == ["Idempotency-Key"], (key, answer)
    assert (await crm.send(BODY, signature(BODY)))[0] == 422
    status, answer = await crm.signed(b'{"people": "nobody@example.com"}', "a b")
    assert set(answer["errors"]) == {"Idempotency-Key", "people", "words"}


async def test_what_is_not_signed_now_is_refused_before_anything_is_read(
    stubborn: tuple[House, Crm], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, crm = stubborn
    body, clock = b"no JSON", SimpleNamespace(time=lambda: 1_800_000_000.0)
    for place in (webhook, signing):
        monkeypatch.setattr(place, "time", clock)  # else a second more or less would be the machine's
    right = signature(body)
    stamp, mark = "X-Golden-Ear-Timestamp", "X-Golden-Ear-Signature"
    for headers in (
        {},
        {stamp: right[stamp]},
        {mark: right[mark]},
        {**right, mark: right[mark].removeprefix("v0=")},
        {**right, mark: right[mark].upper()},
        {**right, mark: "v0=é"},
        {**right, mark: ""},
        *({**right, stamp: text} for text in ("", "abc", "-1", "1e9", "9" * 400, "٣", "0", right[stamp] + ".0")),
        signature(body, moved=-301),
        signature(body, moved=301),
        signature(body, secret="another secret of many"),
        signature(body + b" "),
    ):
        status, answer = await crm.send(body, {"Idempotency-Key": "k", **headers})
        assert status == 401 and set(answer["errors"]) <= {stamp, mark}, headers
    for moved in (-300, 300):
        assert (await crm.send(body, {"Idempotency-Key": "k", **signature(body, moved=moved)}))[0] == 422


async def test_a_body_over_256_kb_is_refused_before_its_signature_is_read(stubborn: tuple[House, Crm]) -> None:
    _, crm = stubborn
    long = b" " * (webhook.MAX_BODY + 1)
    for headers in ({}, signature(long)):
        status, answer = await crm.send(long, headers)
        assert (status, list(answer["errors"])) == (413, ["body"])
    assert (await crm.signed(long[:-1]))[0] == 422


async def test_without_a_secret_there_is_no_such_address(opened: Opening) -> None:
    async with opened("http") as house, crm_of(house.url) as crm:
        assert (await crm.tell(**GOOD))[0] == 404


async def test_other_methods_are_refused(hotel_and_crm: tuple[House, Crm]) -> None:
    _, crm = hotel_and_crm
    async with crm.session.get(crm.url) as answer:
        assert answer.status == 405


async def test_while_the_database_is_locked_it_is_asked_to_come_again(hotel_and_crm: tuple[House, Crm]) -> None:
    house, crm = hotel_and_crm
    await house.settled()
    with closing(sqlite3.connect(path_of(house.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with crm.session.post(crm.url, data=BODY, headers={**signature(BODY), "Idempotency-Key": "k"}) as answer:
            assert (answer.status, list((await answer.json())["errors"])) == (503, ["service"])
            assert int(answer.headers["Retry-After"]) > 0
        other.execute("ROLLBACK")
    assert "asked to come again" in "".join(house.failures())
    house.records.clear()
    assert (await crm.signed(BODY, "k"))[0] == 201


async def test_while_slack_cannot_say_who_somebody_is_it_is_asked_to_come_again(
    hotel_and_crm: tuple[House, Crm], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, crm = hotel_and_crm
    client = house.bot.desk.client  # type: ignore[union-attr]
    monkeypatch.setattr(client, "base_url", "http://127.0.0.1:9/api/")
    assert (await crm.tell("k", people="new@example.com", words=WORDS))[0] == 503
    assert (await crm.tell("l", **GOOD))[0] == 201  # who is known needs no Slack
    monkeypatch.undo()
    assert (await crm.tell("k", people="new@example.com", words=WORDS))[0] == 422


async def test_before_slack_was_reached_it_is_asked_to_come_again(database: Database) -> None:
    settings = replace(SETTINGS, intake_secret=SECRET)
    async with served(Bot(settings, database), settings) as url, crm_of(url) as crm:
        assert (await crm.signed(BODY))[0] == 503
        assert (await crm.send(BODY, {}))[0] == 401


async def test_answers_are_counted(hotel_and_crm: tuple[House, Crm]) -> None:
    house, crm = hotel_and_crm
    await crm.tell("one", **GOOD)
    await crm.tell("one", **GOOD)
    await crm.tell("one")
    async with crm.session.get(f"{house.url}/metrics") as answer:
        page = await answer.text()
    for status in (200, 201, 422):
        assert f'golden_ear_intake_requests_total{{status="{status}"}} 1.0' in page
