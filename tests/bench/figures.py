"""Numbers of a measurement, and how they are written."""

from collections.abc import Iterable, Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    return sorted(values)[round(share * (len(values) - 1))]


def ms(seconds: float) -> str:
    """Milliseconds in three figures."""
    milliseconds = seconds * 1000
    return f"{milliseconds:.0f}" if milliseconds >= 100 else f"{milliseconds:.3g}"


def halves(latencies: Sequence[float]) -> list[str]:
    """p50 and p99 in milliseconds; nothing of none."""
    return [] if not latencies else [ms(percentile(latencies, 0.5)), ms(percentile(latencies, 0.99))]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, numbers to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
