"""The questions of the pulse for admins: which there are, the forms to add or translate one, what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.rules.languages import LANGUAGES
from bot.rules.own_questions import MOST, lines
from bot.rules.questions import DRIVERS, ENPS, KINDS, Question
from bot.services.questions import Changed, Listed, Shelf
from bot.views import drivers, forms, phrases, rich
from bot.views.blocks import Block, bullets, context, metadata, paragraph, quotation, say, section
from bot.views.forms import View
from bot.views.rich import Element, Value
from bot.views.strings import one_line
from bot.views.tongue import Tongue, mark, speak
from storage.outbox import Message

ADD_FORM = "pulse_add_form"
TRANSLATE_FORM = "pulse_translate_form"
DRIVER, KIND, DIRECTION, OPTIONS, DAY = "driver", "kind", "direction", "options", "day"
"""The fields of the forms, beside one for each language, which has the language's name."""
MOST_OPTIONS_TEXT = 600

KIND_NAMES: Mapping[str, str] = {
    "agree": mark("1 to 5: disagree to agree"),
    "mood": mark("1 to 5: very bad to very good"),
    "scale": mark("0 to 10"),
    "yesno": mark("Yes or no"),
    "choice": mark("Answers of its own"),
}
DIRECTION_NAMES: Mapping[str, str] = {
    "up": mark("A high answer, or a yes, is good"),
    "down": mark("A high answer, or a yes, is bad"),
}
LANGUAGE_NAMES: Mapping[str, str] = {"en": "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文"}


# --- which there are ------------------------------------------------------------------------------------------------


def topics(shelf: Shelf, language: str) -> Message:
    """How many questions each topic has, which dates have one of their own, and what an admin can do."""
    tongue = speak(language)
    counted = [_topic(tongue, shelf, driver) for driver in (*DRIVERS, ENPS)]
    return say(
        tongue,
        section(tongue.t("*Questions of the pulse*")),
        bullets(counted),
        *_dates(tongue, shelf),
        *_how(tongue),
    )


def _topic(tongue: Tongue, shelf: Shelf, driver: str) -> list[Element]:
    here = [one for one in shelf.listed if one.question.driver == driver]
    resting = sum(one.rests for one in here)
    turns = tongue.n("{count} question", "{count} questions", len(here) - resting)
    told: dict[str, Value] = {"id": rich.code(driver), "topic": drivers.driver(tongue, driver), "questions": turns}
    if not resting:
        return rich.fill(tongue.t("{id} {topic}: {questions}"), **told)
    return rich.fill(tongue.t("{id} {topic}: {questions}, {count} at rest"), count=tongue.number(resting), **told)


def _dates(tongue: Tongue, shelf: Shelf) -> list[Block]:
    if not shelf.one_offs:
        return []
    chosen = [
        rich.fill("{day}: {words}", day=tongue.weekday(day), words=one_line(question.said(tongue.language)))
        for day, question in shelf.one_offs.items()
    ]
    return [section(tongue.t("Chosen for a date:")), *phrases.many(tongue, chosen)]


def _how(tongue: Tongue) -> list[Block]:
    return [
        context(
            phrases.lines(
                tongue.t("`/pulse questions workload` lists those of a topic, with their names."),
                tongue.t("`/pulse questions add` opens a form for a question of your own."),
                tongue.t("`/pulse questions retire NAME` lets one rest, `restore NAME` brings it back."),
                tongue.t("`/pulse questions translate NAME` opens a form for its words."),
                tongue.t("`/pulse questions schedule 2026-12-24 NAME` asks it on that day, `unschedule` undoes it."),
            )
        )
    ]


def of_topic(shelf: Shelf, driver: str, language: str) -> Message:
    """The questions of a topic with their names."""
    tongue = speak(language)
    here = [_line(tongue, one) for one in shelf.listed if one.question.driver == driver]
    return say(tongue, section(f"*{drivers.driver(tongue, driver)}*"), *phrases.many(tongue, here), *_how(tongue))


def _line(tongue: Tongue, one: Listed) -> list[Element]:
    said: dict[str, Value] = {"id": rich.code(one.question.id), "words": one_line(one.question.said(tongue.language))}
    if one.rests:
        return rich.fill(tongue.t("{id} {words} (at rest)"), **said)
    if one.question.anchor or one.question.driver == ENPS:
        return rich.fill(tongue.t("{id} {words} (every quarter)"), **said)
    return rich.fill("{id} {words}", **said)


# --- forms ----------------------------------------------------------------------------------------------------------


def add_form(language: str, *, nonce: str) -> View:
    """The form for a question of the company's own."""
    tongue = speak(language)
    once = tongue.t("Empty: it takes turns with the others. A date: it is asked on that day alone.")
    which = tongue.t("It does not matter for a mood, where better is better, or for answers of its own.")
    return forms.modal(
        tongue.t("New question"),
        [
            section(_plain_words(tongue)),
            forms.choice(DRIVER, tongue.t("Topic"), [(one, drivers.driver(tongue, one)) for one in DRIVERS]),
            forms.choice(KIND, tongue.t("How it is answered"), _named(tongue, KINDS, KIND_NAMES), initial="agree"),
            forms.choice(
                DIRECTION,
                tongue.t("What is good"),
                _named(tongue, tuple(DIRECTION_NAMES), DIRECTION_NAMES),
                initial="up",
                hint=which,
            ),
            *_in_each_language(tongue, {}),
            _options(tongue, "", tongue.t("Only for answers of its own: 2 to 6, one a line.")),
            forms.day(DAY, tongue.t("On one day alone"), hint=once),
        ],
        submit=tongue.t("Add"),
        close=tongue.t("Cancel"),
        callback_id=ADD_FORM,
        private_metadata=metadata(nonce=nonce),
    )


def _plain_words(tongue: Tongue) -> str:
    return phrases.lines(
        tongue.t("Plain words that a tired colleague answers in three seconds, and one thought."),
        tongue.t("Ask nothing that tells who somebody is, such as team, age or site, and nothing about health."),
    )


def _named(tongue: Tongue, values: Sequence[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(value, tongue.t(names[value])) for value in values]


def _in_each_language(tongue: Tongue, words: Mapping[str, str]) -> list[Block]:
    return [
        forms.text(
            language,
            tongue.t("In {language}", language=LANGUAGE_NAMES[language]),
            most=MOST[language],
            initial=words.get(language, ""),
            optional=True,
        )
        for language in LANGUAGES
    ]


def _options(tongue: Tongue, initial: str, hint: str) -> Block:
    parts = tongue.t("Languages stand beside one another: English | 繁體中文 | 简体中文")
    return forms.text(
        OPTIONS,
        tongue.t("Its answers"),
        most=MOST_OPTIONS_TEXT,
        initial=initial,
        long=True,
        optional=True,
        hint=f"{hint} {parts}",
    )


def translate_form(listed: Listed, language: str, *, nonce: str) -> View:
    """The form for the words of a question, filled with what it has."""
    tongue, question = speak(language), listed.question
    same = tongue.t("Other words for the same thought: its trend goes on. For another thought, add a new question.")
    answers = tongue.t("One a line, in the same order.")
    return forms.modal(
        tongue.t("Words of a question"),
        [
            paragraph(tongue.t("Question {id}"), id=rich.code(question.id)),
            section(same),
            *_in_each_language(tongue, question.words),
            *([_options(tongue, lines(question.options), answers)] if question.kind == "choice" else []),
        ],
        submit=tongue.t("Save"),
        close=tongue.t("Cancel"),
        callback_id=TRANSLATE_FORM,
        private_metadata=metadata(nonce=nonce, question=question.id),
    )


# --- what became of it ----------------------------------------------------------------------------------------------


def changed(changed: Changed, language: str) -> Message:
    """What became of a question."""
    tongue = speak(language)
    return say(tongue, *_changed(tongue, changed))


def changed_view(changed: Changed, language: str) -> View:
    """The same in place of a form."""
    tongue = speak(language)
    return forms.told(tongue, _changed(tongue, changed))


def _changed(tongue: Tongue, changed: Changed) -> list[Block]:
    listed, question = changed.listed, changed.listed.question
    if changed.day:
        then = tongue.t("It is asked on {day}.", day=tongue.weekday(changed.day))
    elif listed.rests:
        then = tongue.t("It rests: it takes no turns any more. A round that is open already goes on.")
    else:
        then = tongue.t("It takes turns with the others.")
    return [
        paragraph(tongue.t("Question {id}"), id=rich.code(question.id)),
        quotation(one_line(question.said(tongue.language))),
        section(then),
        *_missing(tongue, question),
    ]


def _missing(tongue: Tongue, question: Question) -> list[Block]:
    """In which languages nobody has put it yet: who reads one of them is asked in another."""
    missing = [LANGUAGE_NAMES[one] for one in LANGUAGES if not question.words.get(one)]
    if not missing:
        return []
    form = rich.code(f"/pulse questions translate {question.id}")
    return [
        section(tongue.t("Not translated yet: {languages}.", languages=tongue.listed(missing))),
        paragraph(tongue.t("{command} opens a form for its words."), command=form),
    ]


def unscheduled(day: date, language: str) -> Message:
    """A date has the question whose turn it is."""
    tongue = speak(language)
    return say(
        tongue, section(tongue.t("On {day} the question whose turn it is will be asked.", day=tongue.weekday(day)))
    )
