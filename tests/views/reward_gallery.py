"""Every view of rewards, and of points entered by hand, drawn from a case."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from bot.rules.points import Account
from bot.rules.rewards import KINDS, MAX_ABOUT, MAX_NAME, MAX_NOTE, MAX_PROJECTS, MAX_REASON, MAX_REWARDS, State
from bot.services.fund import Given, Settled
from bot.services.grants import Granted
from bot.services.reward_decisions import SHOWN, SHOWN_REST, Decided, Queue
from bot.services.rewards import OWN, Asked, AtHome, Shelf
from bot.views import grants, rewards
from bot.views.blocks import say
from bot.views.tongue import speak
from storage.corrections import Correction, Leaver
from storage.fund import Project, Share
from storage.people import Member
from storage.rewards import Request, Reward
from tests.views.outcomes import LOCALES, NOW, Case, member


def drawn(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    """Every view with its name."""
    admin = member(78, case.free[:100], locale=LOCALES[language], appointed="admin")
    person = member(79, case.free[:100], locale=LOCALES[language])
    yield from _shelves(case, language, person, admin)
    yield from _requests(case, language, person, admin)
    yield from _projects(case, language, person, admin)
    yield from _by_hand(case, language, person, admin)


def _reward(case: Case, **more: Any) -> Reward:
    about, price = case.free[:MAX_ABOUT], max(1, case.number)
    told = {"kind": "training", "name": case.free[:MAX_NAME] or "A day off", "about": about, "price": price,
            "stock": case.number if case.number else None, "budget": None, "id": "b" * 32}  # fmt: skip
    return Reward(**{**told, **more})


def _request(case: Case, person: Member, state: State, decider: Member | None) -> Request:
    reason = case.free[:MAX_REASON] if state == "refused" else ""
    note = case.free[:MAX_NOTE]
    return Request("c" * 32, _reward(case), person, max(1, case.number), note, state, NOW, decider, reason or "")


def _project(case: Case, **more: Any) -> Project:
    told = {"id": "d" * 32, "name": case.free[:MAX_NAME] or "A lift", "about": case.free[:MAX_ABOUT], "goal": 10**6,
            "given": min(case.number, 999_999), "state": "open", "reason": ""}  # fmt: skip
    return Project(**{**told, **more})


def _shelves(case: Case, language: str, person: Member, admin: Member) -> Iterator[tuple[str, Any]]:
    own = tuple(_request(case, person, state, admin) for state in get_args(State)[:OWN])
    waiting = (own[0],) * OWN
    offered = tuple(_reward(case, id=f"{n:032x}", kind=KINDS[n % 3]) for n in range(MAX_REWARDS))
    every = (*offered, *(replace(one, id=f"{n + 50:032x}", offered=False) for n, one in enumerate(offered * 3)))
    projects = tuple(_project(case, id=f"{n:032x}") for n in range(MAX_PROJECTS))
    rich = Account(10**9, case.number)
    given = {projects[0].id: 40}
    yield "empty shelf", rewards.shelf(Shelf(person, Account(), (), (), (), {}))
    yield "empty shelf of an admin", rewards.shelf(Shelf(admin, Account(), (), (), (), {}))
    yield "full shelf", rewards.shelf(Shelf(person, rich, waiting, offered, projects, given))
    yield "full shelf of an admin", rewards.shelf(Shelf(admin, rich, own, offered, projects, given, every, case.number))
    sold = tuple(replace(one, stock=0) for one in offered)
    yield "shelf of what is sold out", rewards.shelf(Shelf(person, rich, own[1:], sold, projects, {}))
    for tasks in (0, 3):
        yield "home", say(speak(language), *rewards.home_section(speak(language), AtHome(rich, own[:3], tasks)))
    yield "ask form", rewards.ask_form(person, offered[0], rich, nonce="n" * 32)
    for reward in (None, offered[0], replace(offered[0], budget=7, offered=False)):
        yield "edit form", rewards.edit_form(reward, language, nonce="n" * 32)
    yield "catalogued", rewards.catalogued(offered[0], language)


def _requests(case: Case, language: str, person: Member, admin: Member) -> Iterator[tuple[str, Any]]:
    for state in get_args(State):
        decider = admin if state in ("approved", "refused", "delivered") else None
        request = _request(case, person, state, decider)
        yield f"reward task {state}", rewards.task(request, admin)
        yield f"reward decided {state}", rewards.decided(Decided(request, NOW), language)
        yield f"reward noted {state}", rewards.noted(Decided(request, NOW), language)
        if state in ("approved", "delivered", "refused", "expired"):
            yield f"reward news {state}", rewards.news(request)
    held = _request(case, person, "held", None)
    for admins in ((), case.people(language)):
        yield "reward asked", rewards.asked(Asked(held, admins, NOW))
    yield "withdrawn", rewards.withdrawn(_request(case, person, "withdrawn", None), language)
    yield "reward refuse form", rewards.refuse_form(held, language, nonce="n" * 32)
    own = replace(held, person=admin)
    both = (held, replace(held, state="approved"), own)
    leavers = (Leaver(person, Account(case.number + 1)), Leaver(person, Account(0, 0, case.number + 1)))
    waits = tuple(_correction(case, person, admin, amount) for amount in (900, -900))
    yield "empty queue", rewards.queue(Queue(admin, (), 0, (), ()))
    full = Queue(admin, (both * 7)[:SHOWN], case.number + SHOWN, (waits * 3)[:SHOWN_REST], (leavers * 3)[:SHOWN_REST])
    yield "full queue", rewards.queue(full)
    for leaver in leavers:
        yield "settle form", rewards.settle_form(leaver, language, nonce="n" * 32)


def _projects(case: Case, language: str, person: Member, admin: Member) -> Iterator[tuple[str, Any]]:
    project = _project(case)
    reached = replace(project, given=project.goal, state="reached")
    closed = replace(project, state="closed", reason=case.free[:MAX_REASON] or "No room.", ender=admin)
    yield "give form", rewards.give_form(person, project, Account(50), nonce="n" * 32)
    for one in (project, reached):
        yield "given", rewards.given(Given(one, person, 5, (), NOW))
    for known in (None, project):
        yield "project form", rewards.project_form(known, language, nonce="n" * 32)
    yield "project opened", rewards.opened(project, language)
    yield "close form", rewards.close_form(project, language, nonce="n" * 32)
    for count in (0, 1, 900):
        yield "project closed", rewards.closed(closed, count, language)
    yield "project reached", rewards.reached(reached, admin)
    for one in (reached, closed):
        share = Share(one.id, person, {"1": 3, "2": 4})
        yield f"project settled {one.state}", rewards.settled(Settled(one, share, NOW), person)


def _correction(case: Case, person: Member, asker: Member, amount: int, **more: Any) -> Correction:
    other = replace(asker, id="9" * 32)
    told = {"id": "a" * 32, "person": person, "kind": "grant", "amount": amount, "asker": other, "state": "waiting",
            "reason": case.free[:MAX_REASON] or "The flood"}  # fmt: skip
    return Correction(**{**told, **more})


def _by_hand(case: Case, language: str, person: Member, admin: Member) -> Iterator[tuple[str, Any]]:
    for amount in (5, -5):
        for state in ("waiting", "entered", "refused"):
            decider = None if state == "waiting" else admin
            one = _correction(case, person, admin, amount, state=state, decider=decider)
            yield f"grant task {state}", grants.task(one, admin)
            yield f"grant answered {state}", grants.answered(one)
            yield f"grant decided {state}", grants.decided(Granted(one, (), NOW), language)
            yield f"grant done {state}", grants.done(Granted(one, case.people(language), NOW), language)
        yield "grant news", grants.news(one)
    yield "grant form", grants.form(language, nonce="n" * 32)
    yield "account settled", grants.settled(Granted(replace(one, kind="paid"), (), NOW), language)
