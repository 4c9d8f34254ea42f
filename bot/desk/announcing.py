"""What is owed to Slack when a praise or a kudos changes: the posts, the DMs, the updates."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot import views
from bot.desk import gathering
from bot.rules.company import Company
from bot.services import channels
from bot.services.confirmations import Decided
from bot.services.kudos import Given, Thanks
from bot.services.praise import Recorded
from storage import helping, outbox, people
from storage.payloads import Post
from storage.people import Member
from storage.praise import Praise

GATHER = timedelta(seconds=2)
"""Reactions come in flocks; a post is changed once for all of them."""


def praise(
    session: Session, company: Company, told: Praise, *, not_before: datetime, now: datetime
) -> tuple[Member, ...]:
    """Post a praise of those who do not keep it private, and bring each praised person the words; gives those for whom
    they are gathered."""
    posts, gathered = [_channel_post(session, company, told)] if told.shown else [], []
    for person in told.people:
        if not person.slack_id:
            continue
        key, subject = f"praise:{told.id}:dm:{person.id}", told_to(told, person)
        message = views.praise.dm(told, person, company.praise_points)
        waits = partial(gathering.waits, session, company, person, not_before=not_before, now=now)
        if waits(key=key, subject=subject, message=message):
            gathered.append(person)
        else:
            posts.append(Post(key, person.slack_id, message, subject))
    outbox.post_all(session, posts, workspace_id=company.workspace_id, now=now, not_before=not_before)
    return tuple(gathered)


def told_to(told: Praise, person: Member) -> str:
    """How the outbox names the message that brings somebody the words of a praise."""
    return f"told:{told.id}:{person.id}"


def _channel_post(session: Session, company: Company, told: Praise) -> Post:
    subject, language = f"praise:{told.id}", channels.language(session, company, company.praise_channel)
    return Post(subject, company.praise_channel, views.praise.post(told, language), subject)


def applause(session: Session, company: Company, told: Praise, *, now: datetime) -> None:
    """Show the newest count of applause on the post; one that names nobody any more stays as it is."""
    if not told.shown:
        return
    language = channels.language(session, company, company.praise_channel)
    outbox.update(
        session,
        workspace_id=company.workspace_id,
        subject=f"praise:{told.id}",
        message=views.praise.post(told, language),
        now=now,
        not_before=now + GATHER,
    )


def confirmation(session: Session, company: Company, recorded: Recorded, *, now: datetime, again: bool = False) -> None:
    """Ask every lead who may to settle a waiting praise, at once, for nobody else can; or remind them, when it is not
    quiet."""
    for lead in recorded.confirmers:
        draw = views.praise.confirm_reminder if again else views.praise.confirm_request
        name = "reminder" if again else "confirm"
        subject = f"{name}:{recorded.praise.id}:{lead.id}"
        outbox.post(
            session,
            workspace_id=company.workspace_id,
            key=subject,
            subject=subject,
            channel=lead.slack_id,
            message=draw(recorded, lead),
            now=now,
            not_before=recorded.post_at if again else None,
        )


def decision(session: Session, company: Company, decided: Decided, *, now: datetime) -> None:
    """Tell the recorder, let the other leads' buttons say so, and post what was accepted."""
    told = decided.praise
    change = partial(outbox.update, session, workspace_id=company.workspace_id, now=now)
    for subject, lead in _asked(session, company, told).items():
        change(subject=subject, message=views.praise.confirm_settled(decided, lead))
    if told.recorder:
        message = views.praise.decision(decided, told.recorder.language)
        gathering.tell(session, company, told.recorder, key=f"decision:{told.id}", message=message, now=now)
    if decided.accepted:
        praise(session, company, told, not_before=decided.post_at, now=now)


def _asked(session: Session, company: Company, told: Praise) -> dict[str, Member]:
    """Everybody who was asked or reminded, whatever they may do now, by the subject of what they got."""
    prefixes = [f"{name}:{told.id}:" for name in ("confirm", "reminder")]
    found = [outbox.subjects(session, workspace_id=company.workspace_id, prefix=prefix) for prefix in prefixes]
    subjects = sorted(set().union(*found))
    known = people.by_id(session, [subject.rpartition(":")[2] for subject in subjects])
    return {subject: known[subject.rpartition(":")[2]] for subject in subjects}


def redraw(
    session: Session, company: Company, unposted: tuple[Praise, ...], *, not_before: datetime, now: datetime
) -> None:
    """Draw posts that have not left anew: who keeps praise private is not in them, who shows it again is."""
    for told in unposted:
        show(session, company, told, not_before=not_before, now=now)


def show(session: Session, company: Company, told: Praise, *, not_before: datetime, now: datetime) -> None:
    """Let the channel have a praise as it is now: its post is drawn anew, owed at last, or owed no longer.

    A post that names nobody any more and may have left is not taken away: the words stay, earned by "a colleague".
    """
    subject = f"praise:{told.id}"
    if not told.shown and outbox.cancel(session, workspace_id=company.workspace_id, subject=subject):
        return
    message = views.praise.post(told, channels.language(session, company, company.praise_channel))
    there = outbox.update(session, workspace_id=company.workspace_id, subject=subject, message=message, now=now)
    if told.shown and not there:
        post = _channel_post(session, company, told)
        outbox.post_all(session, [post], workspace_id=company.workspace_id, now=now, not_before=not_before)
        named = helping.of(session, told.id)
        helpers(session, company, told, named, not_before=not_before, now=now)


def helpers(
    session: Session, company: Company, told: Praise, named: Sequence[Member], *, not_before: datetime, now: datetime
) -> None:
    """Thank helpers below the post of a praise, but for those who keep praise private; without a post nobody is."""
    subject, praised = f"praise:{told.id}", {person.id for person in told.people}
    shown = [person for person in named if not person.keeps_private and person.id not in praised]
    if not shown or not outbox.alive(session, company.workspace_id, subject):
        return
    key = f"helped:{told.id}:{shown[0].id}:{now.timestamp():.0f}"  # who handed it on may be named again
    outbox.post(
        session,
        workspace_id=company.workspace_id,
        key=key,
        subject=key,
        channel=company.praise_channel,
        thread=subject,
        message=views.helping.thanks(shown, channels.language(session, company, company.praise_channel)),
        now=now,
        not_before=not_before,
    )


def kudos(
    session: Session, company: Company, given: Given, thanks: Thanks, *, channel: str, thread: str = "", now: datetime
) -> None:
    """One line where the kudos was given, and a word to each receiver."""
    owe = partial(outbox.post, session, workspace_id=company.workspace_id, now=now)
    subject = f"kudos:{thanks.id}"
    message = views.kudos.line(thanks, channels.language(session, company, channel))
    if given.joined:
        outbox.update(session, workspace_id=company.workspace_id, subject=subject, message=message, now=now)
    else:
        owe(key=subject, subject=subject, channel=channel, thread=thread, message=message)
    for gift in given.gifts:
        key = _thanked(given.id, gift.person)
        gathering.tell(session, company, gift.person, key=key, message=views.kudos.dm(given, gift), now=now)


def _thanked(kudos_id: str, person: Member) -> str:
    """The key of the message that brings somebody the thanks."""
    return f"kudos:{kudos_id}:dm:{person.id}"


def kudos_taken_back(session: Session, company: Company, thanks: Thanks, *, channel: str, now: datetime) -> None:
    """The line, if it has left, says that the thanks were taken back; those who were to hear of them later do not."""
    for person in thanks.receivers:
        gathering.withdraw(session, company, key=_thanked(thanks.id, person), now=now)
    if outbox.cancel(session, workspace_id=company.workspace_id, subject=f"kudos:{thanks.id}"):
        return
    message = views.kudos.line_taken_back(thanks, channels.language(session, company, channel))
    outbox.update(session, workspace_id=company.workspace_id, subject=f"kudos:{thanks.id}", message=message, now=now)
