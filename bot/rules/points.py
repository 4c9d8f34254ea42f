"""What a deed is worth, and how an account takes it (product.md, Points)."""

from dataclasses import dataclass
from typing import Literal

from bot.rules.refusal import Refusal

Deed = Literal["praise", "help", "kudos", "idea", "solved", "correction", "redeem", "fund", "settle"]
Board = Literal["points", "praise", "kudos", "given", "suggestions"]
"""`points` counts all that was earned; `suggestions` ideas and solved problems, the others one deed each; `given`
counts the kudos a person gave."""


SPENT: frozenset[Deed] = frozenset({"redeem", "fund", "settle"})
"""What is no earning: a reward, what a project of the innovation fund got, what was settled with a leaver."""


@dataclass(frozen=True)
class Account:
    """A person's balance: `spendable` is free, `held` waits for a reward, `debt` is settled by later earnings.

    Always `spendable + held - debt == sum of the person's ledger entries`, and none of the three is negative.
    """

    spendable: int = 0
    held: int = 0
    debt: int = 0

    @property
    def balance(self) -> int:
        return self.spendable + self.held - self.debt


def enter(account: Account, amount: int) -> Account:
    """The account after a ledger entry of `amount` points.

    Earnings settle the debt first; a reversal takes what is free and books the rest as debt, so it always succeeds.
    """
    if amount >= 0:
        settled = min(account.debt, amount)
        return Account(account.spendable + amount - settled, account.held, account.debt - settled)
    taken = min(account.spendable, -amount)
    return Account(account.spendable - taken, account.held, account.debt - amount - taken)


def hold(account: Account, amount: int) -> Account:
    """The account after `amount` of what is free was put by for a reward. Raises Refusal if less is free."""
    if amount > account.spendable:
        raise Refusal("points_short", have=account.spendable, need=amount)
    return Account(account.spendable - amount, account.held + amount, account.debt)


def release(account: Account, amount: int) -> Account:
    """The account after so much of what was put by is free again; a debt takes its part first."""
    free = enter(Account(account.spendable, 0, account.debt), amount)
    return Account(free.spendable, account.held - amount, free.debt)


def take(account: Account, amount: int) -> Account:
    """The account after so much of what was put by was spent, which an entry of the ledger says too."""
    return Account(account.spendable, account.held - amount, account.debt)


def boards_of(deed: Deed) -> tuple[Board, ...]:
    """The boards on which an earning by `deed` counts for the earner; what is spent counts on none."""
    match deed:
        case "praise":
            return ("points", "praise")
        case "kudos":
            return ("points", "kudos")
        case "idea" | "solved":
            return ("points", "suggestions")
        case "help" | "correction":
            return ("points",)
        case "redeem" | "fund" | "settle":
            return ()


def least(board: Board) -> int:
    """What somebody must have to stand on a board: of points one. The others count deeds, and one may be worth none."""
    return 1 if board == "points" else 0


def weight(amount: int, times: int) -> tuple[int, int]:
    """By what places are given: by what somebody has, and if that is nothing by how often they earned it."""
    return amount, 0 if amount else times
