"""Sealed answers: one size, opened by one key alone, and the key gone when it is destroyed."""

import os
import stat
from pathlib import Path

import pytest

from bot.sealing import ANSWER_BYTES, COMMENT_BYTES, Keys, Lost, seal, tag

SECRET = "ab" * 32


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "keys")


def test_what_was_sealed_is_opened_with_the_key_of_the_survey(keys: Keys) -> None:
    public = keys.create("s1")
    key = keys.find("s1", public)

    assert key and key.open(seal(public, {"value": "4", "segment": 7}, ANSWER_BYTES)) == {"value": "4", "segment": 7}


def test_no_other_key_opens_it(keys: Keys) -> None:
    public, other = keys.create("s1"), keys.create("s2")
    key = keys.find("s2", other)

    assert key
    with pytest.raises(Lost):
        key.open(seal(public, {"value": "4"}, ANSWER_BYTES))


def test_all_boxes_have_one_size_and_no_two_are_alike(keys: Keys) -> None:
    public = keys.create("s1")
    contents: list[dict[str, object]] = [{"value": "1", "segment": 0}, {"value": "x" * 12, "segment": 10**9}]
    boxes = [seal(public, content, ANSWER_BYTES) for content in contents * 2]

    assert {len(box) for box in boxes} == {256}
    assert len(set(boxes)) == 4
    assert len(seal(public, {"words": "字" * 1000, "receipt": "f" * 64, "segment": 10**9}, COMMENT_BYTES)) == 4608


def test_what_is_too_long_is_refused(keys: Keys) -> None:
    with pytest.raises(ValueError):
        seal(keys.create("s1"), {"value": "x" * ANSWER_BYTES}, ANSWER_BYTES)


def test_keys_are_for_their_owner_alone(keys: Keys) -> None:
    keys.create("s1")

    assert stat.S_IMODE(os.stat(keys.folder).st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in keys.folder.iterdir()] == [0o600]
    assert keys.ids() == {"s1"}


def test_a_destroyed_key_is_not_seen_and_one_that_does_not_fit_is_lost(keys: Keys) -> None:
    public = keys.create("s1")
    other = keys.create("s2")
    with pytest.raises(Lost):
        keys.find("s1", other)
    keys.destroy("s1")
    keys.destroy("s1")

    assert keys.find("s1", public) is None
    assert keys.ids() == {"s2"}
    (keys.folder / "s2.key").write_bytes(b"half")
    with pytest.raises(Lost):
        keys.find("s2", other)


def test_a_key_that_cannot_be_read_now_is_not_seen_and_not_lost(keys: Keys) -> None:
    public = keys.create("s1")
    (keys.folder / "s1.key").rename(keys.folder / "aside")
    (keys.folder / "s1.key").mkdir()
    assert keys.find("s1", public) is None

    (keys.folder / "s1.key").rmdir()
    (keys.folder / "aside").rename(keys.folder / "s1.key")
    assert keys.find("s1", public)


def test_a_tag_names_nobody_without_the_secret_and_differs_from_survey_to_survey() -> None:
    assert tag(SECRET, "ann") == tag(SECRET, "ann")
    assert len({tag(SECRET, "ann"), tag(SECRET, "bo"), tag("cd" * 32, "ann")}) == 3
