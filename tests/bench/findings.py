"""What was found against what was aimed at: the last table of a run."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.bench import figures


@dataclass(frozen=True)
class Finding:
    """One figure. `met` says whether the aim was; None where there is none."""

    figure: str
    aim: str
    measured: str
    met: bool | None = None


def told(findings: Iterable[Finding]) -> str:
    """The table."""
    verdict = {True: "yes", False: "**no**", None: ""}
    rows = [[each.figure, each.aim, each.measured, verdict[each.met]] for each in findings]
    return figures.table(("figure", "aim", "measured", "met"), rows)
