"""Housekeeping: the praise channel's language, leads who have not answered, rows whose time is over."""

import logging
from typing import Any

from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from bot.desk import Desk, announcing
from bot.desk.channels import look_up
from bot.services import confirmations, rituals
from storage import expiry, inbox, people

log = logging.getLogger(__name__)


async def remind_leads(desk: Desk) -> None:
    """Remind, once, of praise that has waited a week for a lead."""
    now = desk.clock.now()

    def story(session: Session) -> None:
        for late in confirmations.remind(session, desk.company, now=now):
            announcing.confirmation(session, desk.company, late, now=now, again=True)

    await desk.database.write(story)


async def forget(desk: Desk) -> None:
    """Drop what was delivered or sent more than 30 days ago."""
    now = desk.clock.now()

    def story(session: Session) -> None:
        inbox.forget_old(session, now=now)
        expiry.forget_old(session, now=now)

    await desk.database.write(story)


async def settle_in(desk: Desk) -> None:
    """Be a member of the praise channel and know its language; keep the ritual and the roles as the settings say."""
    channel = desk.company.praise_channel
    await _join(desk, channel)
    await look_up(desk, channel, patience=5.0)
    now, company = desk.clock.now(), desk.company

    def story(session: Session) -> None:
        rituals.keep_default(session, company, now=now)
        people.appoint(session, company.workspace_id, admins=company.admins, leads=company.leads)

    await desk.database.write(story)


async def _join(desk: Desk, channel: str) -> None:
    try:
        answer: Any = await desk.client.conversations_info(channel=channel)
        if not answer["channel"].get("is_member"):
            await desk.client.conversations_join(channel=channel)
    except SlackApiError as error:
        log.warning(
            "the praise channel %s cannot be joined: %s; invite the bot there with /invite",
            channel,
            error.response.get("error"),
        )
    except Exception as error:
        log.warning("the praise channel could not be looked at: %s; it is tried again", type(error).__name__)
