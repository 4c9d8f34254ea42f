"""The accounts of people who left, found without a look at everybody."""

from sqlmodel import Session

from bot.rules.points import Account
from storage import corrections
from tests.office import TEAM, Office
from tests.rewards import earn
from tests.storage.test_leaderboards import plans


def test_leavers_are_found_by_an_index_of_the_few_who_are_not_here(office: Office) -> None:
    earn(office, "ann", 30)
    office.enrol("ann", is_gone=True)
    engine = office.database.engine

    with Session(engine) as session:
        found = plans(engine, lambda: corrections.leavers(session, TEAM, most=5))
        (leaver,) = corrections.leavers(session, TEAM, most=5)
    assert (leaver.person.name, leaver.account) == ("Ann", Account(30))
    if engine.dialect.name == "sqlite":
        few = "ix_person_unranked", "ix_person_absent"
        assert any(name in plan for plan in found for name in few), found
