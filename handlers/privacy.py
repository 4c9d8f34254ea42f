"""Triggers: the button that keeps praise of oneself private; `/golden-ear private` and `public` do the same."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, announcing, mornings
from bot.desk.people import meet
from bot.rules.refusal import Refusal
from bot.services import privacy as service
from handlers import forms
from handlers.answers import follow
from handlers.policy import employees
from storage.inbox import Delivery
from storage.people import Member


def register(app: AsyncApp) -> None:
    """Hear the button."""
    app.action("praise_private")(pressed)


@employees
async def pressed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Praise of this person stays out of the channel from now on, or is shown there again."""
    user, wish = body["user"]["id"], forms.pressed(action)
    if wish not in ("on", "off"):
        raise Refusal("out_of_date")
    await meet(desk, [user])
    member = await prefer(desk, user, wish == "on", desk.press(body, desk.clock.now(), again=True))
    await ack()
    follow(desk, body, views.praise.preference(member))


async def prefer(desk: Desk, user: str, private: bool, delivery: Delivery | None = None) -> Member:
    """Store the wish, and let posts that have not left keep to it."""

    def story(session: Session) -> Member:
        now = desk.clock.now()
        preferred = service.prefer(session, desk.company, user, private=private, now=now)
        announcing.redraw(session, desk.company, preferred.unposted, not_before=preferred.post_at, now=now)
        mornings.redraw(session, desk.company, preferred.mornings, now=now)
        return preferred.person

    return await desk.database.write(story, delivery)
