"""Praise, thanks and decisions leave at once or together (product.md 4, Nudges)."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from itertools import cycle
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.desk import announcing, gathering, handing_on, helping
from bot.rules.quiet import QuietHours
from bot.services import confirmations, kudos, praise
from bot.services import handing_on as handing_on_service
from bot.services import helping as helping_service
from bot.services.praise import Recorded
from bot.services.telling import Telling
from bot.workspace import blocks
from storage import claims, models, outbox
from storage import gathering as storage
from storage import kudos as kudos_storage
from storage.select import table
from tests.office import TEAM, Office, mentions, slack_id

COLLEAGUES = cycle(("ann", "cy", "di", "ed", "lee", "lou"))
"""Whoever tells more than three of one colleague in a week is asked about it."""


def told(office: Office, words: str, *people: str, by: str = "") -> Callable[[Session], Recorded]:
    """The story of a praise."""
    telling, recorder = Telling(tuple(mentions(*(people or ("bo",)))), words), slack_id(by or next(COLLEAGUES))

    def story(session: Session) -> Recorded:
        recorded = praise.record(session, office.company, recorder, telling, now=office.now)
        if recorded.waits:
            announcing.confirmation(session, office.company, recorded, now=office.now)
        else:
            post_at = recorded.post_at
            announcing.praise(session, office.company, recorded.praise, not_before=post_at, now=office.now)
        return recorded

    return story


def praised(office: Office, how_many: int, *people: str, word: str = "word") -> list[str]:
    """So many praises, each with words of its own; gives the words."""
    words = [f"{word} {number}" for number in range(how_many)]
    for each in words:
        office.run(told(office, each, *people))
    return words


def thanked(office: Office, giver: str, *people: str, reason: str = "for the late shift") -> str:
    """A kudos, by command; gives its id."""

    def story(session: Session) -> str:
        to, where = mentions(*people), "CPRAISE"
        given = kudos.give(session, office.company, slack_id(giver), to, reason=reason, channel=where, now=office.now)
        thanks = kudos.told(session, given)
        announcing.kudos(session, office.company, given, thanks, channel=where, now=office.now)
        return given.id

    return office.run(story)


def owed(office: Office, name: str = "bo") -> list[Any]:
    """What the outbox has for somebody, in the order in which it came."""
    rows = table(models.Outbox)
    mine = rows.select().where(rows.c.channel == slack_id(name)).order_by(rows.c.id)
    return office.run(lambda session: list(session.execute(mine).all()))


def brought(office: Office, name: str = "bo") -> list[Any]:
    """The gathered messages that somebody is owed, after a tick of the job."""
    while office.do(gathering.bring, limit=2):
        pass
    return [row for row in owed(office, name) if row.key.startswith("gathered:")]


def waiting(office: Office, name: str = "bo") -> tuple[storage.Part, ...]:
    return office.run(storage.waiting, TEAM, office.member(name).id)


def sent(office: Office, name: str = "bo") -> None:
    """All that somebody is owed stands in Slack."""
    for number in range(50):
        rows = office.run(
            claims.claim, workspace_id=TEAM, method="post", owner="me", now=office.now, real_now=1.0, limit=50
        )
        for row in rows:
            office.run(claims.mark_sent, row, channel=f"D{row.lane}", ts=f"{row.id}.{number}", now=office.now)
        if not rows:
            return


def test_eight_praises_of_a_day_are_five_messages_and_one_of_three(office: Office) -> None:
    words = praised(office, 8)

    assert [row.key.partition(":")[0] for row in owed(office)] == ["praise"] * 5
    assert brought(office) == [], "it is ten in the morning"

    office.at(2026, 3, 3, 16, 59)
    assert brought(office) == []

    office.at(2026, 3, 3, 17)
    (message,) = brought(office)
    text = json.loads(message.payload)["text"]
    assert [word in text for word in words] == [False] * 5 + [True] * 3
    assert "3 more came for you" in text
    assert brought(office) == [message] and waiting(office) == ()


def test_five_of_a_day_are_not_gathered(office: Office) -> None:
    praised(office, 5)
    office.later(days=1)

    assert brought(office) == [] and len(owed(office)) == 5


def test_what_comes_after_five_leaves_the_next_day_at_nine(office: Office) -> None:
    praised(office, 8)
    office.at(2026, 3, 3, 18)
    praised(office, 1, word="late")
    (first,) = brought(office)
    assert "late" not in first.payload

    office.at(2026, 3, 4, 8, 59)
    assert len(brought(office)) == 1
    office.at(2026, 3, 4, 9)
    _, second = brought(office)
    assert "late 0" in second.payload and "1 more came for you" in second.payload

    praised(office, 1, word="fresh")
    assert "fresh 0" in owed(office)[-1].payload, "a day begins anew"


def test_a_day_is_the_persons_own(office: Office) -> None:
    office.enrol("bo", zone="Asia/Taipei")
    office.enrol("gil", zone="America/New_York")
    office.at(2026, 3, 3, 23, zone="Asia/Taipei")
    praised(office, 6, "bo", "gil")
    office.later(hours=1)
    praised(office, 1, "bo", "gil", word="an hour later")

    assert [len(owed(office, name)) for name in ("bo", "gil")] == [6, 5]
    assert [part.leaves_at for part in waiting(office, "bo")] == [datetime(2026, 3, 4, 1, tzinfo=UTC)]
    assert {part.leaves_at for part in waiting(office, "gil")} == {datetime(2026, 3, 3, 22, tzinfo=UTC)}


def test_what_waits_in_quiet_hours_counts_on_the_day_on_which_it_leaves(office: Office) -> None:
    praised(office, 5)
    office.settle(quiet=QuietHours(time(21), time(7)))
    office.at(2026, 3, 3, 22)
    praised(office, 6, word="at night")

    assert [row.not_before for row in owed(office)[5:]] == [datetime(2026, 3, 4, 7, tzinfo=UTC)] * 5
    assert [part.leaves_at for part in waiting(office)] == [datetime(2026, 3, 4, 17, tzinfo=UTC)]


async def test_of_many_at_once_five_leave_and_the_others_are_gathered(office: Office) -> None:
    office.enrol("gil")
    stories = [told(office, f"word {number}", "bo", "gil") for number in range(12)]

    await asyncio.gather(*(asyncio.to_thread(office.database.write_now, story) for story in stories[:6]),
                         *(office.database.write(story) for story in stories[6:]))  # fmt: skip

    for name in ("bo", "gil"):
        assert (len(owed(office, name)), len(waiting(office, name))) == (5, 7)
    office.at(2026, 3, 3, 17)
    at_once = [asyncio.to_thread(office.do, gathering.bring, limit=5) for _ in range(3)]
    await asyncio.gather(*at_once)
    everything = [row.payload for name in ("bo", "gil") for row in owed(office, name)]
    assert len(everything) == 12
    for number in range(12):
        assert sum(f'"word {number}"' in payload for payload in everything) == 2


async def test_two_at_once_are_the_fifth_and_the_sixth(office: Office) -> None:
    praised(office, 4)
    await asyncio.gather(*(office.database.write(told(office, word)) for word in ("this", "that")))

    assert (len(owed(office)), len(waiting(office))) == (5, 1)


def test_a_praise_that_fails_counts_for_nobody(office: Office) -> None:
    def fails(session: Session) -> None:
        told(office, "never")(session)
        raise RuntimeError

    praised(office, 4)
    with pytest.raises(RuntimeError):
        office.run(fails)
    praised(office, 2, word="then")

    assert (len(owed(office)), len(waiting(office))) == (5, 1)


def test_thanks_help_decisions_and_what_was_handed_on_are_gathered_and_tasks_are_not(office: Office) -> None:
    mine = office.run(told(office, "hers", "di", by="bo")).praise
    for name in ("bo", "lee"):
        praised(office, 5, name, word=name)
    asked = office.run(told(office, "his own", "bo", by="bo"))
    help_ = office.run(told(office, "together", "cy", by="di")).praise
    thanked(office, "ann", "bo")

    def decide(session: Session) -> None:
        decided = confirmations.decide(
            session, office.company, slack_id("lee"), asked.praise.id, accepted=True, now=office.now
        )
        announcing.decision(session, office.company, decided, now=office.now)

    def help_out(session: Session) -> None:
        helped = helping_service.name(session, office.company, "UCY", help_.id, mentions("bo"), now=office.now)
        helping.helped(session, office.company, helped)

    def hand_on(session: Session) -> None:
        handed = handing_on_service.hand_on(session, office.company, "UDI", mine.id, "UED", now=office.now)
        handing_on.handed_on(session, office.company, handed)

    for story in (decide, help_out, hand_on):
        office.run(story)
    assert any(row.key.startswith("confirm:") for row in owed(office, "lee")), "a task is sent at once"
    assert len(owed(office)) == 5
    office.at(2026, 3, 3, 17)
    (message,) = brought(office)
    for words in ("for the late shift", "that you recorded", "his own", "says that you helped", "were meant for"):
        assert words in json.loads(message.payload)["text"]


def taken_back(office: Office, kudos_id: str) -> None:
    def story(session: Session) -> None:
        found = kudos_storage.get(session, kudos_id)
        assert found
        thanks = kudos.thanks(session, found)
        announcing.kudos_taken_back(session, office.company, thanks, channel="CPRAISE", now=office.now)

    office.run(story)


def test_thanks_that_were_taken_back_are_not_shown(office: Office) -> None:
    praised(office, 6)
    before, after = (thanked(office, giver, "bo", reason=f"of {giver}") for giver in ("ann", "cy"))
    taken_back(office, before)
    office.at(2026, 3, 3, 17)
    (message,) = brought(office)
    assert "of ann" not in message.payload and "of cy" in message.payload

    taken_back(office, after)  # it was composed, and Slack does not answer
    (message,) = brought(office)
    assert "of cy" not in message.payload and "word 5" in message.payload and "1 more" in message.payload


@pytest.mark.parametrize("composed", [False, True])
def test_where_all_was_taken_back_nothing_is_sent(office: Office, composed: bool) -> None:
    praised(office, 5)
    thanks = thanked(office, "ann", "bo")
    office.at(2026, 3, 3, 17)
    if composed:
        assert len(brought(office)) == 1
    taken_back(office, thanks)

    assert brought(office) == []


def test_what_has_left_stays_though_it_is_taken_back(office: Office) -> None:
    praised(office, 5)
    thanks = thanked(office, "ann", "bo")
    office.at(2026, 3, 3, 17)
    brought(office)
    sent(office)
    before = len(owed(office))
    taken_back(office, thanks)

    assert len(owed(office)) == before
    assert not [row for row in updates(office) if row.thread.startswith("gathered:")]


def updates(office: Office) -> list[Any]:
    rows = table(models.Outbox)
    return office.run(lambda session: list(session.execute(rows.select().where(rows.c.method == "update")).all()))


def test_one_of_several_is_handed_on_and_the_others_keep_their_buttons(office: Office) -> None:
    praised(office, 6)
    other = office.run(told(office, "hers", by="ann")).praise
    office.at(2026, 3, 3, 17)
    brought(office)
    sent(office)

    def hand_on(session: Session) -> None:
        handed = handing_on_service.hand_on(session, office.company, "UBO", other.id, "UDI", now=office.now)
        handing_on.handed_on(session, office.company, handed)

    office.run(hand_on)
    (update,) = (row for row in updates(office) if row.thread.startswith("gathered:"))
    shown = json.loads(update.payload)
    pressed = [one["value"] for block in shown["blocks"] if block["type"] == "actions" for one in block["elements"]]
    assert "you handed it on to <@UDI>" in shown["text"] and "word 5" in shown["text"] and "hers" in shown["text"]
    assert other.id not in pressed and len(pressed) == 3, "I had help, It was not me, and the wish for all"
    assert "hers" in owed(office, "di")[-1].payload


def test_more_than_slack_takes_are_as_few_messages_as_can_be(office: Office) -> None:
    office.database.write_now(lambda session: [told(office, f"w{number:02}w")(session) for number in range(17)])
    for name in ("ann", "cy", "di", "ed", "lee", "lou"):
        for number in range(3):
            thanked(office, name, "bo", reason=f"{name} {number}")
    office.enrol("fay", "gil", "hal", "ida", "jo")
    long = [f"l{number}l " + "x" * 2900 for number in range(5)]
    for name, words in zip(("fay", "gil", "hal", "ida", "jo"), long, strict=True):
        office.run(told(office, words, by=name))
    office.at(2026, 3, 3, 17)
    messages = [json.loads(row.payload) for row in brought(office)]

    assert len(messages) == 2
    for message in messages:
        assert blocks.check(message["blocks"]).problems == []
    shown = json.dumps(messages)
    for word in [f"w{number:02}w" for number in range(5, 17)] + long + ["ann 2", "lou 0"]:
        assert shown.count(word) >= 1


def test_what_comes_late_is_in_the_message_that_has_left(office: Office) -> None:
    """The clock of another replica is behind."""
    praised(office, 6)
    office.at(2026, 3, 3, 17)
    (message,) = brought(office)
    sent(office)
    office.at(2026, 3, 3, 16, 59)
    praised(office, 1, word="late")
    office.at(2026, 3, 3, 17)

    assert len(brought(office)) == 1
    (update,) = (row for row in updates(office) if row.thread == message.subject)
    assert "word 5" in update.payload and "late 0" in update.payload


def test_who_goes_to_another_zone_gets_it_at_five_there(office: Office) -> None:
    office.enrol("bo", zone="Europe/Berlin")
    praised(office, 7)
    office.enrol("bo", zone="America/New_York")
    office.later(minutes=1)
    assert brought(office) == []
    assert {part.leaves_at for part in waiting(office)} == {datetime(2026, 3, 3, 22, tzinfo=UTC)}
    praised(office, 1, word="there")

    office.at(2026, 3, 3, 16, zone="Europe/Berlin")
    assert brought(office) == []
    office.at(2026, 3, 3, 17, zone="America/New_York")
    (message,) = brought(office)
    assert "3 more came" in message.payload and "there 0" in message.payload


def test_a_zone_that_this_machine_does_not_know_keeps_nobody_from_being_praised(office: Office) -> None:
    office.enrol("bo", zone="Mars/Base")
    praised(office, 6)
    office.enrol("bo", zone="Europe/Berlin")
    office.at(2026, 3, 3, 15, 59)
    assert brought(office) == []
    office.at(2026, 3, 3, 16)
    assert len(brought(office)) == 1


def test_who_has_no_account_is_told_nothing_and_counted_for_nothing(office: Office) -> None:
    nobody = office.member("bo").__class__(**{**office.member("bo").__dict__, "slack_id": ""})

    def story(session: Session) -> None:
        message: outbox.Message = {"text": "Thank you."}
        gathering.tell(session, office.company, nobody, key="k", message=message, now=office.now)

    for _ in range(9):
        office.run(story)
    praised(office, 5)
    assert len(owed(office)) == 5 and waiting(office) == ()


def test_what_was_gathered_is_kept_for_as_long_as_it_can_change(office: Office) -> None:
    office.settle(zone=ZoneInfo("Asia/Taipei"))
    office.at(2026, 3, 3, 12, zone="Asia/Taipei")
    praised(office, 7)
    office.at(2026, 3, 3, 17, zone="Asia/Taipei")
    (message,) = brought(office)
    later = office.later(days=30)
    office.run(storage.forget, later - timedelta(days=30))
    assert [bool(part.message) for part in office.run(storage.of, TEAM, message.key)] == [True, True]

    office.run(storage.forget, later - timedelta(days=29))
    parts = office.run(storage.of, TEAM, message.key)
    assert [part.message for part in parts] == [{}, {}], "it is known still of what it told"
    days = office.run(lambda session: session.execute(table(models.DayTold).select()).all())
    assert days == []
