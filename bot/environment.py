"""What the environment and `.env` say: read one by one, and all that is wrong gathered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from dotenv import dotenv_values

from bot import parsing

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True)
class Problem:
    """One wrong or missing setting: its name, what is wrong, what to write instead."""

    setting: str
    wrong: str
    instead: str

    def __str__(self) -> str:
        return f"{self.setting} {self.wrong}. Write instead: {self.instead}."


class SettingsError(Exception):
    """All that is wrong with the settings, `problems`; as text one line each, never with a secret."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Reader:
    """Reads settings one by one and gathers what is wrong with them."""

    def __init__(self, environ: Mapping[str, str], env_file: Path) -> None:
        self.problems: list[Problem] = []
        file = self._from_file(env_file)
        self.written = tuple(file)
        valued = {name: value for name, value in file.items() if value is not None}
        self._texts = {name: text.strip() for name, text in {**valued, **environ}.items()}

    def __call__(self, name: str, parse: Callable[[str], T], default: D) -> T | D:
        """The value of setting `name`; `default` if it is empty, missing or (noted as a problem) wrong."""
        text = self._texts.get(name)
        try:
            return parse(text) if text else default
        except parsing.Wrong as error:
            self.problems.append(Problem(name, error.wrong, error.instead))
            return default

    def required(self, name: str, parse: Callable[[str], str], instead: str) -> str:
        """The value of a setting that has no default; "" if it is missing or wrong (`problems` says so)."""
        if not self._texts.get(name):
            self.problems.append(Problem(name, "is missing", instead))
        return self(name, parse, "")

    def given(self, name: str) -> bool:
        """Whether `name` has a text, right or wrong."""
        return bool(self._texts.get(name))

    def emptied(self, name: str) -> bool:
        """Whether `name` is there with nothing after the equals sign."""
        return self._texts.get(name) == ""

    def _from_file(self, env_file: Path) -> dict[str, str | None]:
        try:  # not interpolated: a secret may hold a dollar sign; utf-8-sig: Notepad begins a file with a mark
            return dotenv_values(env_file, interpolate=False, encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            self.problems.append(Problem(str(env_file), "cannot be read", "a UTF-8 text that this user may read"))
            return {}
