"""What a crash run found, readable in a terminal."""

from collections import Counter
from dataclasses import dataclass

from tests.faults.truth import KINDS, Deed, Truth

SHOWN = 8
"""Faults of each kind."""


@dataclass(frozen=True)
class Report:
    """The figures of a run; each of `faults` begins with "lost", "doubled" or "wrong"."""

    seed: int
    what: str
    kills: Counter[str]
    truth: Truth
    mornings: int
    faults: list[str]
    killing_s: float
    settling_s: float

    def text(self) -> str:
        """The report."""
        lines = [f"{'kills':34}{self.kills['kills']}"]
        lines += [f"  {name:32}{count}" for name, count in sorted(self.kills.items()) if name != "kills"]
        for kind in KINDS:
            deeds = [deed for deed in self.truth.deeds if deed.kind == kind]
            lines.append(_figures(kind, deeds))
            for way in sorted({deed.way for deed in deeds} - {""}):
                lines.append(_figures(f"  {way}", [deed for deed in deeds if deed.way == way]))
        lines.append(f"{'kudos emoji on messages':46}{len(self.truth.stars)}")
        lines += [f"{name:46}{count}" for name, count in sorted(self.truth.counts.items())]
        lines.append(f"{'rituals due':34}{self.mornings}")
        kinds = Counter(fault.partition(":")[0] for fault in self.faults)
        lines += [f"{kind:34}{kinds[kind]}" for kind in ("lost", "doubled", "wrong")]
        lines.append(f"{'seconds':34}{self.killing_s:.0f} of kills, {self.settling_s:.0f} until all had arrived")
        for kind, count in kinds.items():
            lines += [f"  {fault}" for fault in self.faults if fault.startswith(kind)][:SHOWN]
            lines += [f"  … {count - SHOWN} more"] if count > SHOWN else []
        lines.append(f"{'seed':34}{self.seed}")
        verdict = "RED" if self.faults else "nothing acknowledged was lost, nothing happened twice"
        return "\n".join([*lines, f"{self.what}: {verdict}"])


def _figures(name: str, deeds: list[Deed]) -> str:
    """How often something was asked for and acknowledged."""
    told, tries = sum(deed.told for deed in deeds), sum(deed.tries for deed in deeds)
    return f"{name:34}{len(deeds)} asked for, in {tries} tries; {told} acknowledged"
