"""Teams are compared by what they have a head; a small one is never shown."""

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.teams import LEAST_PEOPLE, Ranked, Share, rank


def places(*shares: Share, least: int = 1) -> list[tuple[int, str]]:
    return [(one.rank, one.team) for one in rank(shares, least_events=least)]


def test_a_big_team_does_not_win_by_being_big() -> None:
    assert places(Share("Big", 100, 500, 50), Share("Small", 5, 50, 5)) == [(1, "Small"), (2, "Big")]


def test_the_same_amount_a_head_shares_a_place_and_the_next_is_counted_past_them() -> None:
    shares = (Share("A", 5, 10, 5), Share("B", 10, 20, 5), Share("C", 7, 7, 5))
    assert places(*shares) == [(1, "A"), (1, "B"), (3, "C")]
    assert places(Share("A", 6, 2, 5), Share("B", 9, 3, 5)) == [(1, "A"), (1, "B")]  # a third of a point each


def test_small_idle_and_lucky_teams_have_no_place_and_cost_nobody_one() -> None:
    shares = (Share("Four", 4, 400, 9), Share("Idle", 9, 0, 0), Share("Lucky", 5, 90, 2), Share("Back", 5, -5, 9))
    assert places(*shares, Share("Fair", 5, 5, 3), least=3) == [
        (0, "Four"), (0, "Lucky"), (1, "Fair"), (0, "Idle"), (0, "Back"),
    ]  # fmt: skip
    assert [one.too_small for one in rank(shares, least_events=1)] == [True, False, False, False]


def test_a_team_is_one_however_it_is_spelt() -> None:
    (one,) = rank([Share("reception", 2, 10, 1), Share("Reception", 3, 15, 1)], least_events=1)
    assert one == Ranked(1, "Reception", 5, 25, 2)
    assert one.per_head == 5


_SHARES = st.lists(
    st.builds(Share, st.text("abc", min_size=1, max_size=2), st.integers(1, 9), st.integers(-9, 99), st.integers(0, 9)),
    max_size=12,
)


@given(_SHARES, st.integers(1, 3))
def test_a_place_is_one_more_than_the_number_of_better_teams(shares: list[Share], least: int) -> None:
    ranked = rank(shares, least_events=least)
    shown = [one for one in ranked if one.rank]
    assert all(one.heads >= LEAST_PEOPLE and one.events >= least and one.amount > 0 for one in shown)
    for one in shown:
        assert one.rank == 1 + sum(other.amount * one.heads > one.amount * other.heads for other in shown)
    assert sum(one.heads for one in ranked) == sum(share.heads for share in shares)
