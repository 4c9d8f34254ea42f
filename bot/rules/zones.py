"""Time zones by their IANA names, as far as this machine knows them."""

from functools import cache
from zoneinfo import ZoneInfo


@cache
def known(name: str | None) -> ZoneInfo | None:
    """The zone of this name; None for no name and for one that this machine does not know."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # unknown, malformed, a folder of zones
        return None
