"""Praise of former days from a file (product.md 1): never new, never posted, awarded once."""

from datetime import date

from bot.rules.praise import MAX_PEOPLE
from bot.services import history
from bot.services.history import Brought
from bot.services.telling import Telling
from storage import points
from tests.office import Office, slack_id, words


def told(praised: str, said: str, day: str = "2025-06-01") -> Telling:
    return Telling(tuple(map(slack_id, praised.split())), said, happened_on=date.fromisoformat(day))


def bring(office: Office, *tellings: Telling, award: bool = False) -> list[Brought]:
    return office.do(history.bring, tellings, award=award)


def test_older_imported_praise_opens_a_morning_and_is_never_new(office: Office) -> None:
    office.at(2026, 3, 2, 12)
    office.keep_ritual()
    assert bring(office, told("ann", "Imported at noon, the day it happened", "2026-03-02"))[0].added
    office.at(2026, 3, 3, 9)
    morning = office.opened()
    assert morning.is_older and words(morning) == ["Imported at noon, the day it happened"]
    bring(office, told("bo", "Imported the day after, and longer by far"))
    office.praise("ann", "cy", "New.")
    office.at(2026, 3, 4, 9)
    morning = office.opened()
    assert not morning.is_older and words(morning) == ["New."]


def test_words_repeated_within_a_batch_are_one_praise(office: Office) -> None:
    brought = bring(
        office,
        told("ann", "Kind", "2025-06-01"),
        told("ann bo", "kind!", "2025-07-01"),  # thirty days later: known for Ann, new for Bo
        told("ann", "Kind.", "2025-07-02"),
        told("bo", "KIND", "2025-06-20"),
        award=True,
    )
    assert [one.added for one in brought] == [True, True, True, False]
    assert [one.awarded for one in brought] == [1, 1, 1, 0]
    assert (office.points("ann"), office.points("bo")) == (20, 10)
    assert bring(office, told("ann bo", "Kind", "2025-06-15"), award=True) == [Brought()]
    assert office.is_sound()


def test_what_was_brought_without_points_is_awarded_later_on_its_own_day(office: Office) -> None:
    bring(office, told("ann bo", "Kind", "2025-06-01"))
    assert office.points("ann") == 0
    assert bring(office, told("ann bo", "Kind", "2025-06-20"), award=True) == [Brought(awarded=2)]
    assert bring(office, told("ann bo", "Kind", "2025-06-20"), award=True) == [Brought()]
    ((line,), (other,)) = (office.run(points.latest, office.member(name).id, 5) for name in ("ann", "bo"))
    assert line.counts_on == other.counts_on == date(2025, 6, 1)
    assert office.is_sound()


def test_what_a_colleague_told_has_its_points(office: Office) -> None:
    office.praise("lee", "ann", "Kind")
    assert bring(office, told("ann", "Kind", "2026-03-01"), award=True) == [Brought()]
    waiting = office.praise("bo", "bo", "Wonderful").praise
    assert waiting.state == "waiting"
    assert bring(office, told("bo", "Wonderful", "2026-03-01"), award=True) == [Brought()]
    assert (office.points("ann"), office.points("bo")) == (10, 0)


def test_a_bad_telling_keeps_none_of_the_others_back(office: Office) -> None:
    bad, good = bring(office, told("ann nobody guest", " ", "2199-01-01"), told("ann", "Kind"))
    assert good.added and not bad.added and bad.unfit
    assert [refusal.code for refusal in bad.unfit.refusals] == ["words_missing", "day_in_future"]
    assert (bad.unfit.unknown, bad.unfit.absent) == (("UNOBODY",), (("UGUEST", "guest"),))


def test_of_too_many_names_those_that_nobody_looked_up_are_not_called_unknown(office: Office) -> None:
    crowd = [f"p{number}" for number in range(MAX_PEOPLE)]
    office.enrol(*crowd)
    (bad,) = bring(office, told(" ".join([*crowd, "ann"]), "Kind"))
    assert bad.unfit and [refusal.code for refusal in bad.unfit.refusals] == ["too_many_people"]
    assert bad.unfit.unknown == ()
