"""Every view of ideas drawn from a case."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.rules.letters import MOST_WORDS, code
from bot.rules.suggestions import MAX_SOUGHT, MAX_TEXT, MAX_TITLE, STATES, WALLS, WAYS
from bot.services.credits import Credited, Solved
from bot.services.letters import Heard
from bot.services.receipts import Claimed, Thread
from bot.services.suggestion_pages import SCOPES, SHOWN, Listed, Page
from bot.services.suggestions import MovedOn
from bot.views import letters, remarks, suggestions
from storage.people import Member
from storage.receipts import Remark
from storage.suggestions import Filter, Moved, Suggestion
from tests.views.outcomes import DAY, LOCALES, NOW, Case, member


def idea(case: Case, author: Member | None, **more: Any) -> Suggestion:
    told: dict[str, Any] = {
        "id": "e" * 32,
        "title": case.free[:MAX_TITLE] or "A shelf for umbrellas",
        "what": case.free[:MAX_TEXT] or "One at the door.",
        "why": case.free[:MAX_TEXT],
        "gains": "both",
        "wall": "front" if case.number else "",
        "state": "new",
        "team": case.free[:60],
        "named": author is not None,
        "author": author,
        "praise_id": "f" * 32 if case.number else None,
        "arrived": True,
        "sent_on": DAY,
        "moved_on": DAY,
        "backers": case.number,
    }
    return Suggestion(**{**told, **more})


def drawn(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    """Every view with its name."""
    people = case.people(language)
    ideas = [idea(case, people[0]), idea(case, None), idea(case, replace(people[0], keeps_private=True))]
    lead = member(78, case.free[:100], locale=LOCALES[language], appointed="lead")
    yield "idea form", suggestions.form(language, nonce="n" * 32)
    similar = [replace(ideas[0], id=f"{number:032x}") for number in range(5)]
    backed, own = [similar[1].id], [similar[0].id]
    begun = suggestions.form(
        language, nonce="n" * 32, title=case.free, similar=similar, backed=backed, own=own, names_team=True
    )
    yield "idea form with similar ones", begun
    for one in ideas:
        yield "idea request", suggestions.request(one, lead)
        yield "idea reminder", suggestions.reminder(one, lead)
        yield "idea echo", suggestions.echo(one, language)
        yield "idea credit", suggestions.credit(one, language)
        for asked in (0, 3):
            yield "idea sent", suggestions.sent(one, asked, language)
        for stands in (True, False):
            yield "idea backed", suggestions.backed(one, language, stands=stands)
        yield from _moves(case, language, one, lead)
    yield from _pages(case, language, ideas, lead)
    yield from _lists(case, ideas, lead, people[0])
    yield from _came(case, language, ideas[0], lead)
    yield from _unnamed(case, language, lead)


def _moves(case: Case, language: str, one: Suggestion, lead: Member) -> Iterator[tuple[str, Any]]:
    author = one.author or member(9, locale=LOCALES[language])
    for was, ways in WAYS.items():
        for becomes in ways:
            step = Moved(was, becomes, lead, case.free[:1000] if becomes == "declined" else "", DAY)
            change = MovedOn(
                replace(one, state=becomes), step, 1, case.people(language), case.number * (becomes == "accepted"), NOW
            )
            yield f"idea news {becomes}", suggestions.news(change, replace(author, locale=LOCALES[language]))
            yield f"idea news for a backer {becomes}", suggestions.news(change, lead)
            yield f"idea settled {becomes}", suggestions.settled(change, lead)
            yield f"idea moved {becomes}", suggestions.moved(change, language)


def _pages(case: Case, language: str, ideas: list[Suggestion], lead: Member) -> Iterator[tuple[str, Any]]:
    people = case.people(language)
    steps = tuple(Moved("new", "review", lead if n else None, case.free[:1000], DAY) for n in range(case.crowd * 3))
    praises = (case.praise(language),) * case.crowd
    for one in ideas:
        for state in STATES:
            here = replace(one, state=state)
            for viewer in (lead, people[0]):
                page = Page(here, viewer, viewer is lead, steps, people, praises)
                yield f"idea page {state}", suggestions.page(page)
            for way in WAYS[state]:
                yield f"idea move form {way}", suggestions.move_form(page, way, 20, language, nonce="n" * 32)
    alone = Page(ideas[0], lead, False, (), (), ())
    yield "idea page alone", suggestions.page(alone)
    yield "solved form", suggestions.solved_form(alone, 100, language, nonce="n" * 32)
    for some in ((), praises):
        yield "credit form", suggestions.credit_form(alone, some, language, nonce="n" * 32)
    for choices in ([], ideas):
        yield "praise form", suggestions.praise_form(praises[0], choices, language, nonce="n" * 32)


def _lists(case: Case, ideas: list[Suggestion], lead: Member, author: Member) -> Iterator[tuple[str, Any]]:
    some = tuple(replace(ideas[n % 3], id=f"{n:032x}", state=STATES[n % 6]) for n in range(SHOWN))
    wanted = Filter(("new",), WALLS[0], case.free[:60])
    for scope in SCOPES:
        for viewer in (lead, author):
            for found in (some, ()):
                shown = Listed(viewer, scope, found, case.number, frozenset([some[1].id]))
                yield f"ideas {scope}", suggestions.listed(shown)
                sought = case.free[:MAX_SOUGHT] or "lift"
                yield f"ideas found {scope}", suggestions.listed(replace(shown, words=sought))
                further = replace(shown, total=SHOWN * 3, first=SHOWN)
                yield f"ideas {scope}, leafed", suggestions.listed(further)
                yield f"ideas found {scope}, leafed", suggestions.listed(replace(further, words=sought))
        queue = Listed(lead, "review", some, case.number, frozenset(), "", wanted, (case.free[:60] or "Kitchen",) * 70)
        yield "ideas filtered", suggestions.listed(queue)


def _came(case: Case, language: str, one: Suggestion, lead: Member) -> Iterator[tuple[str, Any]]:
    people = case.people(language)
    credit = Credited(case.praise(language), one, lead, NOW)
    solved = Solved(one, people[:10], lead, NOW, case.number)
    yield "credit noted", suggestions.credited(credit, language)
    yield "credit dm", suggestions.credit_dm(credit, people[0])
    yield "solved noted", suggestions.solved(solved, language)
    yield "solved dm", suggestions.solved_dm(solved, people[0])


def _unnamed(case: Case, language: str, lead: Member) -> Iterator[tuple[str, Any]]:
    """What is said with the author of an idea without a name."""
    one = idea(case, None, reachable=True)
    steps = tuple(Moved("new", "review", lead if n else None, case.free[:1000], DAY) for n in range(case.crowd))
    said = [Remark(n % 2 == 0, lead if n % 3 else None, case.free[:MOST_WORDS] or "Yes.", DAY) for n in range(30)]
    yield "idea letter sent", letters.sent(code("0" * 32), language)
    yield "idea code form", letters.code_form(language)
    for talk in ((), tuple(said)):
        for suggestion in (one, idea(case, lead)):
            yield "idea thread", letters.thread(Thread(suggestion, lead, steps, talk), language, nonce="n" * 32)
            yield "idea page with words", suggestions.page(Page(suggestion, lead, False, steps, (), (), talk))
    yield "idea word noted", letters.written(language)
    yield "idea claim form", letters.claim_form(case.number, language, nonce="n" * 32)
    for awarded in (20, 0):
        yield "idea claimed", letters.claimed(Claimed(idea(case, lead), lead, awarded), language)
    yield "idea notice", letters.notice(language)
    yield "idea ask form", remarks.ask_form(one, language, nonce="n" * 32)
    yield "idea asked", remarks.asked(one, language)
    yield "idea word", remarks.word(Heard(one, said[0], 1, (lead,)), lead)
