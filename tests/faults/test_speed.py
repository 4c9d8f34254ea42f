"""Slack's speed limits are enforced by the workspace, and the bot keeps within them with its own pace."""

from pathlib import Path

from tests.faults.acts import praise
from tests.faults.trial import RECORDS, Trial, at_work, hearing

MANY = 6


async def test_a_burst_of_praise_leaves_at_the_speed_that_slack_allows(tmp_path: Path) -> None:
    with hearing():
        async with at_work("speed", tmp_path, "http") as house:
            await house.people.limit_rates(post_rate=1, burst=1)
            trials = [Trial(house, "none") for _ in range(MANY)]
            for trial in trials:
                await praise(trial)
            for trial in trials:
                assert (await trial.seen(trial.posts), await trial.seen(trial.dms(trial.receiver))) == (1, 1)
            assert await house.people.limit_rates(on=False) == {}
    RECORDS.clear()


async def test_who_is_told_to_wait_waits_and_loses_nothing(tmp_path: Path) -> None:
    with hearing():
        async with at_work("slower", tmp_path, "http") as house:
            await house.people.limit_rates(post_rate=0.4, burst=1)
            trials = [Trial(house, "none") for _ in range(3)]
            for trial in trials:
                await praise(trial)
            for trial in trials:
                assert (await trial.seen(trial.posts), await trial.seen(trial.dms(trial.receiver))) == (1, 1)
            assert (await house.people.limit_rates(on=False))["chat.postMessage"] >= 1
            assert await trials[0].line("ratelimited; next try in")
    RECORDS.clear()
