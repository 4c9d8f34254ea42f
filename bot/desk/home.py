"""What stands in Home: the sections, top to bottom. A new one is one line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from bot import views
from bot.desk import Desk
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import (
    condition,
    confirmations,
    economy,
    overview,
    people,
    points,
    praise_pages,
    rewards,
    settings,
    suggestion_pages,
)
from bot.views.blocks import Block
from bot.views.tongue import Tongue, speak
from storage.people import Member

SEEN_CLOSED = frozenset({"actor_guest", "actor_stranger"})
"""Who takes no part and is told so in Home; others who take none have no Home."""


@dataclass(frozen=True)
class Section:
    """A part of Home: `look(session, company, member, now=…)` finds what `draw(tongue, found)` shows, nothing if there
    is nothing to show."""

    look: Callable[..., Any]
    draw: Callable[[Tongue, Any], list[Block]]


def sections(desk: Desk) -> tuple[Section, ...]:
    """The sections of Home."""
    return (
        Section(confirmations.at_home, views.confirmations.home_section),
        Section(suggestion_pages.to_answer, views.suggestion_home.to_answer),
        Section(partial(overview.at_home, rate=desk.delivery.rate), views.pulse_home.home_section),
        Section(points.at_home, views.points.home_section),
        Section(praise_pages.at_home, views.praise_pages.home_section),
        Section(suggestion_pages.at_home, views.suggestion_home.home_section),
        Section(rewards.at_home, views.rewards.home_section),
        Section(economy.at_home, views.economy.home_section),
        Section(partial(_settings, desk), views.settings.home_section),
        Section(partial(condition.at_home, unseen=tuple(desk.unseen)), views.condition.home_section),
    )


def _settings(desk: Desk, session: Session, _: Company, member: Member, *, now: datetime) -> settings.AtHome | None:
    """What Home shows of settings, which begin with those of the environment."""
    return settings.at_home(session, desk.defaults, member, now=now)


async def drawn(desk: Desk, slack_id: str) -> Mapping[str, Any] | None:
    """Home of this person as it is now, in their language; None for leavers, bots and whom nobody knows."""
    return await desk.database.read(lambda session: draw(session, desk, slack_id))


def draw(session: Session, desk: Desk, slack_id: str) -> Mapping[str, Any] | None:
    """The same, of what a session sees."""
    try:
        member = people.actor(session, desk.company, slack_id)
    except Refusal as refusal:
        if refusal.code not in SEEN_CLOSED:
            return None
        return views.home.closed(refusal, people.language(session, desk.company, slack_id))
    tongue, now = speak(member.language), desk.clock.now()
    found = [one.draw(tongue, one.look(session, desk.company, member, now=now)) for one in sections(desk)]
    return views.home.home(member, found)
