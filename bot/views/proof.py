"""What `golden-ear pulse prove` prints, in words for a works council: English, like all of the command line."""

from collections.abc import Iterator, Mapping

from bot.services.proving import Check, Name, Proof
from storage.proof import Stored

PROMISE = (
    "Nobody who holds the database, its backups, exports or logs can tell who answered what; whoever can replace the "
    "running program could. docs/anonymity.md says what that means, and what is not promised."
)
NONE = "No round runs, and none is over yet: there is nothing to look at. Run this again while a question is open."

TABLES: Mapping[str, str] = {
    "survey": "The round: its question, how many are asked, the thresholds, the groups that may be shown, when it "
    "closes. All is settled when it opens. `secret` turns people into tags while it runs, and is empty afterwards.",
    "invitation": "Who is asked, when, and as part of which team (a number). Not whether they answered.",
    "participation": "Who took part, as a tag: a scrambled sign that only the secret of the round can match with a "
    "person. No time, no order. While the round runs, whoever holds the database can tell from it who took part.",
    "envelope": "Sealed answers and comments. Nobody can open one with what is in the database: the key is a file of "
    "its own. All of one kind are of one size.",
    "answer": "Answers that were mixed: opened together with at least nine others of the same team, and sealed again "
    "in random order under random ids, without tag. Nobody can open one with what is in the database.",
    "result": "The figures that are shown. Of a group that is not shown, there is nothing.",
    "comment": "Comments that are shown, in random order. `receipt` is the fingerprint of its writer's code.",
    "reply": "A question back to a comment, and its answer. Who asked is known, who answered is not.",
    "publicanswer": "What a lead answered the team in public.",
    "outbox": "Messages that ask, as far as they are kept: the same words for everybody of a language, with the "
    "possible answers and the round's id. None says what somebody answered.",
}
CHECKS: Mapping[Name, tuple[str, str]] = {
    "apart": ("Who took part, envelopes and answers have no time and no link to a person.", "These columns do"),
    "unordered": ("Their tables keep no order of rows.", "These tables do"),
    "one_size": ("All sealed boxes of one kind are of one size.", "Seen"),
    "whole": (
        "Everybody's answer is there once, mixed or not; no envelope is without its tag, no mixed answer has one.",
        "Seen",
    ),
    "batches": (
        "Answers of a team were mixed in batches of ten or more, and as many are behind their tags still.",
        "Mixed of each team",
    ),
    "same_words": ("Everybody of a language is sent the same question.", "Different questions"),
    "overwrites": ("What is deleted is overwritten.", ""),
    "key_here": ("The key lies beside the database, not in it, for this program alone.", "Seen"),
    "emptied": ("Tags, envelopes and answers are gone.", "Left"),
    "secret_gone": ("The secret that turned people into tags is gone.", ""),
    "key_gone": ("The key is gone: no answer in any copy or backup can ever be opened.", ""),
    "wiped": ("Neither the database's file nor its write-ahead log holds a tag, not even a deleted one.", "Seen"),
    "dropped": (
        "The round's tables are dropped, with their files. PostgreSQL's own log may hold what was in them.",
        "Seen",
    ),
    "subtracted": (
        "No group of fewer than the threshold is left when shown groups are subtracted from one another.",
        "Seen",
    ),
}
KEPT_BACK = {"survey": ("secret",), "comment": ("words",), "reply": ("question", "answer"), "outbox": ("channel",)}
"""What is stored, and not printed: whoever looks here is not whom it is for."""
MOST = 44
"""Characters of a value that are printed."""


def page(proof: Proof) -> Iterator[str]:
    """What is stored of one round, and whether it is as promised, line by line."""
    survey = proof.survey
    state = "runs" if proof.running else "is void, destroyed unread" if survey.state == "void" else "is over"
    are = "are" if proof.running else "were"
    yield f"The round of {survey.local_date} {state}: {survey.asked} people {are} asked “{survey.question.said('en')}”"
    yield ""
    for stored in proof.tables:
        yield f"  {stored.table}: {_rows(stored.rows)}"
        yield f"    {TABLES[stored.table]}"
        if stored.rows and stored.example:
            yield f"    One row: {_row(stored)}"
    yield ""
    yield from map(_said, proof.checks)
    yield ""


def verdict(proofs: tuple[Proof, ...]) -> str:
    """The last line."""
    failed = sum(not check.holds for proof in proofs for check in proof.checks)
    if failed:
        return f"{failed} of these are NOT as promised."
    return "All of this is as promised. " + PROMISE


def _rows(count: int) -> str:
    return "nothing" if not count else f"{count:,} row{'s' * (count != 1)}"


def _row(stored: Stored) -> str:
    kept_back = KEPT_BACK.get(stored.table, ())
    shown = {
        name: "(kept back here)" if name in kept_back and value else _value(value)
        for name, value in stored.example.items()
        if name != "workspace_id"
    }
    return ", ".join(f"{name} = {value}" for name, value in shown.items())


def _value(value: object) -> str:
    """A value as it is, shortened; what is sealed as its first bytes."""
    if isinstance(value, bytes | memoryview):
        raw = bytes(value)
        return f"{raw[:8].hex()}… ({len(raw)} sealed bytes)"
    text = " ".join(str(value).split())
    return (text if len(text) <= MOST else f"{text[:MOST]}…") or "(empty)"


def _said(check: Check) -> str:
    promised, seen = CHECKS[check.name]
    more = f" {seen}: {check.seen}." if check.seen and seen else f" {check.seen}." if check.seen else ""
    return f"  [{'holds' if check.holds else 'DOES NOT HOLD'}] {promised}{more}"
