"""Erasing reaches all words that somebody wrote, however a name is spelt, and leaves readable what must be."""

import pytest

from bot.rules.grants import GrantLine
from bot.services import fund, grants, my_data, reward_decisions, suggestions
from bot.services.suggestions import Draft
from bot.views.my_data import as_csv
from storage import outbox, people, receipts, settings
from storage.people import Profile
from tests.office import TEAM, Office, slack_id
from tests.rewards import ask, earn, offer, project
from tests.services.test_erasing import (
    CUSTOMER,
    EMAIL,
    HANDLE,
    WORDS,
    ZOE,
    erase,
    everything,
    full,
    holding,
    places,
    praise,
    praise_of,
    thank,
)

__all__ = ["full"]


@pytest.fixture
def boss(full: Office) -> Office:
    """The company, in which Zoe is an admin and Ann has points."""
    profile = Profile(slack_id="UZOE", name=ZOE, email=EMAIL, handle=HANDLE, is_slack_admin=True)
    full.run(people.enrol, TEAM, [profile], now=full.now)
    earn(full, "ann", 300)
    earn(full, "zoe", 300)
    return full


def test_what_somebody_wrote_about_rewards_and_ideas_goes_too_if_it_is_asked_for(boss: Office) -> None:
    office = boss
    zoe = office.run(people.by_slack, TEAM, ["UZOE"])["UZOE"].id
    asked = ask(office, "ann", offer(office), "the note of Ann")
    ask(office, "zoe", offer(office), "written with a quill")
    office.do(reward_decisions.refuse, "UZOE", asked.request.id, was="held", reason="written with a quill")
    office.do(grants.grant, "UZOE", GrantLine("UANN", 5, "written with a quill"))
    office.do(grants.grant, "UADA", GrantLine("UANN", 5, "a reason of Ada"))
    office.do(fund.close, "UZOE", project(office), reason="written with a quill")
    idea = office.do(suggestions.send, "UBO", Draft("Quiet doors", "They slam at night")).suggestion.id
    for words, by in (("written with a quill", zoe), ("a word of Lee", office.member("lee").id)):
        office.run(receipts.say, TEAM, idea, words, by=by, today=office.now.date())
    planted = {"correction.reason", "project.reason", "remark.words", "rewardrequest.note", "rewardrequest.reason"}
    assert places(holding(office, "written with a quill")) == planted

    erase(office, "person", "UZOE", words=True)
    assert holding(office, "written with a quill") == []
    assert len(holding(office, "the note of Ann", "a reason of Ada", "a word of Lee")) == 3
    assert office.is_sound()


def test_no_setting_becomes_unreadable(full: Office) -> None:
    told = {"TIMEZONE": "Europe/Paris", "SUPPORT_CONTACTS": "Paris at the door: 4711", "VALUES": "care, Paris"}
    for name, value in told.items():
        full.run(settings.keep, TEAM, name, value, by="", now=full.now)
    erase(full, "customer", "Paris")
    assert full.run(settings.texts, TEAM) == told | {"SUPPORT_CONTACTS": "[name] at the door: 4711"}


def test_a_customer_is_found_however_blanks_and_capitals_are(full: Office) -> None:
    praise(full, "bo", ("UANN",), "A fresh pot of tea came at once", customer="Mme  ÉLODIE Blanc")
    praise(full, "bo", ("UCY",), "My coat was dried in an hour", customer="Ms 100% Lin_")
    erase(full, "customer", "mme élodie blanc")
    erase(full, "customer", "ms 100% lin_")
    kept = {row["customer"] for row in everything(full)["praise"]}
    assert kept == {CUSTOMER, "Mr Other", "Ms Lin", ""}


def test_a_name_of_several_words_is_struck_out_in_any_case(full: Office) -> None:
    thank(full, "di", ("cy",), "for the umbrella that élodie ò_blanc lost")
    thank(full, "cy", ("di",), "for the soup, as ÉLODIE  Ò_BLANC wished")
    thank(full, "di", ("bo",), "for the map of Elodie Ox_Blanc")
    erase(full, "customer", "Élodie Ò_Blanc")
    reasons = {row["reason"] for row in everything(full)["kudos"]}
    assert {"for the umbrella that [name] lost", "for the soup, as [name] wished"} <= reasons
    assert "for the map of Elodie Ox_Blanc" in reasons


def bring(office: Office, *names: str) -> None:
    """Owe people the file of all that is held of them, while Slack is away."""
    for name in names:
        content = as_csv(office.do(my_data.collect, slack_id(name)))
        told = {"channel": slack_id(name), "name": "data.csv", "content": content, "comment": "", "about": ()}
        office.run(outbox.file, workspace_id=TEAM, key=f"my_data:{name}", now=office.now, **told)


def owed(office: Office) -> set[str]:
    return {row["channel"] for row in everything(office)["outbox"] if row["method"] == "file"}


def test_a_file_that_waits_for_slack_tells_of_no_erased_praise(full: Office) -> None:
    bring(full, "ann", "bo", "lee", "cy", "ed")
    done = erase(full, "praise", praise_of(full, WORDS))
    assert owed(full) == {"UED", "ULEE"}, "Cy helped"
    assert done.rows["outbox"] == 3


def test_a_file_that_waits_for_slack_has_no_words_of_somebody_erased(full: Office) -> None:
    thank(full, "zoe", ("ed",), "for the key")
    erase(full, "person", "UZOE")
    bring(full, "ed", "lee")
    zoe = next(row["id"] for row in everything(full)["person"] if row["is_erased"])
    erase(full, "person", zoe, words=True)
    assert "UED" not in owed(full)
