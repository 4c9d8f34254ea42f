"""What admins do with rewards, points, erasing, exports and ideas is written down once, by whoever did it."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.desk import erasing, exporting
from bot.desk.erasing import Rehearsed
from bot.rules import erasing as kinds
from bot.rules.grants import GrantLine
from bot.services import auditing, catalogue, fund, grants, picks, receipts, reward_decisions, rewards
from bot.services import erasing as service
from bot.services.auditing import KINDS
from bot.services.catalogue import Draft
from bot.services.fund import ProjectDraft
from bot.views.auditing import SAID, line
from bot.views.lists import File
from bot.views.tongue import speak
from storage import audit, erasures, inbox
from storage import receipts as stored
from storage.inbox import Delivery
from tests.anonymity.post import Post
from tests.office import TEAM, Office, slack_id
from tests.rewards import approve, ask, earn, offer, project

Told = tuple[str | None, str, str, str, str]
FILE = File("points.csv", b"x", "Here it is.", frozenset())


@pytest.fixture
def shop(office: Office) -> Office:
    """Ann has 500 points, and there are two admins."""
    office.enrol("amy", is_slack_admin=True)
    earn(office, "ann", 500)
    return office


def told(office: Office, kind: str) -> list[Told]:
    """What is written down of this kind, oldest first: by whom, the act, its subject, what was before and after."""
    acts = office.run(audit.newest, TEAM, acts=KINDS[kind], limit=99)
    return [(act.by.name if act.by else None, act.act, act.subject, act.before, act.after) for act in acts][::-1]


def test_answers_to_requests_are_written_down_once(shop: Office) -> None:
    reward = offer(shop)
    first, second, third = (ask(shop, "ann", reward, note).request.id for note in ("Friday", "Monday", "May"))
    approve(shop, first)
    shop.do(reward_decisions.deliver, "UAMY", first)
    shop.do(reward_decisions.refuse, "UAMY", second, was="held", reason="Too many")
    approve(shop, third)
    shop.do(reward_decisions.refuse, "UADA", third, was="approved", reason="The spa is shut")
    for again in (reward_decisions.approve, reward_decisions.deliver):
        assert shop.refusal(again, "UADA", first).code == "request_answered"
    assert shop.refusal(reward_decisions.refuse, "UADA", second, was="held", reason="No").code == "request_answered"
    assert told(shop, "rewards") == [
        ("Ada", "reward_added", reward, "", ""),
        ("Ada", "reward_approved", first, "", ""),
        ("Amy", "reward_delivered", first, "", ""),
        ("Amy", "reward_refused", second, "", ""),
        ("Ada", "reward_approved", third, "", ""),
        ("Ada", "reward_called_off", third, "", ""),
    ]


def test_the_catalogue_and_the_fund_are_written_down_once(shop: Office) -> None:
    reward, lift = offer(shop), project(shop)
    draft = Draft("fund", "A", "", "90", "", "", offered=False)
    offered = catalogue.state(shop.do(rewards.existing, reward))
    shop.do(catalogue.edit, "UAMY", reward, draft, seen=offered)
    assert shop.refusal(catalogue.edit, "UAMY", reward, draft, seen=offered).code == "reward_changed"
    opened = fund.state(shop.do(fund.existing, lift))
    shop.do(fund.edit, "UAMY", lift, ProjectDraft("A ramp", "", "90"), seen=opened)
    shop.do(fund.close, "UADA", lift, reason="The landlord said no.")
    assert shop.refusal(fund.close, "UADA", lift, reason="No").code == "project_over"
    assert told(shop, "rewards") == [
        ("Ada", "reward_added", reward, "", ""),
        ("Ada", "project_opened", lift, "", ""),
        ("Amy", "reward_edited", reward, "", ""),
        ("Amy", "project_edited", lift, "", ""),
        ("Ada", "project_closed", lift, "", ""),
    ]


def test_points_by_hand_are_written_down_once(shop: Office) -> None:
    ann, bo, cy = (shop.member(name).id for name in ("ann", "bo", "cy"))
    press, line = Delivery(TEAM, "form", "UADA:1", shop.now), GrantLine("UANN", -30, "Counted twice")
    for _ in range(2):
        shop.database.write_now(
            inbox.once(press, lambda session: grants.grant(session, shop.company, "UADA", line, now=shop.now))
        )
    much, more = (shop.do(grants.grant, "UADA", GrantLine(slack_id(who), 600, "The flood")) for who in ("bo", "cy"))
    shop.do(grants.confirm, "UAMY", much.correction.id, accepted=True)
    shop.do(grants.confirm, "UAMY", more.correction.id, accepted=False)
    for one in (much, more):
        assert shop.refusal(grants.confirm, "UAMY", one.correction.id, accepted=True).code == "request_answered"
    shop.enrol("ann", is_gone=True)
    settled: dict[str, Any] = {"kind": "paid", "reason": "With the last salary.", "seen": "470"}
    shop.do(grants.settle, "UAMY", ann, **settled)
    assert shop.refusal(grants.settle, "UADA", ann, **settled).code == "nothing_to_settle"
    assert told(shop, "rewards") == [
        ("Ada", "grant_entered", ann, "", "-30"),
        ("Ada", "grant_asked", bo, "", "600"),
        ("Ada", "grant_asked", cy, "", "600"),
        ("Amy", "grant_confirmed", bo, "", "600"),
        ("Amy", "grant_refused", cy, "", "600"),
        ("Amy", "settled", ann, "470", "paid"),
    ]


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_an_erasure_is_written_down_once_and_says_nothing_of_whom(shop: Office, kind: str) -> None:
    praise = shop.praise("bo", "ann", "Warm soup", customer="Mrs Hathersage").praise
    who = {"person": "UANN", "customer": "Mrs Hathersage", "praise": praise.id}[kind]
    ada = shop.member("ada").id
    order = shop.do(service.aim, kind, who).order

    def erase(session: Session, rehearse: bool = False) -> None:
        given: dict[str, Any] = {"digest": "d" * 64, "by": ada, "rehearse": rehearse, "now": shop.now}
        erasing.erase(session, shop.company, order, **given)

    with pytest.raises(Rehearsed):
        shop.run(erase, rehearse=True)
    assert told(shop, "data") == []
    shop.run(erase)
    shop.run(erase)
    ((by, act, subject, before, after),) = told(shop, "data")
    assert (by, act, before, after) == ("Ada", "erased", "", kind)
    assert subject in {one.id for one in shop.run(erasures.unscrubbed, TEAM)}


def test_readmitting_is_written_down_once_as_of_the_command_line(shop: Office) -> None:
    shop.run(erasures.bar, TEAM, "d" * 64, today=shop.now.date())
    assert [shop.do(service.readmit, "d" * 64) for _ in range(2)] == [True, False]
    assert told(shop, "data") == [(None, "readmitted", "", "", "")]
    assert shop.do(auditing.page, "UADA", kind="data").acts[0].by_command_line


def test_a_board_that_left_as_a_file_is_written_down_once(shop: Office) -> None:
    command = Delivery(TEAM, "command", "1", shop.now)

    def export(who: str, session: Session) -> None:
        exporting.to_admin(session, shop.company, who, FILE, what="month points", key="export:1", now=shop.now)

    for _ in range(2):
        shop.database.write_now(inbox.once(command, lambda session: export("UAMY", session)))
    refused = shop.refusal(lambda session, _: export("ULEE", session))
    assert refused.code == "admins_only"
    assert told(shop, "data") == [("Amy", "exported", "", "", "month points")]


def test_a_question_to_an_author_without_a_name_is_written_down_once(office: Office, tmp_path: Path) -> None:
    post, receipt = Post(office, tmp_path, people=3), "a" * 128
    post.send("person0", receipt=receipt)
    post.morning()
    idea = office.run(stored.by_digest, TEAM, receipt)
    assert idea
    form = Delivery(TEAM, "form", "ULEE:1", office.now)
    for _ in range(2):
        office.database.write_now(
            inbox.once(
                form, lambda session: receipts.ask(session, office.company, "ULEE", idea, "Which door?", now=office.now)
            )
        )
    assert office.refusal(receipts.ask, "UBO", idea, "Who are you?").code
    office.do(receipts.write, "UPERSON0", receipt, "d" * 32, "The one to the yard.")
    assert told(office, "ideas") == [("Lee", "idea_asked", idea, "", "")], "and nothing of the author"


def test_picks_are_written_down_and_what_changed_nothing_is_not(office: Office) -> None:
    office.keep_ritual()
    praise = office.praise("bo", "ann", "So patient.").praise.id
    for stands in (False, True, False, False):
        office.do(picks.pick, "ULEE", praise, stands=stands)
    assert told(office, "rituals")[-2:] == [("Lee", "picked", praise, "", ""), ("Lee", "unpicked", praise, "", "")]


@pytest.mark.parametrize(
    ("act", "by"),
    [
        ("retained", "Golden Ear"),
        ("grant_expired", "Golden Ear"),
        ("letters_lost", "Golden Ear"),
        ("imported", "the command line"),
    ],
)
def test_what_nobody_does_is_the_bots_own(office: Office, act: str, by: str) -> None:
    office.run(audit.note, TEAM, by="", act=act, subject="2026-03-01", after="1", now=office.now)
    (found,) = office.run(audit.newest, TEAM, acts=(act,), limit=1)
    assert by in str(line(speak("en"), found, ZoneInfo("UTC"), {}))


def test_every_act_of_a_filter_has_words() -> None:
    assert {act for acts in KINDS.values() for act in acts} <= set(SAID)
