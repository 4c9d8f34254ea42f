"""Thanks among colleagues: the form, the line in the channel, and what giver and receiver are told."""

from collections.abc import Sequence

from bot.rules.kudos import MAX_REASON, MOST_NAMED
from bot.services.kudos import Gifted, Given, Left, NobodyThanked, NotGifted, Thanks
from bot.views import forms, phrases, refusals, rich
from bot.views.blocks import Block, actions, button, metadata, paragraph, quotation, say, section
from bot.views.forms import View
from bot.views.tongue import Tongue, speak
from storage.outbox import Message

FORM = "kudos_form"
JOIN = "kudos_join"
SOME = 5
"""How many of those who joined in are named."""
MANY = 15
"""Refusals from which on they are gathered by reason."""


def form(
    language: str,
    *,
    nonce: str,
    channel: str,
    most: int,
    people: Sequence[str] = (),
    reason: str = "",
    values: Sequence[str] = (),
    value: str = "",
) -> View:
    """The form of `/kudos`. `people` are Slack ids, at `most` so many, `values` the company's tags; `channel` is where
    it was called."""
    tongue = speak(language)
    tags = [(tag, tag) for tag in values]
    worth = forms.choice("value", tongue.t("Which of our values?"), tags, initial=value, optional=True)
    return forms.modal(
        tongue.t("Thank colleagues"),
        [
            forms.people("people", tongue.t("Whom do you thank?"), most=min(most, MOST_NAMED), initial=people),
            forms.text(
                "reason",
                tongue.t("What for?"),
                most=MAX_REASON,
                initial=reason,
                long=True,
                hint=tongue.t("What they did, in a few words of yours."),
            ),
            *([worth] if values else []),
        ],
        submit=tongue.t("Thank"),
        close=tongue.t("Cancel"),
        callback_id=FORM,
        private_metadata=metadata(nonce=nonce, channel=channel),
    )


def given(given: Given, language: str, *, invite: str | None = None) -> Message:
    """Who got how many points, who did not and why, and what is left. `invite` is how the bot gets into the channel."""
    return say(speak(language), *_given(given, language, invite))


def given_view(given: Given, language: str, *, invite: str | None = None) -> View:
    """The same in place of the form."""
    return forms.told(speak(language), _given(given, language, invite))


def _given(given: Given, language: str, invite: str | None) -> list[Block]:
    tongue = speak(language)
    blocks = [section(tongue.t("Thank you for noticing."))]
    for points in sorted({gift.points for gift in given.gifts}, reverse=True):
        members = [gift.person for gift in given.gifts if gift.points == points]
        blocks += phrases.earned(tongue, members, points)
    blocks += _not_gifted(tongue, given.refused)
    blocks.append(section(left(tongue, given.left, lead=given.giver.leads)))
    if invite:
        offer = tongue.t(
            "I am not in this channel. Type {command} here once, and a kudos emoji on a message counts here too."
        )
        blocks.append(paragraph(offer, command=rich.code(invite)))
    return [*blocks, phrases.thanks_not_pay(tongue)]


def _not_gifted(tongue: Tongue, refused: Sequence[NotGifted]) -> list[Block]:
    """Those who got nothing, each with the reason, or gathered by reason if they are many; it cost nothing."""
    groups: dict[object, list[NotGifted]] = {}
    for one in refused:
        groups.setdefault(one.code if len(refused) > MANY else one.person.id, []).append(one)
    return [
        paragraph(
            tongue.t("{person}: {why}"),
            person=rich.people(tongue, [one.person for one in group]),
            why=refusals.not_gifted(tongue, group[0].code),
        )
        for group in groups.values()
    ]


def left(tongue: Tongue, left: Left, *, lead: bool) -> str:
    """What may still be given, today and for leads this week."""
    today, week = tongue.number(left.daily), tongue.number(left.weekly)
    leading = ""
    if lead and left.each:
        each = phrases.points(tongue, left.each)
        leading = tongue.t("You can still give {count} lead kudos of {points} this week.", count=week, points=each)
    elif lead and left.each is not None:
        leading = tongue.t("You can still give {count} lead kudos this week.", count=week)
    return phrases.lines(
        leading,
        tongue.t("You can still give {count} kudos today.", count=today)
        if left.daily
        else tongue.t("You have no kudos left for today. Fresh ones come at midnight."),
    )


def nobody(refusal: NobodyThanked, language: str) -> Message:
    """Nobody could be thanked, and why of each."""
    tongue = speak(language)
    said = section(tongue.t("Nobody could be thanked, so nothing was given."))
    remaining = left(tongue, refusal.left, lead=refusal.left.weekly > 0)
    return say(tongue, said, *_not_gifted(tongue, refusal.refused), section(remaining))


def line(thanks: Thanks, language: str) -> Message:
    """The one line in the channel or thread, with those who joined in and the button to do so."""
    tongue = speak(language)
    blocks = [_line(tongue, thanks)]
    if thanks.joiners:
        joined = tongue.choose("{people} joins in.", "{people} join in.", len(thanks.joiners))
        blocks.append(paragraph(joined, people=_joiners(tongue, thanks)))
    label = tongue.t("Join in and thank them too, from your own kudos")
    return say(tongue, *blocks, actions(button(tongue.t("Join in"), JOIN, thanks.id, label=label)))


def _line(tongue: Tongue, thanks: Thanks) -> Block:
    giver, people = rich.somebody(tongue, thanks.giver), rich.people(tongue, thanks.receivers)
    if not thanks.reason:
        return paragraph(tongue.t("{giver} thanks {people} for this message."), giver=giver, people=people)
    said = tongue.t("{giver} thanks {people}: {reason}")
    return paragraph(said + _tag(thanks.value), giver=giver, people=people, reason=thanks.reason, value=thanks.value)


def _tag(value: str) -> str:
    return " #{value}" if value else ""


def _joiners(tongue: Tongue, thanks: Thanks) -> list[rich.Element]:
    return rich.people(tongue, thanks.joiners, most=SOME)


def line_taken_back(thanks: Thanks, language: str) -> Message:
    """What stands in place of a line whose kudos was taken back."""
    tongue = speak(language)
    blocks = [section(tongue.t("A thank-you stood here. It was taken back."))]
    if thanks.joiners:
        still = tongue.choose(
            "{joiners} still thanks {people}.", "{joiners} still thank {people}.", len(thanks.joiners)
        )
        people = rich.people(tongue, thanks.receivers)
        blocks.append(paragraph(still, joiners=_joiners(tongue, thanks), people=people))
    return say(tongue, *blocks)


def dm(given: Given, gifted: Gifted) -> Message:
    """What a receiver gets, in their language."""
    tongue = speak(gifted.person.language)
    giver = rich.somebody(tongue, given.giver)
    if given.joined:
        first = rich.somebody(tongue, given.joined.giver)
        said = paragraph(tongue.t("{giver} joins {first} in thanking you:"), giver=giver, first=first)
        if not given.reason:
            said = paragraph(tongue.t("{giver} joins {first} in thanking you."), giver=giver, first=first)
    elif given.reason:
        said = paragraph(tongue.t("{giver} thanks you:"), giver=giver)
    else:
        said = paragraph(tongue.t("{giver} thanks you for a message of yours."), giver=giver)
    reason = [quotation(given.reason)] if given.reason else []
    tag = [paragraph(_tag(given.value).strip(), value=given.value)] if given.value else []
    return say(tongue, said, *reason, *tag, *phrases.reward(tongue, gifted.points))
