"""What a question must be that a company adds to the bank, or puts into words of its own (product.md 4)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.rules.languages import LANGUAGES
from bot.rules.praise import clean, fingerprint
from bot.rules.questions import DIRECTIONS, DRIVERS, KINDS, Direction, Kind, Option, Question
from bot.rules.refusal import Refusal

MOST = {"en": 140, "zh-Hant": 60, "zh-Hans": 60}
"""Characters of a question: a heading of Slack takes 150, and a tired reader fewer."""
LABEL_MOST = {"en": 28, "zh-Hant": 12, "zh-Hans": 12}
"""Characters on the button of an answer."""
LEAST_OPTIONS, MOST_OPTIONS = 2, 6
_BETWEEN = "|"

Words = Mapping[str, str]
"""By language."""


@dataclass(frozen=True)
class Draft:
    """A question as somebody wrote it, nothing of it checked; `options` are lines of text."""

    driver: str
    kind: str
    direction: str
    words: Words
    options: str = ""


def question(draft: Draft, question_id: str) -> Question:
    """The question that somebody wrote, with this id. Raises Refusal for what cannot be asked, with its field."""
    if draft.driver not in DRIVERS:
        raise Refusal("unknown_driver", field="driver")
    kind: Kind | None = next((kind for kind in KINDS if kind == draft.kind), None)
    if kind is None:
        raise Refusal("unknown_kind", field="kind")
    words, lines = worded(draft.words), _lines(draft.options)
    if kind != "choice" and lines:
        raise Refusal("options_without_choice", field="options")
    options = _options(lines) if kind == "choice" else ()
    return Question(question_id, draft.driver, kind, _direction(kind, draft.direction), words, options)


def _direction(kind: Kind, said: str) -> Direction:
    """Of a choice no answer is better than another; of a mood the better one always is."""
    if kind in ("choice", "mood"):
        return "none" if kind == "choice" else "up"
    found: Direction | None = next((one for one in DIRECTIONS if one == said and one != "none"), None)
    if found is None:
        raise Refusal("unknown_direction", field="direction")
    return found


def worded(words: Words) -> dict[str, str]:
    """The words in those languages in which there are some, masked, on one line. Raises Refusal if there are none, or
    too many."""
    said = {language: " ".join(clean(words.get(language, "")).split()) for language in LANGUAGES}
    for language, text in said.items():
        if len(text) > MOST[language]:
            raise Refusal("question_too_long", field=language, length=len(text), most=MOST[language])
    if not any(said.values()):
        raise Refusal("question_missing", field=LANGUAGES[0])
    return {language: text for language, text in said.items() if text}


def reworded(question: Question, options: str) -> tuple[Option, ...]:
    """The answers of a question in other words: as many lines as it has answers, in their order; none leaves them.

    Raises Refusal if they are not as many, or no fitting labels.
    """
    lines = _lines(options)
    if not lines:
        return question.options
    if question.kind != "choice":
        raise Refusal("options_without_choice", field="options")
    if len(lines) != len(question.options):
        raise Refusal("options_not_as_many", field="options", most=len(question.options))
    return tuple(
        Option(old.id, {**old.words, **new.words}) for old, new in zip(question.options, _options(lines), strict=True)
    )


def lines(options: Sequence[Option]) -> str:
    """Answers as they are written in the field for them: one a line, languages beside one another."""
    return "\n".join(f" {_BETWEEN} ".join(option.words.get(each, "") for each in LANGUAGES) for option in options)


def _lines(options: str) -> list[str]:
    return [line for line in clean(options).replace("｜", _BETWEEN).splitlines() if line.strip(f" {_BETWEEN}")]


def _options(lines: Sequence[str]) -> tuple[Option, ...]:
    """The answers of these lines: `English | 繁體中文 | 简体中文`, of which some may be left out."""
    if not LEAST_OPTIONS <= len(lines) <= MOST_OPTIONS:
        raise Refusal("options_wrong_number", field="options", least=LEAST_OPTIONS, most=MOST_OPTIONS)
    options = tuple(Option("abcdef"[place], _labels(line)) for place, line in enumerate(lines))
    for language in LANGUAGES:
        labels = [fingerprint(option.words[language]) for option in options if language in option.words]
        if len(set(labels)) != len(labels):
            raise Refusal("options_alike", field="options")
    return options


def _labels(line: str) -> Words:
    cells = [" ".join(cell.split()) for cell in line.split(_BETWEEN)]
    if len(cells) > len(LANGUAGES):
        raise Refusal("options_unreadable", field="options")
    labels = {language: cell for language, cell in zip(LANGUAGES, cells, strict=False) if cell}
    for language, label in labels.items():
        if len(label) > LABEL_MOST[language]:
            raise Refusal("option_too_long", field="options", length=len(label), most=LABEL_MOST[language])
    return labels


def check_new(words: Words, others: Collection[Question]) -> None:
    """Raise Refusal if one of these questions has the same words in the same language."""
    for language, text in words.items():
        if any(fingerprint(other.words.get(language, "")) == fingerprint(text) for other in others):
            raise Refusal("question_known", field=language)
