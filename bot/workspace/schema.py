"""A small language for strict JSON shapes: unknown keys, missing keys, lengths and choices are all problems."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.workspace.shapes import Json


@dataclass
class Report:
    """The problems found so far, each as blocks.validate words it."""

    problems: list[Json] = field(default_factory=list)

    def add(self, pointer: str, code: str, message: str, **more: object) -> None:
        self.problems.append({"code": code, "message": message, **more, "pointer": pointer})

    def lines(self, prefix: str = "") -> list[str]:
        """Give the problems in the form of response_metadata.messages."""
        return [f"[ERROR] {one['message']} [json-pointer:{prefix}{one['pointer']}]" for one in self.problems]


Check = Callable[[object, str, Report], None]


def string(most: int, least: int = 1) -> Check:
    """A string of `least` to `most` code points."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add(at, "invalid_type", "must be a string")
        elif len(value) > most:
            report.add(at, "failed_constraint", f"must be less than {most + 1} characters", constraint=most)
        elif len(value) < least:
            report.add(at, "failed_constraint", f"must be more than {least - 1} characters", constraint=least)

    return check


def integer(least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: object, at: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report.add(at, "invalid_type", "must be an integer")
        elif not least <= value <= most:
            report.add(at, "failed_constraint", f"must be from {least} to {most}", constraint=most)

    return check


def number(value: object, at: str, report: Report) -> None:
    """Any finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) == float("inf"):
        report.add(at, "invalid_type", "must be a finite number")


def boolean(value: object, at: str, report: Report) -> None:
    """True or false, nothing that only looks like it."""
    if not isinstance(value, bool):
        report.add(at, "invalid_type", "must be a boolean")


def one_of(*words: object) -> Check:
    """One of the given values."""

    def check(value: object, at: str, report: Report) -> None:
        if value not in words:
            report.add(at, "failed_constraint", f"must be one of {', '.join(map(str, words))}")

    return check


def array(item: Check, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` items, each of which passes `item`."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add(at, "invalid_type", "must be an array")
            return
        if len(value) > most:
            report.add(at, "failed_constraint", f"no more than {most} items allowed", constraint=most)
        if len(value) < least:
            report.add(at, "failed_constraint", f"no fewer than {least} items allowed", constraint=least)
        for index, one in enumerate(value):
            item(one, f"{at}/{index}", report)

    return check


def shape(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    """An object with exactly these keys."""
    known = {**required, **(optional or {})}

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(at, "invalid_type", "must be an object")
            return
        for key in required:
            if value.get(key) is None:
                report.add(at, "missing_field", f"missing required field: {key}", field=key)
        for key, inner in value.items():
            if key not in known:
                report.add(at, "unknown_field", f"invalid additional property: {key}", field=key)
            elif inner is not None:
                known[key](inner, f"{at}/{key}", report)

    return check


def typed(kinds: dict[str, Check], word: str = "type") -> Check:
    """An object whose `type` chooses the shape that it must have."""

    def check(value: object, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(at, "invalid_type", "must be an object")
        elif word not in value:
            report.add(at, "missing_field", f"missing required field: {word}", field=word)
        elif not isinstance(value[word], str) or value[word] not in kinds:
            report.add(at, "failed_constraint", f"unsupported type: {value[word]}")
        else:
            kinds[value[word]](value, at, report)

    return check


def every(*checks: Check) -> Check:
    """All of these."""

    def check(value: object, at: str, report: Report) -> None:
        for one in checks:
            one(value, at, report)

    return check


def rule(holds: Callable[[Json], bool], message: str) -> Check:
    """A condition across the keys of one object; asked only of objects."""

    def check(value: object, at: str, report: Report) -> None:
        if isinstance(value, dict) and not _safely(holds, value):
            report.add(at, "failed_constraint", message)

    return check


def _safely(holds: Callable[[Json], bool], value: Json) -> bool:
    """A rule over a value that is already of the wrong type has nothing to add."""
    try:
        return holds(value)
    except (TypeError, KeyError, AttributeError, ValueError, IndexError):
        return True
