"""What Slack's refusal of a message means, by its error code: who can mend it, or that nobody can.

Codes and meanings: Slack's reference of chat.postMessage, chat.update and conversations.history.
"""

from collections.abc import Sequence
from datetime import timedelta
from enum import Enum

DISTANCES = (10.0, 20.0, 60.0, 300.0, 900.0, 1800.0)
"""Seconds until a failed send is tried again: the first within Slack's own half minute, then farther apart."""
LONGEST_S = 3600.0
"""The distance at which what only an admin can mend is tried, in the end."""
PATIENCE = timedelta(days=7)
PATIENT_TRIES = 10
"""What nobody has mended after this time and so many tries is given up."""

_ACCOUNT = frozenset({
    "not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired", "missing_scope",
    "not_allowed_token_type", "org_login_required", "ekm_access_denied", "team_added_to_org", "no_permission",
    "message_limit_exceeded", "access_denied", "two_factor_setup_required",
})  # fmt: skip
_PLACE = frozenset({
    "not_in_channel", "is_archived", "restricted_action", "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel", "messages_tab_disabled",
})  # fmt: skip
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive", "thread_not_found"})
_NOBODY = frozenset({
    "user_not_found", "user_disabled", "user_not_visible", "users_not_found", "cannot_dm_bot", "user_is_bot",
})  # fmt: skip


class Verdict(Enum):
    """What becomes of a refused message."""

    MENDABLE = "an admin can mend it"
    GONE = "the post is gone"
    DEAD = "given up"


def judge(code: str, *, channel: str, updates: bool) -> Verdict:
    """The verdict on Slack's error `code` for a message to `channel`, a new one or an update."""
    if updates and code in _GONE:
        return Verdict.GONE
    if code in _ACCOUNT or code in _PLACE:
        return Verdict.MENDABLE
    if code == "channel_not_found" and channel[:1] in ("C", "G"):
        return Verdict.MENDABLE  # a private channel to which the bot is not yet invited looks like this
    return Verdict.DEAD


def judge_look_up(code: str) -> Verdict:
    """The verdict when Slack refuses to show whether a message has arrived: waiting is right, a second copy is not."""
    return Verdict.DEAD if code in _NOBODY or code in _GONE else Verdict.MENDABLE


def concerns_all(code: str) -> bool:
    """Whether `code` is about the token, so that no other message would fare better."""
    return code in _ACCOUNT


def distance(distances: Sequence[float], attempts: int) -> float:
    """Seconds until the next try, `attempts` having failed before."""
    return distances[min(attempts, len(distances) - 1)]
