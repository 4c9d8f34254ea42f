"""Points entered by hand: with a reason, beyond five hundred with a second admin, never for oneself."""

import pytest

from bot.rules.grants import GrantLine
from bot.rules.points import Account
from bot.services import grants as service
from bot.services import reward_decisions
from bot.views.grants import done as shown
from storage import audit
from tests.office import TEAM, Office, slack_id
from tests.rewards import ask, earn, offer


@pytest.fixture
def admins(office: Office) -> Office:
    """Two admins beside Ada."""
    office.enrol("amy", "abe", is_slack_admin=True)
    return office


def grant(office: Office, by: str, to: str, amount: int, reason: str = "The night of the flood") -> service.Granted:
    return office.do(service.grant, slack_id(by), GrantLine(slack_id(to), amount, reason))


def refused(office: Office, by: str, to: str, amount: int, reason: str = "Because") -> str:
    return office.refusal(service.grant, slack_id(by), GrantLine(slack_id(to), amount, reason)).code


def test_an_admin_gives_up_to_five_hundred_at_once(admins: Office) -> None:
    act = grant(admins, "ada", "ann", 500)

    assert (act.correction.state, act.admins) == ("entered", ())
    assert admins.account("ann") == Account(500) and admins.total("ann", "points") == 500
    assert admins.is_sound()


def test_an_admin_takes_points_back_whatever_is_left(admins: Office) -> None:
    grant(admins, "ada", "ann", 30)
    grant(admins, "ada", "ann", -50, "Counted twice")

    assert admins.account("ann") == Account(0, 0, 20) and admins.is_sound()


def test_more_waits_for_a_second_admin(admins: Office) -> None:
    act = grant(admins, "ada", "ann", 501)
    assert act.correction.state == "waiting" and {one.name for one in act.admins} == {"Amy", "Abe"}
    assert admins.points("ann") == 0

    correction = act.correction.id
    confirm = (service.confirm, "UADA", correction)
    assert admins.refusal(*confirm, accepted=True).code == "grant_own"
    assert admins.refusal(service.confirm, "ULEE", correction, accepted=True).code == "admins_only"
    confirmed = admins.do(service.confirm, "UAMY", correction, accepted=True).correction
    assert confirmed.state == "entered" and confirmed.decider and confirmed.decider.name == "Amy"
    assert admins.points("ann") == 501
    assert admins.refusal(service.confirm, "UABE", correction, accepted=False).code == "request_answered"
    assert admins.is_sound()


def test_what_a_second_admin_refuses_is_never_entered(admins: Office) -> None:
    correction = grant(admins, "ada", "ann", -900).correction.id
    assert admins.do(service.confirm, "UABE", correction, accepted=False).correction.state == "refused"
    assert admins.refusal(service.confirm, "UAMY", correction, accepted=True).code == "request_answered"
    assert admins.account("ann") == Account()


def test_an_admin_who_would_get_the_points_confirms_nothing(admins: Office) -> None:
    act = grant(admins, "ada", "amy", 900)
    assert {one.name for one in act.admins} == {"Abe"}
    assert admins.refusal(service.confirm, "UAMY", act.correction.id, accepted=True).code == "grant_own"


def test_points_of_somebody_who_left_are_not_confirmed(admins: Office) -> None:
    correction = grant(admins, "ada", "ann", 900).correction.id
    admins.enrol("ann", is_gone=True)

    assert admins.refusal(service.confirm, "UAMY", correction, accepted=True).code == "grant_absent"
    assert admins.account("ann") == Account()
    assert admins.do(service.confirm, "UAMY", correction, accepted=False).correction.state == "refused"


@pytest.mark.parametrize("now", [{"is_gone": True, "is_slack_admin": True}, {"is_slack_admin": False}])
def test_one_admin_alone_confirms_nothing_once_the_other_is_none(admins: Office, now: dict[str, bool]) -> None:
    correction = grant(admins, "abe", "ann", 900).correction.id
    admins.enrol("abe", **now)

    assert admins.refusal(service.confirm, "UAMY", correction, accepted=True).code == "grant_unasked"
    assert admins.account("ann") == Account()
    assert admins.do(service.confirm, "UAMY", correction, accepted=False).correction.state == "refused"


def test_who_may_not_and_what_cannot_be_is_refused(admins: Office) -> None:
    assert refused(admins, "ada", "ada", 5) == "grant_self"
    assert refused(admins, "lee", "ann", 5) == "admins_only"
    assert refused(admins, "ada", "ann", 0) == "grant_amount"
    assert refused(admins, "ada", "ann", 5, " ") == "reward_text_missing"
    assert refused(admins, "ada", "nobody", 5) == "unknown_people"
    for absent in ("guest", "gone", "robot", "stranger"):
        assert refused(admins, "ada", absent, 5) == "grant_absent"


def test_without_a_second_admin_many_cannot_be_entered(office: Office) -> None:
    assert refused(office, "ada", "ann", 501) == "grant_alone"


# ---- who left --------------------------------------------------------------------------------------------------------


def leave(office: Office, who: str) -> str:
    """Let somebody leave; gives their id."""
    office.enrol(who, is_gone=True)
    office.do(reward_decisions.tend)
    return office.member(who).id


def test_what_a_leaver_has_is_settled_by_an_admin_once(admins: Office) -> None:
    earn(admins, "ann", 150)
    ask(admins, "ann", offer(admins))
    ann = leave(admins, "ann")
    found = admins.do(service.leaver, "UADA", ann)[1]
    assert found.account == Account(150), "what was put by came back"

    told = {"kind": "paid", "reason": "With the last salary.", "seen": "150"}
    assert admins.refusal(service.settle, "ULEE", ann, **told).code == "admins_only"
    assert admins.refusal(service.settle, "UADA", ann, **{**told, "seen": "50"}).code == "settle_changed"
    assert admins.refusal(service.settle, "UADA", ann, **{**told, "kind": "burnt"}).code == "settle_how"
    assert admins.refusal(service.settle, "UADA", ann, **{**told, "reason": ""}).code == "reward_text_missing"
    admins.do(service.settle, "UADA", ann, **told)
    assert admins.account("ann") == Account()
    assert admins.refusal(service.settle, "UAMY", ann, **told).code == "nothing_to_settle"
    assert admins.is_sound()


def test_a_debt_of_somebody_who_left_is_void(admins: Office) -> None:
    grant(admins, "ada", "ann", -40)
    ann = leave(admins, "ann")

    told = {"reason": "They are gone.", "seen": "-40"}
    assert admins.refusal(service.settle, "UADA", ann, kind="paid", **told).code == "settle_how"
    admins.do(service.settle, "UADA", ann, kind="void", **told)
    assert admins.account("ann") == Account() and admins.is_sound()


def test_who_is_here_has_nothing_to_settle(admins: Office) -> None:
    earn(admins, "ann", 150)
    assert admins.refusal(service.leaver, "UADA", admins.member("ann").id).code == "nothing_to_settle"


def test_many_cannot_be_given_in_parts_of_one_day(admins: Office) -> None:
    grant(admins, "ada", "ann", 300)
    second = grant(admins, "ada", "ann", 201)
    assert second.correction.state == "waiting" and admins.points("ann") == 300
    assert grant(admins, "ada", "ann", 200).correction.state == "entered", "what waits is not entered, and counts not"
    assert grant(admins, "ada", "ann", 1).correction.state == "waiting"
    assert grant(admins, "ada", "bo", 500).correction.state == "entered", "each person by themselves"
    assert grant(admins, "amy", "ann", 500).correction.state == "entered", "each admin by themselves"
    assert grant(admins, "ada", "ann", -500).correction.state == "entered", "what is taken back by itself"
    assert grant(admins, "ada", "ann", -1).correction.state == "waiting"
    admins.later(days=1)
    assert grant(admins, "ada", "ann", 500).correction.state == "entered"
    assert admins.is_sound()


def test_whoever_gives_in_parts_is_told_that_the_sum_of_the_day_needs_a_second_admin(admins: Office) -> None:
    grant(admins, "ada", "ann", 450)
    for amount, said in ((100, "with your other points for them today this is more than 500"), (501, "So many points")):
        text = shown(grant(admins, "ada", "ann", amount), "en")["text"]
        assert said in text and "Amy" not in text and "<@UAMY>" in text
    for name in ("amy", "abe"):
        admins.enrol(name, is_slack_admin=False)
    assert refused(admins, "ada", "ann", 100) == "grant_alone_today"


def test_what_a_second_admin_confirmed_leaves_the_first_their_own(admins: Office) -> None:
    many = grant(admins, "ada", "ann", 501).correction.id
    admins.do(service.confirm, "UAMY", many, accepted=True)
    assert grant(admins, "ada", "ann", 500).correction.state == "entered"


def test_what_nobody_confirms_within_thirty_days_is_entered_no_more(admins: Office) -> None:
    many = grant(admins, "ada", "ann", 501).correction.id
    admins.later(days=29, hours=23)
    assert not admins.do(service.is_due) and admins.do(service.tend) == ()
    admins.later(hours=1)
    assert admins.do(service.is_due)
    (ended,) = admins.do(service.tend)
    assert (ended.correction.state, ended.correction.decider) == ("expired", None)
    assert not admins.do(service.is_due) and admins.points("ann") == 0
    assert admins.refusal(service.confirm, "UAMY", many, accepted=True).code == "request_answered"
    acts = admins.run(audit.newest, TEAM, acts=("grant_expired",), limit=5)
    assert [(act.after, act.by_command_line) for act in acts] == [("501", True)]
