"""What a done idea brought: later praise credits its author, solvers of a major problem get their points."""

from typing import Any

from bot.services import credits as service
from bot.services import suggestions
from storage import credits as storage
from tests.ideas import SHELF, done, send
from tests.office import Office, mentions, slack_id


def refused(office: Office, *args: Any) -> str:
    return office.refusal(*args).code


def test_a_later_praise_credits_the_idea_once(office: Office) -> None:
    idea = done(office)
    praise = office.praise("bo", "cy", "The floor is dry at last, and Cy smiled.").praise

    credited = office.do(service.credit, "ULEE", praise.id, idea)

    assert credited.praise.id == praise.id and credited.suggestion.author
    assert office.run(storage.praises, idea) == [praise.id] and office.run(storage.ideas, praise.id) == [idea]
    assert refused(office, service.credit, "UADA", praise.id, idea) == "credit_known"
    assert office.points("ann") == 20


def test_who_may_link_and_which_praise(office: Office) -> None:
    idea, praise = done(office), office.praise("bo", "cy", "A dry floor!").praise.id

    assert refused(office, service.credit, "UANN", praise, idea) == "idea_own_credit"
    assert refused(office, service.credit, "UDI", praise, idea) == "may_not_credit"
    office.do(service.credit, "UBO", praise, idea)  # who recorded it

    early = office.praise("bo", "di", "So dry!", happened_on=office.now.date().replace(day=1)).praise.id
    assert refused(office, service.credit, "ULEE", early, idea) == "credit_too_early"
    waiting = office.praise("bo", "bo", "Bo is dry!").praise.id
    assert refused(office, service.credit, "ULEE", waiting, idea) == "no_such_praise"
    assert refused(office, service.credit, "ULEE", praise, send(office).suggestion.id) == "idea_not_done"


def test_a_lead_chooses_from_what_came_later_and_is_shown(office: Office) -> None:
    office.praise("bo", "cy", "Long before.", happened_on=office.now.date().replace(day=1))
    idea = done(office)
    kept = office.praise("bo", "cy", "A dry floor!").praise
    linked = office.praise("bo", "di", "No puddles!").praise
    office.do(service.credit, "ULEE", linked.id, idea)

    _, offered = office.do(service.creditable, "ULEE", idea)

    assert [praise.id for praise in offered] == [kept.id]
    assert refused(office, service.creditable, "UBO", idea) == "leads_only"


def test_each_solver_of_a_major_problem_gets_a_hundred_points_once(office: Office) -> None:
    idea = done(office)

    solved = office.do(service.solved, "ULEE", idea, mentions("ann", "bo"))

    assert sorted(one.name for one in solved.solvers) == ["Ann", "Bo"]
    assert (office.points("ann"), office.points("bo")) == (120, 100)
    assert (office.total("ann", "suggestions"), office.total("bo", "suggestions")) == (120, 100)
    assert [one.name for one in office.do(service.solved, "UADA", idea, mentions("bo", "cy")).solvers] == ["Cy"]
    assert refused(office, service.solved, "UADA", idea, mentions("bo")) == "solved_known"
    assert office.points("bo") == 100 and office.is_sound()


def test_nobody_confirms_their_own_solution_or_idea(office: Office) -> None:
    idea, own = done(office), done(office, "lee")

    assert refused(office, service.solved, "ULEE", idea, mentions("bo", "lee")) == "solver_self"
    assert refused(office, service.solved, "ULEE", own, mentions("bo")) == "idea_own_review"
    assert refused(office, service.solved, "UBO", idea, mentions("cy")) == "leads_only"
    assert refused(office, service.solved, "ULEE", idea, mentions("robot")) == "praised_bot"
    assert refused(office, service.solved, "ULEE", idea, []) == "people_missing"
    open_one = office.do(suggestions.send, slack_id("ann"), SHELF).suggestion.id
    assert refused(office, service.solved, "ULEE", open_one, mentions("bo")) == "idea_not_done"
