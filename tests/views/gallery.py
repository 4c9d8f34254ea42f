"""Every view drawn from a case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

from bot.rules.periods import PERIODS
from bot.rules.points import Account
from bot.rules.refusal import Refusal
from bot.services.aside import SetAside
from bot.services.confirmations import Decided
from bot.services.handing_on import HandedOn
from bot.services.helping import Helped, NobodyHelped, NotHelper
from bot.services.kudos import Gifted, Given, Left, NobodyThanked, NotGifted, Thanks
from bot.services.leaderboards import Place, Record, Standing
from bot.services.picks import Choice, Choices
from bot.services.points import Statement
from bot.services.praise import Duplicate, Recorded
from bot.services.rituals import Morning, Silence, Skipped
from bot.services.special_days import Coming, Marked
from bot.views import (
    alarms,
    dates,
    errors,
    gathering,
    guide,
    handing_on,
    helping,
    kudos,
    leaderboards,
    picks,
    points,
    praise,
    refusals,
    rituals,
)
from storage.points import Line
from storage.special_days import SpecialDay
from storage.trouble import Kind
from tests.views import (
    board_gallery,
    home_gallery,
    idea_gallery,
    pulse_gallery,
    reward_gallery,
    rights_gallery,
    setting_gallery,
)
from tests.views.outcomes import COMPANY, DAY, LOCALES, NOW, RITUAL, Case, member


def drawn(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    """Every view with its name: messages and modals (those have a `type`)."""
    for part in (
        _praise,
        _handed_on,
        _helped,
        _picks,
        _waiting,
        _kudos,
        _gathered,
        _boards,
        _mornings,
        _dates,
        _rest,
        pulse_gallery.drawn,
        idea_gallery.drawn,
        setting_gallery.drawn,
        rights_gallery.drawn,
        board_gallery.drawn,
        reward_gallery.drawn,
        home_gallery.drawn,
    ):
        yield from part(case, language)


def _praise(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    told, people = case.praise(language), case.people(language)
    later = Recorded(told, people[:2], (), NOW + timedelta(hours=9))
    private = replace(told, people=tuple(replace(person, keeps_private=True) for person in people))
    yield "post", praise.post(told, language)
    yield "post of nobody shown", praise.post(private, language)
    yield "dm", praise.dm(told, people[0], 10)
    yield "dm without points", praise.dm(told, people[0], 0)
    yield "dm kept private", praise.dm(private, private.people[0], 10)
    yield "recorded", praise.recorded(replace(later, post_at=NOW), language)
    yield "recorded in quiet hours", praise.recorded(later, language)
    for gathered in (people[:1], people):
        yield "recorded and gathered", praise.recorded(replace(later, gathered=gathered), language)
        yield (
            "recorded, private and gathered",
            praise.recorded(replace(later, praise=private, gathered=gathered), language),
        )
    yield "recorded and private", praise.recorded(replace(later, praise=private), language)
    yield "recorded and private now", praise.recorded_view(Recorded(private, (), (), NOW), language)
    yield "recorded view", praise.recorded_view(later, language)
    mixed = replace(later, rest=case.free or "But the lift…", unlinked=True)
    yield "recorded in part", praise.recorded(mixed, language)
    yield "recorded in part view", praise.recorded_view(mixed, language)
    aside = SetAside(mixed.rest, replace(people[0], locale=LOCALES[language]))
    yield "set aside", praise.set_aside(aside)
    yield "set aside view", praise.set_aside_view(aside)
    yield "duplicate", praise.duplicate(Duplicate(told), language)
    yield "duplicate that waits", praise.duplicate(Duplicate(replace(told, state="waiting")), language)
    yield "form", praise.form(language, nonce="n" * 32, happened_on=DAY)
    filled = praise.form(
        language,
        nonce="n" * 32,
        people=[f"U{number}" for number in range(30)],
        words=case.free * 4,
        customer=case.free,
        source="e-mail",
        happened_on=DAY,
        link="https://reviews.example/1",
    )
    yield "filled form", filled
    yield "form without words", praise.form(language, nonce="n" * 32, source="chat", happened_on=DAY, wordless=True)
    for person in (people[0], replace(people[0], keeps_private=True)):
        yield "preference", praise.preference(person)


def _handed_on(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    told, people = case.praise(language), case.people(language)
    giver = member(77, case.free[:100], locale=LOCALES[language])
    handed = HandedOn(told, giver, people[0], NOW, NOW, 10)
    yield "dm handed on", praise.dm(told, people[0], 10, handed_by=giver)
    yield "hand on form", handing_on.form(told, language, nonce="n" * 32)
    yield "hand on form with others", handing_on.form(told, language, nonce="n" * 32, with_others=True)
    nameless = replace(handed, receiver=replace(people[0], slack_id=""))
    yield "handed on to somebody without an account", handing_on.done_view(nameless, language)
    yield "handed on", handing_on.done_view(handed, language)
    yield "handed on in quiet hours", handing_on.done_view(replace(handed, post_at=NOW + timedelta(hours=9)), language)
    yield "handed on, settled", handing_on.settled(handed)
    yield "handed on, for the recorder", handing_on.notice(handed, language)


def _helped(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    told, people = case.praise(language), case.people(language)
    refused = tuple(NotHelper(person, code) for person, code in zip(people * 9, refusals.NO_HELPER, strict=False))
    helped = Helped(told, people[0], people[:10], refused, NOW, NOW, 1)
    yield "help form", helping.form(told, case.number, language, nonce="n" * 32)
    yield "help form with others", helping.form(told, case.number, language, nonce="n" * 32, with_others=True)
    yield "helpers named", helping.named_view(helped, language)
    yield "one helper named", helping.named_view(replace(helped, helpers=people[:1], refused=()), language)
    yield "thanks for helpers", helping.thanks(people[:10], language)
    yield "helper's dm", helping.dm(helped, people[0])
    yield "helper's dm without points", helping.dm(replace(helped, points=0), people[0])
    yield "nobody helped", refusals.message(NobodyHelped(refused), language)


def _picks(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    told, lead = case.praise(language), member(78, locale=LOCALES[language], appointed="lead")
    chosen = [Choice(told, n % 2 == 0, n == 0, n % 3 == 0) for n in range(10)]
    yield "picks", picks.offer(Choices(lead, tuple(chosen)))
    yield "nothing to pick", picks.offer(Choices(lead, ()))


def _waiting(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    people = case.people(language)
    for reason in ("self", "many"):
        waiting = case.praise(language, state="waiting", reason=reason)
        asked = Recorded(waiting, (), people, NOW)
        yield f"waits: {reason}", praise.recorded(asked, language)
        yield f"waits for nobody: {reason}", praise.recorded_view(replace(asked, confirmers=()), language)
        yield f"request: {reason}", praise.confirm_request(asked, people[0])
        yield f"reminder: {reason}", praise.confirm_reminder(asked, people[0])
    yield "refuse form", praise.refuse_form(case.praise(language), language, nonce="n" * 32)
    private = tuple(replace(person, keeps_private=True) for person in people)
    for praised in (
        case.praise(language),
        case.praise(language, people=private),
        case.praise(language, state="refused", reason=case.free[:1000] or "No."),
    ):
        decided = Decided(praised, NOW)
        yield f"settled {praised.state}", praise.confirm_settled(decided, people[0])
        yield f"decision {praised.state}", praise.decision(decided, language)
        yield f"noted {praised.state}", praise.decision_noted(decided, language)


def _kudos(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    people = case.people(language)
    reason = case.free[:1000]
    thanks = Thanks("a" * 32, people[0], people, reason, COMPANY.values[1] if reason else "", "C1", people * 3)
    gifts = tuple(Gifted(person, 5 if place % 2 else 1) for place, person in enumerate(people))
    refused = tuple(NotGifted(person, code) for person, code in zip(people * 9, refusals.NOT_GIFTED, strict=False))
    left = Left(case.number, case.number, case.number or None)
    given = Given("a" * 32, people[-1], gifts, refused, reason, thanks.value, left)
    joined = replace(given, joined=thanks)
    yield "kudos form", kudos.form(language, nonce="n" * 32, channel="C1", most=5)
    yield (
        "filled kudos form",
        kudos.form(
            language,
            nonce="n" * 32,
            channel="C1",
            most=200,
            people=[f"U{number}" for number in range(30)],
            reason=case.free * 4,
            values=["v" * 75, "care"],
            value="care",
        ),
    )
    yield "given", kudos.given(given, language, invite="/invite @goldenear")
    yield "given view", kudos.given_view(replace(given, giver=people[0]), language)
    yield "nobody", kudos.nobody(NobodyThanked(refused, left), language)
    yield "line", kudos.line(thanks, language)
    yield "line alone", kudos.line(replace(thanks, joiners=()), language)
    yield "line joined by one", kudos.line(replace(thanks, joiners=people[:1]), language)
    yield "taken back", kudos.line_taken_back(thanks, language)
    yield "taken back, alone", kudos.line_taken_back(replace(thanks, joiners=()), language)
    for act in (given, joined):
        yield "kudos dm", kudos.dm(act, gifts[0])
        yield "kudos dm without reason", kudos.dm(replace(act, reason="", value=""), gifts[0])


def _gathered(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    person = replace(case.people(language)[0], locale=LOCALES[language])
    names = ("dm", "dm handed on", "kudos dm", "kudos dm without reason", "helper's dm", "decision refused")
    views = {
        name: view for part in (_praise, _handed_on, _helped, _waiting, _kudos) for name, view in part(case, language)
    }
    singles = [views[name] for name in (*names, "handed on, settled", "handed on, for the recorder")]
    for parts in (singles, singles[:1], singles[2:4], singles[5:6]):
        yield "gathered", gathering.message(person, parts)


def _boards(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    people = case.people(language)
    places = tuple(Place(max(1, place), person, case.number, 3) for place, person in enumerate(people[:10]))
    for board in leaderboards.BOARDS:
        for period in PERIODS:
            own = places[0] if case.number else None
            least = 1 if period in ("week", "month") else 3
            standing = Standing(board, period, DAY, places if case.number else (), own, people[0], least)
            yield f"board {board} {period}", leaderboards.board(standing, language)
    hidden = replace(people[0], hides_rank=True)
    yield (
        "no place",
        leaderboards.board(Standing("points", "all", DAY, (), Place(0, hidden, 2, 1), hidden, 3), language),
    )
    mine = tuple((period, places[0] if case.number else None) for period in PERIODS)
    yield "record", leaderboards.record(Record(people[0], mine), language)
    for hide in (True, False):
        yield f"hidden {hide}", leaderboards.hidden(hide, language)
    yield "usage", leaderboards.usage(language)
    deeds = ("praise", "kudos", "help", "correction", "idea", "solved", "redeem", "fund", "settle")
    lines = tuple(
        Line(f"k{n}", people[0].id, deeds[n % 9], 10 - 3 * n, DAY, NOW, "k0" if n % 2 else None)  # type: ignore[arg-type]
        for n in range(min(case.number, 10))
    )
    account = Account(case.number, case.number, case.number)
    left = Left(case.number, case.number, case.number or None)
    yield "statement", points.statement(Statement(people[0], account, case.number, lines, left), language)


def _mornings(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    opening = case.praise(language)
    others = tuple(replace(opening, id=f"{n:032x}") for n in range(min(case.number, 10)))
    for older in (True, False):
        morning = Morning(RITUAL, DAY, opening, older, others, case.number)
        yield "morning", rituals.morning(morning, language)
        yield "preview", rituals.preview((morning,), language)
    yield "silence", rituals.preview((Silence(RITUAL, DAY),), language)
    shift = replace(RITUAL, name="night", team=case.free or "Night")
    for count in (1, max(1, case.crowd * 3)):
        opens, nothing = Morning(shift, DAY, opening, False, (), 0), Silence(RITUAL, DAY)
        yield "preview of several", rituals.preview((opens, nothing) * count, language)
    yield "preview of a team", rituals.preview((Silence(shift, DAY),), language)
    for count in (1, 31):
        days = tuple(DAY + timedelta(days=ahead) for ahead in range(count))
        yield "skipped", rituals.skipped(Skipped(RITUAL, days, ()), language)


def _dates(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    site = replace(RITUAL, name="kyoto")
    for works in (True, False, None):
        for opens, settled in (((), ()), ((RITUAL, site), ()), ((), (RITUAL,)), ((site,) * case.crowd * 3, (RITUAL,))):
            yield f"date marked {works}", dates.marked(Marked(DAY, works, opens, settled), language)
    days = [DAY + timedelta(days=ahead) for ahead in range(min(case.number, 400))]
    singles = tuple(SpecialDay(day, day.day % 2 > 0, "U0001" if day.day % 3 else "", NOW) for day in days)
    holidays = {day: case.free[:60] if day.day % 2 else "" for day in days[:61]}
    for calendars in ({}, {"TW": holidays}, {"TW": holidays, "DE-BY": {}}):
        yield "dates coming", dates.coming(Coming(singles, calendars, DAY), language)


def _rest(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    ordinary = member(1, locale=LOCALES[language])
    for person in (
        ordinary,
        replace(ordinary, appointed="lead", keeps_private=True),
        replace(ordinary, appointed="admin"),
        replace(ordinary, is_guest=True),
    ):
        yield f"guide for {person.role}", guide.guide(person, COMPANY, language)
    yield "guide usage", guide.usage(language)
    yield "failed", errors.failed("1f2e3d4c", language)
    for kind in get_args(Kind):
        yield f"database {kind}", alarms.failing(ordinary, kind, NOW)
    yield "database well", alarms.well(ordinary)
    yield "no keys", alarms.no_keys(ordinary)
    for code in [*refusals.WORDS, *refusals.NOT_GIFTED, "never heard of"]:
        refusal = Refusal(code, by="U0001", most=3, length=3001, happened_on=DAY, day=DAY, people=["U1"], person="U1")
        yield f"refusal {code}", refusals.message(refusal, language)
