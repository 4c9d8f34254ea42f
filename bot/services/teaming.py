"""Teams by Slack's user groups (product.md, People). What the list of people says of somebody's team stands above.

`company` is the company by the environment alone: what stands is read in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.rules.company import Company
from bot.services import settings
from storage import roles
from storage.roles import Move

MAX_NAME = 100
"""As long as the list of people lets the name of a team be."""


@dataclass(frozen=True)
class Crew:
    """A user group as Slack just told it: its id, its name, and who is in it, by Slack id."""

    id: str
    name: str
    slack_ids: Sequence[str]

    @property
    def team(self) -> str:
        """The name as that of a team: on one line."""
        return " ".join("".join(sign if sign.isprintable() else " " for sign in self.name).split())[:MAX_NAME].strip()


def moves(session: Session, company: Company, crews: Sequence[Crew]) -> tuple[Move, ...]:
    """Whose team becomes another by these groups. Who is in several is of the team that the setting names first; of a
    group that Slack tells nothing of, whoever is of that team stays so."""
    told = {crew.id: crew for crew in crews}
    chosen = [told[group] for group in settings.stands(session, company).team_groups if group in told]
    wanted: dict[str, Crew] = {}
    for crew in chosen:
        for slack_id in crew.slack_ids:
            wanted.setdefault(slack_id, crew)
    found = []
    for one in roles.unlisted(session, company.workspace_id):
        by = wanted.get(one.slack_id)
        team, group = (by.team, by.id) if by else ("", "")
        if (team, group) != (one.team, one.team_group) and (by or one.team_group in told):
            found.append(Move(one.id, team, group))
    return tuple(found)


def enter(session: Session, company: Company, moves: Sequence[Move]) -> None:
    """Let these people be of these teams, but for groups that are chosen no more, and for people of whom the list has
    said a team meanwhile."""
    chosen = {*settings.stands(session, company).team_groups, ""}
    roles.move(session, [one for one in moves if one.team_group in chosen])
