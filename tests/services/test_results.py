"""Who sees what of a round that closed; on both engines."""

from pathlib import Path
from typing import Any

from bot.services import results
from bot.services.results import Told
from storage import people
from tests.office import Office
from tests.pulses import Round


def lead_of(office: Office, name: str, team: str) -> None:
    """Let one of a team lead it."""
    person = office.member(name).id
    office.run(people.list_as, person, team=team, listed="lead")


def seen_by(round_: Round, name: str) -> Told:
    office = round_.office
    survey = round_.stored()

    def look(session: Any) -> Told:
        return results.shown_to(session, office.company, office.member(name), survey)

    return office.run(look)


def with_comments(office: Office, folder: Path, **teams: int) -> Round:
    """Everybody answers, and everybody writes."""
    round_ = Round(office, folder, teams)
    for team, names in round_.people.items():
        round_.all_answer(team, ["4"] * len(names))
        for name in names:
            round_.comment(name, f"From {name}.")
    round_.close()
    return round_


def test_a_lead_of_the_only_team_reads_what_the_whole_company_wrote(empty_office: Office, tmp_path: Path) -> None:
    round_ = with_comments(empty_office, tmp_path, Shop=12)
    lead_of(empty_office, "shop0", "Shop")

    assert len(seen_by(round_, "shop0").comments) == 12


def test_a_lead_reads_what_is_shown_as_the_teams_and_not_what_is_shown_as_the_companys(
    empty_office: Office, tmp_path: Path
) -> None:
    round_ = with_comments(empty_office, tmp_path, North=14, South=12, East=6)
    for name, team in (("north0", "North"), ("south0", "South")):
        lead_of(empty_office, name, team)

    north, south = seen_by(round_, "north0"), seen_by(round_, "south0")

    assert {one.words.split()[1][:5] for one in north.comments} == {"north"} and len(north.comments) == 14
    assert south.mine and south.mine.answered == 12 and south.comments == (), (
        "with those of East they are the company's"
    )
    assert not results.may_see(empty_office.member("north0"), round_.stored(), "")
