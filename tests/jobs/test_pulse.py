"""The jobs of the micro pulse: each may run again and again, and goes on where another was killed."""

import logging
from collections import Counter
from datetime import time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlmodel import Session, select

from bot import sealing
from bot.desk import Desk
from bot.jobs import pulse
from bot.rules.quiet import QuietHours
from bot.sealing import Keys
from bot.services import closing
from storage import ballots, invitations, models, results, surveys
from storage.select import columns
from tests.jobs.test_open_day import Hands
from tests.office import TEAM, Office
from tests.pulses import Round
from tests.stores import Store


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return sqlite_store


@pytest.fixture
def shop(empty_office: Office) -> Office:
    """Twenty-four people on the Tuesday on which the first round opens."""
    empty_office.at(2026, 3, 2, 8)
    empty_office.enrol(*(f"p{number}" for number in range(24)))
    empty_office.keep_ritual()
    empty_office.at(2026, 3, 3, 10)
    return empty_office


def desk_of(office: Office, keys: Keys, rate: float = 4.0) -> Desk:
    delivery = cast(Any, SimpleNamespace(rate=rate))
    return Desk(office.database, delivery, cast(Any, None), Hands(office), office.company, keys)


def rounds(office: Office) -> list[surveys.Survey]:
    return list(office.run(surveys.latest, TEAM, limit=10))


def owed(office: Office) -> list[str]:
    return office.run(lambda session: list(session.execute(columns(models.Outbox.key)).scalars()))


async def test_a_round_opens_once_and_its_key_is_there(shop: Office, tmp_path: Path) -> None:
    desk = desk_of(shop, Keys(tmp_path / "keys"))

    for _ in range(2):
        await pulse.open_rounds(desk)

    (survey,) = rounds(shop)
    assert desk.keys.ids() == {survey.id} and desk.keys.find(survey.id, survey.public_key)


async def test_without_a_place_for_keys_no_round_opens_until_there_is_one(
    shop: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "keys").write_text("a file, not a folder")
    shop.enrol("ada", is_slack_admin=True)
    desk = desk_of(shop, Keys(tmp_path / "keys"))

    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            await pulse.open_rounds(desk)
    assert rounds(shop) == [] and caplog.text.count("keys cannot be kept") == 1
    assert len([key for key in owed(shop) if key.startswith("pulse_keys:")]) == 1  # Ada is told

    (tmp_path / "keys").unlink()
    await pulse.open_rounds(desk)
    assert rounds(shop)[0].state == "open"


async def test_no_more_is_owed_than_leaves_within_seconds(shop: Office, tmp_path: Path) -> None:
    desk = desk_of(shop, Keys(tmp_path / "keys"))
    await pulse.open_rounds(desk)

    await pulse.ask(desk)
    assert len(owed(shop)) == 16
    await pulse.ask(desk)
    assert len(owed(shop)) == 16
    shop.run(lambda session: session.execute(models.Outbox.__table__.update().values(state="sent")))  # type: ignore[attr-defined]
    await pulse.ask(desk)
    assert len(owed(shop)) == len(set(owed(shop))) == 24


async def test_a_round_whose_key_is_not_seen_waits_an_hour_and_is_void(empty_office: Office, tmp_path: Path) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 24})
    round_.all_answer("Shop", "4" * 24)
    elsewhere = desk_of(empty_office, Keys(tmp_path / "elsewhere"))
    await pulse.mix(elsewhere)
    empty_office.now = round_.closes_at

    await pulse.close(elsewhere)
    empty_office.later(minutes=59)
    await pulse.close(elsewhere)
    assert round_.stored().state == "closing"

    empty_office.later(minutes=1)
    await pulse.close(elsewhere)
    assert (round_.stored().state, round_.stored().scrubbed) == ("void", True)
    assert empty_office.run(results.figures, round_.id) == {}


async def test_that_a_round_is_void_wakes_nobody(empty_office: Office, tmp_path: Path) -> None:
    empty_office.settle(quiet=QuietHours(time(21), time(8)))
    round_ = Round(empty_office, tmp_path, {"Shop": 2})
    empty_office.enrol("shop1", zone="America/New_York")
    empty_office.now = round_.closes_at + timedelta(hours=1)  # eleven o'clock; six in New York
    empty_office.run(invitations.mark, round_.id, [one.id for one in round_.members.values()], invitations.OWED)
    empty_office.run(surveys.move, round_.id, "void")

    await pulse.ask(desk_of(empty_office, round_.keys))

    rows = columns(models.Outbox.channel, models.Outbox.not_before)
    leave = empty_office.run(lambda session: {channel: moment for channel, moment in session.execute(rows)})
    assert leave == {"USHOP0": empty_office.now, "USHOP1": empty_office.now + timedelta(hours=2)}


async def test_who_comes_back_long_after_the_end_still_waits_an_hour_for_the_key(
    empty_office: Office, tmp_path: Path
) -> None:
    """Its folder may be on a disk that comes a moment later, or beside another process that starts a moment later."""
    round_ = Round(empty_office, tmp_path, {"Shop": 24})
    round_.all_answer("Shop", "4" * 24)
    (tmp_path / "keys").rename(tmp_path / "away")
    empty_office.now = round_.closes_at + timedelta(hours=26)
    desk = desk_of(empty_office, round_.keys)

    for _ in range(2):
        await pulse.close(desk)
        empty_office.later(minutes=59)
    assert round_.stored().state == "closing"

    (tmp_path / "away").rename(tmp_path / "keys")
    await pulse.close(desk)
    assert empty_office.run(results.figures, round_.id)[""].answered == 24


async def test_a_clock_that_is_put_back_while_a_round_closes_lets_it_go_on(
    empty_office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 24})
    round_.all_answer("Shop", "4" * 12)
    desk = desk_of(empty_office, round_.keys)
    times = iter([round_.closes_at, round_.closes_at - timedelta(hours=1)])
    desk.clock.now = lambda: next(times)  # type: ignore[method-assign]

    with caplog.at_level(logging.INFO):
        await pulse.close(desk)

    assert round_.stored().state == "open" and "closed" not in caplog.text
    round_.answer("shop20", "4")


async def test_it_closes_where_its_key_is_seen_and_mixing_remembers_what_it_left(
    empty_office: Office, tmp_path: Path
) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 40})
    desk = desk_of(empty_office, round_.keys)
    round_.all_answer("Shop", "4" * 25)

    await pulse.mix(desk)
    assert desk.sealed == {round_.id: 10}
    empty_office.now = round_.closes_at
    await pulse.close(desk)

    assert empty_office.run(results.figures, round_.id)[""].answered == 25
    assert round_.stored().scrubbed and desk.keys.ids() == set()


@pytest.mark.parametrize("model", [models.Envelope, models.Answer])
async def test_a_box_that_is_damaged_is_left_out_mixed_or_not(
    empty_office: Office, tmp_path: Path, model: type[models.Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.ballots.PIECE", 10)
    round_ = Round(empty_office, tmp_path, {"Shop": 40})
    round_.all_answer("Shop", "4" * 33)
    assert round_.mix() == 23

    def damage(session: Session) -> None:
        one = session.exec(select(model)).first()
        assert one
        one.box = b"\0" * 256

    empty_office.run(damage)
    empty_office.now = round_.closes_at
    await pulse.close(desk_of(empty_office, round_.keys))

    assert empty_office.run(results.figures, round_.id)[""].answered == 32


async def test_too_few_answers_need_no_key(empty_office: Office, tmp_path: Path) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 24})
    round_.all_answer("Shop", "4" * 4)
    empty_office.now = round_.closes_at

    await pulse.close(desk_of(empty_office, Keys(tmp_path / "elsewhere")))

    assert (round_.stored().state, round_.stored().scrubbed) == ("closed", True)


@pytest.mark.parametrize("step", ["begun", "closed"])
async def test_what_was_left_in_the_middle_is_brought_to_its_end(
    empty_office: Office, tmp_path: Path, step: str
) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 24})
    round_.all_answer("Shop", "4" * 12)
    empty_office.now = round_.closes_at
    empty_office.do(closing.begin, round_.id)
    if step == "closed":
        outcome = closing.outcome(round_.survey, {0: Counter({"4": 12})}, [])
        empty_office.do(closing.close, round_.id, outcome)

    await pulse.close(desk_of(empty_office, round_.keys))

    assert round_.stored().scrubbed and round_.keys.ids() == set()
    assert empty_office.run(results.figures, round_.id)[""].answered == 12


async def test_the_key_of_a_round_that_another_process_finished_goes_when_it_comes_back(
    empty_office: Office, tmp_path: Path
) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 24})
    round_.all_answer("Shop", "4" * 24)
    empty_office.now = round_.closes_at
    empty_office.do(closing.begin, round_.id)
    empty_office.run(closing.give_up, round_.id)
    empty_office.run(closing.finish, round_.id)

    await pulse.close(desk_of(empty_office, round_.keys))

    assert round_.keys.ids() == set()


@pytest.mark.parametrize("content", [{}, {"segment": "0", "value": "4"}, {"segment": 0}, ["segment"]])
async def test_a_box_that_somebody_made_up_is_left_out(empty_office: Office, tmp_path: Path, content: Any) -> None:
    """Whoever can write to the database has the public key; a round must not hang for it."""
    round_ = Round(empty_office, tmp_path, {"Shop": 24})
    round_.all_answer("Shop", "4" * 20)
    made_up = sealing.seal(round_.survey.public_key, content, sealing.ANSWER_BYTES)

    def forge(session: Session) -> None:
        for part in ("answer", "comment"):
            ballots.put(session, TEAM, round_.id, part, "f" * 32, made_up)

    empty_office.run(forge)
    empty_office.now = round_.closes_at
    await pulse.close(desk_of(empty_office, round_.keys))

    assert empty_office.run(results.figures, round_.id)[""].answered == 20
