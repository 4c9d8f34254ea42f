"""What admins and leads did, for admins to read (product.md 7)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people, settings
from storage import audit
from storage import people as roster
from storage.audit import Act
from storage.people import Member

PAGE = 15
EVERYTHING = "all"
KINDS: Mapping[str, Collection[str]] = {
    EVERYTHING: (),
    "settings": ("setting", "setting_reset"),
    "roles": ("admin_on", "admin_off", "lead_on", "lead_off", "listed", "teams_listed", "joined"),
    "rituals": (
        "ritual_made", "ritual_removed", "ritual_at", "ritual_channel", "ritual_days", "ritual_holidays",
        "ritual_team", "ritual_zone", "picked", "unpicked",
    ),
    "dates": ("date",),
    "questions": ("question_added", "question_words", "question_retired", "question_restored", "question_day"),
    "ideas": ("idea_moved", "idea_solved", "idea_asked"),
    "praise": ("praise_decided",),
    "rewards": (
        "reward_added", "reward_edited", "reward_approved", "reward_refused", "reward_called_off", "reward_delivered",
        "project_opened", "project_edited", "project_closed",
        "grant_asked", "grant_entered", "grant_confirmed", "grant_refused", "grant_expired",
        "settled",
    ),
    "data": ("erased", "readmitted", "exported", "imported", "retained", "letters_lost"),
}  # fmt: skip
"""The filters, and the acts that each lets through; the first one all, also those that no other knows."""


@dataclass(frozen=True)
class Page:
    """Acts, newest first, for an admin; `older` is whether there are older ones. `people` are those whom acts are
    about, by their id of ours; `below` is where the page begins, "" at the newest."""

    admin: Member
    company: Company
    acts: tuple[Act, ...]
    older: bool
    kind: str
    who: Member | None
    below: str
    people: Mapping[str, Member]


def page(
    session: Session, company: Company, slack_id: str, *, kind: str = EVERYTHING, who: str = "", below: str = ""
) -> Page:
    """A page of acts: of one kind, of the person with this Slack id, older than the act with the id `below`.

    Raises Refusal for whoever is no admin, and for a filter that there is not. `company` is that of the environment.
    """
    admin = people.admin(session, company, slack_id)
    if kind not in KINDS or (below and not (below.isascii() and below.isdigit() and len(below) < 16)):
        raise Refusal("out_of_date")
    person = people.named(session, company, [who])[0] if who else None
    found = audit.newest(
        session,
        company.workspace_id,
        acts=KINDS[kind],
        by=person.id if person else "",
        below=int(below) if below else None,
        limit=PAGE + 1,
    )
    shown = found[:PAGE]
    about = roster.by_id(session, {act.subject for act in shown})
    stands = settings.stands(session, company)
    return Page(admin, stands, shown, len(found) > PAGE, kind, person, below, about)
