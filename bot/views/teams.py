"""The board of teams: one's own team first, then the first ten, by what each has a head."""

from bot.rules.teams import LEAST_PEOPLE, Ranked
from bot.services.teams import TeamStanding
from bot.views import phrases
from bot.views.blocks import Block, Cell, context, data_table, paragraph, say, section
from bot.views.leaderboards import BOARDS, PERIODS, enough, ties
from bot.views.strings import cut, one_line
from bot.views.tongue import Tongue, speak
from storage.outbox import Message

TEAM = 40
"""Characters of a team's name in a table."""


def board(standing: TeamStanding, language: str) -> Message:
    """The board of teams."""
    tongue = speak(language)
    what, when = tongue.t(BOARDS[standing.board]), tongue.t(PERIODS[standing.period])
    title = tongue.t("Teams: {board}, {period}", board=what, period=when)
    return say(
        tongue,
        section(f"*{title}*"),
        _own(tongue, standing),
        *_places(tongue, standing, title),
        context(_how(tongue, standing)),
        phrases.thanks_not_pay(tongue),
    )


def _own(tongue: Tongue, standing: TeamStanding) -> Block:
    own = standing.own
    if own is None:
        return section(
            tongue.t("You are in no team that is on this board. An admin can put you on the list of people.")
        )
    if own.too_small:
        few = tongue.t(
            "Your team {team} has fewer than {least} people whom boards show, so it is on none: its figure would be a "
            "person's."
        )
        return paragraph(few, team=own.team, least=tongue.number(LEAST_PEOPLE))
    if not own.rank:
        return paragraph(tongue.t("Your team {team} has no place yet."), team=own.team)
    by_times = _by_times(standing)
    much = tongue.decimal(own.times_per_head if by_times else own.per_head)
    said = (
        tongue.t("Your team {team} is in place {rank}, with {amount} times a head.")
        if by_times
        else tongue.t("Your team {team} is in place {rank}, with {amount} a head.")
    )
    return paragraph(said, team=own.team, rank=tongue.number(own.rank), amount=much)


def _by_times(standing: TeamStanding) -> bool:
    """Whether what counts is worth no points to anybody, so that how often it was earned is told."""
    return bool(standing.places) and not any(place.amount for place in standing.places)


def _places(tongue: Tongue, standing: TeamStanding, title: str) -> list[Block]:
    if not standing.places:
        return [section(tongue.t("No team is on this board yet."))]
    a_head = tongue.t("Times a head") if _by_times(standing) else tongue.t("A head")
    head = (tongue.t("Place"), tongue.t("Team"), a_head, tongue.t("People"))
    rows = [_row(tongue, standing, place) for place in standing.places]
    return [data_table(title, head, rows, page_size=10, row_header_column_index=1)]


def _row(tongue: Tongue, standing: TeamStanding, place: Ranked) -> tuple[Cell, ...]:
    name = cut(one_line(place.team), TEAM)
    mine = standing.own is not None and place.team == standing.own.team
    much = place.times_per_head if _by_times(standing) else place.per_head
    return (
        (place.rank, tongue.number(place.rank)),
        tongue.t("{name} (yours)", name=name) if mine else name,
        (round(much, 1), tongue.decimal(much)),
        (place.heads, tongue.number(place.heads)),
    )


def _how(tongue: Tongue, standing: TeamStanding) -> str:
    return phrases.lines(
        tongue.t(
            "What all have who are in a team today, divided by how many they are. Teams of fewer than {least} people "
            "are left out, and so is whoever is hidden from boards.",
            least=tongue.number(LEAST_PEOPLE),
        ),
        ties(tongue, [place.rank for place in standing.places]),
        enough(tongue, standing.least_events),
    )
