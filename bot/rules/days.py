"""A date as people write it."""

import re
from datetime import date


def read(text: str) -> date | None:
    """`YYYY-MM-DD`, and no other of ISO's ways; None if it is none."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:  # there is no such day
        return None
