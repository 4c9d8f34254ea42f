"""What `/kudos` says, who may be thanked, and how a reaction counts (product.md 2)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.rules.mentions import leading_mentions, unescape
from bot.rules.timestamps import moment

PAIR_LIMIT = 3
"""Kudos from one giver to one person in a calendar week."""
MAX_TURNS = 3
"""How often one person's reaction on one message may give."""
MAX_REASON = 1000

MOST_NAMED = 100
"""People in one form, however large the allowances are."""

Allowance = Literal["daily", "weekly"]
Action = Literal["give", "take_back", "none", "spent"]

_TAG = re.compile(r"(?<!\S)(?:#([^\s#<>|]+)|<#C[A-Z0-9]+\|([^>]*)>)(?!\S)")


@dataclass(frozen=True)
class KudosLine:
    """What a command or form says: Slack ids, the reason as typed, and a value of the company."""

    people: tuple[str, ...]
    reason: str
    value: str | None = None


@dataclass(frozen=True)
class Terms:
    """What the company lets everybody give a day, and leads a week before that, and what each of these is worth."""

    daily: int = 5
    weekly: int = 10
    points: int = 1
    lead_points: int = 5

    def most(self, *, lead: bool) -> int:
        """The most people whom one can thank at once."""
        return self.daily + (self.weekly if lead else 0)


@dataclass(frozen=True)
class Gift:
    """What one receiver gets, and which allowance it costs the giver."""

    receiver: str
    points: int
    allowance: Allowance


@dataclass(frozen=True)
class Refused:
    """A receiver who gets nothing, and why: self, bot, gone, stranger, guest, pair_limit or allowance."""

    receiver: str
    code: str


@dataclass(frozen=True)
class ReactionState:
    """One person's kudos emoji on one message: whether it stands, how often it gave, the newest event heard."""

    on: bool
    turns: int
    event_ts: str


def parse_line(text: str, values: Sequence[str]) -> KudosLine:
    """Read `@ann @bo for staying late #care`: people first, then the reason, with a value of the company if any.

    The last tag that is one of `values` counts and leaves the reason; a tag that is also a channel arrives as a link.
    """
    people, rest = leading_mentions(text)
    known = {value.casefold(): value for value in values}
    value = None
    for tag in reversed(list(_TAG.finditer(rest))):
        value = known.get((tag[1] or tag[2] or "").casefold())
        if value:
            rest = f"{rest[: tag.start()].rstrip()} {rest[tag.end() :].lstrip()}"
            break
    return KudosLine(people, unescape(rest).strip(), value)


def entitle(
    receivers: Sequence[str],
    *,
    giver: str,
    lead: bool,
    terms: Terms,
    daily_used: int,
    weekly_used: int,
    pair_counts: Mapping[str, int],
    ineligible: Mapping[str, str],
) -> tuple[tuple[Gift, ...], tuple[Refused, ...]]:
    """Who of the receivers gets what; each costs one of the allowance, a lead's weekly one first.

    `pair_counts` says how often the giver thanked each receiver this week, `ineligible` why one takes no part.
    """
    daily, weekly = terms.daily - daily_used, (terms.weekly - weekly_used if lead else 0)
    gifts: list[Gift] = []
    refused: list[Refused] = []
    for receiver in dict.fromkeys(receivers):
        code = _obstacle(receiver, giver, pair_counts, ineligible)
        if code or (weekly <= 0 and daily <= 0):
            refused.append(Refused(receiver, code or "allowance"))
        elif weekly > 0:
            weekly -= 1
            gifts.append(Gift(receiver, terms.lead_points, "weekly"))
        else:
            daily -= 1
            gifts.append(Gift(receiver, terms.points, "daily"))
    return tuple(gifts), tuple(refused)


def _obstacle(receiver: str, giver: str, pair_counts: Mapping[str, int], ineligible: Mapping[str, str]) -> str:
    if receiver == giver:
        return "self"
    if receiver in ineligible:
        return ineligible[receiver]
    return "pair_limit" if pair_counts.get(receiver, 0) >= PAIR_LIMIT else ""


def next_reaction(state: ReactionState | None, *, added: bool, event_ts: str) -> tuple[ReactionState, Action]:
    """The state after an event and what it calls for.

    The newest event decides; an older or equal one changes nothing. After three turns the message takes no more.
    """
    before = state or ReactionState(False, 0, "")
    if state is not None and moment(event_ts) <= moment(before.event_ts):
        return before, "none"
    if added and not before.on:
        if before.turns >= MAX_TURNS:
            return ReactionState(False, before.turns, event_ts), "spent"
        return ReactionState(True, before.turns + 1, event_ts), "give"
    return ReactionState(added, before.turns, event_ts), "take_back" if before.on and not added else "none"
