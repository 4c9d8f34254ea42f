"""Trigger: /golden-ear: what this person may do, a lead's pick; for admins rituals, single dates, settings, audit."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import views
from bot.desk import Desk, Payload, welcoming
from bot.desk.people import meet
from bot.services import people, rituals
from handlers import auditing, dates, economy, erasing, grants, my_data, picks, privacy, settings
from handlers.answers import follow, say
from handlers.policy import employees


def register(app: AsyncApp) -> None:
    """Hear the command."""
    app.command("/golden-ear")(guide)


@employees
async def guide(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    """`/golden-ear` helps; `private` and `public` say what happens to one's praise; `pick` picks the next morning's,
    `preview` shows it; `free`, `working`, `ordinary` and `dates` are about single dates; `grant` enters
    points by hand; `economy` tells how thanks go round; `settings` and `audit` open theirs; `my-data` brings all that
    is held of somebody, `erase` erases. The first admin who writes any of it is greeted, if nobody was."""
    user = command["user_id"]
    await meet(desk, [user])
    await welcoming.greet(desk, user)
    match (command.get("text") or "").strip().split(maxsplit=1) or ["help"]:
        case [word] if word.lower() == "help":
            member = await desk.database.read(lambda session: people.actor(session, desk.company, user))
            await say(ack, views.guide.guide(member, desk.company, member.language))
        case [word, *name] if word.lower() == "preview":
            await _preview(ack, command, desk, "".join(name))
        case [word] if word.lower() == "pick":
            await picks.offer(ack, command, desk)
        case [word] if word.lower() in ("private", "public"):
            member = await privacy.prefer(desk, user, word.lower() == "private")
            await say(ack, views.praise.preference(member))
        case [word, *day] if word.lower() in dates.WORKS:
            await dates.mark(ack, command, desk, word.lower(), "".join(day))
        case [word] if word.lower() == "dates":
            await dates.coming(ack, command, desk)
        case [word] if word.lower() == "settings":
            await settings.show(ack, command, desk, user)
        case [word] if word.lower() == "audit":
            await auditing.show(ack, command, desk, user)
        case [word] if word.lower() == "my-data":
            await my_data.bring(ack, command, desk)
        case [word] if word.lower() == "erase":
            await erasing.offer(ack, command, desk)
        case [word] if word.lower() == "economy":
            await economy.overview(ack, command, desk)
        case [word, *line] if word.lower() == "grant":
            await grants.grant(ack, command, desk, "".join(line))
        case _:
            await say(ack, views.guide.usage(await desk.language_of(user)))


async def _preview(ack: AsyncAck, command: Payload, desk: Desk, name: str) -> None:
    user, now = command["user_id"], desk.clock.now()
    outcomes = await desk.database.read(lambda session: rituals.preview(session, desk.company, user, name, now=now))
    await ack()
    follow(desk, command, views.rituals.preview(outcomes, await desk.language_of(user)))
