"""What people leave in the fields of messages: each for themselves, told with every click, as long as it is of use."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, Running, entered
from tests.workspace.conftest import Listener, button, field_of, section
from tests.workspace.test_suggestions import EXTERNAL, option

PRAISE = "C0PRAISE01"
MENU = {"type": "static_select", "action_id": "pick", "options": [option("a"), option("b")]}


def held(*elements: dict) -> list[dict]:
    return [{"type": "actions", "block_id": "acts", "elements": list(elements)}]


async def posted(client: AsyncWebClient, *blocks: dict) -> str:
    return str((await client.chat_postMessage(channel=PRAISE, text="x", blocks=list(blocks)))["ts"])


async def picked(people: Control, block: str = "acts", action: str = "pick") -> object:
    """What the app was told last that stands in the field."""
    values = (await people.traffic())[-1]["payload"]["state"]["values"]
    return values[block][action]["selected_option"]


async def test_what_was_picked_is_told_with_the_next_press_of_the_same_person(
    client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    ts = await posted(client, *held(MENU, button()))
    await people.click("sam", "#praise", ts, "pick", "b")
    assert await picked(people) == option("b")
    await people.click("sam", "#praise", ts, "go")
    assert await picked(people) == option("b")
    await people.click("mei", "#praise", ts, "go")
    assert await picked(people) is None
    await client.chat_update(channel=PRAISE, ts=ts, text="x", blocks=[section("new"), *held(MENU, button())])
    await people.click("sam", "#praise", ts, "go")
    assert await picked(people) == option("b")
    users = {**MENU, "type": "users_select"}
    del users["options"]
    await client.chat_update(channel=PRAISE, ts=ts, text="x", blocks=held(users, button()))
    await people.click("sam", "#praise", ts, "go")
    values = (await people.traffic())[-1]["payload"]["state"]["values"]
    assert values == {"acts": {"pick": {"type": "users_select", "selected_user": None}}}


async def test_what_the_app_did_not_hear_of_does_not_stay(
    client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    ts = await posted(client, *held(MENU, button()))
    await people.click("sam", "#praise", ts, "pick", "a")
    listener.status = 500
    assert not (await people.click("sam", "#praise", ts, "pick", "b"))["ok"]
    listener.status = 200
    await people.click("sam", "#praise", ts, "go")
    assert await picked(people) == option("a")


async def test_what_is_typed_in_a_message_or_an_ephemeral_is_told_with_a_press(
    client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    blocks = [field_of({"type": "plain_text_input"}), *held(button())]
    shown = await client.chat_postEphemeral(channel=PRAISE, user="U0SAM00000", text="x", blocks=blocks)
    for ts in (await posted(client, *blocks), str(shown["message_ts"])):
        await people.fill_in("sam", "#praise", ts, {"words": "half a sent"})
        await people.click("sam", "#praise", ts, "go")
        values = (await people.traffic())[-1]["payload"]["state"]["values"]
        assert values == {"words": {"x": {"type": "plain_text_input", "value": "half a sent"}}}


async def test_a_message_has_external_selects_too(client: AsyncWebClient, people: Control, listener: Listener) -> None:
    ts = await posted(client, section("Whom?", block_id="s", accessory=EXTERNAL))
    listener.answer = {"options": [option("p1", "Mei")]}
    assert [one["value"] for one in await people.suggest_in("sam", "#praise", ts, "who", "m")] == ["p1"]
    payload = (await people.traffic())[-1]["payload"]
    assert (payload["type"], payload["value"], payload["message"]["ts"]) == ("block_suggestion", "m", ts)
    assert payload["container"] == {"type": "message", "message_ts": ts, "channel_id": PRAISE, "is_ephemeral": False}
    listener.answer = ""
    await people.click("sam", "#praise", ts, "who", "p1")
    assert (await people.traffic())[-1]["payload"]["actions"][0]["selected_option"] == option("p1", "Mei")
    await people.click("sam", "#praise", ts, "who", "p1")
    assert await picked(people, "s", "who") == option("p1", "Mei")


async def test_what_was_left_longest_ago_is_forgotten_first(
    slack: Running, client: AsyncWebClient, people: Control, listener: Listener
) -> None:
    first = await posted(client, *held(MENU))
    await people.click("sam", "#praise", first, "pick", "a")
    known = slack.workspace.entered
    for number in range(entered.MOST):
        known.leave(("U0SAM00000", PRAISE, f"{number}"), {"block_id": "b"}, {"action_id": "a"}, {"type": "x"})
    assert known.of(("U0SAM00000", PRAISE, first)) == {}
    assert len(known._left) == entered.MOST
