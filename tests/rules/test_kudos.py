"""The grammar of `/kudos`, who may be thanked, and how a reaction counts (product.md 2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.kudos import (
    MAX_TURNS,
    PAIR_LIMIT,
    Gift,
    KudosLine,
    ReactionState,
    Refused,
    Terms,
    entitle,
    next_reaction,
    parse_line,
)

TERMS = Terms()
VALUES = ("care", "Courage", "用心")

# --- the line


@pytest.mark.parametrize(
    ("text", "people", "reason", "value"),
    [
        ("<@U1|ann> <@U2> for staying late #care", ("U1", "U2"), "for staying late", "care"),
        ("<@U1> for staying late", ("U1",), "for staying late", None),
        ("<@U1>", ("U1",), "", None),
        ("<@U1> #care", ("U1",), "", "care"),
        ("", (), "", None),
        ("for staying late", (), "for staying late", None),
        ("for <@U1> #care", (), "for <@U1>", "care"),
        ("<@U1> for #care in the night", ("U1",), "for in the night", "care"),
        ("<@U1> #care for the night", ("U1",), "for the night", "care"),
        ("<@U1> 謝謝你 #用心", ("U1",), "謝謝你", "用心"),
        ("<@U1> thanks #COURAGE", ("U1",), "thanks", "Courage"),
        ("<@U1> thanks <#C123|care>", ("U1",), "thanks", "care"),
        ("<@U1> thanks <#C123|elsewhere>", ("U1",), "thanks #elsewhere", None),
        ("<@U1> we are #1", ("U1",), "we are #1", None),
        ("<@U1> for #care and #courage", ("U1",), "for #care and", "Courage"),
        ("<@U1> for #care and #luck", ("U1",), "for and #luck", "care"),
        ("<@U1> not a#care tag", ("U1",), "not a#care tag", None),
        ("<@U1> #careful", ("U1",), "#careful", None),
        ("<@U1> fish &amp; chips &lt;3", ("U1",), "fish & chips <3", None),
        ("<@U1> a &amp;amp; b", ("U1",), "a &amp; b", None),
        ("<@U1>, <@U2>, for all", ("U1", "U2"), "for all", None),
    ],
)
def test_people_come_first_then_the_reason_and_a_value(
    text: str, people: tuple[str, ...], reason: str, value: str | None
) -> None:
    assert parse_line(text, VALUES) == KudosLine(people, reason, value)


def test_without_values_a_tag_is_part_of_the_reason() -> None:
    assert parse_line("<@U1> thanks #care", ()) == KudosLine(("U1",), "thanks #care", None)


@given(st.text())
def test_any_text_is_read_and_a_value_is_one_of_the_companys(text: str) -> None:
    line = parse_line(text, VALUES)

    assert line.value in (None, *VALUES)
    assert line.reason == line.reason.strip()


# --- who is entitled


def share(
    receivers: str,
    *,
    lead: bool = False,
    daily: int = 0,
    weekly: int = 0,
    pairs: dict[str, int] | None = None,
    out: dict[str, str] | None = None,
) -> tuple[tuple[Gift, ...], tuple[Refused, ...]]:
    return entitle(
        receivers.split(),
        giver="me",
        lead=lead,
        terms=TERMS,
        daily_used=daily,
        weekly_used=weekly,
        pair_counts=pairs or {},
        ineligible=out or {},
    )


def test_each_receiver_costs_one_of_the_day() -> None:
    gifts, refused = share("a b c", daily=3)

    assert gifts == (Gift("a", 1, "daily"), Gift("b", 1, "daily"))
    assert refused == (Refused("c", "allowance"),)


def test_a_leads_week_is_used_before_the_day() -> None:
    gifts, refused = share("a b c d", lead=True, weekly=9, daily=3)

    assert gifts == (Gift("a", 5, "weekly"), Gift("b", 1, "daily"), Gift("c", 1, "daily"))
    assert refused == (Refused("d", "allowance"),)


def test_obstacles_are_named_before_the_allowance_and_cost_nothing() -> None:
    gifts, refused = share("me a b c", daily=4, pairs={"a": 3, "c": 2}, out={"b": "bot"})

    assert gifts == (Gift("c", 1, "daily"),)
    assert refused == (Refused("me", "self"), Refused("a", "pair_limit"), Refused("b", "bot"))


def test_without_allowance_the_real_obstacle_is_still_told() -> None:
    assert share("me a", daily=5)[1] == (Refused("me", "self"), Refused("a", "allowance"))


@given(
    receivers=st.lists(st.sampled_from(["me", *"abcdefghijklmnop"])),
    lead=st.booleans(),
    daily=st.integers(0, TERMS.daily + 2),
    weekly=st.integers(0, TERMS.weekly + 2),
    pairs=st.dictionaries(st.sampled_from("abcdef"), st.integers(0, PAIR_LIMIT + 1)),
    out=st.dictionaries(st.sampled_from("ghi"), st.just("bot")),
    terms=st.builds(Terms, st.integers(1, 12), st.integers(0, 12), st.integers(0, 9), st.integers(0, 9)),
)
def test_everybody_is_answered_once_and_no_allowance_is_overdrawn(
    receivers: list[str],
    lead: bool,
    daily: int,
    weekly: int,
    pairs: dict[str, int],
    out: dict[str, str],
    terms: Terms,
) -> None:
    gifts, refused = entitle(
        receivers,
        giver="me",
        lead=lead,
        terms=terms,
        daily_used=daily,
        weekly_used=weekly,
        pair_counts=pairs,
        ineligible=out,
    )

    answered = [*(gift.receiver for gift in gifts), *(one.receiver for one in refused)]
    assert sorted(answered) == sorted(set(receivers))
    assert sum(gift.allowance == "daily" for gift in gifts) <= max(0, terms.daily - daily)
    assert sum(gift.allowance == "weekly" for gift in gifts) <= (max(0, terms.weekly - weekly) if lead else 0)
    assert {gift.points for gift in gifts} <= {terms.points, terms.lead_points}
    assert not {gift.receiver for gift in gifts} & {"me", *out, *(who for who, n in pairs.items() if n >= PAIR_LIMIT)}


# --- reactions


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 40)), max_size=40))
def test_the_state_follows_the_newest_event_and_gives_at_most_three_times(events: list[tuple[bool, int]]) -> None:
    state: ReactionState | None = None
    standing = given_times = newest = 0
    for added, ts in events:
        state, action = next_reaction(state, added=added, event_ts=f"{ts}.0")
        standing += (action == "give") - (action == "take_back")
        given_times += action == "give"
        newest = max(newest, ts)
        assert standing == state.on and given_times == state.turns <= MAX_TURNS
        assert state.event_ts == f"{newest}.0"
        assert ts == newest or action == "none"


@given(st.permutations(range(1, 6)))
def test_whatever_the_order_of_arrival_the_newest_event_stands(order: list[int]) -> None:
    """Reactions come and go with odd and even timestamps, so the last of five is a reaction."""
    state: ReactionState | None = None
    for ts in order:
        state, _ = next_reaction(state, added=ts % 2 == 1, event_ts=f"{ts}.0")

    assert state is not None and state.on


def test_of_two_events_of_the_same_moment_the_first_stands() -> None:
    off = ReactionState(False, 1, "5.000001")

    assert next_reaction(off, added=True, event_ts="5.000001") == (off, "none")


def test_a_removal_without_a_reaction_is_only_noted() -> None:
    assert next_reaction(None, added=False, event_ts="5.0") == (ReactionState(False, 0, "5.0"), "none")


def test_after_three_turns_the_message_takes_no_more() -> None:
    spent = ReactionState(False, 3, "6.0")

    assert next_reaction(spent, added=True, event_ts="7.0") == (ReactionState(False, 3, "7.0"), "spent")
