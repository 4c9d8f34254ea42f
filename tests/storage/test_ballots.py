"""The sealed pool: boxes are given piece by piece, each once; on both engines."""

from pathlib import Path

import pytest

from storage import ballots
from tests.office import Office
from tests.pulses import Round


def test_boxes_are_given_in_pieces(empty_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 40})
    monkeypatch.setattr("storage.ballots.PIECE", 10)
    round_.all_answer("Shop", "4" * 33)
    round_.mix()

    for kept, count in (("mixed", 23), ("answer", 10), ("comment", 0)):
        found: list[str] = []
        while piece := round_.office.run(ballots.boxes, round_.id, kept, found[-1] if found else ""):
            assert len(piece) <= 10
            found += [key for key, _ in piece]
        assert len(found) == len(set(found)) == count
