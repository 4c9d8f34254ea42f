"""Words that were kept long enough are replaced, batch by batch; points stay (product.md 7)."""

from functools import partial
from typing import Any

import pytest
from sqlmodel import Session

from bot.desk import announcing
from bot.desk import erasing as desk
from bot.services import auditing, kudos, settings
from bot.services import retention as service
from bot.services.retention import Due, Ids
from storage import audit, models
from storage.models import Survey
from storage.upsert import insert
from tests.ideas import done, send
from tests.office import TEAM, Office, slack_id
from tests.services.test_erasing import everything, holding

OLD, NEW = "The lantern by my bed was lit", "She found my ring under the sofa"
CUSTOMER, REASON, COMMENT = "Mrs Hathersage", "for carrying the piano", "The lift is slow on Mondays"


def praise(office: Office, words: str, customer: str) -> str:
    recorded = office.praise("bo", "ann", words, customer=customer)
    told = recorded.praise
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
    batches = list(service.batches(found.ids))
    for place, ids in enumerate(batches):
        office.database.write_now(partial(_one, office, found, ids, place == 0))
    return len(batches)


def _one(office: Office, found: Due, ids: Ids, first: bool, session: Session) -> None:
    erased = service.replace(session, office.company, found, ids, first=first, now=office.now)
    assert erased is not None
    desk.follow(session, office.company, erased, now=office.now)


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
    assert seen.counts == {"praise": 1, "kudos": 1, "idea": 1, "comment": 1} and not seen.ids
    assert full.do(service.preview, "UADA", 60)[1].counts == dict.fromkeys(seen.counts, 0)
    assert full.refusal(service.preview, "UANN", 12).code == "admins_only"
    assert holding(full, OLD), "to look changes nothing"


def test_praise_that_waits_for_a_lead_is_left_alone(office: Office) -> None:
    office.keep_ritual()
    office.praise("ann", "ann", "I am told that I was kind")
    office.later(days=500)
    limit(office, 12)
    assert due(office) is None
