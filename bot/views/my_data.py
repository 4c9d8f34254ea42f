"""What is held of a person, as files: JSON for programs, CSV for people with a spreadsheet."""

import json
from datetime import date, datetime

from bot.rules.sheets import csv_file
from bot.services.my_data import MyData
from bot.views import phrases
from bot.views.blocks import say, section
from bot.views.tongue import Tongue, speak
from storage.outbox import Message

NAME = "golden-ear-my-data"
COLUMNS = ("table", "row", "field", "value")


def as_json(data: MyData, language: str) -> bytes:
    """All of it, table by table, and what cannot be in it."""
    whole = {
        "made_at": data.made_at.isoformat(),
        "notes": notes(speak(language)),
        "tables": data.held.tables,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain).encode("utf-8", "replace")


def as_csv(data: MyData) -> bytes:
    """The same, one field a line."""
    lines = [
        (table, number, field, "" if value is None else str(_plain(value)))
        for table, rows in data.held.tables.items()
        for number, row in enumerate(rows, 1)
        for field, value in row.items()
    ]
    return csv_file(COLUMNS, lines)


def notes(tongue: Tongue) -> list[str]:
    """What cannot be joined to anybody, said plainly."""
    return [
        tongue.t("Answers and comments of the pulse are kept without a name, so nobody can say which are yours."),
        tongue.t("The same holds for ideas that you sent without your name, unless you claimed them."),
        tongue.t("Who was asked in a round is kept for a month; whether they answered is never kept with a name."),
        tongue.t("What I wrote to you stands in our direct messages; after it is sent I keep only that it was."),
    ]


def comment(language: str) -> str:
    """What stands beside the first of the files, in plain words."""
    tongue = speak(language)
    return phrases.lines(tongue.t("This is everything I hold about you, twice: as JSON and as CSV."), *notes(tongue))


def on_its_way(language: str) -> Message:
    """The answer to whoever asked."""
    tongue = speak(language)
    return say(tongue, section(tongue.t("I collect what I hold about you, and bring it to our direct messages.")))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
