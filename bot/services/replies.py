"""Answers to what people said: in public by a lead, and one question back to a comment, by its receipt code."""

from dataclasses import dataclass

from storage.people import Member
from storage.results import Comment
from storage.surveys import Survey


@dataclass(frozen=True)
class Said:
    """What a lead or an admin answered in public to the group `cut` of a round, and where it is posted."""

    survey: Survey
    cut: str
    person: Member
    words: str
    channel: str


@dataclass(frozen=True)
class Thread:
    """A comment, the one question back to it ("" while there is none), and the answer of whoever holds its code."""

    survey: Survey
    comment: Comment
    question: str = ""
    answer: str = ""


Asked = Thread
"""A thread in which a question was just asked."""
