"""A person asks that praise of them stay private, and posts that have not left keep to it (product.md 1)."""

from datetime import UTC, datetime, time

from sqlmodel import Session

from bot.rules.quiet import QuietHours
from bot.services import confirmations
from bot.services import privacy as service
from bot.services.privacy import Preferred
from storage import messages
from tests.office import TEAM, Office


def prefer(office: Office, name: str = "bo", *, private: bool = True) -> Preferred:
    return office.do(service.prefer, f"U{name.upper()}", private=private)


def posted(office: Office, praise_id: str) -> None:
    """Note where the post of a praise stands in Slack, as the sender does."""

    def story(session: Session) -> None:
        place = {"workspace_id": TEAM, "channel": "CPRAISE", "ts": f"{praise_id}.0"}
        messages.name(session, **place, subject=f"praise:{praise_id}")

    office.run(story)


def test_praise_whose_post_has_not_left_is_drawn_anew(office: Office) -> None:
    left = office.praise("ann", "bo", "Told by day.")
    posted(office, left.praise.id)
    office.settle(quiet=QuietHours(time(21), time(8)))
    office.at(2026, 3, 3, 22)
    held = office.praise("ann", "bo cy", "Told by night.")
    office.praise("ann", "cy", "Of somebody else.")

    preferred = prefer(office)

    assert preferred.person.keeps_private
    assert [praise.id for praise in preferred.unposted] == [held.praise.id]
    assert [person.name for person in preferred.unposted[0].shown] == ["Cy"]
    assert preferred.post_at == datetime(2026, 3, 4, 8, tzinfo=UTC)


def test_who_shows_praise_again_gets_back_what_was_never_posted(office: Office) -> None:
    prefer(office)
    kept = office.praise("ann", "bo", "Between us.")

    preferred = prefer(office, private=False)

    assert not preferred.person.keeps_private
    assert [praise.id for praise in preferred.unposted] == [kept.praise.id]


def test_what_waits_or_was_refused_has_no_post_to_draw(office: Office) -> None:
    refused = office.praise("bo", "bo", "Myself.")
    office.do(confirmations.decide, "ULEE", refused.praise.id, accepted=False, reason="No")
    office.praise("bo", "bo", "Me again.")

    assert prefer(office).unposted == ()


def test_what_is_older_than_any_quiet_hours_is_left_alone(office: Office) -> None:
    office.praise("ann", "bo", "Long ago.")
    office.later(days=2)

    assert prefer(office).unposted == ()
