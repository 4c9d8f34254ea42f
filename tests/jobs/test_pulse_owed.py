"""Questions that are owed and could not leave: they hold up nobody, and come at an hour at which somebody is asked."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time

import pytest
from sqlmodel import Session, col, select

from bot.desk import pulsing
from bot.jobs import pulse
from bot.rules.pulse import CATCH_UP
from bot.services import asking, wishes
from bot.services.closing import asked_key
from storage import claims, invitations, outbox, surveys
from storage.models import Invitation, Outbox
from tests.clockwork import World
from tests.jobs.test_pulse import desk_of, owed
from tests.office import TEAM, Office, slack_id
from tests.pulses import Round

TEN = datetime(2026, 3, 3, 10, tzinfo=UTC)
NIGHT = datetime(2026, 3, 4, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def settle_rows(office: Office, **values: object) -> None:
    """Let all that is owed stand like this, as after a sender's work."""
    office.run(lambda session: session.execute(Outbox.__table__.update().values(**values)))  # type: ignore[attr-defined]


def states(office: Office, survey_id: str) -> set[str]:
    stands = select(Invitation.state).where(Invitation.survey_id == survey_id)
    return set(office.run(lambda session: list(session.exec(stands))))


def ask(office: Office) -> int:
    return office.do(pulsing.ask, room=100, rate=4.0)


# ---- what waits for another try --------------------------------------------------------------------------------------


async def test_what_was_tried_and_waits_for_another_try_holds_up_no_question(
    empty_office: Office, tmp_path: Path
) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 24})
    desk = desk_of(empty_office, round_.keys)
    for number in range(16):
        empty_office.run(
            outbox.post, workspace_id=TEAM, key=f"old:{number}", channel=f"C{number}", message={}, now=empty_office.now
        )

    def fail(session: Session) -> None:
        real, now = time(), empty_office.now
        for row in claims.claim(
            session, workspace_id=TEAM, method=outbox.POST, owner="me", now=now, real_now=real, limit=99
        ):
            claims.mark_failed(session, row, error="is_archived", retry_at=real + 7 * 86_400)

    await pulse.ask(desk)
    assert len(owed(empty_office)) == 16, "what can leave goes first"
    empty_office.run(fail)
    await pulse.ask(desk)

    assert len([key for key in owed(empty_office) if key.startswith("pulse:")]) == 16


# ---- tomorrow, and tomorrow again ------------------------------------------------------------------------------------


def put_off_and_wait(round_: Round, name: str = "shop0") -> None:
    round_.office.do(wishes.later, slack_id(name), round_.id)
    round_.office.later(days=1)


@pytest.fixture
def long_round(empty_office: Office, tmp_path: Path) -> Round:
    return Round(empty_office, tmp_path, {"Shop": 2}, closes_at=empty_office.now + timedelta(days=6))


def test_who_puts_it_off_twice_is_asked_a_third_time(long_round: Round) -> None:
    office = long_round.office
    again = asked_key(long_round.id, long_round.members["shop0"].id, again=True)
    assert ask(office) == 2
    for _ in range(2):
        settle_rows(office, state=outbox.SENT, payload="")
        put_off_and_wait(long_round)
        assert ask(office) == 1

        due = select(Outbox.key).where(Outbox.state == outbox.DUE)
        assert office.run(lambda session: list(session.exec(due))) == [again]  # noqa: B023
    assert len(owed(office)) == 3


@pytest.mark.parametrize(
    "row",
    [
        {"state": outbox.DUE, "not_after": None},
        {"state": outbox.DUE, "unsure_since": 1.0},
        {"state": outbox.SENDING, "unsure_since": 1.0},
        {"state": outbox.SENT, "suspect": True},
    ],
    ids=["due", "unsure", "sending", "suspect"],
)
def test_what_is_still_on_its_way_is_not_owed_a_second_time(long_round: Round, row: dict[str, object]) -> None:
    office = long_round.office
    ask(office)
    settle_rows(office, state=outbox.SENT, payload="")
    put_off_and_wait(long_round)
    ask(office)
    kept = "WORDS OF THE FIRST"
    again = Outbox.__table__.update().where(col(Outbox.key).contains(":again#"))  # type: ignore[attr-defined]
    office.run(lambda session: session.execute(again.values(payload=kept, **row)))
    put_off_and_wait(long_round)
    ask(office)

    rows = select(Outbox.payload).where(col(Outbox.key).contains(":again#"))
    assert office.run(lambda session: list(session.exec(rows))) == [kept]


def test_a_reminder_that_is_late_is_not_sent_and_does_not_hold_up_the_next(long_round: Round) -> None:
    office = long_round.office
    ask(office)
    settle_rows(office, state=outbox.SENT, payload="")
    put_off_and_wait(long_round)
    assert ask(office) == 1

    office.later(hours=16)
    assert office.do(asking.is_due)
    assert ask(office) == 0 and not office.do(asking.is_due)
    assert len(owed(office)) == 2, "only the first questions are left"

    office.later(hours=-16)
    put_off_and_wait(long_round)
    assert ask(office) == 1


# ---- owed before an outage -------------------------------------------------------------------------------------------


async def test_questions_owed_before_an_outage_wake_nobody_and_come_at_the_next_hour(
    empty_office: Office, tmp_path: Path
) -> None:
    empty_office.at(2026, 3, 2, 8)
    world = World(empty_office, tmp_path, {f"p{number}": "UTC" for number in range(24)})
    empty_office.now = TEN
    (desk,) = world.desks
    await pulse.open_rounds(desk)
    await pulse.ask(desk)  # and at once the bot is gone
    (survey,) = world.rounds()
    assert len(owed(empty_office)) == 24

    world.restart()
    await world.tick(NIGHT)
    assert world.questions == [] and set(world.invited(survey).values()) == {invitations.WAITING}
    assert not empty_office.do(asking.is_due)

    await world.until(survey.closes_at)
    world.is_sound()
    assert sorted(one.person for one in world.asked(survey)) == sorted(world.invited(survey))
    assert {one.at for one in world.asked(survey)} == {TEN + DAY}


def test_a_question_that_is_not_late_yet_leaves_and_one_that_may_have_left_is_not_asked_again(
    empty_office: Office, tmp_path: Path
) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 3})
    assert ask(empty_office) == 3
    empty_office.now += CATCH_UP - timedelta(seconds=1)
    assert ask(empty_office) == 0 and len(owed(empty_office)) == 3

    settle_rows(empty_office, unsure_since=1.0)
    empty_office.now = NIGHT
    assert ask(empty_office) == 0 and not empty_office.do(asking.is_due)
    assert len(owed(empty_office)) == 3 and states(empty_office, round_.id) == {invitations.OWED}


def test_who_put_off_a_question_that_never_came_is_asked_when_they_wished(empty_office: Office, tmp_path: Path) -> None:
    """They saw it by `/pulse`."""
    round_ = Round(empty_office, tmp_path, {"Shop": 2}, closes_at=TEN + timedelta(days=6))
    ask(empty_office)
    empty_office.do(wishes.later, slack_id("shop0"), round_.id)
    empty_office.now = NIGHT
    ask(empty_office)

    assert owed(empty_office) == [] and states(empty_office, round_.id) == {invitations.LATER, invitations.WAITING}
    empty_office.now = TEN + DAY
    assert ask(empty_office) == 2
    ids = {name: member.id for name, member in round_.members.items()}
    wanted = {asked_key(round_.id, ids["shop0"], again=True), asked_key(round_.id, ids["shop1"])}
    assert set(owed(empty_office)) == wanted


def test_no_question_leaves_after_the_end_of_its_round(empty_office: Office, tmp_path: Path) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 2}, closes_at=TEN + timedelta(hours=2))
    ask(empty_office)

    last = empty_office.run(lambda session: list(session.exec(select(Outbox.not_after))))
    assert last == [round_.closes_at] * 2


def test_a_round_that_is_void_is_told_however_late(empty_office: Office, tmp_path: Path) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 2})
    ask(empty_office)
    settle_rows(empty_office, state=outbox.SENT)
    empty_office.run(surveys.move, round_.id, "void")
    assert ask(empty_office) == 2

    told = select(Outbox.not_after).where(col(Outbox.key).startswith("pulse_void:"))
    assert empty_office.run(lambda session: list(session.exec(told))) == [None, None]
