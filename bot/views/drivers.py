"""What the questions of the micro pulse are about."""

from collections.abc import Mapping

from bot.views.tongue import Tongue, mark

DRIVERS: Mapping[str, str] = {
    "recognition": mark("Recognition"),
    "autonomy": mark("Autonomy"),
    "tools": mark("Tools"),
    "workload": mark("Workload"),
    "clarity": mark("Clarity"),
    "growth": mark("Growth"),
    "belonging": mark("Belonging"),
    "safety": mark("Psychological safety"),
    "customers": mark("Customer focus"),
    "cooperation": mark("Cooperation across teams"),
    "leadership": mark("Leadership"),
    "wellbeing": mark("Wellbeing"),
    "enps": mark("eNPS"),
}


def driver(tongue: Tongue, name: str) -> str:
    """The name of a driver."""
    return tongue.t(DRIVERS[name]) if name in DRIVERS else name
