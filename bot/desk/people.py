"""People as Slack describes them, and those never seen before, looked up before any transaction needs them."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from sqlmodel import Session

from bot.delivery.call import Failed, Refused, call
from bot.desk import Desk, Payload
from bot.rules import zones
from bot.rules.company import Company
from bot.rules.refusal import Unavailable
from bot.services import people as service
from bot.services import settings
from storage import erasures, people
from storage.inbox import Delivery
from storage.people import Profile

log = logging.getLogger(__name__)

AT_ONCE = 50
"""People looked up for one delivery; users.info allows about 100 a minute (tier 4)."""
LOOK_UP_S = 2.0


def profile_of(user: Payload, company: Company) -> Profile:
    """Slack's user object as the roster keeps it; whom the settings appoint, `enrol` knows."""
    said = user.get("profile") or {}
    slack_id, zone = user["id"], zones.known(user.get("tz"))
    home = user.get("team_id") or said.get("team") or company.workspace_id
    grid = (user.get("enterprise_user") or {}).get("teams") or ()
    return Profile(
        slack_id=slack_id,
        name=said.get("display_name") or said.get("real_name") or user.get("real_name") or user.get("name") or slack_id,
        locale=user.get("locale") or "",
        zone=zone.key if zone else "",
        is_bot=bool(user.get("is_bot")) or slack_id == "USLACKBOT",
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_stranger=bool(user.get("is_stranger"))
        or (home != company.workspace_id and company.workspace_id not in grid),
        is_gone=bool(user.get("deleted")),
        is_slack_admin=bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")),
        email=(said.get("email") or "").casefold(),
        handle=(user.get("name") or "").casefold(),
        told_at=user.get("updated") or 0,
    )


async def enrol(desk: Desk, profiles: Sequence[Profile], delivery: Delivery | None = None) -> None:
    """Write down what Slack says of these users, but for those who were erased: nothing is known of them any more.

    Both that and whom the settings appoint is read in the same transaction: an admin may erase somebody, for the first
    time even, and take a lead off while this waits for others.
    """
    now, here = desk.clock.now(), desk.company.workspace_id

    def story(session: Session) -> None:
        digests = {one.slack_id: desk.keys.digest(one.slack_id) for one in profiles}
        gone = erasures.barred(session, here, filter(None, digests.values()))
        stands = settings.stands(session, desk.defaults)
        known = [_appointed(one, stands) for one in profiles if digests[one.slack_id] not in gone]
        people.enrol(session, here, known, now=now)

    if profiles:
        await desk.database.write(story, delivery)


def _appointed(profile: Profile, stands: Company) -> Profile:
    slack_id = profile.slack_id
    role = "admin" if slack_id in stands.admins else "lead" if slack_id in stands.leads else ""
    return replace(profile, appointed=role, takes_part=stands.guests)


async def meet(desk: Desk, slack_ids: Iterable[str]) -> None:
    """Look up those of these people whom the roster does not know, before any transaction.

    Ids that Slack does not know either stay unknown, as do those beyond `AT_ONCE`: the acknowledgement must not wait
    for hundreds of answers. Raises Unavailable if Slack does not answer.
    """
    named = (slack_id for slack_id in dict.fromkeys(slack_ids) if not slack_id.startswith(service.OURS))
    wanted = [slack_id for slack_id in named if slack_id not in desk.met]
    if not wanted:
        return
    missing = await desk.database.read(lambda session: service.unknown(session, desk.company, wanted))
    profiles = [profile for profile in await asyncio.gather(*map(partial(_ask, desk), missing[:AT_ONCE])) if profile]
    await enrol(desk, profiles)
    unknown = set(missing) - {profile.slack_id for profile in profiles}
    desk.met.update(slack_id for slack_id in wanted if slack_id not in unknown)


async def meet_named(desk: Desk, names: Iterable[str]) -> None:
    """As `meet`, for people named by Slack id or e-mail address; what is neither is left alone, and what was asked in
    vain within the last minute is not asked again."""
    wanted = list(dict.fromkeys(names))
    unmet = await desk.database.read(lambda session: service.strangers(session, desk.company, wanted))
    strangers = [name for name in unmet if name not in desk.missed]
    emails, ids = (list(filter(kind, strangers)) for kind in (service.is_email, service.is_slack_id))
    found = await asyncio.gather(*(_ask_whose(desk, email) for email in emails))
    await meet(desk, ids)
    nobody = [email for email, profile in zip(emails, found, strict=True) if profile is None]
    for name in (*nobody, *(slack_id for slack_id in ids if slack_id not in desk.met)):
        desk.missed.note(name)
    await enrol(desk, [profile for profile in found if profile])


async def spellings(desk: Desk, slack_id: str) -> tuple[str, ...]:
    """The names by which Slack has somebody, of which the roster keeps one; none if Slack knows nobody. Raises
    Unavailable if it does not answer."""
    answer = await _asked(desk, "users.info", {"user": slack_id})
    said = (answer or {}).get("profile") or {}
    return tuple(dict.fromkeys(filter(None, (said.get("display_name"), said.get("real_name")))))


async def _ask_whose(desk: Desk, email: str) -> Profile | None:
    """Whose address this is. users.lookupByEmail (about 50 a minute, tier 3) leaves out the language."""
    found = await _look_up(desk, "users.lookupByEmail", {"email": email})
    told = found and await _ask(desk, found.slack_id)
    return replace(told, email=email.casefold()) if told else None


async def _ask(desk: Desk, slack_id: str) -> Profile | None:
    return await _look_up(desk, "users.info", {"user": slack_id, "include_locale": True})


async def _look_up(desk: Desk, method: str, arguments: Payload) -> Profile | None:
    """The user that Slack answers with, None if there is none. Raises Unavailable if Slack does not answer."""
    user = await _asked(desk, method, arguments)
    return profile_of(user, desk.company) if user else None


async def _asked(desk: Desk, method: str, arguments: Payload) -> Payload | None:
    """The same as Slack has it."""
    try:
        answer: Payload = await call(desk.client, method, arguments, timeout=LOOK_UP_S, reads=True)
        return dict(answer["user"])
    except Refused as error:
        if error.code in ("user_not_found", "user_not_visible", "users_not_found"):
            return None
        log.warning("%s was refused: %s; nothing is stored, and whoever asked hears of it", method, error)
        raise Unavailable("person_lookup_failed") from error
    except Failed as error:
        log.warning("%s was not answered: %s; nothing is stored, and it can be tried again", method, error)
        raise Unavailable("slack_unreachable") from error
