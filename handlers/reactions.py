"""Triggers: reaction_added and reaction_removed, as applause for a praise or as kudos for a message's author."""

from slack_bolt.async_app import AsyncApp
from sqlmodel import Session

from bot.desk import Desk, Payload, announcing
from bot.desk.channels import look_up, thread_of
from bot.desk.people import meet
from bot.rules.refusal import Refusal
from bot.services import applause, kudos, reactions
from bot.services.kudos import Given
from bot.services.reactions import TakenBack
from handlers.answers import refused
from handlers.policy import anybody
from storage import messages, people
from storage.messages import Known

SILENT = frozenset({"unknown_actor", "actor_bot", "actor_gone", "actor_stranger", "actor_guest", "already_done"})
"""Refusals that nobody needs to hear: this person was not thanking, or may not take part at all."""


def register(app: AsyncApp) -> None:
    """Hear both events."""
    app.event("reaction_added")(reacted)
    app.event("reaction_removed")(reacted)


@anybody
async def reacted(body: Payload, event: Payload, desk: Desk) -> None:
    """Somebody put an emoji on a message or took it off."""
    item = event["item"]
    channel, ts = item.get("channel"), item.get("ts")
    if item.get("type") != "message" or not channel or not ts:
        return
    known = await desk.database.read(
        lambda session: messages.at(session, workspace_id=desk.company.workspace_id, channel=channel, ts=ts)
    )
    if known and known.subject and known.subject.startswith("praise:"):
        await _applaud(body, event, desk, known.subject.removeprefix("praise:"))
    elif event.get("item_user") and await _is_kudos(event, desk, known):
        await _thank(body, event, desk)


async def _is_kudos(event: Payload, desk: Desk, known: Known | None) -> bool:
    """Whether the emoji is that of kudos, or is taken off and was when it was put there."""
    emoji = emoji_of(event)
    if emoji == desk.company.kudos_emoji:
        return True
    if known is None or event["type"] == "reaction_added":
        return False
    return await desk.database.read(
        lambda session: reactions.thanked(session, desk.company, event["user"], known.id, emoji)
    )


def emoji_of(event: Payload) -> str:
    """The emoji's name; a skin tone makes no other emoji of it."""
    return str(event["reaction"]).partition("::")[0]


async def _applaud(body: Payload, event: Payload, desk: Desk, praise_id: str) -> None:
    user, stands = event["user"], event["type"] == "reaction_added"
    await meet(desk, [user])
    now = desk.clock.now()

    def story(session: Session) -> None:
        heard = applause.hear(
            session,
            desk.company,
            praise_id,
            user,
            event["reaction"],
            stands=stands,
            event_ts=event["event_ts"],
        )
        if heard and heard.changed:
            announcing.applause(session, desk.company, heard.praise, now=now)

    await desk.database.write(story, desk.event(body, now))


async def _thank(body: Payload, event: Payload, desk: Desk) -> None:
    giver, author, channel = event["user"], event["item_user"], event["item"]["channel"]
    await meet(desk, [giver, author])
    await look_up(desk, channel)
    thread = await thread_of(desk, channel, event["item"]["ts"]) if event["type"] == "reaction_added" else ""

    def story(session: Session) -> Refusal | None:
        try:
            with session.begin_nested():  # what a refusal left half done goes, the inbox row stays
                _announced(session, desk, event, f"ts:{thread}")
        except Refusal as refusal:  # heard all the same: the same event does not give later what was refused now
            return refusal
        return None

    refusal = await desk.database.write(story, desk.event(body, desk.clock.now()))
    if refusal and refusal.code not in SILENT:
        language = await desk.language_of(giver)
        desk.delivery.whisper(channel, giver, refused(refusal, language))


def _announced(session: Session, desk: Desk, event: Payload, thread: str) -> None:
    if _is_bot(session, desk, event["item_user"]):
        return
    now, channel = desk.clock.now(), event["item"]["channel"]
    outcome = _react(session, desk, event)
    if isinstance(outcome, Given):
        thanks = kudos.told(session, outcome)
        announcing.kudos(session, desk.company, outcome, thanks, channel=channel, thread=thread, now=now)
    elif isinstance(outcome, TakenBack):
        announcing.kudos_taken_back(session, desk.company, outcome.thanks, channel=channel, now=now)


def _react(session: Session, desk: Desk, event: Payload) -> Given | TakenBack | None:
    item = event["item"]
    message_id = messages.identify(
        session, workspace_id=desk.company.workspace_id, channel=item["channel"], ts=item["ts"]
    )
    return reactions.react(
        session,
        desk.company,
        event["user"],
        event["item_user"],
        message_id,
        emoji=emoji_of(event),
        stands=event["type"] == "reaction_added",
        event_ts=event["event_ts"],
        channel=item["channel"],
        now=desk.clock.now(),
    )


def _is_bot(session: Session, desk: Desk, slack_id: str) -> bool:
    author = people.by_slack(session, desk.company.workspace_id, [slack_id]).get(slack_id)
    return author is None or author.is_bot
