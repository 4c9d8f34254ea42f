"""golden-ear pulse prove: what it prints of rounds, and that it sees what is not as promised; on both engines."""

from pathlib import Path

import pytest

from storage import results
from tests.commands.invoked import invoked
from tests.office import Office
from tests.pulses import Round
from tests.stores import behind_its_back

TEAMS = {"Shop": 25, "Bar": 6}


@pytest.fixture
def round_(empty_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Round:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", empty_office.database.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("KEYS_DIR", str(tmp_path / "keys"))
    found = Round(empty_office, tmp_path, TEAMS)
    for name in found.members:
        found.answer(name, "4")
    found.comment("shop0", "The night desk needs a lamp.")
    return found


def proved(status: int = 0) -> str:
    found, said = invoked("pulse", "prove")
    assert found == status, said
    return said


def test_a_running_round_is_shown_table_by_table_and_holds(round_: Round) -> None:
    round_.mix()
    said = proved()

    assert "participation: 32 rows" in said and "envelope: 17 rows" in said and "answer: 15 rows" in said
    assert "31 took part, 16 answers are behind their tags, 15 were mixed" in said
    assert "Mixed of each team: 15." in said
    assert "answer: [256] bytes; comment: [4608] bytes" in said
    assert "DOES NOT HOLD" not in said and "All of this is as promised." in said
    assert round_.survey.secret not in said and "lamp" not in said


def test_a_round_that_is_over_has_left_its_figures_alone(round_: Round) -> None:
    round_.close()
    said = proved()

    assert "participation: nothing" in said and "envelope: nothing" in said and "result: 3 rows" in said
    wiped = (
        "tables are dropped" if round_.office.database.engine.dialect.name == "postgresql" else "not even a deleted one"
    )
    assert wiped in said and "31 people were asked" in said
    assert "The key is gone" in said and "DOES NOT HOLD" not in said


def test_without_a_round_there_is_nothing_to_look_at(
    empty_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", empty_office.database.engine.url.render_as_string(hide_password=False))
    empty_office.enrol("ann")

    assert "there is nothing to look at" in proved()


def test_what_is_not_as_promised_is_seen_while_it_runs(round_: Round) -> None:
    behind_its_back(round_.office.database, "DELETE FROM envelope WHERE part = 'answer'")
    (round_.keys.folder / f"{round_.id}.key").chmod(0o644)

    said = proved(status=1)
    assert "[DOES NOT HOLD] Everybody's answer is there once" in said
    assert "[DOES NOT HOLD] The key lies beside the database" in said
    assert "3 of these are NOT as promised." in said


def test_an_answer_that_was_mixed_alone_is_seen(round_: Round) -> None:
    one = "part = 'answer' AND tag = (SELECT min(tag) FROM envelope WHERE part = 'answer')"
    behind_its_back(
        round_.office.database,
        f"INSERT INTO answer (survey_id, id, workspace_id, box) "
        f"SELECT survey_id, '{'0' * 32}', workspace_id, box FROM envelope WHERE {one}",
        f"DELETE FROM envelope WHERE {one}",
    )

    said = proved(status=1)
    assert "[DOES NOT HOLD] Answers of a team were mixed in batches" in said and "Mixed of each team: 1." in said


@pytest.mark.parametrize("table", ["answer", "envelope"])
def test_a_box_of_another_size_is_seen(round_: Round, table: str) -> None:
    round_.mix()
    shorter = (
        "substr(box, 1, 255)" if round_.office.database.engine.dialect.name == "sqlite" else "substring(box, 1, 255)"
    )
    behind_its_back(round_.office.database, f"UPDATE {table} SET box = {shorter}")

    assert "[DOES NOT HOLD] All sealed boxes of one kind are of one size." in proved(status=1)


def test_a_key_that_outlives_its_round_is_seen(round_: Round) -> None:
    round_.close()
    round_.keys.create(round_.id)

    assert "[DOES NOT HOLD] The key is gone" in proved(status=1)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_tag_that_outlives_its_round_is_seen(round_: Round) -> None:
    round_.close()
    row = f"SELECT id, 'answer', '{'a' * 32}', workspace_id FROM survey"
    behind_its_back(round_.office.database, f"INSERT INTO participation (survey_id, part, tag, workspace_id) {row}")

    said = proved(status=1)
    assert "[DOES NOT HOLD] Tags, envelopes and answers are gone. Left: participation: 1 rows." in said
    assert "[DOES NOT HOLD] Neither the database's file nor its write-ahead log holds a tag" in said


def test_a_group_that_can_be_subtracted_is_seen(round_: Round) -> None:
    round_.close()
    assert set(round_.office.run(results.figures, round_.id)) == {"", "Shop", "Bar"}
    behind_its_back(
        round_.office.database, "UPDATE result SET figures = replace(figures, '\"answered\":6', '\"answered\":3')"
    )

    assert "[DOES NOT HOLD] No group of fewer than the threshold" in proved(status=1)
