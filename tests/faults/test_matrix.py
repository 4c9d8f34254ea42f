"""Every fault at every call that the bot makes: what is owed is seen once, and the log says what follows.

`make matrix` tries each at both transports and with the bot's own patience; here the transports take turns.
"""

from pathlib import Path

import pytest

from tests.faults import matrix
from tests.faults.trial import RECORDS

GROUPS = 6


@pytest.mark.timeout(600)
@pytest.mark.parametrize("group", range(GROUPS))
async def test_a_bad_day_doubles_nothing_and_loses_nothing(group: int, tmp_path: Path) -> None:
    with matrix.hurried():
        cells = await matrix.run(matrix.once()[group::GROUPS], tmp_path, brisk=True)
    RECORDS.clear()
    assert [cell for cell in cells if cell.wrong] == []
    assert cells


def test_every_fault_meets_every_call() -> None:
    tried = {(column.name, fault) for column, _, faults in matrix.once() for fault in faults}
    assert tried == {(column.name, fault) for column, _, faults in matrix.everything() for fault in faults}
    assert len({transport for _, transport, _ in matrix.once()}) == 2
