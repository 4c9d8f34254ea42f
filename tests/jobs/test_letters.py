"""The jobs of ideas without a name: each may run again and again, and goes on where another was killed."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot.desk import Desk
from bot.jobs import letters as jobs
from bot.sealing import Keys
from bot.services import auditing, letters, receipts
from bot.services import suggestions as service
from storage import letters as storage
from storage import models
from storage import receipts as stored
from tests.ideas import move
from tests.jobs.test_open_day import Hands
from tests.office import TEAM, Office, slack_id
from tests.services.test_letters import send


class Sent:
    """Takes the messages past the outbox, unless Slack is `away`."""

    rate = 4.0

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.away = False

    async def alarm(self, user: str, message: Mapping[str, Any]) -> bool:
        if not self.away:
            self.told.append((user, str(message["text"])))
        return not self.away


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    return Desk(office.database, cast(Any, Sent()), cast(Any, None), Hands(office), office.company, Keys(tmp_path))


def told(desk: Desk) -> list[tuple[str, str]]:
    return cast(Sent, desk.delivery).told


def rows(office: Office, model: Any) -> list[Any]:
    return office.run(lambda session: list(session.connection().execute(model.__table__.select()).mappings()))


async def tuesday(desk: Desk, office: Office) -> None:
    """The postbox of a Tuesday is open."""
    await jobs.bring(desk)
    assert len(rows(office, models.Postbox)) == 1


async def morning(desk: Desk, office: Office) -> None:
    office.later(days=1)
    await jobs.bring(desk)
    await jobs.notify(desk)


async def test_letters_come_with_the_day_and_their_key_is_gone(office: Office, desk: Desk) -> None:
    await tuesday(desk, office)
    before = desk.idea_keys.ids()
    send(office)
    for _ in range(3):
        await jobs.bring(desk)
    assert not rows(office, models.Suggestion) and desk.idea_keys.ids() == before

    office.at(2026, 3, 4, 0)
    await jobs.bring(desk)
    await jobs.bring(desk)
    (idea,) = rows(office, models.Suggestion)
    assert idea["author_id"] is None and not before & desk.idea_keys.ids() and len(desk.idea_keys.ids()) == 1
    assert {row["box"] for row in rows(office, models.Letter)} == {b""}
    (owed,) = rows(office, models.Outbox)
    assert owed["not_before"].replace(tzinfo=None).hour == 10, "at the one minute"


async def test_a_day_without_letters_keeps_its_postbox(office: Office, desk: Desk) -> None:
    await tuesday(desk, office)
    before = rows(office, models.Postbox)
    await morning(desk, office)
    assert rows(office, models.Postbox) == before and len(desk.idea_keys.ids()) == 1


async def test_what_a_killed_process_had_closed_is_opened_by_the_next(office: Office, desk: Desk) -> None:
    await tuesday(desk, office)
    send(office)
    office.later(days=1)
    due = office.do(letters.turn)
    assert due
    await jobs._turn(desk, due)  # and killed
    assert len(office.run(storage.full, TEAM)) == 1 and not rows(office, models.Suggestion)
    await jobs.bring(desk)
    assert len(rows(office, models.Suggestion)) == 1 and not office.run(storage.full, TEAM)


async def test_two_processes_bring_letters_once(office: Office, desk: Desk) -> None:
    await tuesday(desk, office)
    send(office)
    office.later(days=1)
    due = office.do(letters.turn)
    assert due
    await jobs._turn(desk, due)
    await jobs._turn(desk, due)
    (postbox,) = office.run(storage.full, TEAM)
    await jobs._open(desk, postbox)
    await jobs._open(desk, postbox)
    assert len(rows(office, models.Suggestion)) == 1 and len(desk.idea_keys.ids()) == 1


async def test_without_its_key_letters_wait_and_with_no_place_for_keys_none_is_sent(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    blind = Desk(desk.database, desk.delivery, desk.client, desk.clock, desk.company, Keys(tmp_path / "elsewhere"))
    await tuesday(desk, office)
    send(office)
    office.later(days=1)
    await jobs.bring(blind)
    assert not rows(office, models.Suggestion) and len(office.run(storage.full, TEAM)) == 1
    await jobs.bring(desk)
    assert len(rows(office, models.Suggestion)) == 1

    send(office, receipt="b" * 128)
    (tmp_path / "file").write_text("")
    nowhere = Desk(desk.database, desk.delivery, desk.client, desk.clock, desk.company, Keys(tmp_path / "file"))
    office.later(days=1)
    await jobs.bring(nowhere)
    assert office.do(letters.turn), "the day is still to be taken"


async def test_nothing_is_sealed_for_a_key_that_is_gone(office: Office, desk: Desk) -> None:
    """A backup that is restored has a postbox of whose key the file was destroyed."""
    await tuesday(desk, office)
    (gone,) = rows(office, models.Postbox)
    desk.idea_keys.destroy(gone["id"])
    await jobs.bring(desk)
    assert [row["id"] for row in rows(office, models.Postbox)] == [gone["id"]], "it may come back"
    office.later(minutes=10)
    for _ in range(2):
        await jobs.bring(desk)
    found = office.run(storage.current, TEAM)
    assert found and found.id != gone["id"] and desk.idea_keys.ids() == {found.id}
    assert [one.id for one in office.run(storage.full, TEAM)] == [gone["id"]], "it waits, if the file is found again"


async def test_letters_whose_key_is_lost_for_good_are_given_up_after_ninety_days(office: Office, desk: Desk) -> None:
    await tuesday(desk, office)
    send(office)
    (postbox,) = rows(office, models.Postbox)
    desk.idea_keys.destroy(postbox["id"])
    for days in (1, 88):
        office.later(days=days)
        await jobs.bring(desk)
    assert postbox["id"] in {one["id"] for one in rows(office, models.Postbox)} and postbox["id"] in desk.unseen
    assert not office.do(auditing.page, "UADA", kind="data").acts

    office.later(days=1)
    for _ in range(2):
        await jobs.bring(desk)
    assert postbox["id"] not in {one["id"] for one in rows(office, models.Postbox)} and not desk.unseen
    assert {bytes(row["box"]) for row in rows(office, models.Letter)} <= {b""}
    acts = office.do(auditing.page, "UADA", kind="data").acts
    assert [(act.act, act.after) for act in acts] == [("letters_lost", "1")]


async def test_a_postbox_in_which_nothing_is_waits_a_day_for_its_key(office: Office, desk: Desk) -> None:
    await tuesday(desk, office)
    (postbox,) = rows(office, models.Postbox)
    desk.idea_keys.destroy(postbox["id"])
    await jobs.bring(desk)
    office.later(minutes=10)
    await jobs.bring(desk)
    assert [one.id for one in office.run(storage.full, TEAM)] == [postbox["id"]]

    office.later(days=1)
    await jobs.bring(desk)
    assert not office.run(storage.full, TEAM) and not office.do(auditing.page, "UADA", kind="data").acts


async def test_letters_whose_key_was_out_of_sight_for_a_while_come_the_next_morning(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    """Opened as soon as the key is back they would come while their authors are known to have just sent them."""
    await tuesday(desk, office)
    send(office)
    (postbox,) = rows(office, models.Postbox)
    file = desk.idea_keys.folder / f"{postbox['id']}.key"
    secret = file.read_bytes()
    file.unlink()
    await jobs.bring(desk)
    office.later(minutes=10)
    await jobs.bring(desk)
    assert [one.id for one in office.run(storage.full, TEAM)] == [postbox["id"]]

    file.write_bytes(secret)
    await jobs.bring(desk)
    assert not rows(office, models.Suggestion)
    await morning(desk, office)
    assert len(rows(office, models.Suggestion)) == 1


async def test_who_left_an_address_is_told_of_news_with_all_others_and_no_row_says_so(
    office: Office, desk: Desk
) -> None:
    await tuesday(desk, office)
    for who, receipt in (("ann", "a" * 128), ("bo", "b" * 128)):
        send(office, who, receipt=receipt, notices=True)
    send(office, "cy", receipt="c" * 128)
    await morning(desk, office)
    assert told(desk) == [] and len(desk.idea_keys.ids()) == 3
    idea = office.run(stored.by_digest, TEAM, "a" * 128)
    assert idea
    office.do(receipts.ask, slack_id("lee"), idea, "Which door?")
    owed = rows(office, models.Outbox)

    await morning(desk, office)
    await jobs.notify(desk)
    assert sorted(user for user, _ in told(desk)) == ["UANN", "UBO"] and len({text for _, text in told(desk)}) == 1
    assert rows(office, models.Outbox) == owed
    inbox = [row["key"] for row in rows(office, models.Inbox) if row["kind"] in ("letters", "notices")]
    assert not any("U" in key for key in inbox)
    await morning(desk, office)
    assert len(told(desk)) == 2, "no news, no notice"


async def test_a_minute_that_was_missed_is_that_of_the_next_working_day(office: Office, desk: Desk) -> None:
    await tuesday(desk, office)
    send(office, notices=True)
    await morning(desk, office)
    office.do(receipts.ask, slack_id("lee"), str(office.run(stored.by_digest, TEAM, "a" * 128)), "Which door?")
    for day, hour, people in ((6, 23, []), (7, 10, []), (9, 10, ["UANN"])):  # a Friday, a Saturday, a Monday
        office.at(2026, 3, day, hour)
        await jobs.notify(desk)
        assert [user for user, _ in told(desk)] == people


async def test_an_address_is_destroyed_when_the_last_news_was_told(office: Office, desk: Desk) -> None:
    await tuesday(desk, office)
    send(office, notices=True)
    await morning(desk, office)
    idea = office.run(stored.by_digest, TEAM, "a" * 128)
    assert idea
    move(office, "lee", idea, "declined", reason="The door is a fire exit.")
    cast(Sent, desk.delivery).away = True
    await morning(desk, office)
    assert len(office.run(stored.addressed, TEAM)) == 1, "nobody was told yet"
    cast(Sent, desk.delivery).away = False
    await morning(desk, office)
    assert [user for user, _ in told(desk)] == ["UANN"]
    assert office.run(stored.addressed, TEAM) == () and len(desk.idea_keys.ids()) == 1


async def test_an_address_is_destroyed_after_ninety_days_and_with_a_claim(office: Office, desk: Desk) -> None:
    await tuesday(desk, office)
    send(office, notices=True)
    send(office, "bo", receipt="b" * 128, notices=True)
    await morning(desk, office)
    office.do(receipts.claim, slack_id("bo"), "b" * 128)
    assert len(office.run(stored.addressed, TEAM)) == 1
    office.now += timedelta(days=88)
    await morning(desk, office)
    assert len(office.run(stored.addressed, TEAM)) == 1
    await morning(desk, office)
    assert office.run(stored.addressed, TEAM) == ()
    assert office.do(service.existing, str(office.run(stored.by_digest, TEAM, "a" * 128))).reachable
