"""How thanks go round: figures without names, and whom a lead may think of (product.md 2)."""

from typing import Any

import pytest
from sqlalchemy import ClauseElement

from bot.services import economy, kudos, people, suggestions
from bot.services.economy import Health
from bot.services.suggestions import Draft
from storage import people as roster
from storage.prepared import Prepared
from tests.office import Office, mentions, slack_id

CROWD = tuple(f"p{number}" for number in range(14))


@pytest.fixture
def crowd(office: Office) -> Office:
    """Twenty people with those of the office; `lee` leads the team "Front", of whom six are."""
    office.enrol(*CROWD)
    for name in ("lee", *CROWD[:5]):
        office.run(roster.list_as, office.member(name).id, team="Front")
    return office


def thank(office: Office, giver: str, *receivers: str) -> None:
    office.do(kudos.give, slack_id(giver), mentions(*receivers), reason="for all", channel="CSHOP")


def health(office: Office) -> Health:
    found = office.do(economy.health)
    assert found is not None
    return found


def test_nobody_was_thanked_yet(crowd: Office) -> None:
    found = health(crowd)
    assert (found.thanked, found.thanked_share, found.never, found.tenth) == (0, 0, 100, None)


def test_thanked_this_month_and_never(crowd: Office) -> None:
    count = health(crowd).people
    crowd.at(2026, 2, 3)
    thank(crowd, "ann", "p1", "p2")
    crowd.at(2026, 3, 3)
    thank(crowd, "bo", "p2")
    crowd.praise("ann", "p3", "Customers' praise is no kudos.")

    found = health(crowd)

    assert (found.people, found.thanked) == (count, 1)
    assert found.thanked_share == round(100 / count) and found.never == round(100 * (count - 2) / count)


def test_how_one_sided_thanking_is_is_said_once_five_thank(crowd: Office) -> None:
    for receiver in ("p1", "p2", "p3", "p4"):
        thank(crowd, "ann", receiver)
    for giver in ("bo", "cy", "di"):
        thank(crowd, giver, "p5")
    assert health(crowd).tenth is None

    thank(crowd, "ed", "p5")

    found = health(crowd)
    assert found.tenth == round(100 * (4 + -(-found.people // 10) - 1) / 8)


def test_who_left_is_in_no_figure(crowd: Office) -> None:
    thank(crowd, "ann", "p1", "p2")
    before = health(crowd)
    crowd.enrol("p1", is_gone=True)

    found = health(crowd)

    assert (found.people, found.thanked) == (before.people - 1, 1)


def test_of_fewer_than_five_people_there_is_no_figure(crowd: Office) -> None:
    everybody = crowd.run(roster.present, "T1")
    for member in everybody[4:]:
        crowd.enrol(member.name.lower(), is_gone=True)

    assert crowd.do(economy.health) is None
    assert crowd.do(economy.overview, everybody[0].slack_id).health is None
    assert crowd.do(economy.at_home, everybody[0]) is None


def forgotten(office: Office, viewer: str = "lee") -> list[str]:
    return [one.person.name for one in office.do(economy.overview, slack_id(viewer)).forgotten]


def test_a_lead_is_told_who_of_their_team_was_not_thanked_for_thirty_days(crowd: Office) -> None:
    crowd.at(2026, 2, 1)
    thank(crowd, "ann", "p1", "p2")
    crowd.at(2026, 2, 10)
    thank(crowd, "bo", "p1")
    crowd.at(2026, 3, 3)
    thank(crowd, "bo", "p3")
    assert forgotten(crowd) == ["P0", "P4"]

    crowd.at(2026, 3, 4)
    assert forgotten(crowd) == ["P0", "P2", "P4"]
    crowd.at(2026, 3, 12)
    assert forgotten(crowd) == ["P0", "P2", "P4"]
    crowd.at(2026, 3, 13)
    assert forgotten(crowd) == ["P0", "P1", "P2", "P4"]


def test_the_ledger_is_read_only_of_those_last_thanked_in_the_week_of_the_first_day(
    crowd: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[ClauseElement] = []
    spell = Prepared.spell

    def note(self: Prepared, *rest: Any) -> Any:
        read.extend([self.statement] if "FROM entry" in str(self.statement) else [])
        return spell(self, *rest)

    crowd.at(2026, 2, 3)
    thank(crowd, "ann", "p4")
    crowd.at(2026, 2, 10)
    thank(crowd, "bo", "p0", "p1", "p2", "p3")
    monkeypatch.setattr(Prepared, "spell", note)
    crowd.at(2026, 3, 4)  # the thirty days begin on a Monday of last month
    assert forgotten(crowd) == [] and read == []
    crowd.at(2026, 3, 5)
    assert forgotten(crowd) == [] and len(read) == 1
    crowd.at(2026, 3, 6)
    assert forgotten(crowd) == ["P4"] and len(read) == 2


def test_nobody_else_is_told(crowd: Office) -> None:
    assert crowd.do(economy.overview, slack_id("p1")).forgotten == ()
    assert crowd.member("ann").team == "" and forgotten(crowd, "ann") == []


def test_each_comes_with_one_true_thing(crowd: Office) -> None:
    crowd.praise("ann", "p1", "He carried my bags.")
    crowd.at(2026, 3, 4)
    crowd.praise("ann", "p1 p2", "They found my ring.")
    crowd.do(people_private, "p2")
    for name in ("p2", "p3"):
        sent = crowd.do(suggestions.send, slack_id(name), Draft(f"Umbrellas by {name}", "At the door.", "", "customer"))
        if name == "p2":
            crowd.do(suggestions.move, slack_id("lee"), sent.suggestion.id, "accepted", was="new")

    found = {one.person.name: one for one in crowd.do(economy.overview, slack_id("lee")).forgotten}

    assert (found["P1"].words, str(found["P1"].said_on)) == ("They found my ring.", "2026-03-04")
    assert (found["P2"].words, found["P2"].idea) == ("", "Umbrellas by p2")  # what is private stays so
    assert (found["P3"].words, found["P3"].idea) == ("", "")


def people_private(session: object, company: object, name: str) -> None:
    member = people.actor(session, company, slack_id(name))  # type: ignore[arg-type]
    roster.prefer(session, member.id, keeps_private=True)  # type: ignore[arg-type]


def test_of_a_large_team_the_first_are_told_and_how_many_more(crowd: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(economy, "NAMED", 2)
    found = crowd.do(economy.overview, slack_id("lee"))
    assert (len(found.forgotten), found.more) == (2, 3)
