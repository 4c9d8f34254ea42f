"""Who may use a listener: declared on it, checked by a test, and enforced by the service in the transaction."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

Listener = TypeVar("Listener", bound=Callable[..., Any])
Policy = Literal["anybody", "employees", "leads", "admins"]

DECLARED: dict[Callable[..., Any], Policy] = {}


def _declare(policy: Policy) -> Callable[[Listener], Listener]:
    def mark(listener: Listener) -> Listener:
        DECLARED[listener] = policy
        return listener

    return mark


anybody = _declare("anybody")
"""Slack itself speaks here, or what is answered is harmless to all."""
employees = _declare("employees")
"""Full members who are not bots; leads and admins too."""
leads = _declare("leads")
"""Leads and admins."""
admins = _declare("admins")
"""Admins alone."""
