"""Slack's timestamps."""


def moment(ts: str) -> tuple[int, int]:
    """Slack's "seconds.micros" as whole numbers that compare rightly: a float would lose the last digits."""
    seconds, _, micros = ts.partition(".")
    return int(seconds or 0), int(micros.ljust(6, "0")[:6])
