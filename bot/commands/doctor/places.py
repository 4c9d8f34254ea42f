"""The channels that the bot posts to, and the people whom the settings name."""

from collections.abc import AsyncIterator, Iterable

from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.doctor.finding import Finding, error, ok, warning
from bot.commands.doctor.slack import Refused, Unreachable, ask

MOST_PEOPLE = 30


async def channel(client: AsyncWebClient, channel_id: str, about: str, setting: str) -> Finding:
    """Whether the bot can post to a channel; `setting` is where its id is written."""
    try:
        told = (await ask(client, "conversations_info", channel=channel_id)).body["channel"]
    except Refused as refusal:
        if str(refusal) == "channel_not_found":
            return error(
                about,
                f"Slack shows the bot no channel {channel_id}: mistyped, or private and the bot is not in it",
                f"compare {setting} with the id at the foot of the channel's details; into a private channel invite "
                "the bot with /invite @Golden Ear",
            )
        return error(about, f"Slack will not tell of {channel_id}: {refusal}", "see scopes above")
    except Unreachable as failure:
        return error(about, f"Slack did not answer ({failure})", "try again")
    name = f"#{told.get('name')} ({channel_id})"
    if told.get("is_archived"):
        return error(about, f"{name} is archived", f"unarchive it, or set {setting} to another channel")
    if told.get("is_member"):
        return _inside(told, about, name)
    if told.get("is_private"):
        return error(about, f"the bot is not in the private channel {name}", "type /invite @Golden Ear there")
    if about == PRAISE:
        return ok(about, f"{name}, public; the bot joins it when it starts")
    return warning(about, f"the bot is not in {name}", "type /invite @Golden Ear there")


PRAISE = "praise channel"


def _inside(told: dict[str, object], about: str, name: str) -> Finding:
    if told.get("is_ext_shared"):
        return warning(
            about, f"{name} is shared with another company", "choose a channel of your own, if that is not meant"
        )
    return ok(about, f"the bot is in {name}")


async def people(client: AsyncWebClient, setting: str, slack_ids: Iterable[str]) -> AsyncIterator[Finding]:
    """Whether Slack knows the people of ADMINS or LEADS, the first of them if they are many."""
    asked = sorted(slack_ids)[:MOST_PEOPLE]
    wrong = 0
    for slack_id in asked:
        try:
            told = (await ask(client, "users_info", user=slack_id)).body["user"]
        except Refused as refusal:
            wrong += 1
            advice = "copy the id again (the person's profile, its menu, Copy member ID)"
            yield error("people", f"{slack_id} in {setting}: {refusal}", advice)
            continue
        except Unreachable as failure:
            yield error("people", f"Slack did not answer ({failure})", "try again")
            return
        if told.get("deleted") or told.get("is_bot"):
            wrong += 1
            seen = f"{slack_id} in {setting} {'has left' if told.get('deleted') else 'is a bot'}"
            yield warning("people", seen, f"take it out of {setting}")
    if asked and not wrong:
        yield ok("people", f"{setting}: Slack knows all {len(asked)}")
    elif not asked:
        whom = "owners and admins of the workspace are admins" if setting == "ADMINS" else "admins confirm what waits"
        yield ok("people", f"{setting} is empty: {whom}")
