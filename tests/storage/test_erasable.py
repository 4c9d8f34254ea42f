"""Every column that can hold text is classified, so that no new one is forgotten when somebody is erased."""

from sqlmodel import SQLModel

from storage import erasable
from storage.erasable import COLUMNS, Treated
from storage.erasing import NOUNS


def test_erasing_knows_every_column_that_can_hold_text() -> None:
    """Whoever adds a column says in storage/erasable.py how erasing treats it."""
    assert erasable.unclassified() == []


def test_whatever_holds_words_of_people_belongs_to_something_that_messages_tell_of() -> None:
    spoken = {table for table, columns in COLUMNS.items() if Treated.WORDS in columns.values()}
    assert spoken <= set(NOUNS)
    assert all(column in SQLModel.metadata.tables[table].c for table, (_, column) in NOUNS.items())
