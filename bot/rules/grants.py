"""What `/golden-ear grant` says: to whom, how many points, and why (product.md, Points)."""

from dataclasses import dataclass

from bot.rules.mentions import leading_mentions, unescape
from bot.rules.refusal import Refusal
from bot.rules.rewards import whole


@dataclass(frozen=True)
class GrantLine:
    """A Slack id, the points with their sign, and the reason as typed."""

    person: str
    amount: int
    reason: str


def parse(text: str) -> GrantLine:
    """Read `@ann 100 for the night of the flood` as Slack sends it.

    Raises Refusal unless it names one person, a whole number and a reason, in this order.
    """
    people, rest = leading_mentions(text)
    number, *reason = rest.split(maxsplit=1) or [""]
    amount = whole(number)
    if len(people) != 1 or amount is None or not reason:
        raise Refusal("grant_unclear")
    return GrantLine(people[0], amount, unescape(reason[0]).strip())
