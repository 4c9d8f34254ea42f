"""Words that several views say alike."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from bot.views import rich
from bot.views.blocks import Block, bullets, context, paragraph, quotation, section
from bot.views.rich import Element
from bot.views.tongue import Tongue, mark
from storage.people import Member
from storage.praise import Praise

SOURCES = {
    "in person": mark("In person"),
    "phone": mark("By phone"),
    "chat": mark("In a chat"),
    "e-mail": mark("By e-mail"),
    "letter": mark("By letter"),
    "review": mark("In a review"),
}
A_MOMENT = timedelta(seconds=1)
MANY = 40
"""Lines of one list."""


@cache
def thanks_not_pay(tongue: Tongue) -> Block:
    """Said wherever points are shown (product.md, Points)."""
    return context(tongue.t("Points say thanks. They are not pay and not an appraisal."))


def points(tongue: Tongue, amount: int) -> str:
    """`10 points`."""
    return tongue.n("{count} point", "{count} points", amount)


def got(tongue: Tongue, amount: int) -> str:
    """What points somebody gets, for messages to them; nothing where it is none."""
    return tongue.t("You get {points} for it.", points=points(tongue, amount)) if amount else ""


def reward(tongue: Tongue, amount: int) -> list[Block]:
    """The same at the end of a message, with what points are not."""
    return [section(got(tongue, amount)), thanks_not_pay(tongue)] if amount else []


def earned(tongue: Tongue, people: Sequence[Member], amount: int) -> list[Block]:
    """How many points these people get, each; nothing where it is none."""
    if not amount:
        return []
    told = tongue.t("{people} gets {points}.") if len(people) == 1 else tongue.t("{people} get {points} each.")
    return [paragraph(told, people=rich.people(tongue, people), points=points(tongue, amount))]


def customer(tongue: Tongue, praise: Praise) -> str:
    """The customer as shown."""
    return praise.customer or tongue.t("a guest")


def source(tongue: Tongue, name: str) -> str:
    """How the words arrived."""
    return tongue.t(SOURCES[name]) if name in SOURCES else name


def words_of(tongue: Tongue, praise: Praise) -> list[Block]:
    """The customer's words first, then who said them, how and when, and where they can be read."""
    return [
        quotation(words(tongue, praise)),
        paragraph(
            tongue.t("From {customer} · {source} · {day}"),
            customer=customer(tongue, praise),
            source=source(tongue, praise.source),
            day=tongue.day(praise.happened_on),
        ),
        *link(tongue, praise),
    ]


def link(tongue: Tongue, praise: Praise) -> list[Block]:
    """Where the words can be read, if that is known; the host is shown, so that people see where it leads."""
    if not praise.link:
        return []
    return [paragraph(tongue.t("Where it was written: {link}"), link=rich.link(praise.link, _host(praise.link)))]


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def somebody(tongue: Tongue, member: Member | None) -> Sequence[Element]:
    """A mention, or "a colleague" for somebody who is not on the list."""
    return rich.somebody(tongue, member) if member else rich.words(tongue.t("a colleague"))


def words(tongue: Tongue, praise: Praise) -> str:
    """The customer's words, unless they were erased."""
    return tongue.t("These words were erased.") if praise.state == "erased" else praise.words


def shown(tongue: Tongue, praise: Praise) -> Sequence[Element]:
    """Those of the praised whom a channel may see; somebody who has since asked for privacy is "a colleague"."""
    return rich.people(tongue, praise.shown) if praise.shown else rich.words(tongue.t("a colleague"))


def applause(tongue: Tongue, count: int) -> str:
    """How many applaud, or nothing."""
    return tongue.n("{count} colleague applauds.", "{count} colleagues applaud.", count) if count else ""


def lines(*sentences: str) -> str:
    """Sentences of ours below one another; empty ones are left out."""
    return "\n".join(sentence for sentence in sentences if sentence)


def later(moment: datetime, now: datetime) -> bool:
    """Whether something happens at that moment rather than at once."""
    return moment - now > A_MOMENT


def provenance(tongue: Tongue, praise: Praise) -> str:
    """Whose word it is; what no colleague told came by a file or a signed message."""
    if not praise.checked:
        return tongue.t("Told by a colleague")
    return tongue.t("Checked by a lead") if praise.recorder else tongue.t("Checked at its source")


def many(tongue: Tongue, lines: Sequence[Sequence[Element]]) -> list[Block]:
    """A list, and of a very long one how many more there are; no block for no line."""
    more = len(lines) - MANY
    return [
        *([bullets(lines[:MANY])] if lines else []),
        *([section(tongue.t("And {count} more.", count=tongue.number(more)))] if more > 0 else []),
    ]
