"""Praise of oneself, and too much praise for one colleague, wait for a lead (product.md 1, Self-recorded)."""

from pathlib import Path

from storage import models
from storage.database import Database
from tests.whole.house import House, bot_in, workspace

ACCEPT, REFUSE = "praise_accept", "praise_refuse"


async def waiting(house: House, recorder: str = "jun", text: str = "@jun He carried my bags from Mr Wu") -> str:
    return await house.type(recorder, f"/praise {text}")


async def asked(house: House, lead: str, words: str = "carried my bags") -> dict:
    return await house.dm(lead, words, action_id=ACCEPT)


async def test_praise_of_oneself_waits_until_a_lead_confirms_it(house: House) -> None:
    said = await waiting(house)
    assert "确认" in said  # jun reads Simplified Chinese
    for lead in ("mei", "tomas"):
        await asked(house, lead)
    await house.settled()
    assert await house.posts() == [] and house.count(models.Entry) == 0
    assert house.count(models.Outbox) == 2, "nobody but the two leads is told"

    await house.press("tomas", await asked(house, "tomas"), ACCEPT)
    post = await house.posted("carried my bags", "Checked by a lead")
    assert "<@U0JUN00000>" in post["text"]
    await house.dm("jun", "carried my bags", "10")
    settled = await house.dm("mei", "carried my bags", "<@U0TOMAS000>")
    assert "actions" not in [block["type"] for block in settled["blocks"]]
    assert [row["amount"] for row in house.rows(models.Entry)] == [10]


async def test_a_lead_who_presses_later_is_told_that_it_is_decided(house: House) -> None:
    await waiting(house)
    late = await asked(house, "mei")
    await house.press("tomas", await asked(house, "tomas"), ACCEPT)
    await house.settled()
    before = house.dump()
    for action in (ACCEPT, REFUSE):
        said = await pressed_late(house, "mei", late, action)
        assert "<@U0TOMAS000>" in said
    assert house.dump() == before


async def pressed_late(house: House, user: str, drawn: dict, action: str) -> str:
    """Press a button that stood in the message when the person's client last drew it."""
    message = house.slack.workspace.messages.get(drawn["channel"], drawn["ts"])
    assert message is not None
    now, message["blocks"] = message["blocks"], drawn["blocks"]
    try:
        return await house.press(user, drawn, action)
    finally:
        message["blocks"] = now


async def test_a_refusal_has_a_reason_is_told_to_the_recorder_and_posts_nothing(house: House) -> None:
    await waiting(house)
    message = await asked(house, "tomas")
    assert (await house.people.click("tomas", "@goldenear", message["ts"], REFUSE))["ok"]
    form = (await house.people.wait({"view": "tomas", "callback_id": "praise_refuse_form"}))[0]
    assert (await house.people.submit("tomas", form["id"]))["response"] == "refused"
    sent = await house.people.submit("tomas", form["id"], {"reason": "  \n "})
    assert sent["response"] == "errors" and "reason" in sent["errors"]
    sent = await house.people.submit("tomas", form["id"], {"reason": "You told me so yourself <!channel>"})
    assert sent["response"] in ("none", "clear")
    told = await house.dm("jun", "You told me so yourself <!channel>")
    assert "<@U0TOMAS000>" in told["text"]
    await house.dm("mei", "carried my bags", "<@U0TOMAS000>")
    await house.settled()
    assert await house.posts() == [] and house.count(models.Entry) == 0

    said = await waiting(house, text="@jun @jun He carried my bags from Mr Wu")
    assert "谢谢" in said, "refused words may be told again, and wait again"


async def test_praise_that_praises_both_leads_is_asked_of_the_admins(hotel: House) -> None:
    await waiting(hotel, "mei", "@mei @tomas What a team you are")
    message = await asked(hotel, "sam", "What a team")
    assert await hotel.dms("tomas") == [] and await hotel.dms("mei") == []
    await hotel.press("sam", message, ACCEPT)
    await hotel.posted("What a team")


async def test_when_nobody_can_confirm_it_waits_and_the_recorder_is_told_why(hotel: House) -> None:
    said = await waiting(hotel, "sam", "@sam @mei @tomas Everybody was wonderful")
    assert "Nobody can confirm it yet" in said and "appoint another lead" in said
    await hotel.settled()
    assert await hotel.posts() == [] and hotel.count(models.Outbox) == 0
    assert hotel.rows(models.Praise)[0]["state"] == "waiting"


async def test_the_fourth_praise_in_seven_days_by_one_colleague_for_one_person_waits(hotel: House) -> None:
    for count in range(3):
        assert "now" in await hotel.type("noah", f"/praise @ling She was kind, time {count}")
    assert "several praises for the same colleague" in await hotel.type("noah", "/praise @ling @hao A fourth kindness")
    await asked(hotel, "mei", "A fourth kindness")
    assert "now" in await hotel.type("aiko", "/praise @ling She was kind to me too")
    await hotel.clock("2026-11-30 10:01")
    assert "now" in await hotel.type("noah", "/praise @ling A week later, kind again")


async def test_after_seven_days_without_an_answer_leads_are_reminded_once(tmp_path: Path, database: Database) -> None:
    async with workspace(tmp_path) as (slack, people):
        async with bot_in(slack, people, database, "socket") as house:
            await waiting(house)
            await asked(house, "tomas")
        for day, reminders in (("2026-11-30T09:59:00", 0), ("2026-11-30T10:01:00", 1), ("2026-12-14T10:00:00", 1)):
            await people.set_clock(f"{day}+08:00")
            async with bot_in(slack, people, database, "socket") as house:
                if reminders:
                    await house.dm("mei", "等了一個星期")
                await house.settled()
                assert len(await house.dms("mei")) == 1 + reminders
        async with bot_in(slack, people, database, "socket") as house:
            message = await house.dm("tomas", "waited for a week")
            await house.press("tomas", message, ACCEPT)
            await house.settled()
            shown = [block["type"] for told in await people.dms("tomas") for block in told["blocks"]]
            assert "actions" not in shown, "neither the question nor its reminder can be pressed any more"
            assert await house.is_in_order()
