"""Time zones by their IANA names, as far as this machine knows them."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones


@cache
def known(name: str | None) -> ZoneInfo | None:
    """The zone of this name; None for no name and for one that this machine does not know."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # unknown, malformed, a folder of zones
        return None


def like(typed: str, most: int) -> tuple[str, ...]:
    """The first names that hold what was typed, those whose city begins so before others; blanks count as `_`."""
    wanted = "_".join(typed.split()).casefold()
    found = [name for name in sorted(_names()) if wanted in name.casefold()]
    return tuple(sorted(found, key=lambda name: not name.rpartition("/")[2].casefold().startswith(wanted))[:most])


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())
