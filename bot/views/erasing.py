"""Erasing a person, a customer or a praise: the form, what it would change, and what was changed."""

from collections.abc import Mapping

from bot.rules.erasing import KINDS, Kind
from bot.services.erasing import Aim
from bot.views import forms, phrases, rich
from bot.views.blocks import Block, actions, bullets, button, metadata, paragraph, quotation, section
from bot.views.forms import View
from bot.views.tongue import Tongue, mark, speak

FORM = "erase_form"
NOW = "erase_now"
MOST_SPELT = 500
NAMES: Mapping[Kind, str] = {
    "person": mark("A person"),
    "customer": mark("A customer's name"),
    "praise": mark("A praise"),
}
TABLES = {
    "praise": mark("praises"),
    "aside": mark("words set aside"),
    "kudos": mark("thanks among colleagues"),
    "suggestion": mark("ideas"),
    "step": mark("answers to ideas"),
    "comment": mark("comments of the pulse"),
    "reply": mark("questions back and their answers"),
    "publicanswer": mark("public answers"),
    "outbox": mark("messages that have not left"),
    "gathered": mark("messages that wait to be gathered"),
    "sentfile": mark("files that I sent"),
    "person": mark("people"),
}
"""What the rows of a table are, for those who decide; of the others only their number is told."""


def called(language: str) -> str:
    """What stands for somebody who was erased."""
    return speak(language).t("a former colleague")


def form(language: str) -> View:
    """What is to be erased, and whom."""
    tongue = speak(language)
    kinds = [(kind, tongue.t(NAMES[kind])) for kind in KINDS]
    spelt = tongue.t("One a line: a maiden name, a nickname, how customers write it. They are struck out of texts.")
    link = tongue.t("The link to the post, from its menu in Slack.")
    kept = [("no", tongue.t("No: only the name goes")), ("yes", tongue.t("Yes: ideas, reasons and answers too"))]
    return forms.modal(
        tongue.t("Erase"),
        [
            section(tongue.t("First you see what would change. Nothing is erased before you say so once more.")),
            forms.choice("kind", tongue.t("What is to be erased?"), kinds, initial="person"),
            forms.person("person", tongue.t("The person"), optional=True),
            forms.text("customer", tongue.t("The customer's name"), most=100, optional=True),
            forms.text("praise", tongue.t("The praise"), most=300, optional=True, hint=link),
            forms.text("spellings", tongue.t("Other spellings"), most=MOST_SPELT, long=True, optional=True, hint=spelt),
            forms.choice("words", tongue.t("What the person wrote as well?"), kept, initial="no"),
        ],
        submit=tongue.t("Look"),
        close=tongue.t("Cancel"),
        callback_id=FORM,
        private_metadata=metadata(),
    )


def looking(language: str) -> View:
    """What stands in place of the form until it is known what would change."""
    tongue = speak(language)
    return forms.told(tongue, [section(tongue.t("I look for it everywhere. This may take a minute."))])


def failed(language: str) -> View:
    """What stands there if that could not be found."""
    tongue = speak(language)
    return forms.told(tongue, [section(tongue.t("That did not work. Nothing was erased. Please try again."))])


def asked(aim: Aim, rows: Mapping[str, int], messages: int, lost: int, language: str, *, kept: str) -> View:
    """What would change, and the button that erases; `kept` is the order, which the view carries along."""
    tongue = speak(language)
    never = tongue.t("This cannot be taken back. Points stay, and so does everything of other people.")
    erase = button(tongue.t("Erase for good"), NOW, aim.order.kind, style="danger")
    view = forms.modal(
        tongue.t("Erase"),
        [*_whom(tongue, aim), *_counts(tongue, rows, messages, lost), section(never), actions(erase)],
        close=tongue.t("Cancel"),
    )
    return {**view, "private_metadata": kept, "clear_on_close": True}


def done(rows: Mapping[str, int], messages: int, lost: int, language: str) -> View:
    """What was changed."""
    tongue = speak(language)
    if not rows:
        said = [section(tongue.t("There was nothing left to erase."))]
    else:
        slack = tongue.t("Messages in Slack are changed one after the other; that may take minutes.")
        mine = tongue.t("Old backups, exports and Slack's own copies are not in my reach. Your operators know of them.")
        said = [
            section(tongue.t("It is erased.")),
            *_counts(tongue, rows, messages, lost),
            section(slack),
            section(mine),
        ]
    return {**forms.told(tongue, said), "clear_on_close": True}


def _whom(tongue: Tongue, aim: Aim) -> list[Block]:
    if aim.person:
        return [paragraph(tongue.t("To be erased: {person}"), person=rich.somebody(tongue, aim.person))]
    if aim.praise:
        return [section(tongue.t("This praise is to be erased:")), *phrases.words_of(tongue, aim.praise)]
    return [section(tongue.t("This customer's name is to be erased:")), quotation(aim.order.subject)]


def _counts(tongue: Tongue, rows: Mapping[str, int], messages: int, lost: int) -> list[Block]:
    lines = [rich.fill("{what}: {count}", what=tongue.t(TABLES[name]), count=tongue.number(count))
             for name, count in sorted(rows.items()) if name in TABLES]  # fmt: skip
    if others := sum(count for name, count in rows.items() if name not in TABLES):
        lines.append(rich.words(tongue.t("other rows: {count}", count=tongue.number(others))))
    lines.append(rich.words(tongue.t("messages in Slack: {count}", count=tongue.number(messages))))
    told = tongue.n(
        "{count} message stands where I cannot change it any more.",
        "{count} messages stand where I cannot change them any more.",
        lost,
    )
    return [bullets(lines), *([section(told)] if lost else [])]
