"""Slack's user groups: those of the leads and of the teams."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.doctor.finding import Finding, error, ok, warning
from bot.commands.doctor.slack import Refused, Unreachable, ask

ABOUT = "user group"


async def look(client: AsyncWebClient, leads: str, teams: Sequence[str]) -> AsyncIterator[Finding]:
    """Whether Slack still has the groups that the settings name; nothing if they name none."""
    if not (leads or teams):
        return
    try:
        told = (await ask(client, "usergroups_list", include_disabled=True, include_users=True)).body["usergroups"]
    except Refused as refusal:
        advice = "see scopes above"
        if str(refusal) == "plan_upgrade_required":
            advice = (
                "Slack has user groups in its paid plans alone: name leads in LEADS, and teams in the list of people"
            )
        yield error(ABOUT, f"Slack will not tell of user groups: {refusal}", advice)
        return
    except Unreachable as failure:
        yield error(ABOUT, f"Slack did not answer ({failure})", "try again")
        return
    known = {one["id"]: one for one in told}
    if leads:
        yield _one(known, leads, "LEADS_GROUP", "lead")
    for team in teams:
        yield _one(known, team, "TEAM_GROUPS", f"are of the team {known.get(team, {}).get('name')}")
    for finding in _several([known[team] for team in teams if team in known]):
        yield finding


def _one(known: Mapping[str, Any], group_id: str, setting: str, what: str) -> Finding:
    advice = f"choose another in /golden-ear settings, or set {setting}; until then nobody's role or team changes by it"
    here = known.get(group_id)
    if here is None:
        return error(ABOUT, f"{group_id} in {setting} is gone", advice)
    named = f"@{here.get('handle')} ({group_id})"
    if here.get("date_delete"):
        return error(ABOUT, f"{named} of {setting} is switched off in Slack", advice)
    members = len(here.get("users") or ())
    if not members:
        return warning(ABOUT, f"{named} of {setting} has no members", "add people to it in Slack")
    return ok(ABOUT, f"{named} has {members} members, who {what}")


def _several(groups: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """What is not as clear as it seems where several groups are teams."""
    alike = [name for name, count in Counter(str(one.get("name")).casefold() for one in groups).items() if count > 1]
    for name in alike:
        yield warning(
            ABOUT, f"several groups of TEAM_GROUPS are called {name}: they are one team", "rename one in Slack"
        )
    people = Counter(slack_id for one in groups for slack_id in set(one.get("users") or ()))
    if several := sum(count > 1 for count in people.values()):
        seen = f"in several groups of TEAM_GROUPS at once: {several}; the team that is named first counts"
        yield warning(ABOUT, seen, "take them out of one, or let the list of people say their team")
