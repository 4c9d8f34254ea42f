"""A round closes at one instant: shown is what may be shown, destroyed is all the rest; on both engines."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import Session, select

from bot.rules.replies import of_round
from bot.services import closing
from storage import ballots, models, outbox, results, surveys
from tests.office import TEAM, Office, path_of
from tests.pulses import Round

POOL = (models.Participation, models.Envelope, models.Answer)


@pytest.fixture
def round_(empty_office: Office, tmp_path: Path) -> Round:
    return Round(empty_office, tmp_path, {"Shop": 45, "Bar": 8, "Desk": 6})


def left(round_: Round) -> int:
    """How many rows of the pool are left."""

    def count(session: Session) -> int:
        return sum(session.exec(select(func.count()).select_from(table)).one() for table in POOL)

    return round_.office.run(count)


def shown(round_: Round) -> dict[str, tuple[int, float | None]]:
    figures = round_.office.run(results.figures, round_.id)
    return {cut: (one.answered, one.mean) for cut, one in figures.items()}


def test_no_vote_is_lost_between_the_pool_and_the_figures(round_: Round) -> None:
    round_.all_answer("Shop", "4" * 33)
    assert round_.mix() == 23
    round_.all_answer("Bar", "2" * 8)
    round_.all_answer("Desk", "3" * 5)

    round_.close()

    assert shown(round_) == {"": (46, 3.5), "Shop": (33, 4.0), "Bar": (8, 2.0), "Desk": (5, 3.0)}
    assert round_.stored().answered == 46


def test_a_group_that_could_be_subtracted_is_not_shown(round_: Round) -> None:
    """Shop and Bar could be shown by themselves, but then the two of Desk could be computed."""
    round_.all_answer("Shop", "4" * 20)
    round_.all_answer("Bar", "2" * 6)
    round_.all_answer("Desk", "1" * 2)

    round_.close()

    assert set(shown(round_)) == {"", "Shop"}


def test_fewer_answers_than_the_threshold_are_destroyed_unread(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    round_.all_answer("Shop", "4" * 4)
    round_.office.now = round_.closes_at
    round_.office.do(closing.begin, round_.id)

    assert not round_.office.run(closing.may_be_opened, round_.stored())

    round_.close()
    assert shown(round_) == {} and left(round_) == 0
    assert (round_.stored().state, round_.stored().answered) == ("closed", 0)


def test_nothing_is_left_of_a_round_that_closed(round_: Round) -> None:
    round_.all_answer("Shop", "4" * 33)
    round_.comment("shop0", "Sealed words.")
    round_.mix()

    round_.close()

    stored = round_.stored()
    assert left(round_) == 0 and round_.keys.ids() == set()
    assert (stored.state, stored.secret, stored.scrubbed) == ("closed", "", True)


def test_a_round_is_destroyed_in_pieces(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.ballots.PIECE", 10)
    round_.all_answer("Shop", "4" * 33)
    round_.mix()

    round_.close()

    assert left(round_) == 0


def comments_by_cut(round_: Round) -> list[tuple[str, str]]:
    return sorted((one.cut, one.words) for one in round_.office.run(results.comments, round_.id))


def test_comments_are_shown_in_the_smallest_group_that_is_large_enough(round_: Round) -> None:
    round_.all_answer("Shop", "4" * 12)
    round_.all_answer("Bar", "3" * 6)
    round_.all_answer("Desk", "3" * 6)
    for name in ["shop0", "shop1", "shop2", "shop3", "shop4", "bar0", "bar1", "bar2", "desk0", "desk1"]:
        round_.comment(name, f"Of {name}.", receipt="ab" * 32 if name == "bar2" else "")

    round_.close()

    assert comments_by_cut(round_) == sorted(
        [("Shop", f"Of shop{at}.") for at in range(5)]
        + [("", f"Of bar{at}.") for at in range(3)]
        + [("", f"Of desk{at}.") for at in range(2)]
    )
    found = round_.office.run(results.comments, round_.id)
    assert [(one.words, one.receipt) for one in found if one.receipt] == [("Of bar2.", of_round("ab" * 32, round_.id))]


def test_the_few_who_comment_in_a_group_are_hidden_among_all_or_never_read(round_: Round) -> None:
    """A copy from while the round ran tells who commented, so one comment alone would tell whose it is."""
    round_.all_answer("Shop", "4" * 12)
    round_.all_answer("Bar", "3" * 6)
    round_.all_answer("Desk", "3" * 6)
    for name in ["shop0", "shop1", "bar0", "bar1"]:
        round_.comment(name, f"Of {name}.")

    round_.close()

    assert comments_by_cut(round_) == []


def test_comments_of_a_round_with_fewer_answers_than_ten_are_never_shown(round_: Round) -> None:
    round_.all_answer("Shop", "4" * 9)
    round_.comment("shop3", "Never read.")

    round_.close()

    assert shown(round_)[""] == (9, 4.0) and round_.office.run(results.comments, round_.id) == ()


def test_a_round_closes_once_however_many_processes_close_it(round_: Round) -> None:
    round_.all_answer("Shop", "4" * 10)
    round_.close()
    before = shown(round_)

    assert round_.office.do(closing.close, round_.id, closing.Outcome()) is None
    assert not round_.office.run(closing.give_up, round_.id)
    assert shown(round_) == before


def test_a_round_does_not_close_before_its_time(round_: Round) -> None:
    round_.office.now = round_.closes_at - timedelta(seconds=1)

    assert round_.office.do(closing.due) is None
    round_.office.do(closing.begin, round_.id)
    assert round_.stored().state == "open"
    round_.office.later(seconds=1)
    due = round_.office.do(closing.due)
    assert due and due.id == round_.id


def test_a_round_that_was_left_in_the_middle_is_found_again(round_: Round) -> None:
    round_.office.now = round_.closes_at
    round_.office.do(closing.begin, round_.id)
    closing_ = round_.office.do(closing.due)
    assert closing_ and closing_.state == "closing"
    round_.office.do(closing.close, round_.id, closing.Outcome())

    unfinished = round_.office.do(closing.unfinished)
    assert round_.office.do(closing.due) is None and unfinished and unfinished.id == round_.id
    round_.tidy()
    assert round_.office.do(closing.unfinished) is None


def test_a_lost_key_makes_the_round_void_and_destroys_it_unread(round_: Round) -> None:
    round_.all_answer("Shop", "4" * 33)
    round_.mix()
    round_.office.now = round_.closes_at
    end, hour = round_.closes_at, timedelta(hours=1)
    assert not closing.is_lost(round_.survey, since=end, now=end + timedelta(minutes=59))
    assert closing.is_lost(round_.survey, since=end - hour, now=end + hour)
    assert not closing.is_lost(round_.survey, since=end + hour, now=end + timedelta(minutes=119))

    round_.office.do(closing.begin, round_.id)
    assert round_.office.run(closing.give_up, round_.id)
    round_.tidy()

    assert left(round_) == 0 and shown(round_) == {}
    assert (round_.stored().state, round_.stored().secret) == ("void", "")


def test_who_would_still_be_asked_is_not_and_who_was_reminded_is_forgotten(round_: Round) -> None:
    def owe(key: str) -> None:
        message = {"text": "?"}
        round_.office.run(outbox.post, workspace_id=TEAM, key=key, channel="U1", message=message, now=round_.office.now)

    owe(closing.asked_key(round_.id, "a" * 32))
    owe(closing.asked_key(round_.id, "b" * 32, again=True))
    owe("praise:1")
    round_.close()

    keys = round_.office.run(lambda session: list(session.exec(select(models.Outbox.key))))
    assert keys == ["praise:1"]


def test_what_is_no_answer_to_the_question_counts_for_nothing(round_: Round) -> None:
    contents = [{"segment": 0, "value": "9"}, {"segment": 7, "value": "1"}, {"segment": 0, "value": "1"}]

    assert closing.counted(round_.survey, contents, {0: Counter({"2": 3})}) == {0: Counter({"2": 3, "1": 1})}


def test_a_date_has_one_round_and_no_two_are_open(round_: Round) -> None:
    again = surveys.Survey(**{**round_.survey.__dict__, "id": models.new_id()})
    next_day = surveys.Survey(**{**again.__dict__, "local_date": again.local_date + timedelta(days=2)})

    assert not round_.office.run(surveys.open_one, TEAM, again, [])
    assert not round_.office.run(surveys.open_one, TEAM, next_day, [])
    round_.close()
    assert round_.office.run(surveys.open_one, TEAM, next_day, [])


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_no_file_holds_anything_of_a_round_that_closed(round_: Round) -> None:
    """Not the database, nor its write-ahead log: tags, boxes, the secret, the ids of answers, words nobody may read."""
    round_.all_answer("Shop", "4" * 33)
    round_.comment("shop3", "Shown words.")
    round_.mix()
    stored = [
        *round_.office.run(ballots.boxes, round_.id, "answer"),
        *round_.office.run(ballots.boxes, round_.id, "mixed"),
    ]
    traces = [round_.survey.secret.encode(), *(key.encode() for key, _ in stored), *(box[:32] for _, box in stored)]
    assert len(traces) == 1 + 2 * (10 + 23)
    path = path_of(round_.office.database)

    def found() -> int:
        files = [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]
        content = b"".join(file.read_bytes() for file in files if file.exists())
        return sum(trace in content for trace in traces)

    assert found() == len(traces)
    round_.close()
    assert found() == 0
