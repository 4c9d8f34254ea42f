"""What somebody says that a customer said, and what each part of it must be, whichever way it came (product.md 1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.rules import periods
from bot.rules import praise as rules
from bot.rules.parts import Parts, divide
from bot.rules.refusal import Refusal
from storage.people import Member


@dataclass(frozen=True)
class Telling:
    """What a person says that a customer said. `people` are Slack ids, `happened_on` None means today.

    `part` is what is posted of the words, copied from them; empty means all of them.
    """

    people: tuple[str, ...]
    words: str
    customer: str = ""
    source: str = rules.DEFAULT_SOURCE
    happened_on: date | None = None
    link: str = ""
    part: str = ""


def praisable(named: Sequence[Member]) -> None:
    """Raises Refusal unless these can be praised together: 1 to 20 people who take part."""
    if not named:
        raise Refusal("people_missing", field="people")
    if len(named) > rules.MAX_PEOPLE:
        raise Refusal("too_many_people", field="people", most=rules.MAX_PEOPLE)
    for person in named:
        if person.absence:
            raise Refusal(f"praised_{person.absence}", field="people", person=person.slack_id)


def words(text: str) -> str:
    """The customer's words as they are stored. Raises Refusal for none, or too many."""
    kept = rules.clean(text)
    if not kept:
        raise Refusal("words_missing", field="words")
    if len(kept) > rules.MAX_WORDS:
        raise Refusal("words_too_long", field="words", most=rules.MAX_WORDS, length=len(kept))
    return kept


def parts(text: str, part: str) -> Parts:
    """The words as they are posted, and what is kept back of them. Raises Refusal as `words` does, and for a part that
    does not stand in them; both are looked at as they were typed, and what comes back is masked."""
    kept = words(text)
    if not part.strip():
        return Parts(kept, kept, "")  # nearly always: nothing is masked a second time
    found = divide(text, part)
    if found is None:
        raise Refusal("part_not_found", field="part")
    return found


def customer(text: str) -> str:
    """The customer as shown, masked. Raises Refusal for too long a name."""
    kept = rules.clean(text)
    if len(kept) > rules.MAX_CUSTOMER:
        raise Refusal("customer_too_long", field="customer", most=rules.MAX_CUSTOMER)
    return kept


def source(name: str) -> str:
    """How the words came. Raises Refusal for a source that there is not."""
    if name not in rules.SOURCES:
        raise Refusal("unknown_source", field="source")
    return name


def link(text: str) -> str:
    """A web address, or nothing. Raises Refusal for what is no address that can be shown."""
    address = text.strip()
    if address and not rules.is_link(address):
        raise Refusal("bad_link", field="link")
    return address


def day(happened_on: date | None, zone: ZoneInfo, now: datetime) -> date:
    """The day it happened: today in `zone` if none was said.

    Raises Refusal for one that is still to come, or so long ago that its year must be a slip of the finger.
    """
    today = periods.local_day(now, zone)
    if happened_on and happened_on.year < today.year - rules.OLDEST_YEARS:
        raise Refusal("day_too_long_ago", field="happened_on", most=rules.OLDEST_YEARS)
    if happened_on and happened_on > today:
        raise Refusal("day_in_future", field="happened_on")
    return happened_on or today
