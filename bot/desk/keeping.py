"""Before words go sooner than now, an admin sees how much that is."""

from collections.abc import Mapping

from bot import views
from bot.desk import Desk, Payload, mint
from bot.parsing import Wrong
from bot.rules import retention as rules
from bot.services import retention, settings, standing


async def second_look(desk: Desk, user: str, wishes: Mapping[str, str], *, shown: str) -> Payload | None:
    """The form that says what the limit for words that is wished would replace; None if none is wished, it was left as
    the form showed it (`shown`), or words would not go sooner by it. Raises Refusal for whoever is no admin."""
    try:
        months = int(standing.read("KEEP_MONTHS", wishes.get("KEEP_MONTHS", "")))
    except Wrong:
        return None  # whoever stores it says so
    if shown == standing.digest(str(months)):
        return None
    stands = await desk.database.read(lambda session: settings.stands(session, desk.defaults))
    if not rules.is_stricter(months, stands.keep_months):
        return None
    admin, due = await desk.database.read(
        lambda session: retention.preview(session, desk.company, user, months, now=desk.clock.now())
    )
    return views.keeping.form(due, months, admin.language, nonce=mint(), shown=shown)
