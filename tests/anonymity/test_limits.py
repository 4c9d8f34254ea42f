"""What the promise does not reach, measured, as docs/anonymity.md tells it: groups that agree, and who commented."""

from pathlib import Path

from bot import sealing
from bot.rules.questions import Question
from storage import ballots, results
from tests.anonymity.attacks import by_copies
from tests.anonymity.polls import played
from tests.office import Office
from tests.pulses import Round

YES = Question("tools-work", "tools", "yesno", "up", {"en": "Do your tools work?"})
NINE_IN_TEN = "yes " * 9 + "no"


def test_of_a_batch_that_agrees_every_copy_tells_what_all_of_it_answered(empty_office: Office, tmp_path: Path) -> None:
    """Nothing else tells it: what is shown of a group that agrees is told like one that nearly does."""
    poll = played(empty_office, tmp_path, {"Shop": 100}, values=NINE_IN_TEN, question=YES)
    links = by_copies(poll)

    print(f"\nA2 copies, nine in ten say yes: {links.certain} of {links.answers} answers known for certain")
    assert links.certain < links.answers
    poll.round.close()
    shown = poll.round.office.run(results.figures, poll.round.id)[""]
    assert shown.favourable is not None and 5 <= shown.favourable <= 95


def test_who_wrote_a_comment_is_hidden_among_those_who_wrote_one(empty_office: Office, tmp_path: Path) -> None:
    """A copy from while the round runs has the tags of those who commented. Their words come later, without a tag."""
    round_ = Round(empty_office, tmp_path, {"Shop": 30})
    round_.all_answer("Shop", "4" * 30)
    writers = [f"shop{at}" for at in range(6)]
    for name in writers:
        round_.comment(name, f"Of {name}.")
    tags = dict(round_.office.run(ballots.pool, round_.id, "comment"))
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
