"""golden-ear pulse questions, add, retire, restore, translate, schedule, unschedule: what the micro pulse asks; prove:
what is stored of it.

All of this works while the bot runs: a round reads the questions when it opens.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands import WRONG, end
from bot.commands.proving import prove
from bot.rules import days

if TYPE_CHECKING:
    from bot.services.questions import Changed, Listed

pulse = typer.Typer(help="See and change what the micro pulse asks, and what is stored of it.", no_args_is_help=True)
pulse.command()(prove)

Name = Annotated[str, typer.Argument(metavar="NAME", help="As `golden-ear pulse questions` shows it.")]
Date = Annotated[str, typer.Argument(metavar="DATE", help="Year, month and day, such as 2026-12-24.")]
English = Annotated[str, typer.Option("--en", help="The question in English.")]
Hant = Annotated[str, typer.Option("--zh-hant", help="The question in Traditional Chinese.")]
Hans = Annotated[str, typer.Option("--zh-hans", help="The question in Simplified Chinese.")]
Answers = Annotated[
    list[str] | None,
    typer.Option("--answer", help="An answer of a choice: 'English | 繁體中文 | 简体中文'; again for each."),
]


@pulse.command()
def questions(topic: Annotated[str, typer.Argument(help="Only those of this topic, such as workload.")] = "") -> None:
    """Show every question with its name, and those chosen for a date."""
    from bot.commands.company import at_work
    from bot.services import questions as service

    with at_work() as work:
        shelf, _ = work.database.read_now(
            lambda session: service.shelf(session, work.company, "", now=work.clock.now())
        )
    wanted = [one for one in shelf.listed if topic in ("", one.question.driver)]
    if not wanted:
        end(WRONG, f"there is no topic {topic!r}. Choose from: {', '.join(_topics(shelf.listed))}")
    for one in wanted:
        _tell(one)
    for day, question in shelf.one_offs.items():
        typer.echo(f"{day:%a %Y-%m-%d}: {question.id}")


def _topics(listed: "tuple[Listed, ...]") -> list[str]:
    return list(dict.fromkeys(one.question.driver for one in listed))


def _tell(one: "Listed") -> None:
    question = one.question
    facts = {"own": one.is_own, "every quarter": question.anchor, "rests": one.rests}
    notes = [note for note, holds in facts.items() if holds]
    typer.echo("  ".join([question.id, question.kind, question.said("en"), *notes]))


@pulse.command()
def add(
    topic: Annotated[str, typer.Argument(help="What it is about, such as workload.")],
    kind: Annotated[str, typer.Argument(help="agree, mood, scale, yesno or choice.")],
    en: English = "",
    zh_hant: Hant = "",
    zh_hans: Hans = "",
    good: Annotated[str, typer.Option(help="Whether a high answer, or a yes, is good (up) or bad (down).")] = "up",
    answer: Answers = None,
    on: Annotated[str, typer.Option(metavar="DATE", help="Ask it on this date alone.")] = "",
) -> None:
    """Add a question of your own; it takes turns with the others."""
    from bot.rules.own_questions import Draft
    from bot.services import questions as service

    draft = Draft(topic, kind, good, _words(en, zh_hant, zh_hans), "\n".join(answer or ()))
    _change(service.add, draft, _day(on) if on else None)


@pulse.command()
def retire(name: Name) -> None:
    """Let a question rest: it takes no turns any more. A round that is open goes on."""
    from bot.services import questions as service

    _change(service.retire, name)


@pulse.command()
def restore(name: Name) -> None:
    """Let a question take turns again."""
    from bot.services import questions as service

    _change(service.restore, name)


@pulse.command()
def translate(name: Name, en: English = "", zh_hant: Hant = "", zh_hans: Hans = "", answer: Answers = None) -> None:
    """Put a question into other words for the same thought; a language that is not given keeps its words."""
    from bot.services import questions as service

    _change(service.translate, name, _words(en, zh_hant, zh_hans), "\n".join(answer or ()))


@pulse.command()
def schedule(day: Date, name: Name) -> None:
    """Ask a question on DATE, whosever turn it is."""
    from bot.services import questions as service

    _change(service.schedule, _day(day), name)


@pulse.command()
def unschedule(day: Date) -> None:
    """Let DATE have the question whose turn it is."""
    from bot.commands.company import at_work
    from bot.services import questions as service

    chosen = _day(day)
    with at_work() as work:
        work.database.write_now(
            lambda session: service.unschedule(session, work.company, "", chosen, now=work.clock.now())
        )
    typer.echo(f"{chosen:%a %Y-%m-%d} has the question whose turn it is.")


def _change(service: "Callable[..., Changed]", *wish: object) -> None:
    """Let a service do what is wished, and tell what became of the question."""
    from bot.commands.company import at_work

    with at_work() as work:
        changed = work.database.write_now(
            lambda session: service(session, work.company, "", *wish, now=work.clock.now())
        )
    _told(changed)


def _words(en: str, zh_hant: str, zh_hans: str) -> dict[str, str]:
    return {"en": en, "zh-Hant": zh_hant, "zh-Hans": zh_hans}


def _day(text: str) -> date:
    day = days.read(text.strip())
    if day is None:
        end(WRONG, "that is not a date. Write instead: year, month and day, such as 2026-12-24.")
    return day


def _told(changed: "Changed") -> None:
    from bot.rules.languages import LANGUAGES

    question = changed.listed.question
    then = "rests" if changed.listed.rests else "takes turns with the others"
    typer.echo(f"{question.id} {f'is asked on {changed.day:%a %Y-%m-%d}' if changed.day else then}.")
    if missing := [language for language in LANGUAGES if not question.words.get(language)]:
        typer.echo(f"Not translated yet: {', '.join(missing)}.", err=True)
