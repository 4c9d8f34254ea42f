"""`/points`: balance, this month, the last ten entries, what is left to give (product.md 5)."""

from bot.rules.points import Account
from bot.services import kudos
from bot.services import points as service
from bot.services.kudos import Left
from tests.office import Office, mentions


def thank(office: Office, giver: str, receiver: str) -> None:
    office.do(kudos.give, giver, mentions(receiver), reason="for all", channel="CSHOP")


def test_a_statement_shows_balance_month_entries_and_what_is_left(office: Office) -> None:
    office.praise("bo", "ann", "Warm soup, warmer smile.")
    office.later(minutes=1)
    thank(office, "ULEE", "ann")
    thank(office, "UANN", "bo")

    statement = office.do(service.statement, "UANN")

    assert (statement.person.name, statement.account, statement.month) == ("Ann", Account(15), 15)
    assert [(line.deed, line.amount) for line in statement.lines] == [("kudos", 5), ("praise", 10)]
    assert statement.left == Left(4, 0)


def test_who_has_nothing_yet_sees_nothing(office: Office) -> None:
    statement = office.do(service.statement, "ULEE")

    assert (statement.account, statement.month, statement.lines) == (Account(), 0, ())
    assert statement.left == Left(5, 10)


def test_the_month_is_the_calendar_month_in_the_workspaces_zone(office: Office) -> None:
    office.at(2026, 3, 31, 23)
    thank(office, "ULEE", "ann")
    office.at(2026, 4, 1, 0)
    thank(office, "UBO", "ann")

    statement = office.do(service.statement, "UANN")

    assert (statement.account.spendable, statement.month) == (6, 1)


def test_only_the_last_ten_entries_are_shown_newest_first(office: Office) -> None:
    givers = [f"p{number}" for number in range(12)]
    office.enrol(*givers)
    for giver in givers:
        thank(office, f"U{giver.upper()}", "ann")
        office.later(minutes=1)

    lines = office.do(service.statement, "UANN").lines

    assert len(lines) == 10
    assert [line.entered_at for line in lines] == sorted((line.entered_at for line in lines), reverse=True)


def test_a_guest_has_no_statement(office: Office) -> None:
    assert office.refusal(service.statement, "UGUEST").code == "actor_guest"
