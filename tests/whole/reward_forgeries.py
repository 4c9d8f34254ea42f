"""Payloads about rewards and points entered by hand, for acts that nobody could do by clicking."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from bot.rules.company import Company
from bot.services import catalogue, fund, reward_decisions, rewards
from bot.services.catalogue import Draft
from bot.services.fund import ProjectDraft
from bot.workspace import staff
from storage import corrections, people, points
from storage.people import Member
from storage.points import Line
from tests.whole import forged
from tests.whole.house import House

Payloads = dict[str, tuple[str, dict[str, Any]]]
COMMANDS = {"/rewards": ""}
SHOWING = (
    *COMMANDS,
    "reward_add",
    "reward_ask",
    "reward_close",
    "reward_edit",
    "reward_give",
    "reward_open",
    "reward_project",
    "reward_queue",
    "reward_refuse",
    "reward_settle",
)
"""What changes no row."""
FOR_ADMINS = (
    "grant_confirm",
    "grant_form",
    "grant_refuse",
    "reward_add",
    "reward_approve",
    "reward_close",
    "reward_close_form",
    "reward_deliver",
    "reward_edit",
    "reward_edit_form",
    "reward_project",
    "reward_project_form",
    "reward_queue",
    "reward_refuse",
    "reward_refuse_form",
    "reward_settle",
    "reward_settle_form",
)
"""What is refused to whoever is no admin."""


@dataclass(frozen=True)
class Rewards:
    """A reward; requests of Ling to grant, to refuse and to deliver, and one of Tomas; two projects; points for Hao
    that wait for a second admin, twice; somebody who left with points."""

    reward: str = "b" * 32
    grants: str = "c" * 32
    refuses: str = "d" * 32
    delivers: str = "e" * 32
    own: str = "f" * 32
    open: str = "1" * 32
    closes: str = "2" * 32
    confirms: str = "3" * 32
    rejects: str = "4" * 32
    leaver: str = "5" * 32


NO_REWARDS = Rewards()


def kept(house: House) -> Rewards:
    """Store all of them."""
    desk = house.bot.desk
    assert desk is not None
    company, now = desk.company, house.bot.clock.now()

    def story(session: Session) -> Rewards:
        known = people.by_slack(session, company.workspace_id, map(forged.slack_id, ("ling", "tomas", "hao", "gone")))
        for who in ("tomas", "ling", "gone"):
            _earn(session, company, known[forged.slack_id(who)], now)
        draft = Draft("timeoff", "A day off", "", "20", "10", "")
        reward = catalogue.edit(session, company, "U0SAM00000", catalogue.NEW, draft, seen="", now=now).id

        def ask(who: str) -> str:
            slack_id = forged.slack_id(who)
            return rewards.ask(session, company, slack_id, reward, price="20", now=now).request.id

        requests = [ask(who) for who in ("ling", "ling", "ling", "tomas")]
        reward_decisions.approve(session, company, "U0SAM00000", requests[2], now=now)
        plans = [ProjectDraft(name, "", "100") for name in ("A lift", "A shelf")]
        new, sam = catalogue.NEW, "U0SAM00000"
        projects = [fund.edit(session, company, sam, new, plan, seen="", now=now).id for plan in plans]
        ling, hao = (known[forged.slack_id(who)] for who in ("ling", "hao"))
        told = {"kind": "grant", "amount": 900, "reason": "The flood", "state": "waiting"}
        waiting = [corrections.add(session, company.workspace_id, ling, hao, told, now=now) for _ in range(2)]
        ids = (reward, *requests, *projects, *waiting, known[forged.slack_id("gone")].id)
        return Rewards(**dict(zip(Rewards.__dataclass_fields__, ids, strict=True)))

    return house.database.write_now(story)


def _earn(session: Session, company: Company, person: Member, now: Any) -> None:
    line = Line(f"earned:{person.id}", person.id, "correction", 100, now.date(), now)
    points.enter(session, company.workspace_id, line)


def payloads(house: House, user: str, there: Rewards, team: str = staff.TEAM_ID) -> Payloads:
    """One payload for each listener of rewards but the command, by its name."""
    presses = {"reward_open": "home", "reward_ask": there.reward, "reward_withdraw": there.own,
               "reward_give": there.open, "reward_queue": "all", "reward_approve": there.grants,
               "reward_deliver": there.delivers, "reward_refuse": f"{there.refuses}:held", "reward_add": "new",
               "reward_close": there.closes, "reward_settle": there.leaver, "grant_confirm": there.confirms,
               "grant_refuse": there.rejects}  # fmt: skip
    menus = {"reward_edit": there.reward, "reward_project": there.open}
    written = {"kind": "training", "name": "A course", "about": None, "price": "30", "stock": None, "budget": None}
    forms: dict[str, tuple[dict, dict]] = {
        "reward_ask_form": ({"reward": there.reward, "price": "20"}, {"note": "Friday"}),
        "reward_give_form": ({"project": there.open}, {"amount": "5"}),
        "reward_refuse_form": ({"request": there.refuses, "was": "held"}, {"reason": "Not now"}),
        "reward_edit_form": ({"reward": "new", "seen": ""}, written),
        "reward_project_form": ({"project": "new"}, {"name": "A bench", "about": None, "goal": "50"}),
        "reward_close_form": ({"project": there.closes}, {"reason": "No room"}),
        "reward_settle_form": ({"person": there.leaver, "seen": "100"}, {"how": "void", "reason": "Gone"}),
        "grant_form": ({}, {"person": "U0HAO00000", "amount": "5", "reason": "The flood"}),
    }
    made = {name: forged.press(house, user, name, value, team) for name, value in presses.items()}
    made |= {name: forged.choice(house, user, name, value, team) for name, value in menus.items()}
    made |= {
        name: forged.form(user, name, {"nonce": f"{name}{user}{team}", **memory}, answers, team)
        for name, (memory, answers) in forms.items()
    }
    return {name: ("interactive", payload) for name, payload in made.items()}
