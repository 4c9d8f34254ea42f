"""Home and what is reached from it, drawn from a case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.rules.points import Account
from bot.rules.refusal import Refusal
from bot.services.asking import Progress
from bot.services.condition import Condition
from bot.services.confirmations import Waiting
from bot.services.kudos import Left
from bot.services.overview import AtHome
from bot.services.points import Purse
from bot.services.praise_pages import NEWEST, PAGE, Pages
from bot.services.suggestion_pages import AT_HOME, Listed
from bot.views import condition, confirmations, home, points, praise_pages, pulse_home
from bot.views import suggestion_home as ideas
from bot.views.blocks import Block
from bot.views.tongue import speak
from storage.outbox import Figures
from storage.people import Member
from storage.stopped import DeadLetter
from tests.views import idea_gallery, pulse_gallery
from tests.views.outcomes import COMPANY, DAY, LOCALES, NOW, Case, member


def drawn(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    """Every view with its name."""
    for role in ("", "lead", "admin"):
        viewer = member(79, case.free[:100], locale=LOCALES[language], appointed=role)
        sections = [list(one) for one in _sections(case, language, viewer)]
        yield f"home {role}", home.home(viewer, sections)
        yield f"home with very much {role}", home.home(viewer, sections * 2)
        yield f"home with nothing {role}", home.home(viewer, [])
        for number, one in enumerate(sections) if role == "lead" else ():
            yield f"home section {number}", home.home(viewer, [one])
    for code in ("actor_guest", "actor_stranger"):
        yield "home closed", home.closed(Refusal(code), language)
    told = (case.praise(language),) * PAGE
    for first, some, more in ((0, told, True), (PAGE, told, True), (10_000, told[:1], False), (0, (), False)):
        yield f"praise pages {first}", praise_pages.page(Pages(_reader(language), first, some, more))


def _reader(language: str) -> Member:
    return member(80, locale=LOCALES[language])


def _sections(case: Case, language: str, viewer: Member) -> Iterator[list[Block]]:
    tongue, praise = speak(language), case.praise(language)
    waits = (replace(praise, reason="self"), replace(praise, reason="many"))
    yield confirmations.home_section(tongue, Waiting(viewer, waits[: case.crowd], case.number))
    some = tuple(replace(idea_gallery.idea(case, _reader(language)), id=f"{number:032x}") for number in range(AT_HOME))
    for found in (some, ()):
        listed = Listed(viewer, "mine", found, case.number, frozenset())
        yield ideas.home_section(tongue, listed)
        yield ideas.to_answer(tongue, listed)
    for kind in ("mood", "choice"):
        survey = pulse_gallery.survey(case, kind)
        progress = Progress(0, case.number, NOW + timedelta(hours=3))
        for last in (None, (survey, None), (survey, pulse_gallery.figures(survey.question, case.free[:60]))):
            for asked, why in ((survey, "not_asked"), (None, "none"), (None, "off"), (None, "few")):
                seen = AtHome(viewer, COMPANY, asked, why, progress if asked else None, last)
                yield pulse_home.home_section(tongue, seen)
    for account in (Account(), Account(case.number, case.number, case.number)):
        best = (DAY, case.number) if case.number else None
        purse = Purse(viewer, account, case.number, case.number, best, Left(case.number % 6, 3))
        yield points.home_section(tongue, purse)
    for told in ((praise,) * NEWEST, ()):
        yield praise_pages.home_section(tongue, Pages(viewer, 0, told, True))
    yield from _conditions(case, language)


def _conditions(case: Case, language: str) -> Iterator[list[Block]]:
    tongue = speak(language)
    letters = tuple(DeadLetter(case.free[:80], "C1", error, NOW) for error in ("msg_too_long", "", "channel_not_found"))
    for waiting, age in ((0, 0.0), (case.number, 10.0), (1, 5_000.0)):
        for copies, backup in ((True, None), (True, NOW - timedelta(days=case.number % 999)), (False, None)):
            figures = Figures(age, waiting, case.number)
            skipped = ((case.free[:80] or "default", DAY),) * case.crowd
            found = Condition(figures, letters if case.number else (), skipped, copies, backup, NOW, case.number)
            yield condition.home_section(tongue, found)
    yield condition.home_section(tongue, None)
