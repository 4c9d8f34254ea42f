"""What is stored of rounds, table by table, and whether it is as docs/anonymity.md promises: for whoever wants to see
for themselves. Nothing is opened for it, and nothing is changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from bot.rules.atoms import COMPANY
from bot.rules.company import Company
from bot.sealing import Keys
from bot.services import mixing
from storage import ballots, proof, results, surveys
from storage.proof import Stored
from storage.surveys import UNDER_WAY, Survey

Name = Literal[
    "apart", "unordered", "one_size", "whole", "batches", "same_words", "overwrites", "key_here",
    "emptied", "secret_gone", "key_gone", "wiped", "dropped", "subtracted",
]  # fmt: skip
LANGUAGES = 3
"""In so many the bot asks: so many different questions there may be in one round."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: whether it is as promised, and what was seen ("" if nothing is to be added)."""

    name: Name
    holds: bool
    seen: str = ""


@dataclass(frozen=True)
class Proof:
    """What is stored of one round."""

    survey: Survey
    tables: tuple[Stored, ...]
    checks: tuple[Check, ...]

    @property
    def running(self) -> bool:
        return self.survey.state in UNDER_WAY


def look(session: Session, company: Company, keys: Keys) -> tuple[Proof, ...]:
    """The round that is under way and the last one that is over, as far as there are such."""
    running = surveys.current(session, company.workspace_id)
    over = surveys.latest(session, company.workspace_id, "closed", "void")
    return tuple(_proof(session, survey, keys) for survey in (running, *over) if survey)


def _proof(session: Session, survey: Survey, keys: Keys) -> Proof:
    tables = (*proof.stored(session, survey.id), proof.messages(session, survey.id))
    rows = {one.table: one.rows for one in tables}
    checks = _running(session, survey, keys, rows) if survey.state in UNDER_WAY else _over(session, survey, keys, rows)
    return Proof(survey, tables, tuple(checks))


def _running(session: Session, survey: Survey, keys: Keys, rows: Mapping[str, int]) -> Iterator[Check]:
    told = proof.times_and_links(session)
    yield Check("apart", not told, ", ".join(told))
    ordered = proof.ordered(session, survey.id)
    yield Check("unordered", not ordered, ", ".join(ordered))
    sizes = proof.sizes(session, survey.id)
    seen = "; ".join(f"{part}: {sorted(found)} bytes" for part, found in sorted(sizes.items()))
    yield Check("one_size", all(len(found) == 1 for found in sizes.values()), seen)
    yield _whole(session, survey, rows)
    yield _batches(session, survey)
    wordings = proof.wordings(session, survey.id)
    yield Check("same_words", wordings <= LANGUAGES, f"{wordings}")
    yield from _overwriting(session)
    here = survey.id in keys.ids()
    seen = "" if here else f"no key of this round in {keys.folder}; look where the bot runs"
    wide = [
        path.name for path in (keys.folder, *keys.folder.glob(f"{survey.id}*")) if here and path.stat().st_mode & 0o77
    ]
    yield Check("key_here", here and not wide, seen or ("others may enter or read it" if wide else ""))


def _whole(session: Session, survey: Survey, rows: Mapping[str, int]) -> Check:
    """Nobody's answer is lost, or there twice; none that was mixed bears a tag."""
    took_part = ballots.how_many(session, survey.id, "answer")
    sealed = ballots.sealed(session, survey.id, "answer")
    strays = proof.strays(session, survey.id)
    seen = f"{took_part} took part, {sealed} answers are behind their tags, {rows['answer']} were mixed"
    return Check("whole", took_part == sealed + rows["answer"] and not strays, seen)


def _batches(session: Session, survey: Survey) -> Check:
    """How many of each segment were mixed is told by the tags: whose took part, and whose envelopes are there still."""
    took_part = mixing.by_segment(session, survey, ballots.everybody(session, survey.id, "answer"))
    sealed = mixing.by_segment(session, survey, ballots.tags(session, survey.id, "answer"))
    kept = {segment: len(sealed.get(segment, ())) for segment in took_part}
    mixed = {segment: more for segment, tags in took_part.items() if (more := len(tags) - kept[segment])}
    holds = all(count >= survey.batch and kept[segment] >= survey.batch for segment, count in mixed.items())
    return Check("batches", holds, ", ".join(map(str, sorted(mixed.values()))))


def _overwriting(session: Session) -> Iterator[Check]:
    overwrites = proof.overwrites(session)
    if overwrites is not None:
        yield Check("overwrites", overwrites)


def _over(session: Session, survey: Survey, keys: Keys, rows: Mapping[str, int]) -> Iterator[Check]:
    left = {name: rows[name] for name in ("participation", "envelope", "answer") if rows[name]}
    yield Check("emptied", not left, ", ".join(f"{name}: {count} rows" for name, count in left.items()))
    yield Check("secret_gone", not survey.secret)
    yield Check("key_gone", survey.id not in keys.ids())
    remains = proof.remains(session, survey.id)
    if remains is None:
        there = len(ballots.POOL) - len(proof.ordered(session, survey.id))
        yield Check("dropped", survey.scrubbed and not there, f"{there} left" if there else "")
    else:
        yield Check("wiped", survey.scrubbed and not remains, f"{remains} found" if remains else "")
    yield from _overwriting(session)
    yield _subtracted(session, survey)


def _subtracted(session: Session, survey: Survey) -> Check:
    """What is left of the company when all other groups that are shown are taken away from it, and each of them. Teams
    have nobody in common."""
    shown = results.figures(session, survey.id)
    if COMPANY not in shown:
        return Check("subtracted", not shown, "no figures are shown")
    parts = {name: figures.answered for name, figures in shown.items() if name != COMPANY}
    rest = shown[COMPANY].answered - sum(parts.values())
    named = frozenset().union(*(cut.segments for cut in survey.cuts if cut.name in parts))
    others = sum(people for segment, people in survey.asked_in.items() if segment not in named)
    small = [count for count in (*parts.values(), *([rest] if others else [])) if count < survey.least]
    seen = f"{len(shown)} groups are shown; all the others together hold {rest} answers"
    disjoint = all(
        not one.segments & other.segments
        for one in survey.cuts
        for other in survey.cuts
        if one.name < other.name and one.name in parts and other.name in parts
    )
    return Check("subtracted", not small and disjoint and rest >= 0, seen)
