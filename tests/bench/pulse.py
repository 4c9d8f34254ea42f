"""The micro pulse of a large company: asking it, its answers, and the end of a round."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import answering, asking, closing
from tests.bench.engines import Engine
from tests.bench.findings import Finding


def measure(folder: Path, on: Sequence[Engine], *, asked: int, seconds: float, answers: int) -> Iterator[str | Finding]:
    """So many people are asked, answers come for so many seconds, a round of so many answers closes."""
    yield from asking.measure(folder, on, asked)
    yield from answering.measure(folder, on, seconds)
    yield from closing.measure(folder, on, answers)
