"""In which language a channel is spoken to, and where a kudos is told."""

from datetime import datetime

from sqlmodel import Session

from bot.rules.company import Company
from storage import channels


def language(session: Session, company: Company, channel: str) -> str:
    """The company's language if it chose one, else the channel's own, else English."""
    if company.language:
        return company.language
    place = channels.get(session, company.workspace_id, channel)
    return place.language if place else "en"


def told_in(session: Session, company: Company, channel: str) -> str:
    """Where a kudos given in `channel` is told: there if the bot is a member, else in the praise channel."""
    place = channels.get(session, company.workspace_id, channel)
    return channel if place and place.is_member and not channel.startswith("D") else company.praise_channel


def offer_invitation(session: Session, company: Company, channel: str, *, now: datetime) -> bool:
    """Whether to offer, this once, that the bot be invited to `channel`."""
    place = channels.get(session, company.workspace_id, channel)
    if place is None or place.is_member or place.offered or channel.startswith("D"):
        return False
    channels.offered(session, company.workspace_id, channel, now=now)
    return True
