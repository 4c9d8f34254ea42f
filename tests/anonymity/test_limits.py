"""What the promise does not reach, measured, as docs/anonymity.md tells it: groups that agree, and who commented."""

from pathlib import Path

from bot import sealing
from storage import ballots, results
from tests.anonymity.attacks import by_copies, by_key_and_copies
from tests.anonymity.polls import AGREEING, YES, played
from tests.office import Office
from tests.pulses import Round


def test_whoever_has_the_key_and_copies_from_before_opens_what_is_in_them(empty_office: Office, tmp_path: Path) -> None:
    """Mixing hides who answered what from a key that is seized with the database as it is; not from one that meets
    older copies. Even without them, of a batch that agrees the key tells what all of it answered."""
    poll = played(empty_office, tmp_path, {"Shop": 100}, values=AGREEING, question=YES)
    batches, everything = by_copies(poll, poll.key), by_key_and_copies(poll)

    print(f"\nkey and every change, nine in ten say yes: {batches}\nkey and every copy, opened: {everything}")
    assert batches.rate > 0.5 and everything.rate == 1


def test_what_is_shown_of_a_group_that_agrees_is_told_like_one_that_nearly_does(
    empty_office: Office, tmp_path: Path
) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 30}, question=YES)
    for name in round_.members:
        round_.answer(name, "yes")
    round_.close()

    shown = round_.office.run(results.figures, round_.id)[""]
    assert shown.favourable is not None and 5 <= shown.favourable <= 95


def test_who_wrote_a_comment_is_hidden_among_those_who_wrote_one(empty_office: Office, tmp_path: Path) -> None:
    """A copy from while the round runs has the tags of those who commented. Their words come later, without a tag."""
    round_ = Round(empty_office, tmp_path, {"Shop": 30})
    round_.all_answer("Shop", "4" * 30)
    writers = [f"shop{at}" for at in range(6)]
    for name in writers:
        round_.comment(name, f"Of {name}.")
    tags = dict(round_.office.run(ballots.boxes, round_.id, "comment"))
    known = {name for name, who in round_.members.items() if sealing.tag(round_.survey.secret, who.id) in tags}
    round_.close()

    shown = round_.office.run(results.comments, round_.id)
    print(f"\nA2 comments: {len(shown)} shown, of {len(known)} known writers: a guess is right in {1 / len(known):.0%}")
    assert known == set(writers) and len(shown) == 6


def test_a_comment_that_would_stand_alone_is_never_read(empty_office: Office, tmp_path: Path) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 30})
    round_.all_answer("Shop", "4" * 30)
    for name in ("shop0", "shop1", "shop2", "shop3"):
        round_.comment(name, f"Of {name}.")
    round_.close()

    assert round_.office.run(results.comments, round_.id) == ()
