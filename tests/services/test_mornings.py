"""Morning posts are drawn anew when what they show has changed (product.md 1)."""

from sqlmodel import Session

from bot.desk import handing_on as desk
from bot.desk import mornings as drawing
from bot.services import handing_on, mornings, privacy
from bot.services.rituals import Morning, subject
from bot.views.rituals import morning as draw
from storage import messages, outbox
from storage.models import Outbox
from storage.select import columns
from tests.office import TEAM, Office, slack_id, words


def house(office: Office) -> Office:
    office.at(2026, 3, 2, 12)
    office.keep_ritual()
    return office


def posted(office: Office, *, stands: bool = True) -> Morning:
    """The post of this morning: owed, or standing in Slack."""
    morning = office.opened()
    name = subject(morning.ritual, morning.local_date)

    def story(session: Session) -> None:
        told, channel = draw(morning, "en"), morning.ritual.channel
        outbox.post(session, workspace_id=TEAM, channel=channel, key=name, subject=name, message=told, now=office.now)
        if stands:
            session.connection().execute(Outbox.__table__.update().values(state="sent"))  # type: ignore[attr-defined]
            messages.name(session, workspace_id=TEAM, channel=channel, ts="1.0", subject=name)

    office.run(story)
    return morning


def hand_on(office: Office, praise_id: str, giver: str, receiver: str) -> None:
    def story(session: Session) -> None:
        handed = handing_on.hand_on(
            session, office.company, slack_id(giver), praise_id, slack_id(receiver), now=office.now
        )
        desk.handed_on(session, office.company, handed)

    office.run(story)


def owed(office: Office) -> dict[str, str]:
    """What is owed to the rituals' channels, by key."""
    asked = columns(Outbox.key, Outbox.payload).where(Outbox.state == "due", Outbox.key.contains("ritual:"))  # type: ignore[attr-defined]
    return dict(office.run(lambda session: [tuple(row) for row in session.execute(asked)]))


def prefer(office: Office, name: str, *, private: bool = True) -> None:
    def story(session: Session) -> None:
        preferred = privacy.prefer(session, office.company, slack_id(name), private=private, now=office.now)
        drawing.redraw(session, office.company, preferred.mornings, now=office.now)

    office.run(story)


def test_a_morning_that_stands_names_the_right_colleague(office: Office) -> None:
    house(office)
    first = office.praise("ed", "ann", "She found my ring in the sand.").praise.id
    second = office.praise("ed", "cy", "Kind.").praise.id
    office.at(2026, 3, 3, 9)
    name = subject((morning := posted(office)).ritual, morning.local_date)
    assert words(morning) == ["She found my ring in the sand.", "Kind."]

    hand_on(office, first, "ann", "bo")
    assert "UBO" in owed(office)[f"update:{name}"] and "UANN" not in owed(office)[f"update:{name}"]
    hand_on(office, second, "cy", "di")
    drawn = owed(office)[f"update:{name}"]
    assert "UDI" in drawn and "UCY" not in drawn, "a line among the others too"
    (shown,) = office.do(mornings.showing, second)
    assert (words(shown), shown.is_older, shown.more) == (words(morning), False, 0)


def test_an_older_praise_that_opened_is_still_called_one(office: Office) -> None:
    house(office)
    for text in ("The longest words of all.", "Short."):
        last = office.praise("ed", "ann" if text == "Short." else "cy", text).praise.id
    for day in (3, 4):
        office.at(2026, 3, day, 9)
        morning = posted(office)
    assert morning.is_older
    hand_on(office, last, "ann", "bo")

    assert len(owed(office)) == 2, "it was among the others on Tuesday, and opened Wednesday"
    assert [one.is_older for one in office.do(mornings.showing, last)] == [False, True]


def test_only_the_mornings_of_the_last_month_are_looked_through(office: Office) -> None:
    house(office)
    praise_id = office.praise("ed", "ann", "Kind.").praise.id
    office.at(2026, 3, 3, 9)
    posted(office)
    office.later(days=31)
    assert len(office.do(mornings.showing, praise_id)) == 1
    office.later(days=1)
    assert office.do(mornings.showing, praise_id) == ()


def test_a_morning_that_has_not_left_is_chosen_anew_without_who_turns_private(office: Office) -> None:
    house(office)
    office.praise("ed", "ann", "She found my ring in the sand.")
    office.praise("ed", "cy", "Kind.")
    office.at(2026, 3, 3, 9)
    posted(office, stands=False)
    prefer(office, "di")
    assert len(owed(office)) == 1, "it is not about Di"

    prefer(office, "ann")

    assert owed(office) == {}
    office.later(seconds=15)
    assert words(posted(office, stands=False)) == ["Kind."]
    assert len(owed(office)) == 1 and office.mornings() == []


def test_a_morning_that_stands_stays_as_it_is_when_somebody_turns_private(office: Office) -> None:
    house(office)
    office.praise("ed", "ann", "She found my ring in the sand.")
    office.at(2026, 3, 3, 9)
    posted(office)
    prefer(office, "ann")

    assert owed(office) == {}
    assert office.mornings() == []
