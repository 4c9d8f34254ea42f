"""Boards of teams, one's own past, the file of a board, and how thanks go round."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.rules.periods import Period
from bot.rules.points import Account
from bot.rules.teams import Ranked
from bot.services.economy import Forgotten, Health, Overview
from bot.services.kudos import Left
from bot.services.leaderboards import Place, Standing
from bot.services.past import Past
from bot.services.points import Statement
from bot.services.teams import TeamStanding
from bot.views import economy, leaderboards, lists, points, teams
from tests.views.outcomes import DAY, Case

_LEAST: tuple[tuple[Period, int], ...] = (("week", 1), ("all", 3))


def drawn(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    yield from _boards(case, language)
    yield from _economy(case, language)
    yield "file coming", lists.coming(language)


def _boards(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    people, name = case.people(language), "櫃檯" if case.name == "ordinary" else case.free[:200] or "櫃檯"
    places = tuple(Place(max(1, place), person, case.number, 3) for place, person in enumerate(people[:10]))
    past = Past(DAY if case.number else None, case.number, case.number, 0)
    ranked = tuple(
        Ranked(rank, f"{name}{rank}", heads, case.number, 3) for rank, heads in ((1, 5), (1, 1000), (0, 4), (0, 9))
    )
    for board in ("points", "given"):
        for period, least in _LEAST:
            standing = Standing(board, period, DAY, places, places[0], people[0], least, past, name)
            yield f"board {board} {period} of a team", leaderboards.board(standing, language)
            for own in (*ranked, None):
                shown = TeamStanding(board, period, DAY, ranked[:2] if own else (), own, people[0], least)
                yield f"teams {board} {period}", teams.board(shown, language)
    left, account = Left(1, 0), Account(case.number)
    yield "statement, past", points.statement(Statement(people[0], account, case.number, (), left, past), language)


def _economy(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    everybody = case.people(language)
    lead = replace(everybody[0], appointed="lead", team="Reception")
    health = Health(max(5, case.number), case.number, 40, 20, 70)
    missed = [Forgotten(one, words=case.free, said_on=DAY) for one in everybody[:20]]
    missed += [Forgotten(lead, idea=case.free[:120]), Forgotten(lead)]
    for figures in (health, replace(health, tenth=None), None):
        yield "economy", economy.overview(Overview(everybody[0], figures), language)
        yield "economy, lead", economy.overview(Overview(lead, figures, tuple(missed), case.number), language)
    yield "economy, all thanked", economy.overview(Overview(lead, health), language)
    yield "economy, no team", economy.overview(Overview(replace(lead, team=""), health), language)
