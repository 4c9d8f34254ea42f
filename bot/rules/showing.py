"""What is shown of the answers of a group: figures coarse enough that a group which agrees gives nobody away.

What is shown is what is stored; the answers themselves are destroyed when a round closes. A mean is told to a tenth and
never nearer to either end than `END`, a share of a group below `FINE` never beyond a fifth from either end, a spread in
a word. How many chose which answer is told only where every group that could be computed holds `FINE`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FINE = 20
Spread = Literal["close", "mixed", "apart"]
End = Literal["", "top", "bottom"]


@dataclass(frozen=True)
class Figures:
    """What is told of one group in one round. Of an end: the real figure may lie beyond the one that is told.

    `mean`, `low`, `high` and `error` are in the question's own units (1 to 5, 0 to 10; of eNPS points from -100 to
    100), of yes or no `favourable` alone is told, in per cent; of a choice `shares` in tens of per cent.
    """

    cut: str
    asked: int
    answered: int
    mean: float | None = None
    mean_end: End = ""
    low: float | None = None
    high: float | None = None
    error: float | None = None
    spread: Spread | None = None
    favourable: int | None = None
    favourable_end: End = ""
    counts: Mapping[str, int] | None = None
    shares: Mapping[str, int] | None = None
