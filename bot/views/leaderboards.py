"""Boards: the first ten, one's own place always, and one person's record for admins."""

from collections.abc import Sequence
from functools import partial

from bot.rules import points
from bot.rules.periods import Period
from bot.rules.points import Board
from bot.services.leaderboards import Place, Record, Standing
from bot.services.past import Past
from bot.views import phrases, rich
from bot.views.blocks import Block, Cell, data_table, paragraph, say, section
from bot.views.tongue import Tongue, mark, speak
from storage.outbox import Message

BOARDS: dict[Board, str] = {
    "points": mark("Points"),
    "praise": mark("Customer praise"),
    "kudos": mark("Kudos received"),
    "given": mark("Kudos given"),
    "suggestions": mark("Ideas"),
}
PERIODS: dict[Period, str] = {
    "week": mark("this week"),
    "month": mark("this month"),
    "quarter": mark("this quarter"),
    "year": mark("this year"),
    "all": mark("since the beginning"),
}


def board(standing: Standing, language: str) -> Message:
    """One board: the viewer's own past and place first, then the first ten."""
    tongue = speak(language)
    what, when = tongue.t(BOARDS[standing.board]), tongue.t(PERIODS[standing.period])
    title = tongue.t("{board}, {period}", board=what, period=when)
    among = [paragraph(tongue.t("Among the people of {team} alone."), team=standing.team)] if standing.team else []
    return say(
        tongue,
        section(_own(tongue, standing, title)),
        *among,
        *_places(tongue, standing, title),
        *_notes(tongue, standing),
        phrases.thanks_not_pay(tongue),
    )


def amount(tongue: Tongue, board: Board, amount: int, *, by_times: bool = False) -> str:
    """What a number on a board is a number of; `by_times` where what is done there is worth no points."""
    if board == "given" or (by_times and board == "kudos"):
        return tongue.n("{count} kudos", "{count} kudos", amount)
    if by_times and board == "praise":
        return tongue.n("{count} praise", "{count} praises", amount)
    return tongue.n("{count} time", "{count} times", amount) if by_times else phrases.points(tongue, amount)


def _own(tongue: Tongue, standing: Standing, title: str) -> str:
    if not standing.is_own:
        return f"*{title}*"
    return phrases.lines(f"*{title}*", own_past(tongue, standing.board, standing.past), _own_place(tongue, standing))


def own_past(tongue: Tongue, board: Board, past: Past | None) -> str:
    """What somebody did before, which is what they are compared with first; nothing for whoever has no past."""
    if past is None or not (past.month or past.before or past.best_on):
        return ""
    much = partial(amount, tongue, board, by_times=past.by_times)
    month = tongue.t(
        "You have {now} this month; last month to the same day it was {before}.",
        now=much(past.month),
        before=much(past.before),
    )
    if past.best_on is None:
        return month
    best = tongue.t(
        "Your best week began on {day}: {amount}.",
        day=tongue.day(past.best_on),
        amount=much(past.best),
    )
    return phrases.lines(month, best)


def _own_place(tongue: Tongue, standing: Standing) -> str:
    own = standing.own
    if own is None or (own.rank == 0 and own.events <= 0):
        return tongue.t("Nothing counts for you here yet.")
    by_times = _by_times(standing.board, [own])
    much = amount(tongue, standing.board, own.events if by_times else own.amount, by_times=by_times)
    if own.rank:
        return tongue.t("You are in place {rank} with {amount}.", rank=tongue.number(own.rank), amount=much)
    return tongue.t("You have {amount} and no place yet.", amount=much)


def _places(tongue: Tongue, standing: Standing, title: str) -> list[Block]:
    if not standing.places:
        return [section(tongue.t("Nobody is on this board yet. The first kind word opens it."))]
    unit = tongue.t("Kudos") if standing.board == "given" else tongue.t("Points")
    head = (tongue.t("Place"), tongue.t("Who"), unit, tongue.t("Times"))
    shown = [column for column in range(len(head)) if column != _idle(standing)]
    rows = [[_row(tongue, standing, place)[column] for column in shown] for place in standing.places]
    return [data_table(title, [head[column] for column in shown], rows, page_size=10, row_header_column_index=1)]


def _idle(standing: Standing) -> int | None:
    """The column that would say nothing: a kudos given is one each time, and deeds may be worth no points."""
    if standing.board == "given":
        return 3
    return 2 if _by_times(standing.board, standing.places) else None


def _by_times(board: Board, places: Sequence[Place]) -> bool:
    """Whether what counts was worth no points, so that how often it was earned is told."""
    return points.least(board) == 0 and not any(place.amount for place in places)


def _row(tongue: Tongue, standing: Standing, place: Place) -> tuple[Cell, ...]:
    name = rich.name(place.person)
    who = tongue.t("{name} (you)", name=name) if place.person.id == standing.viewer.id else name
    return (
        (place.rank, tongue.number(place.rank)),
        who,
        (place.amount, tongue.number(place.amount)),
        (place.events, tongue.number(place.events)),
    )


def enough(tongue: Tongue, least: int) -> str:
    """How many entries a place needs; nothing if one will do."""
    if least <= 1:
        return ""
    return tongue.t(
        "Over so long a time a place needs at least {count} entries, so that one lucky day does not lead.",
        count=tongue.number(least),
    )


def ties(tongue: Tongue, ranks: Sequence[int]) -> str:
    """Why two have one place, if two have."""
    return tongue.t("Equal numbers share a place.") if len(set(ranks)) < len(ranks) else ""


def _notes(tongue: Tongue, standing: Standing) -> list[Block]:
    notes = [
        ties(tongue, [place.rank for place in standing.places]),
        enough(tongue, standing.least_events),
        tongue.t("You are hidden from the boards that others see.") if standing.viewer.hides_rank else "",
    ]
    said = phrases.lines(*notes)
    return [section(said)] if said else []


def record(record: Record, language: str) -> Message:
    """One person's points over every period."""
    tongue = speak(language)
    title = paragraph(tongue.t("The points of {person}"), person=rich.person(record.person))
    head = (tongue.t("Period"), tongue.t("Place"), tongue.t("Points"), tongue.t("Times"))
    rows = [_period(tongue, period, place) for period, place in record.places]
    table = data_table(tongue.t("Points by period"), head, rows, row_header_column_index=0)
    return say(tongue, title, table, phrases.thanks_not_pay(tongue))


def _period(tongue: Tongue, period: Period, place: Place | None) -> tuple[Cell, ...]:
    rank: Cell = (place.rank, tongue.number(place.rank)) if place and place.rank else tongue.t("none")
    amount, events = (place.amount, place.events) if place else (0, 0)
    return tongue.t(PERIODS[period]), rank, (amount, tongue.number(amount)), (events, tongue.number(events))


def hidden(hidden: bool, language: str) -> Message:
    """What became of the wish to be left out of the boards, or to be on them again."""
    tongue = speak(language)
    said = (
        tongue.t("You are hidden from the boards that others see; you still see your own place.")
        + "\n"
        + tongue.t("`/leaderboard show` puts you back.")
        if hidden
        else tongue.t("You are shown on the boards again.") + "\n" + tongue.t("`/leaderboard hide` leaves you out.")
    )
    return say(tongue, section(said))


def usage(language: str) -> Message:
    """How `/leaderboard` is written."""
    tongue = speak(language)
    return say(
        tongue,
        section(tongue.t("I did not understand that. Nothing was changed.")),
        section(tongue.t("`/leaderboard` shows this month's points. Add a time, a board, or both:")),
        section("`/leaderboard [week|month|quarter|year|all] [points|praise|kudos|given|suggestions] [team|mine]`"),
        section(
            phrases.lines(
                tongue.t("`/leaderboard hide` leaves you out."),
                tongue.t("`/leaderboard show` puts you back."),
                tongue.t("`/leaderboard team` compares teams; `/leaderboard mine` shows the people of your own."),
                tongue.t("Admins also write `/leaderboard @name`."),
                tongue.t("Admins also write `/leaderboard export` for a file of the whole board."),
            )
        ),
    )
