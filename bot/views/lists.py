"""Lists that are too long for a message: files that admins and operators open in a spreadsheet."""

from dataclasses import dataclass

from bot.rules.sheets import Cell, csv_file
from bot.services.leaderboards import List
from bot.views.blocks import say, section
from bot.views.leaderboards import BOARDS, PERIODS
from bot.views.tongue import Tongue, speak
from storage.leaderboards import Holding
from storage.outbox import Message


@dataclass(frozen=True)
class File:
    """A file, the words with which it is sent, and the ids of those whom it names."""

    name: str
    content: bytes
    comment: str
    about: frozenset[str]


def leaderboard(listed: List, language: str) -> File:
    """All of a board: the places as they are if nobody hides, most first."""
    tongue = speak(language)
    unit = tongue.t("Kudos") if listed.board == "given" else tongue.t("Points")
    head = [tongue.t("Place"), tongue.t("Name"), tongue.t("Team"), unit, tongue.t("Times"), tongue.t("Shown on boards")]
    what, when = tongue.t(BOARDS[listed.board]), tongue.t(PERIODS[listed.period])
    title = tongue.t("{board}, {period}", board=what, period=when)
    return File(
        name=f"leaderboard-{listed.board}-{listed.period}-{listed.starts_on}.csv",
        content=csv_file(head, _rows(tongue, listed.holdings)),
        comment=tongue.t(
            "The file that you asked for: {what}. It names people; keep it as you keep such files.", what=title
        ),
        about=frozenset(one.id for one in listed.holdings),
    )


def _rows(tongue: Tongue, holdings: tuple[Holding, ...]) -> list[tuple[Cell, ...]]:
    yes, no = tongue.t("yes"), tongue.t("no")
    rows: list[tuple[Cell, ...]] = []
    rank, before = 0, None
    for place, one in enumerate(holdings, start=1):
        rank, before = (rank if one.amount == before else place), one.amount
        rows.append((rank, one.name, one.team, one.amount, one.events, no if one.hidden else yes))
    return rows


def coming(language: str) -> Message:
    """That a file is on its way."""
    tongue = speak(language)
    return say(tongue, section(tongue.t("I send you the file in a direct message.")))
