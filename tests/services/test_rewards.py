"""Somebody asks for a reward: the points are put by, an admin answers, and what is not answered comes back."""

from typing import Any

import pytest

from bot.rules.points import Account
from bot.services import catalogue, reward_decisions
from bot.services import rewards as service
from bot.services.catalogue import Draft
from storage import people, points
from tests.office import TEAM, Office, slack_id
from tests.rewards import approve, ask, earn, offer, seen


@pytest.fixture
def shop(office: Office) -> Office:
    """Ann has 150 points, and there are two admins."""
    office.enrol("amy", is_slack_admin=True)
    earn(office, "ann", 150)
    return office


def refused(office: Office, *args: Any, **kwargs: Any) -> str:
    return office.refusal(*args, **kwargs).code


def stock(office: Office, reward: str) -> tuple[int | None, int | None]:
    found = office.do(service.existing, reward)
    return found.stock, found.budget


def test_a_request_puts_the_points_by_and_takes_one_from_the_stock(shop: Office) -> None:
    reward = offer(shop, stock="3", budget="250")
    asked = ask(shop, "ann", reward, "Friday")

    assert shop.account("ann") == Account(50, 100)
    assert stock(shop, reward) == (2, 150)
    assert {one.name for one in asked.admins} == {"Ada", "Amy"} and asked.request.note == "Friday"
    assert shop.is_sound()


def test_what_is_too_dear_sold_out_retired_or_changed_is_refused(shop: Office) -> None:
    reward, gone = offer(shop, price="151"), offer(shop, stock="0")
    short, other = offer(shop, budget="99"), offer(shop)

    assert refused(shop, service.ask, "UANN", reward, price="151") == "points_short"
    assert refused(shop, service.ask, "UANN", gone, price="100") == "reward_sold_out"
    assert refused(shop, service.ask, "UANN", short, price="100") == "reward_sold_out"
    assert refused(shop, service.ask, "UANN", other, price="99") == "reward_changed"
    retired = Draft("fund", "A", "", "100", "", "", offered=False)
    shop.do(catalogue.edit, "UADA", other, retired, seen=seen(shop, other))
    assert refused(shop, service.ask, "UANN", other, price="100") == "no_such_reward"
    assert refused(shop, service.ask, "UANN", "0" * 32, price="100") == "no_such_reward"


def test_a_granted_request_is_spent_once_and_counts_on_no_board(shop: Office) -> None:
    request = ask(shop, "ann", offer(shop)).request.id
    approve(shop, request)

    assert shop.account("ann") == Account(50) and shop.total("ann", "points") == 150
    assert refused(shop, reward_decisions.approve, "UAMY", request) == "request_answered"
    line = shop.run(points.line, TEAM, f"redeem:{request}")
    assert line and (line.deed, line.amount) == ("redeem", -100)

    assert shop.do(reward_decisions.deliver, "UAMY", request).request.state == "delivered"
    assert refused(shop, reward_decisions.deliver, "UADA", request) == "request_answered"
    assert shop.is_sound()


def test_a_refusal_has_a_reason_and_returns_points_stock_and_budget(shop: Office) -> None:
    reward = offer(shop, stock="1", budget="100")
    request = ask(shop, "ann", reward).request.id

    assert refused(shop, reward_decisions.refuse, "UADA", request, was="held", reason=" ") == "reward_text_missing"
    change = shop.do(reward_decisions.refuse, "UADA", request, was="held", reason="Too many away that week.")
    assert (change.request.state, change.request.reason) == ("refused", "Too many away that week.")
    assert shop.account("ann") == Account(150) and stock(shop, reward) == (1, 100)
    assert shop.is_sound()


def test_a_granted_request_can_be_called_off_until_it_is_delivered(shop: Office) -> None:
    reward = offer(shop, stock="1")
    request = ask(shop, "ann", reward).request.id
    assert refused(shop, reward_decisions.refuse, "UADA", request, was="approved", reason="No") == "request_answered"
    approve(shop, request)
    assert refused(shop, reward_decisions.refuse, "UADA", request, was="held", reason="No") == "request_answered"

    shop.do(reward_decisions.refuse, "UAMY", request, was="approved", reason="The course was cancelled.")
    assert shop.account("ann") == Account(150) and stock(shop, reward) == (1, None)
    assert refused(shop, reward_decisions.deliver, "UADA", request) == "request_answered"
    assert shop.is_sound()


def test_admins_answer_and_nobody_their_own(shop: Office) -> None:
    earn(shop, "ada", 100)
    reward = offer(shop)
    own, other = ask(shop, "ada", reward), ask(shop, "ann", reward)

    assert [one.name for one in own.admins] == ["Amy"]
    for act in (reward_decisions.approve, reward_decisions.deliver):
        assert refused(shop, act, "UADA", own.request.id) == "reward_own"
        for who in ("bo", "lee"):
            assert refused(shop, act, slack_id(who), other.request.id) == "admins_only"
    assert refused(shop, reward_decisions.refuse, "UADA", own.request.id, was="held", reason="No") == "reward_own"
    approve(shop, own.request.id, "amy")
    assert shop.is_sound()


def test_only_the_one_who_asked_withdraws_and_only_until_it_is_answered(shop: Office) -> None:
    reward = offer(shop, stock="2")
    request, granted = ask(shop, "ann", reward).request.id, ""

    assert refused(shop, service.withdraw, "UBO", request) == "request_not_yours"
    assert shop.do(service.withdraw, "UANN", request).state == "withdrawn"
    assert shop.account("ann") == Account(150) and stock(shop, reward) == (2, None)
    assert refused(shop, service.withdraw, "UANN", request) == "request_answered"
    granted = ask(shop, "ann", reward).request.id
    approve(shop, granted)
    assert refused(shop, service.withdraw, "UANN", granted) == "request_answered"
    assert shop.is_sound()


def test_what_nobody_answers_for_thirty_days_comes_back(shop: Office) -> None:
    reward = offer(shop, stock="2", price="50")
    request, granted = ask(shop, "ann", reward).request.id, ask(shop, "ann", reward).request.id
    approve(shop, granted)
    shop.later(days=29, hours=23)
    assert shop.do(reward_decisions.tend) == ()

    shop.later(hours=1)
    (ended,) = shop.do(reward_decisions.tend)
    assert (ended.request.id, ended.request.state) == (request, "expired")
    assert shop.account("ann") == Account(100) and stock(shop, reward) == (1, None)
    assert shop.do(reward_decisions.tend) == () and shop.is_sound()


def test_what_a_leaver_asked_for_comes_back_at_once(shop: Office) -> None:
    request = ask(shop, "ann", offer(shop)).request.id
    shop.enrol("ann", is_gone=True)

    (ended,) = shop.do(reward_decisions.tend)
    assert (ended.request.id, ended.request.state) == (request, "returned")
    assert shop.account("ann") == Account(150) and shop.is_sound()


def test_points_taken_back_leave_what_is_put_by_and_what_comes_back_settles_the_debt(shop: Office) -> None:
    request = ask(shop, "ann", offer(shop)).request.id
    earn(shop, "ann", -120)
    assert shop.account("ann") == Account(0, 100, 70)

    shop.do(service.withdraw, "UANN", request)
    assert shop.account("ann") == Account(30) and shop.is_sound()


def test_the_catalogue_is_changed_by_admins_alone(shop: Office) -> None:
    reward = offer(shop, stock="5")
    draft, before = Draft("training", "Barista course", "Two days.", "120", "4", "1,000"), seen(shop, reward)

    assert refused(shop, catalogue.edit, "ULEE", reward, draft, seen=before) == "admins_only"
    changed = shop.do(catalogue.edit, "UADA", reward, draft, seen=before)
    assert (changed.kind, changed.name, changed.price) == ("training", "Barista course", 120)
    assert (changed.stock, changed.budget) == (4, 1000)
    assert refused(shop, catalogue.edit, "UADA", reward, draft, seen=before) == "reward_changed"
    for field, wrong in (("kind", "car"), ("price", "0"), ("name", ""), ("stock", "-1"), ("budget", "much")):
        said = Draft(**{**draft.__dict__, field: wrong})
        assert shop.refusal(catalogue.edit, "UADA", catalogue.NEW, said, seen="").field == field


def test_a_form_that_was_opened_before_another_admin_changed_anything_changes_nothing(shop: Office) -> None:
    reward = offer(shop)
    old, draft = seen(shop, reward), Draft("timeoff", "A day off", "", "90", "", "")
    shop.do(catalogue.edit, "UAMY", reward, Draft("timeoff", "A day off", "", "100", "", "", offered=False), seen=old)

    assert refused(shop, catalogue.edit, "UADA", reward, draft, seen=old) == "reward_changed"
    assert not shop.do(service.existing, reward).offered, "what was retired stays so"
    assert shop.do(catalogue.edit, "UADA", reward, draft, seen=seen(shop, reward)).price == 90


def test_there_is_room_for_so_many_rewards_on_offer(shop: Office) -> None:
    for number in range(24):
        offer(shop, name=f"Reward {number}")
    draft = Draft("fund", "One more", "", "5", "", "")
    assert refused(shop, catalogue.edit, "UADA", catalogue.NEW, draft, seen="") == "rewards_many"


@pytest.mark.parametrize("who", ["guest", "robot", "gone", "stranger", "nobody"])
def test_who_takes_no_part_asks_for_nothing(shop: Office, who: str) -> None:
    reward = offer(shop)
    shop.refusal(service.ask, slack_id(who), reward, price="100")
    shop.refusal(service.shelf, slack_id(who))


def test_home_shows_the_balance_and_what_may_still_change(shop: Office) -> None:
    reward = offer(shop, price="30")
    first, second = ask(shop, "ann", reward).request.id, ask(shop, "ann", reward).request.id
    shop.do(service.withdraw, "UANN", first)

    home = shop.do(service.at_home, shop.member("ann"))
    assert home.account == Account(120, 30) and [one.id for one in home.own] == [second] and home.tasks == 0
    assert shop.do(service.at_home, shop.member("ada")).tasks == 1
    assert shop.do(service.shelf, "UADA").tasks == 1


def test_a_request_that_waits_is_in_reach_however_many_came_after_it(shop: Office) -> None:
    reward = offer(shop, price="10")
    first, second = ask(shop, "ann", reward).request.id, ask(shop, "ann", reward).request.id
    approve(shop, second)
    for _ in range(service.OWN):
        shop.later(minutes=1)
        shop.do(service.withdraw, "UANN", ask(shop, "ann", reward).request.id)

    assert [one.id for one in shop.do(service.shelf, "UANN").own][:2] == [first, second]
    assert [one.id for one in shop.do(service.at_home, shop.member("ann")).own] == [first, second]


def test_the_queue_is_for_admins_and_has_what_waits(shop: Office) -> None:
    reward = offer(shop, price="10")
    approve(shop, ask(shop, "ann", reward).request.id)
    ask(shop, "ann", reward)
    shop.enrol("ann", is_gone=True)

    assert refused(shop, reward_decisions.queue, "ULEE") == "admins_only"
    queue = shop.do(reward_decisions.queue, "UADA")
    assert [one.state for one in queue.requests] == ["held", "approved"] and queue.total == 2
    assert [one.person.name for one in queue.leavers] == ["Ann"]


def test_a_member_of_another_workspace_has_nothing_here(shop: Office) -> None:
    reward = offer(shop)
    shop.settle(workspace_id="T2")
    shop.run(people.enrol, "T2", [people.Profile("UANN", "Ann")], now=shop.now)
    assert refused(shop, service.ask, "UANN", reward, price="100") == "no_such_reward"
