"""Why praise of a program or of a file is not taken: in English, for those who write programs and files."""

from collections.abc import Mapping
from string import Formatter

from bot.rules import praise as rules
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.intake import Unfit

KEY_USED = "came before with another body; a new request needs a new key"
SHOWN = 80
"""Characters of a name that are shown again; an e-mail address longer than that is no address."""

_REASONS: Mapping[str, str] = {
    "people_missing": "nobody is named; at least one person is needed",
    "too_many_people": "more than {most} are named",
    "words_missing": "the customer's words are missing",
    "words_too_long": "has {length} characters, and {most} fit",
    "customer_too_long": "is too long; {most} characters fit",
    "unknown_source": f"must be one of: {', '.join(rules.SOURCES)}",
    "bad_link": f"must be a web address of up to {rules.MAX_LINK} characters that begins with https:// or http://",
    "day_in_future": "has not come yet",
    "day_too_long_ago": "is more than {most} years ago; is the year right?",
}
_ABSENT: Mapping[str, str] = {
    "bot": "{name} is a bot",
    "gone": "{name} has left",
    "guest": "{name} is a guest, and guests do not take part yet",
    "stranger": "{name} is of another workspace",
}


def reasons(unfit: Unfit) -> dict[str, str]:
    """What is wrong, by the name of the field."""
    found = {refusal.field or "": _reason(refusal) for refusal in unfit.refusals}
    people = [_nobody(name) for name in unfit.unknown[: rules.MAX_PEOPLE]]
    people += [_ABSENT[why].format(name=_shown(name)) for name, why in unfit.absent]
    if people:
        found["people"] = "; ".join([*filter(None, [found.get("people")]), *people])
    return found


def _reason(refusal: Refusal) -> str:
    sentence = _REASONS.get(refusal.code, refusal.code.replace("_", " "))
    facts = {name: refusal.facts.get(name, "…") for _, name, _, _ in Formatter().parse(sentence) if name}
    return sentence.format(**facts)


def _nobody(name: str) -> str:
    if people.is_email(name):
        return f"nobody here has the e-mail address {_shown(name)}"
    if people.is_slack_id(name):
        return f"nobody here has the Slack id {_shown(name)}"
    if people.is_handle(name):
        return f"nobody here is {_shown(name)}"
    return f"{_shown(name)} is no Slack id, e-mail address or @handle"


def _shown(name: str) -> str:
    return name if len(name) <= SHOWN else name[: SHOWN - 1] + "…"
