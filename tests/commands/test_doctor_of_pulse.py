"""What the doctor says of the micro pulse."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from bot.commands.doctor import pulse
from bot.config import Settings, load
from bot.sealing import Keys
from storage import letters as sealed
from storage import people, surveys
from storage.letters import Postbox
from tests.office import TEAM, Office
from tests.pulses import Round

LEAST = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "PRAISE_CHANNEL": "C1"}


@pytest.fixture
def settings(empty_office: Office, tmp_path: Path) -> Settings:
    url = empty_office.database.engine.url.render_as_string(hide_password=False)
    return load({**LEAST, "DATABASE_URL": url, "KEYS_DIR": str(tmp_path / "keys")}, tmp_path / "none")


def said(settings: Settings, office: Office) -> list[str]:
    return [f"{one.level}: {one.seen}" for one in pulse.look(settings, TEAM, office.now)]


def test_an_open_round_whose_key_is_here_is_in_order(settings: Settings, empty_office: Office, tmp_path: Path) -> None:
    assert len(said(settings, empty_office)) == 1
    Round(empty_office, tmp_path, {"Shop": 6})

    assert [line.partition(":")[0] for line in said(settings, empty_office)] == ["ok", "ok"]


def test_a_key_that_is_gone_or_wrong_is_told_while_it_can_be_put_back(
    settings: Settings, empty_office: Office, tmp_path: Path
) -> None:
    survey_id = Round(empty_office, tmp_path, {"Shop": 6}).id
    (tmp_path / "keys" / f"{survey_id}.key").write_bytes(bytes(32))
    assert "error: " in said(settings, empty_office)[1] and "not its key" in said(settings, empty_office)[1]

    (tmp_path / "keys" / f"{survey_id}.key").unlink()
    assert "not seen here" in said(settings, empty_office)[1]


def test_a_round_that_waits_for_its_key_after_its_end_is_told_as_well(
    settings: Settings, empty_office: Office, tmp_path: Path
) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 6})
    empty_office.now = round_.closes_at
    assert "is over and is being closed" in said(settings, empty_office)[1]

    round_.keys.destroy(round_.id)
    assert "error: " in said(settings, empty_office)[1] and "not seen here" in said(settings, empty_office)[1]


def test_it_says_why_nobody_is_asked(settings: Settings, empty_office: Office, tmp_path: Path) -> None:
    survey_id = Round(empty_office, tmp_path, {"Shop": 6}).id
    empty_office.run(surveys.move, survey_id, "few")

    assert "fewer than 5" in said(settings, empty_office)[1]
    assert said(replace(settings, pulse=False), empty_office) == ["ok: switched off by PULSE"]


def test_a_company_of_a_few_hears_before_the_first_round_that_nobody_is_asked(
    settings: Settings, empty_office: Office
) -> None:
    empty_office.enrol("ann", "bo", "cy", "di")
    assert "fewer than 5" in said(settings, empty_office)[1]

    empty_office.enrol("ed")
    assert len(said(settings, empty_office)) == 1


def test_a_few_people_without_a_team_are_told_of_for_they_hide_one(settings: Settings, empty_office: Office) -> None:
    for number in range(7):
        empty_office.enrol(f"p{number}")
        if number > 1:
            empty_office.run(people.list_as, empty_office.member(f"p{number}").id, team="Shop")
    assert "2 without a team" in said(settings, empty_office)[1]

    for number in range(2):
        empty_office.run(people.list_as, empty_office.member(f"p{number}").id, team="Desk")
    assert len(said(settings, empty_office)) == 1


def test_an_hour_at_which_people_are_left_in_peace_is_told(settings: Settings, empty_office: Office) -> None:
    early = replace(settings, pulse_time=time(7, 30))

    assert "lies in QUIET_HOURS" in said(early, empty_office)[1]
    assert len(said(replace(early, quiet_hours=None), empty_office)) == 1


def test_a_folder_that_others_may_enter_is_no_place_for_keys(
    settings: Settings, empty_office: Office, tmp_path: Path
) -> None:
    (tmp_path / "keys").mkdir(mode=0o755)

    assert said(settings, empty_office)[0].startswith("error:")


def test_letters_whose_key_is_gone_are_told(settings: Settings, empty_office: Office, tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys" / "ideas")
    box = Postbox("b" * 32, keys.create("b" * 32))
    empty_office.run(sealed.open_one, TEAM, box)
    assert list(pulse.letters(settings, TEAM)) == []
    empty_office.run(sealed.put, TEAM, box, "letter", b"sealed", empty_office.now.date())
    assert list(pulse.letters(settings, TEAM)) == []
    keys.destroy(box.id)
    (found,) = pulse.letters(settings, TEAM)
    assert (found.level, found.about) == ("error", "letters") and found.seen.startswith("1 sent without a name")
