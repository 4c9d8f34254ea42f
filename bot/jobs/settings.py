"""What was changed in another process goes for this one too, within seconds; and the greeting of the first run."""

from bot.desk import Desk, groups, welcoming
from bot.desk import settings as reading
from bot.desk.people import meet
from bot.services import welcome


async def look(desk: Desk) -> None:
    """See whether somebody changed a setting elsewhere: a few short rows are read, so no number has to tell of it.
    Other user groups than before are read at once: at the start, and after a change wherever it was made."""
    await reading.follow(desk)
    await groups.follow_chosen(desk)


async def greet(desk: Desk) -> None:
    """Greet the one whom the environment names as admin, if nobody was greeted and no day was opened yet."""
    slack_id = welcome.installer(desk.defaults)
    if not slack_id:
        return
    if await desk.database.read(lambda session: welcome.is_due(session, desk.company)):
        await meet(desk, [slack_id])
        await welcoming.greet(desk, slack_id)
