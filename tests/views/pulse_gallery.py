"""Every view of the micro pulse drawn from a case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.rules.questions import Kind, Option, Question
from bot.rules.refusal import Refusal
from bot.views import pulse, refusals, wishes
from storage.surveys import Survey
from storage.wishes import Wish
from tests.views.outcomes import COMPANY, DAY, NOW, Case

KINDS: tuple[Kind, ...] = ("agree", "mood", "scale", "yesno", "choice")


def question(case: Case, kind: Kind, **more: Any) -> Question:
    own = case.free[:140]
    words = {
        "en": own or "I know what is expected of me.",
        "zh-Hant": own or "我知道大家對我的期待。",
        "zh-Hans": own or "我知道大家对我的期待。",
    }
    options = tuple(
        Option(name, {"en": own or name.title(), "zh-Hant": own or f"選 {place}", "zh-Hans": own or f"选 {place}"})
        for place, name in enumerate(("time", "people", "calm", "tools", "praise", "other"))
    )
    direction = "none" if kind == "choice" else "up"
    told: dict[str, Any] = {
        "id": f"clarity-{kind}",
        "driver": "clarity",
        "kind": kind,
        "direction": direction,
        "words": words,
        "options": options if kind == "choice" else (),
    }
    return Question(**{**told, **more})


def survey(case: Case, kind: Kind = "agree", **more: Any) -> Survey:
    about = more.pop("question", question(case, kind))
    told: dict[str, Any] = {
        "id": "5" * 32,
        "local_date": DAY,
        "question": about,
        "opens_at": NOW,
        "closes_at": NOW + timedelta(days=2),
        "state": "open",
        "population": case.number,
        "asked": case.number,
        "least": 5,
        "least_comments": 10,
        "batch": 10,
    }
    return Survey(**{**told, **more})


def drawn(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    """Every view with its name: messages and modals (those have a `type`)."""
    for part in (_asked, _wished):
        yield from part(case, language)


def _asked(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    for kind in KINDS:
        yield f"question {kind}", pulse.question(survey(case, kind), COMPANY, language)
    drawn_by_lot = survey(case, population=2 * case.number)
    yield "question drawn by lot", pulse.question(drawn_by_lot, COMPANY, language)
    contacts = replace(COMPANY, support_contacts=("02-1234", case.free[:200] or "Ask"))
    for driver in ("clarity", "wellbeing"):
        asked = survey(case, question=question(case, "mood", driver=driver))
        for company in (COMPANY, contacts):
            yield f"thanks {driver}", pulse.thanks(asked, company, language)
            yield f"comment form {driver}", pulse.comment_form(asked, company, language)
            yield f"commented {driver}", pulse.commented(asked, company, language)
    yield "snoozed", pulse.snoozed(drawn_by_lot, COMPANY, language)
    yield "closed", pulse.closed(language)
    yield "void", pulse.void(drawn_by_lot, language)


def _wished(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    for wish in (Wish(), Wish(True), Wish(False, DAY), Wish(reminds=True)):
        yield f"{wish}", wishes.changed(wish, language)
    for code, field in (("comment_too_long", pulse.WORDS), ("code_too_short", pulse.RECEIPT)):
        refusal = Refusal(code, field=field, length=1_001, most=1_000, least=12)
        yield f"refusal {code}", refusals.message(refusal, language)
