"""What stands in Home, for whom, on both engines."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.delivery import Delivery
from bot.desk import Desk, erasing, home
from bot.services import (
    condition,
    confirmations,
    overview,
    points,
    praise_pages,
    settings,
    suggestion_pages,
    suggestions,
)
from bot.services import erasing as aims
from bot.services.kudos import Left
from bot.services.suggestions import Draft
from storage import condition as stored
from storage import models, outbox, rituals
from storage.rituals import Ritual
from tests.office import TEAM, Office
from tests.pulses import Round


class At(Clock):
    """A clock that shows the office's time."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def now(self) -> Any:
        return self._office.now


def drawn(office: Office, name: str) -> Any:
    """Home of somebody, as it would be published now."""
    client = AsyncWebClient("xoxb-1", base_url="http://127.0.0.1:1/", retry_handlers=[])
    clock = At(office)
    delivery = Delivery(client, office.database, clock, TEAM, 4)
    desk = Desk(office.database, delivery, client, clock, office.company)
    return office.database.read_now(lambda session: home.draw(session, desk, f"U{name.upper()}"))


def at_home(office: Office, look: Any, name: str, **more: Any) -> Any:
    return office.database.read_now(
        lambda session: look(session, office.company, office.member(name), now=office.now, **more)
    )


def test_everybody_has_a_home_but_leavers_bots_and_nobody(office: Office) -> None:
    assert "You have 0 points" in str(drawn(office, "ann"))
    for name in ("guest", "stranger"):
        view = drawn(office, name)
        assert view["type"] == "home" and "home_praise" not in str(view)
    assert [drawn(office, name) for name in ("gone", "robot", "nobody")] == [None, None, None]


def test_points_stand_beside_ones_own_past(office: Office) -> None:
    office.at(2026, 2, 10, 10)
    office.praise("bo", "ann", "Warm soup, warmer smile.")
    office.praise("bo", "ann", "She found my ring.")
    office.at(2026, 3, 3, 10)
    office.praise("cy", "ann", "So patient with my mother.")
    purse = at_home(office, points.at_home, "ann")
    assert (purse.account.balance, purse.month, purse.last_month) == (30, 10, 20)
    assert purse.best_week is not None and purse.best_week[0].isoformat() == "2026-02-09" and purse.best_week[1] == 20
    assert purse.left == Left(5, 0)
    assert at_home(office, points.at_home, "bo").best_week is None


def test_the_newest_praise_comes_first_and_waiting_praise_not_at_all(office: Office) -> None:
    for number in range(7):
        office.praise("bo" if number % 2 else "cy", "ann", f"Word {number}")
        office.later(days=4)
    office.praise("ann", "ann", "I was kind")
    pages = at_home(office, praise_pages.at_home, "ann")
    assert [one.words for one in pages.praises] == ["Word 6", "Word 5", "Word 4"] and pages.more
    second = office.run(praise_pages.page, office.company, "UANN", praise_pages.PAGE)
    assert [one.words for one in second.praises] == ["Word 1", "Word 0"] and not second.more
    assert office.run(praise_pages.page, office.company, "UANN", 10**9).praises == ()


def test_praise_that_was_erased_is_not_quoted(office: Office) -> None:
    said = ("Warm soup.", "She found my ring.", "Such a kind voice.", "Never in a hurry.")
    for who, words in zip(("bo", "cy", "di", "ed"), said, strict=True):
        last = office.praise(who, "ann", words).praise.id
        office.later(minutes=1)
    order = office.do(aims.aim, "praise", last).order
    office.do(erasing.erase, order, digest="d" * 64, by=None, rehearse=False)

    newest = at_home(office, praise_pages.at_home, "ann").praises
    assert [one.words for one in newest] == ["Such a kind voice.", "She found my ring.", "Warm soup."]


def test_praise_waits_for_leads_and_without_one_for_admins(office: Office) -> None:
    office.praise("ann", "ann", "I was kind")
    office.later(minutes=1)
    office.praise("lee", "lee", "I was kinder")
    assert [one.words for one in at_home(office, confirmations.at_home, "lou").praises] == [
        "I was kind",
        "I was kinder",
    ]
    assert [one.words for one in at_home(office, confirmations.at_home, "lee").praises] == ["I was kind"]
    assert at_home(office, confirmations.at_home, "ada").praises == ()
    assert at_home(office, confirmations.at_home, "bo").praises == ()
    office.enrol("lee", "lou")
    assert len(at_home(office, confirmations.at_home, "ada").praises) == 2


def send(office: Office, name: str, title: str) -> str:
    sent = office.do(suggestions.send, f"U{name.upper()}", Draft(title, "It would help."))
    return str(sent.suggestion.id)


def test_ones_own_ideas_and_those_to_answer(office: Office) -> None:
    for number in range(4):
        send(office, "ann", f"Idea {number}")
        office.later(days=1)
    send(office, "lee", "A lead's own")
    mine = at_home(office, suggestion_pages.at_home, "ann")
    assert [one.title for one in mine.ideas] == ["Idea 3", "Idea 2", "Idea 1"] and mine.total == 4
    waiting = at_home(office, suggestion_pages.to_answer, "lee")
    assert [one.title for one in waiting.ideas] == ["Idea 0", "Idea 1", "Idea 2"] and waiting.total == 4
    assert at_home(office, suggestion_pages.to_answer, "lou").total == 5
    assert at_home(office, suggestion_pages.to_answer, "ann").total == 0
    said = str(drawn(office, "lee"))
    assert "Ideas that wait for an answer" in said and "Idea 0" in said


def test_the_open_question_and_the_results_of_ones_team(office: Office, tmp_path: Path) -> None:
    round_ = Round(office, tmp_path, {"day": 6, "night": 6})
    seen = at_home(office, overview.at_home, "day0", rate=4.0)
    assert seen.survey is not None and seen.survey.id == round_.id and seen.progress is not None
    assert at_home(office, overview.at_home, "ann", rate=4.0).why == "not_asked"
    before = str(drawn(office, "day0"))
    round_.answer("day0", "4")
    assert str(drawn(office, "day0")) == before and "pulse_answer_4" in before
    for name in round_.people["day"] + round_.people["night"]:
        round_.answer(name, "4")
    round_.close()
    for name, team, counted in (("lee", "day", True), ("lou", "", False), ("ada", "", True)):
        office.database.write_now(
            lambda session, name=name, team=team: session.execute(  # type: ignore[misc]
                models.Person.__table__.update()  # type: ignore[attr-defined]
                .where(models.Person.__table__.c.slack_id == f"U{name.upper()}")  # type: ignore[attr-defined]
                .values(team=team)
            )
        )
        last = at_home(office, overview.at_home, name, rate=4.0).last
        assert last is not None and (last[1] is not None) == counted, name
    assert at_home(office, overview.at_home, "ann", rate=4.0).last is None
    assert "The last results of your team" in str(drawn(office, "lee"))
    assert "The last results" not in str(drawn(office, "day0"))


def test_admins_see_how_the_bot_is(office: Office) -> None:
    assert at_home(office, condition.at_home, "ann") is None and at_home(office, condition.at_home, "lee") is None
    found = at_home(office, condition.at_home, "ada")
    assert (found.outbox.waiting, found.dead, found.skipped) == (0, (), ())

    def owe(session: Any) -> None:
        for key in ("a", "b"):
            outbox.post(session, workspace_id=TEAM, key=key, channel="C1", message={"text": "x"}, now=office.now)
        rows = models.Outbox.__table__  # type: ignore[attr-defined]
        session.execute(rows.update().where(rows.c.key == "a").values(state="dead", error="msg_too_long"))
        ritual = Ritual("1" * 32, "early", "C1", "06:00", "UTC", frozenset(range(7)), "", office.now)
        rituals.keep(session, TEAM, ritual)
        for days in (1, 40):
            day = (office.now - timedelta(days=days)).date()
            rituals.decide(session, TEAM, ritual.id, day, "skipped", due_at=office.now, now=office.now)

    office.database.write_now(owe)
    office.later(hours=1)
    found = at_home(office, condition.at_home, "ada")
    assert (found.outbox.waiting, [one.error for one in found.dead]) == (1, ["msg_too_long"])
    assert [name for name, _ in found.skipped] == ["early"]
    said = str(drawn(office, "ada"))
    assert "msg_too_long" in said and "The oldest is late by 60 minutes." in said and "early" in said
    assert "How the bot is" not in str(drawn(office, "lee"))


def test_admins_see_what_was_done_last_and_the_ways_to_the_settings(office: Office) -> None:
    office.do(settings.change, "UADA", {"RITUAL_TIME": "08:00"})
    said = str(drawn(office, "ada"))
    assert "settings_open" in said and "audit_open" in said and "08:00" in said
    assert said.index("settings_open") < said.index("How the bot is")
    assert "settings_open" not in str(drawn(office, "lee")) + str(drawn(office, "ann"))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_last_backup_is_known_by_what_it_left(office: Office) -> None:
    assert "There is no backup yet" in str(drawn(office, "ada"))
    file = Path(str(office.database.engine.url.database))
    try:
        stored.copied(file)
        then = (office.now - timedelta(days=9)).timestamp()
        os.utime(file.with_name(f"{file.name}.copied"), (then, then))
        assert "The last backup was made on 22 February 2026." in (said := str(drawn(office, "ada")))
        assert "That is 9 days ago." in said
        office.enrol("ada", is_slack_admin=True, zone="Pacific/Kiritimati")  # fourteen hours ahead
        assert "The last backup was made on 23 February 2026." in str(drawn(office, "ada"))
    finally:
        file.with_name(f"{file.name}.copied").unlink()


def test_home_is_drawn_in_each_language(office: Office) -> None:
    office.enrol("ling", locale="zh-TW")
    office.enrol("jun", locale="zh-CN")
    assert "您的點數" in str(drawn(office, "ling")) and "您的积分" in str(drawn(office, "jun"))


def test_the_bot_may_be_switched_off_in_parts(office: Office) -> None:
    office.company = office.company.__class__(**{**office.company.__dict__, "pulse": False})
    assert "The pulse" not in str(drawn(office, "ann"))
