"""Everybody gets all that is held of them, and nothing that is not theirs to see."""

import json
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

from bot.services import my_data, settings
from bot.services.my_data import MyData
from bot.views.my_data import as_csv, as_json
from storage import people
from storage.models import Outbox
from storage.own_data import naming
from tests.office import Office, slack_id
from tests.services.test_erasing import CUSTOMER, EMAIL, WORDS, ZOE, erase, everything, full

__all__ = ["full"]


def of(office: Office, who: str) -> MyData:
    return office.do(my_data.collect, who)


def test_every_table_that_names_a_person_is_in_it(full: Office) -> None:
    """Whatever table is added: who stands in it gets it."""
    data = of(full, "UZOE")
    for table, rows in everything(full).items():
        named = {column.name for column in naming(SQLModel.metadata.tables[table])}
        theirs = [row for row in rows if data.person.id in (row[name] for name in named)]
        assert len(data.held.tables.get(table, ())) == len(theirs) or table in ("person", "outbox"), table
    assert {"person", "praised", "praise", "kudos", "kudosgift", "suggestion", "entry", "account"} <= set(
        data.held.tables
    )


def test_it_says_what_was_said_and_whom_it_was_about(full: Office) -> None:
    whole: dict[str, Any] = json.loads(as_json(of(full, "UZOE"), "en"))
    (profile,), praised = whole["tables"]["person"], whole["tables"]["praised"]
    assert (profile["name"], profile["email"], profile["zone"]) == (ZOE, EMAIL, "Asia/Taipei")
    of_her = [row for row in praised if row["person_id"] == "you"]
    assert [(row["praise_words"], row["praise_customer"]) for row in of_her] == [
        (f"{WORDS}, thanks to {ZOE}", CUSTOMER)
    ]
    assert {row["giver_id"] for row in whole["tables"]["kudosgift"]} == {"you", "Cy"}
    assert len(whole["notes"]) == 4


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_it_has_nothing_of_others_but_their_names(full: Office, language: str) -> None:
    data = of(full, "UZOE")
    told = as_json(data, language).decode() + as_csv(data).decode()
    assert "ring under the sofa" not in told and "Umbrellas at the door" in told, "which she backs"
    tables = json.dumps({name: rows for name, rows in data.held.tables.items() if name != "outbox"}, default=str)
    assert not any(slack_id(name) in tables for name in ("ann", "bo", "cy", "lee"))


def test_the_table_is_one_that_a_spreadsheet_reads(full: Office) -> None:
    content = as_csv(of(full, "UZOE"))
    assert content.startswith(b'\xef\xbb\xbf"table","row","field","value"\r\n')


def test_who_takes_no_part_gets_nothing(full: Office) -> None:
    for name in ("guest", "stranger", "gone", "nobody"):
        assert full.refusal(my_data.collect, slack_id(name)).code.startswith(("actor_", "unknown_actor"))


def test_who_has_no_account_gets_no_message_of_others(full: Office) -> None:
    """An update waits at a channel without a name, as whoever was erased or never had an account has no Slack id."""

    def wait(session: Session) -> None:
        for row in session.exec(select(Outbox)):
            row.channel, row.method = "", "update"

    zoe = of(full, "UZOE").person
    erase(full, "person", "UZOE")
    full.database.write_now(wait)
    gone = full.run(people.by_id, [zoe.id])[zoe.id]
    assert gone.slack_id == "" and "outbox" not in full.do(my_data.of, gone).held.tables


def test_administrative_acts_are_theirs_who_did_them_and_whom_they_are_about(full: Office) -> None:
    full.do(settings.change, "UADA", {"LEADS": "UANN,UBO", "ADMINS": "UCY", "RITUAL_TIME": "08:00"})
    ada, ann, cy = (of(full, slack_id(name)).held.tables for name in ("ada", "ann", "cy"))
    acts = {(row["by"], row["act"], row["subject"]) for row in ada["audit"]}
    assert acts >= {("you", "setting", "RITUAL_TIME"), ("you", "lead_on", "Ann"), ("you", "lead_on", "Bo")}
    assert {(row["set_by"], row["name"], row["value"]) for row in ada["setting"]} == {
        ("you", "LEADS", "Ann, Bo"),
        ("you", "ADMINS", "Cy"),
        ("you", "RITUAL_TIME", "08:00"),
    }
    assert [(row["by"], row["act"], row["subject"]) for row in ann["audit"]] == [("Ada", "lead_on", "you")]
    assert [(row["by"], row["act"], row["subject"]) for row in cy["audit"]] == [("Ada", "admin_on", "you")]
    assert "setting" not in cy and "setting" not in ann


def test_every_column_that_says_who_did_something_is_looked_at() -> None:
    """Whatever column is added: its name says that it names a person."""
    tables = SQLModel.metadata.sorted_tables
    said = {(each.name, one.name) for each in tables for one in each.c if one.name.rpartition("_")[2] == "by"}
    assert said <= {(each.name, one.name) for each in tables for one in naming(each)}
