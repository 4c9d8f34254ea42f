"""Every refusal has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.rules.languages import LANGUAGES
from bot.rules.refusal import Refusal
from bot.services.kudos import Left, NobodyThanked, NotGifted
from bot.views import refusals
from tests.views.outcomes import ORDINARY, member

ROOT = Path(refusals.__file__).parents[2]
ABSENCES = ("bot", "gone", "stranger", "guest")


def trees() -> Iterator[ast.AST]:
    for folder in ("bot", "handlers", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "workspace" not in path.parts:
                yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def raised() -> Iterator[str]:
    """The codes that the code names: `Refusal("…")`, and the same of what inherits from it."""
    nodes = list(trees())
    kinds = {node.name: node for node in nodes if isinstance(node, ast.ClassDef) and _refuses(node)}
    for kind in kinds.values():
        for node in ast.walk(kind):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "__init__":
                yield from _literal(node)
    for node in nodes:
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Refusal", *kinds}:
            yield from _literal(node)


def _refuses(kind: ast.ClassDef) -> bool:
    return any(getattr(base, "id", "") == "Refusal" for base in kind.bases)


def _literal(call: ast.Call) -> Iterator[str]:
    match call.args[:1]:
        case [ast.Constant(value=str(code))]:
            yield code
        case [ast.JoinedStr(values=[ast.Constant(value=str(beginning)), *_])]:
            yield from (beginning + absence for absence in ABSENCES)


def test_every_code_that_is_raised_has_words() -> None:
    codes = set(raised())
    assert {"duplicate", "already_done", "praised_guest", "actor_bot", "nobody_thanked"} <= codes
    assert codes - set(refusals.WORDS) == set()


def test_every_reason_for_giving_nothing_has_words() -> None:
    assert {"self", "pair_limit", "allowance", *ABSENCES} == set(refusals.NOT_GIFTED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [*refusals.WORDS, *refusals.NOT_GIFTED, "never heard of"])
def test_words_are_there_without_the_facts_too(code: str, language: str) -> None:
    """A refusal that forgot a fact still says something."""
    assert refusals.words(Refusal(code), language)
    assert "{" not in refusals.words(Refusal(code), language)


def test_what_is_unknown_gets_a_general_sentence() -> None:
    assert "Nothing was changed" in refusals.words(Refusal("never heard of"), "en")


def test_the_one_who_decided_first_is_mentioned_in_messages_but_not_in_forms() -> None:
    refusal = Refusal("already_decided", by="U0007")
    assert "<@U0007>" in refusals.words(refusal, "en")
    assert refusals.form_errors(refusal, "en", first="reason").keys() == {"reason"}
    assert "<" not in refusals.form_errors(refusal, "en")["people"]
    assert "<" not in refusals.words(Refusal("already_decided", by="!channel>"), "en")


def test_a_refusal_stands_below_its_field() -> None:
    errors = refusals.form_errors(Refusal("words_too_long", field="words", most=3000, length=3001), "en")
    assert errors == {"words": refusals.words(Refusal("words_too_long", most=3000, length=3001), "en")}
    assert "3,001" in errors["words"] and "3,000" in errors["words"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_says_of_each_why_nobody_was_thanked(language: str) -> None:
    refused = (NotGifted(member(1, "Ann"), "self"), NotGifted(member(2, "Bo"), "pair_limit"))
    said = refusals.form_errors(NobodyThanked(refused, Left(2, 0)), language)["people"]
    assert "Ann" in said and "Bo" in said and "3" in said
    assert "<@" not in said


def test_the_date_of_the_first_praise_is_said() -> None:
    first = ORDINARY.praise("en").happened_on
    assert "20 November 2026" in refusals.words(Refusal("duplicate", happened_on=first), "en")
