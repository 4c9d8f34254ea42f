"""Every view of the micro pulse drawn from a case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.rules.questions import DRIVERS, ENPS, Kind, Option, Question
from bot.rules.refusal import Refusal
from bot.rules.showing import Figures
from bot.services.asking import Progress
from bot.services.bank import Action
from bot.services.questions import Changed, Listed, Shelf
from bot.services.replies import Said, Thread
from bot.services.results import Told, Trend
from bot.views import pulse, pulse_comments, pulse_overview, pulse_results, questions, refusals, replies, wishes
from storage.results import Comment
from storage.surveys import Survey
from storage.wishes import Wish
from tests.views.outcomes import COMPANY, DAY, LOCALES, NOW, Case, member

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
        "cuts": (),
        "asked_in": {},
        "people_in": {},
        "population": case.number,
        "asked": case.number,
        "least": 5,
        "least_comments": 10,
        "batch": 10,
    }
    return Survey(**{**told, **more})


def drawn(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    """Every view with its name: messages and modals (those have a `type`)."""
    for part in (_asked, _wished, _told, _overviews, _replied, _questions):
        yield from part(case, language)


def _asked(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    for kind in KINDS:
        yield f"question {kind}", pulse.question(survey(case, kind), COMPANY, language)
    drawn_by_lot = survey(case, population=2 * case.number)
    yield "question drawn by lot", pulse.question(drawn_by_lot, COMPANY, language)
    yield "reminder", pulse.reminder(drawn_by_lot, COMPANY, language)
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


def figures(about: Question, cut: str = "", **more: Any) -> Figures:
    """What is told of a group that answered this question."""
    told: dict[str, Any] = {"asked": 40, "answered": 30, "favourable": 60}
    if about.kind == "choice":
        told = {"asked": 40, "answered": 30, "shares": {value: 10 for value in about.values} | {"time": 40}}
    elif about.kind != "yesno":
        told |= {"mean": 3.8, "low": 3.4, "high": 4.2, "error": 0.2, "spread": "mixed"}
    if about.kind != "choice":
        told["counts"] = {value: place for place, value in enumerate(about.values)}
    return Figures(cut, **{**told, **more})


def told(case: Case, language: str, about: Question, **more: Any) -> Told:
    """What a lead of a team sees of a round about this question."""
    team = case.free[:60]
    mine = figures(about, team)
    whole: dict[str, Any] = {
        "viewer": member(90, locale=LOCALES[language], appointed="lead"),
        "survey": survey(case, question=about, state="closed"),
        "mine": mine,
        "trend": Trend(((DAY - timedelta(days=90), mine), (DAY, mine))),
        "comments": tuple(
            Comment(f"{place:032x}", team, (case.free or "More light.")[:1000], "c" if place % 2 else "")
            for place in range(min(case.number, 90))
        ),
    }
    return Told(**{**whole, **more})


def _told(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    abouts = [question(case, kind) for kind in KINDS]
    abouts += [question(case, "scale", driver=ENPS), question(case, "agree", direction="down")]
    abouts.append(question(case, "yesno", direction="down"))
    for about in abouts:
        lead = told(case, language, about)
        for place, message in enumerate(pulse_results.results(lead)):
            yield f"results {about.id} {place}", message
        coarse = figures(about, counts=None, spread="close", mean_end="top", favourable=80, favourable_end="top")
        yield f"coarse {about.id}", pulse_results.forward(replace(lead, mine=coarse, trend=Trend()))
        low = replace(coarse, mean_end="bottom", favourable_end="bottom", spread="apart")
        drawn_by_lot = replace(lead.survey, population=9_000, asked=40)
        yield f"low {about.id}", pulse_results.forward(replace(lead, mine=low, survey=drawn_by_lot))
    lead = told(case, language, abouts[0])
    yield "all comments", pulse_comments.form(lead)
    yield "next comments", pulse_comments.form(lead, pulse_comments.PAGE)
    for why in ("few", "subtractable", "no_team"):
        yield f"withheld {why}", pulse_results.withheld(replace(lead, mine=None, withheld=why))
    for effort in pulse_results.EFFORTS:
        words = {"en": case.free or "Ask one.", "zh-Hant": case.free or "問一位。", "zh-Hans": case.free or "问一位。"}
        action = Action("clarity-1", "clarity", effort, words)  # type: ignore[arg-type]
        fell = (*filter(None, [case.free[:60]]), "north", "")
        yield f"warning {effort}", pulse_results.private(replace(lead, fell=fell, action=action))
    yield from _boards(case, language, lead)


def _boards(case: Case, language: str, lead: Told) -> Iterator[tuple[str, Any]]:
    about = lead.survey.question
    free = case.free[:80].replace(" ", "")
    many = [(f"{place}{free}", figures(about) if place % 3 else None) for place in range(case.crowd * 7)]
    admin = replace(lead, viewer=member(91, locale=LOCALES[language], appointed="admin"), teams=tuple(many))
    for place, message in enumerate(pulse_results.results(replace(admin, fell=(many[1][0],)))):
        yield f"admin {place}", message
    yield "admin, nothing hidden", pulse_results.board(replace(admin, teams=tuple(one for one in many if one[1])))


def _overviews(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    for why in pulse_overview.NO_QUESTION:
        yield f"pulse: {why}", pulse_overview.overview(Wish(), COMPANY, language, why=why)
    open_one = survey(case, "mood")
    done = [survey(case, question=question(case, "agree", driver=driver)) for driver in (*DRIVERS, ENPS)]
    drivers = [(one, figures(one.question)) for one in done]
    whole = pulse_overview.overview(
        Wish(),
        COMPANY,
        language,
        survey=open_one,
        progress=Progress(case.number // 2, case.number, NOW),
        last=drivers[0],
        drivers=drivers,
    )
    yield "pulse", whole
    yield (
        "pulse, too few",
        pulse_overview.overview(Wish(True), COMPANY, language, survey=open_one, last=(done[0], None)),
    )


def _replied(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    over = survey(case, state="closed")
    lead = member(92, case.free[:60], locale=LOCALES[language], appointed="lead")
    team = case.free[:60]
    said = Said(over, team, lead, case.free[:1000] or "Yes.", "C0001")
    yield "reply form", replies.reply_form(over, team, "C0001", language, nonce="n" * 32)
    yield "said", replies.said(said, language)
    yield "said to the company", replies.said(replace(said, cut=""), language)
    yield "said, noted", replies.said_noted(said, language)
    comment = Comment("c" * 32, team, case.free[:1000] or "More light.", "d")
    asked = Thread(over, comment, case.free[:1000] or "Where?")
    done = replace(asked, answer=case.free[:1000] or "At the door.")
    yield "ask form", replies.ask_form(over, comment, language, nonce="n" * 32)
    yield "asked, noted", replies.asked_noted(asked, language)
    yield "code form", replies.code_form(language)
    for thread in (replace(asked, question=""), asked, done):
        yield "thread", replies.thread(thread, language)
    yield "answered", replies.answered(language)
    for count in (1, replies.MANY):
        yield f"batch of {count}", replies.batch(lead, (done,) * count)


def _questions(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    own = question(case, "agree", id="clarity-own-1", words={"zh-Hans": case.free[:60] or "我知道。"})
    abouts = [question(case, kind, driver=driver) for driver in (*DRIVERS, ENPS) for kind in KINDS]
    listed = [Listed(one, False, rests) for one in abouts for rests in (False, True)]
    listed += [Listed(own, True, False)] * min(case.number, 60)
    chosen = {DAY + timedelta(days=place): abouts[place % len(abouts)] for place in range(min(case.number, 60))}
    yield "questions", questions.topics(Shelf(tuple(listed), chosen), language)
    yield "no question is chosen", questions.topics(Shelf((), {}), language)
    for driver in ("clarity", ENPS):
        yield f"questions of {driver}", questions.of_topic(Shelf(tuple(listed), chosen), driver, language)
    yield "add form", questions.add_form(language, nonce="n" * 32)
    for one in (own, question(case, "choice")):
        yield "translate form", questions.translate_form(Listed(one, False, False), language, nonce="n" * 32)
    for rests, day in ((False, None), (True, None), (True, DAY)):
        changed = Changed(Listed(own, True, rests), day)
        yield "question changed", questions.changed(changed, language)
        yield "question changed, in its form", questions.changed_view(changed, language)
    yield "unscheduled", questions.unscheduled(DAY, language)
