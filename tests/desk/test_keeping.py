"""Before words go sooner than now, an admin is shown how much that is; and only then."""

from pathlib import Path
from typing import Any, cast

from bot.desk import Desk, keeping
from bot.sealing import Keys
from bot.services import standing
from tests.jobs.test_open_day import Hands
from tests.office import Office


async def test_a_limit_that_was_left_as_the_form_showed_it_is_no_wish(office: Office, tmp_path: Path) -> None:
    """Another admin took the limit away while the form was open: to leave it as it was brings nothing back."""
    nobody = cast(Any, None)
    desk = Desk(office.database, nobody, nobody, Hands(office), office.company, Keys(tmp_path))
    shown = {limit: standing.digest(limit) for limit in ("6", "")}

    async def looks(limit: str, was: str) -> bool:
        return await keeping.second_look(desk, "UADA", {"KEEP_MONTHS": limit}, shown=shown[was]) is not None

    assert not await looks("6", "6") and not await looks("", "6")
    assert await looks("6", "") and await looks("12", "6")
