"""Rewards as tests offer them and ask for them."""

from typing import Any

from bot.services import catalogue, fund, reward_decisions
from bot.services import rewards as service
from bot.services.catalogue import Draft
from bot.services.fund import ProjectDraft
from bot.services.rewards import Asked
from storage import points
from storage.points import Line
from tests.office import TEAM, Office, slack_id


def earn(office: Office, who: str, amount: int) -> None:
    """Let somebody earn points."""
    key = f"earned:{who}:{office.points(who)}:{office.now:%s}:{amount}"
    line = Line(key, office.member(who).id, "correction", amount, office.now.date(), office.now)
    assert office.run(points.enter, TEAM, line)


def offer(office: Office, by: str = "ada", **told: Any) -> str:
    """Put a reward into the catalogue; gives its id."""
    draft = {"kind": "timeoff", "name": "A day off", "about": "", "price": "100", "stock": "", "budget": ""} | told
    return office.do(catalogue.edit, slack_id(by), catalogue.NEW, Draft(**draft), seen="").id


def ask(office: Office, who: str, reward: str, note: str = "") -> Asked:
    """Ask for a reward at its price."""
    price = str(office.do(service.existing, reward).price)
    return office.do(service.ask, slack_id(who), reward, price=price, note=note)


def approve(office: Office, request: str, by: str = "ada") -> None:
    office.do(reward_decisions.approve, slack_id(by), request)


def project(office: Office, goal: int = 100, name: str = "A lift for wheelchairs") -> str:
    """Open a project; gives its id."""
    return office.do(fund.edit, "UADA", catalogue.NEW, ProjectDraft(name, "At the door.", str(goal)), seen="").id


def seen(office: Office, reward: str) -> str:
    """How a reward stands, as the form of an admin keeps it who opens it now."""
    return catalogue.state(office.do(service.existing, reward))
