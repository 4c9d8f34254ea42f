"""Words that were kept long enough are replaced, batch by batch; points stay (product.md 7)."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import Session

from bot.desk import announcing, gathering
from bot.desk import erasing as desk
from bot.desk.erasing import Look
from bot.rules.grants import GrantLine
from bot.services import aside, auditing, confirmations, fund, grants, kudos, mornings, reward_decisions, settings
from bot.services import retention as service
from bot.services.retention import Due, Ids
from storage import audit, credits, economy, messages, models, replies, traces
from storage import gathering as gathered
from storage.models import Survey
from storage.upsert import insert
from tests.ideas import done, move, send
from tests.office import TEAM, Office, slack_id
from tests.rewards import approve, ask, earn, offer, project
from tests.services.test_erasing import everything, holding

OLD, NEW = "The lantern by my bed was lit", "She found my ring under the sofa"
CUSTOMER, REASON, COMMENT = "Mrs Hathersage", "for carrying the piano", "The lift is slow on Mondays"


def praise(office: Office, words: str, customer: str) -> str:
    recorded = office.praise("bo", "ann", words, customer=customer)
    told = recorded.praise
    office.do(announcing.praise, told, not_before=office.now)
    return told.id


def lantern(office: Office, number: int, whom: str = "ann") -> str:
    """One of many praises, by so many colleagues that none has to wait; gives its id."""
    told = office.praise(("bo", "cy", "di", "ed")[number % 4], whom, f"The lantern number {number} was lit").praise
    office.do(announcing.praise, told, not_before=office.now)
    return told.id


def comment(office: Office) -> None:
    def story(session: Session) -> None:
        here = {"workspace_id": TEAM}
        times = {"opens_at": office.now, "closes_at": office.now, "local_date": office.now.date()}
        insert(session, Survey, {"id": "5" * 32, **here, "state": "closed", **times, **_blank(Survey, times)})
        told = {"survey_id": "5" * 32, "id": "6" * 32, "cut": "", "words": COMMENT, "receipt": ""}
        insert(session, models.Comment, {**here, **told})

    office.database.write_now(story)


def _blank(model: Any, given: Any) -> dict[str, Any]:
    empty = {str: "", int: 0, bool: False}
    fields = model.model_fields
    return {
        name: empty[one.annotation]
        for name, one in fields.items()
        if one.annotation in empty and name not in given and name not in ("id", "workspace_id", "state")
    }


@pytest.fixture
def full(office: Office) -> Office:
    """Two years of words, half of them old."""
    office.keep_ritual()
    praise(office, OLD, CUSTOMER)
    office.do(kudos.give, "UBO", ["UCY"], reason=REASON, channel="C1")
    done(office, "ann")
    comment(office)
    office.later(days=500)
    praise(office, NEW, "Ms Lin")
    send(office, "cy")
    return office


def limit(office: Office, months: int) -> None:
    office.do(settings.change, "UADA", {"KEEP_MONTHS": str(months)})


def due(office: Office) -> Due | None:
    return office.do(service.due)


def run(office: Office) -> int:
    """A run as the job does it; gives how many batches there were."""
    found = due(office)
    if found is None:
        return 0
    batches, messages = list(service.batches(found.ids)), 0
    known = office.do(desk.look, found.ids)
    for place, ids in enumerate(batches):
        messages += office.database.write_now(partial(_one, office, found, ids, known, place == 0, messages))
    return len(batches)


def _one(office: Office, found: Due, ids: Ids, known: Look, first: bool, behind: int, session: Session) -> int:
    erased = service.replace(session, office.company, found, ids, first=first, now=office.now)
    assert erased is not None
    return desk.follow(session, office.company, erased, now=office.now, known=known, behind=behind).messages


def test_without_a_limit_words_are_kept_for_ever(full: Office) -> None:
    assert due(full) is None and run(full) == 0
    assert holding(full, CUSTOMER) and holding(full, OLD)


def test_old_words_are_found_nowhere_and_what_is_younger_stays(full: Office) -> None:
    balances = {name: full.points(name) for name in ("ann", "bo", "cy")}
    limit(full, 12)
    assert run(full) == 1
    assert holding(full, OLD, CUSTOMER, REASON, COMMENT) == []
    assert holding(full, NEW) and holding(full, "umbrellas"), "the younger praise, and the idea that is open"
    assert {name: full.points(name) for name in balances} == balances and full.is_sound()
    assert due(full) is None and run(full) == 0, "nothing is left to be done"


def test_open_ideas_wait_and_settled_ones_go(full: Office) -> None:
    limit(full, 12)
    run(full)
    titles = sorted(row["title"] for row in everything(full)["suggestion"])
    assert titles == ["A shelf for umbrellas", "[erased]"]


def test_a_run_is_one_entry_of_the_audit_with_the_day_and_how_much(full: Office) -> None:
    limit(full, 12)
    service_batch, service.BATCH = service.BATCH, 1
    try:
        assert run(full) == 4
    finally:
        service.BATCH = service_batch
    acts = full.run(audit.newest, TEAM, acts=("retained",), limit=9)
    assert [(act.after, act.by_command_line) for act in acts] == [("4", True)]
    assert full.do(auditing.page, slack_id("ada"), kind="data").acts == acts
    erasures = everything(full)["erasure"]
    assert {row["kind"] for row in erasures} == {"retention"} and len(erasures) == 4


def test_a_longer_limit_that_comes_in_between_ends_the_run(full: Office) -> None:
    limit(full, 12)
    found = due(full)
    assert found
    limit(full, 120)
    ids = next(iter(service.batches(found.ids)))
    assert full.do(service.replace, found, ids, first=True) is None
    assert holding(full, OLD)


def test_the_second_look_is_for_admins_and_counts_what_would_go(full: Office) -> None:
    _, seen = full.do(service.preview, "UADA", 12)
    due_now = {"praise": 1, "kudos": 1, "idea": 1, "comment": 1, "reward": 0, "publicanswer": 0, "brought": 0}
    assert seen.counts == due_now and not seen.ids
    assert full.do(service.preview, "UADA", 60)[1].counts == dict.fromkeys(seen.counts, 0)
    assert full.refusal(service.preview, "UANN", 12).code == "admins_only"
    assert holding(full, OLD), "to look changes nothing"


def test_praise_that_waits_for_a_lead_ages_from_the_day_on_which_it_was_recorded(office: Office) -> None:
    recorded = office.praise("ann", "ann", "I am told that I was kind", customer=CUSTOMER)
    office.do(announcing.praise, recorded.praise, not_before=office.now)
    for lead in ("lee", "lou"):
        sent(office, f"confirm:{recorded.praise.id}:{office.member(lead).id}")
    office.later(days=300)
    limit(office, 12)
    assert due(office) is None
    office.later(days=200)
    assert run(office) == 1 and holding(office, "I am told", CUSTOMER) == []
    assert {row["state"] for row in everything(office)["praise"]} == {"erased"}
    assert office.refusal(confirmations.decide, "ULEE", recorded.praise.id, accepted=True)


def test_refused_praise_ages_from_the_day_on_which_it_was_refused(office: Office) -> None:
    told = office.praise("ann", "ann", "I am told that I was kind").praise.id
    office.later(days=300)
    office.do(confirmations.decide, "ULEE", told, accepted=False, reason="Ask the guest")
    office.later(days=200)
    limit(office, 12)
    assert due(office) is None
    office.later(days=200)
    assert run(office) == 1 and holding(office, "I am told", "Ask the guest") == []


def test_an_idea_that_came_from_a_praise_has_an_age_of_its_own(office: Office) -> None:
    whole = "Bo carried my bags. The lift is slow!"
    praise_ids = [office.praise("ann", who, whole, part="Bo carried my bags.").praise.id for who in ("bo", "cy")]
    settled, open_ = (office.do(aside.set_aside, "UANN", each).sent for each in praise_ids)
    assert settled and open_
    office.later(days=500)
    move(office, "lee", settled.suggestion.id, "declined", reason="It is new")
    limit(office, 12)
    assert run(office) == 1 and {row["state"] for row in everything(office)["praise"]} == {"erased"}
    assert [row["title"] for row in everything(office)["suggestion"]] == ["The lift is slow!"] * 2


def test_an_idea_of_which_no_word_is_left_is_offered_to_nobody(full: Office) -> None:
    def offered() -> tuple[int, str | None]:
        ids = full.run(credits.done_by, TEAM, full.now.date(), most=9)
        return len(ids), full.run(economy.idea_of, full.member("ann").id, ["done"])

    assert offered() == (1, "A shelf for umbrellas")
    limit(full, 12)
    run(full)
    assert offered() == (0, None)


def test_notes_and_reasons_beside_points_go_when_nobody_has_to_act_on_them(office: Office) -> None:
    for name in ("ann", "bo"):
        earn(office, name, 300)
    office.enrol("amy", is_slack_admin=True)
    day = offer(office)
    first, second, third = (ask(office, who, day, f"Note {who}").request.id for who in ("ann", "bo", "ann"))
    approve(office, first)
    office.do(reward_decisions.deliver, "UADA", first)
    office.do(reward_decisions.refuse, "UADA", second, reason="Too few hands", was="held")
    approve(office, third)
    office.do(grants.grant, "UADA", GrantLine("UCY", 5, "For the night shift"))
    office.do(fund.close, "UADA", project(office), reason="No room for it")
    office.later(days=500)
    limit(office, 12)
    assert service_counts(office)["reward"] == 4
    assert run(office) == 1
    rows = everything(office)
    assert {(row["note"], row["reason"]) for row in rows["rewardrequest"]} == {
        ("[erased]", ""), ("[erased]", "[erased]"), ("Note ann", ""),
    }, "the third is still to be delivered"  # fmt: skip
    assert [row["reason"] for row in (*rows["correction"], *rows["project"])] == ["[erased]", "[erased]"]
    assert office.points("cy") == 5 and office.is_sound() and due(office) is None


def _emptied(model: Any, session: Session) -> None:
    session.execute(delete(model))


def service_counts(office: Office) -> dict[str, int]:
    return dict(office.do(service.preview, "UADA", 12)[1].counts)


def sent(office: Office, subject: str, ts: str = "") -> None:
    """A message stands in Slack."""
    here = {"workspace_id": TEAM, "channel": "D1", "ts": ts or f"1.{abs(hash(subject)) % 10**6}", "subject": subject}
    office.run(messages.name, **here)


def owed(office: Office) -> list[dict[str, Any]]:
    """The messages that are to change, as they are to look and when."""
    rows = [row for row in everything(office)["outbox"] if row["method"] == "update"]
    return sorted(rows, key=lambda row: (row["not_before"], row["id"]))


def test_what_was_answered_in_public_goes_and_so_does_the_post(office: Office) -> None:
    comment(office)
    name = f"pulse_said:{'5' * 32}:Shop"
    said = models.PublicAnswer(
        survey_id="5" * 32, cut="Shop", workspace_id=TEAM, person_id=office.member("lee").id,
        words="We mend the lift", channel="C1", said_on=office.now.date(),
    )  # fmt: skip
    office.run(replies.say, TEAM, said)
    sent(office, name)
    office.later(days=500)
    limit(office, 12)
    assert run(office) == 1 and holding(office, "We mend the lift") == []
    (post,) = owed(office)
    assert post["thread"] == name and "What stood here was erased" in post["payload"]
    assert due(office) is None


def test_messages_that_brought_answers_go_by_their_own_age_and_once(office: Office) -> None:
    lee = office.member("lee").id
    old, young = f"pulse_replies:2026-03-04:{lee}:0", f"pulse_replies:2027-03-04:{lee}:0"
    sent(office, old)
    sent(office, young)
    office.later(days=500)
    limit(office, 12)
    assert run(office) == 1
    (message,) = owed(office)
    assert message["thread"] == f"pulse_gone:2026-03-04:{lee}:0" and "erased" in message["payload"]
    assert {row["subject"] for row in everything(office)["message"]} == {young, message["thread"]}
    assert due(office) is None


def test_a_day_has_one_run_whoever_begins_it(full: Office) -> None:
    limit(full, 12)
    assert due(full)
    assert [full.do(service.begin) for _ in range(2)] == [True, False]
    assert due(full) is None
    full.later(days=1)
    assert due(full) and full.do(service.begin)


def test_what_was_erased_between_the_look_and_the_batch_is_no_erasure_of_the_run(full: Office) -> None:
    limit(full, 12)
    found = due(full)
    assert found and run(full) == 1
    before = everything(full)
    erased = full.do(service.replace, found, found.ids, first=True)
    assert erased and not erased.rows and not erased.ids
    assert everything(full) == before, "nothing is written down"


def test_no_batch_looks_through_all_names_and_mornings(full: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked up before: nobody who writes waits for it."""
    limit(full, 12)
    found = due(full)
    assert found
    known = full.do(desk.look, found.ids)
    for where, name in ((traces, "_named"), (mornings, "showing_any")):
        monkeypatch.setattr(where, name, pytest.fail)
    assert full.database.write_now(partial(_one, full, found, found.ids, known, True, 0)) == 2


def test_a_large_run_leaves_room_for_what_people_wait_for(office: Office) -> None:
    for number in range(desk.AT_ONCE + 5):
        sent(office, f"praise:{lantern(office, number, ('ann', 'lee', 'lou')[number // 4 % 3])}")
    for model in (models.Outbox, models.Gathered):
        office.database.write_now(partial(_emptied, model))
    office.later(days=500)
    limit(office, 12)
    service_batch, service.BATCH = service.BATCH, 10
    try:
        assert run(office) == 3
    finally:
        service.BATCH = service_batch
    spans = [(row["not_before"] - owed(office)[0]["not_before"]).total_seconds() for row in owed(office)]
    assert spans == [0.0] * (desk.AT_ONCE + 1) + [30.0, 60.0, 90.0, 120.0]


def test_a_gathered_message_whose_words_are_forgotten_goes_with_what_it_told(office: Office) -> None:
    told = [lantern(office, number) for number in range(7)]
    office.later(hours=8)
    office.do(gathering.bring, limit=9)
    ann = office.member("ann")
    (bundle,) = {row["bundle"] for row in everything(office)["gathered"]}
    sent(office, bundle)
    office.database.write_now(partial(_emptied, models.Outbox))
    office.later(days=40)
    office.run(gathered.forget, office.now)
    assert {row["message"] for row in everything(office)["gathered"]} == {"{}"}
    assert holding(office, "number 6") and all("number" not in str(row) for row in everything(office)["gathered"])

    office.do(gathering.reword, subject=f"told:{told[6]}:{ann.id}", message={"text": "other"})
    assert owed(office) == [], "it cannot be drawn again"
    office.later(days=500)
    limit(office, 12)
    assert run(office) == 1
    (message,) = [row for row in owed(office) if row["thread"] == bundle]
    assert "What stood here was erased" in message["payload"]
