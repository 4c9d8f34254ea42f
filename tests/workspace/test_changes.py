"""Whatever anybody may see changes with a word: made over the real Web API and control API, and heard in the moment."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, ControlError, Running, staff
from bot.workspace.changes import KINDS, Change
from tests.workspace.conftest import Listener, Socket, button, field_of, modal, section

MEI, PRAISE, RANDOM = "U0MEI00000", staff.PRAISE_CHANNEL, staff.OTHER_CHANNEL
HOME = {"type": "home", "blocks": [section()]}


@dataclass
class House:
    """A workspace with its people, its app and all that was heard of it."""

    slack: Running
    people: Control
    app: AsyncWebClient
    listener: Listener
    heard: list[Change] = field(default_factory=list)

    async def acted(self) -> dict:
        """An act of Mei's: gives what the app was told, with its trigger and response_url."""
        await self.people.command("mei", "#praise", "/praise")
        return (await self.people.traffic())[-1]["payload"]

    async def opened(self, **more: object) -> dict:
        """A modal before Mei."""
        opened = await self.app.views_open(trigger_id=(await self.acted())["trigger_id"], view=modal(section(), **more))
        return opened["view"]

    async def answer(self, url: str, **given: object) -> None:
        async with aiohttp.ClientSession() as session, session.post(url, json=given) as reply:
            assert reply.status == 200, await reply.text()

    async def clicked(self, ts: str) -> str:
        """Mei clicks in a message; gives the response_url."""
        await self.people.click("mei", "#praise", ts, "go")
        return (await self.people.traffic())[-1]["payload"]["response_url"]

    async def posted(self, thread_ts: str | None = None) -> str:
        blocks = [{"type": "actions", "elements": [button()]}]
        return str(
            (await self.app.chat_postMessage(channel=PRAISE, text="x", blocks=blocks, thread_ts=thread_ts))["ts"]
        )

    async def whispered(self) -> str:
        blocks = [{"type": "actions", "elements": [button()]}]
        said = await self.app.chat_postEphemeral(channel=PRAISE, user=MEI, text="x", blocks=blocks)
        return str(said["message_ts"])


@pytest.fixture
def house(slack: Running, people: Control, client: AsyncWebClient, listener: Listener) -> House:
    return House(slack, people, client, listener)


Deed = Callable[[House], Awaitable[list[Change]]]
DEEDS: dict[str, Deed] = {}


def deed(make: Deed) -> Deed:
    """A way in which something changes. It gives what must be heard; what it does to prepare may be heard as well."""
    DEEDS[make.__name__] = make
    return make


@deed
async def the_app_posts(house: House) -> list[Change]:
    return [Change("message", PRAISE, await house.posted())]


@deed
async def somebody_says_something(house: House) -> list[Change]:
    return [Change("message", PRAISE, await house.people.say("mei", "#praise", "x"))]


@deed
async def somebody_answers_in_a_thread(house: House) -> list[Change]:
    first = await house.posted()
    house.heard.clear()
    reply = await house.people.say("mei", "#praise", "x", thread_ts=first)
    return [Change("message", PRAISE, reply), Change("message", PRAISE, first)]


@deed
async def a_reply_is_deleted(house: House) -> list[Change]:
    first = await house.posted()
    reply = await house.posted(thread_ts=first)
    house.heard.clear()
    await house.app.chat_delete(channel=PRAISE, ts=reply)
    (kept,) = await house.people.messages("#praise")
    assert not {"reply_count", "thread_ts", "latest_reply"} & set(kept)
    return [Change("message", PRAISE, reply), Change("message", PRAISE, first)]


@deed
async def the_app_changes_a_message(house: House) -> list[Change]:
    ts = await house.posted()
    house.heard.clear()
    await house.app.chat_update(channel=PRAISE, ts=ts, text="y")
    return [Change("message", PRAISE, ts)]


@deed
async def the_app_replaces_the_message_that_was_clicked(house: House) -> list[Change]:
    ts = await house.posted()
    url = await house.clicked(ts)
    house.heard.clear()
    await house.answer(url, replace_original=True, text="y")
    return [Change("message", PRAISE, ts)]


@deed
async def the_app_deletes_the_message_that_was_clicked(house: House) -> list[Change]:
    ts = await house.posted()
    url = await house.clicked(ts)
    house.heard.clear()
    await house.answer(url, delete_original=True)
    return [Change("message", PRAISE, ts)]


@deed
async def somebody_reacts(house: House) -> list[Change]:
    ts = await house.posted()
    house.heard.clear()
    await house.people.react("mei", "#praise", ts, "tada")
    return [Change("message", PRAISE, ts)]


@deed
async def somebody_takes_a_reaction_back(house: House) -> list[Change]:
    ts = await house.posted()
    await house.people.react("mei", "#praise", ts, "tada")
    house.heard.clear()
    await house.people.unreact("mei", "#praise", ts, "tada")
    return [Change("message", PRAISE, ts)]


@deed
async def the_app_reacts(house: House) -> list[Change]:
    ts = await house.posted()
    house.heard.clear()
    await house.app.reactions_add(channel=PRAISE, timestamp=ts, name="ear")
    return [Change("message", PRAISE, ts)]


@deed
async def a_file_is_shared(house: House) -> list[Change]:
    await house.app.files_upload_v2(channel=PRAISE, filename="a.csv", content=b"a,b\n")
    return [Change("message", PRAISE, (await house.people.messages("#praise"))[-1]["ts"])]


@deed
async def one_person_is_shown_something(house: House) -> list[Change]:
    return [Change("ephemeral", PRAISE, await house.whispered())]


@deed
async def what_one_person_was_shown_is_replaced(house: House) -> list[Change]:
    ts = await house.whispered()
    url = await house.clicked(ts)
    house.heard.clear()
    await house.answer(url, replace_original=True, text="y")
    assert (await house.people.ephemerals("mei"))[0]["text"] == "y"
    return [Change("ephemeral", PRAISE, ts)]


@deed
async def what_one_person_was_shown_is_deleted(house: House) -> list[Change]:
    ts = await house.whispered()
    url = await house.clicked(ts)
    house.heard.clear()
    await house.answer(url, delete_original=True)
    return [Change("ephemeral", PRAISE, ts)]


@deed
async def a_command_is_answered_to_one_person(house: House) -> list[Change]:
    house.listener.answer = {"text": "done"}
    await house.acted()
    return [Change("ephemeral", PRAISE, (await house.people.ephemerals("mei"))[-1]["ts"])]


@deed
async def a_modal_is_opened(house: House) -> list[Change]:
    return [Change("views", MEI, (await house.opened())["id"])]


@deed
async def a_modal_is_updated(house: House) -> list[Change]:
    view = await house.opened()
    house.heard.clear()
    await house.app.views_update(view_id=view["id"], view=modal(section("other")))
    return [Change("views", MEI, view["id"])]


@deed
async def a_modal_is_pushed_by_the_answer_to_another(house: House) -> list[Change]:
    view = await house.opened()
    house.listener.answer = {"response_action": "push", "view": modal(section())}
    house.heard.clear()
    pushed = (await house.people.submit("mei", view["id"]))["view"]
    return [Change("views", MEI, pushed["id"])]


@deed
async def a_modal_is_submitted_and_closes(house: House) -> list[Change]:
    view = await house.opened()
    house.heard.clear()
    await house.people.submit("mei", view["id"])
    return [Change("views", MEI, view["id"])]


@deed
async def a_modal_is_closed_by_its_person(house: House) -> list[Change]:
    view = await house.opened()
    house.heard.clear()
    await house.people.close_view("mei", view["id"])
    return [Change("views", MEI, view["id"])]


@deed
async def all_modals_are_cleared(house: House) -> list[Change]:
    view = await house.opened()
    house.listener.answer = {"response_action": "clear"}
    house.heard.clear()
    await house.people.submit("mei", view["id"])
    return [Change("views", MEI, view["id"])]


@deed
async def home_is_published(house: House) -> list[Change]:
    view = (await house.app.views_publish(user_id=MEI, view=HOME))["view"]
    return [Change("home", MEI, view["id"])]


@deed
async def home_is_updated(house: House) -> list[Change]:
    view = (await house.app.views_publish(user_id=MEI, view=HOME))["view"]
    house.heard.clear()
    await house.app.views_update(view_id=view["id"], view=HOME)
    return [Change("home", MEI, view["id"])]


@deed
async def a_channel_is_made(house: House) -> list[Change]:
    return [Change("channels", (await house.people.add_channel("new"))["id"])]


@deed
async def a_direct_message_is_opened(house: House) -> list[Change]:
    opened = await house.app.conversations_open(users="U0JUN00000")
    return [Change("channels", opened["channel"]["id"])]


@deed
async def somebody_joins_a_channel(house: House) -> list[Change]:
    await house.people.invite("olu", "#random", by="mei")
    (came,) = house.slack.workspace.channels.find("random").comings
    return [Change("channels", RANDOM, came.ts)]


@deed
async def somebody_leaves_a_channel(house: House) -> list[Change]:
    await house.people.remove("mei", "#random")
    (left,) = house.slack.workspace.channels.find("random").comings
    assert left.left
    return [Change("channels", RANDOM, left.ts)]


@deed
async def the_app_joins_a_channel(house: House) -> list[Change]:
    await house.app.conversations_join(channel=RANDOM)
    (came,) = house.slack.workspace.channels.find("random").comings
    return [Change("channels", RANDOM, came.ts)]


@deed
async def somebody_joins_the_workspace(house: House) -> list[Change]:
    return [Change("people", key=(await house.people.add_user("ann"))["id"])]


@deed
async def an_account_is_changed(house: House) -> list[Change]:
    await house.people.update_user("mei", tz="Asia/Tokyo")
    return [Change("people", key=MEI)]


@deed
async def the_clock_is_moved(house: House) -> list[Change]:
    await house.people.move_clock(60)
    return [Change("clock")]


@deed
async def the_clock_is_set(house: House) -> list[Change]:
    await house.people.set_clock("2031-03-30T09:00:00+02:00")
    return [Change("clock")]


@deed
async def a_fault_is_set(house: House) -> list[Change]:
    await house.people.fault("slow", seconds=0)
    return [Change("faults")]


@deed
async def a_fault_strikes(house: House) -> list[Change]:
    await house.people.fault("slow", "auth.test", seconds=0)
    house.heard.clear()
    await house.app.auth_test()
    return [Change("faults"), Change("traffic")]


@deed
async def faults_are_cleared(house: House) -> list[Change]:
    await house.people.fault("slow", seconds=0)
    house.heard.clear()
    await house.people.clear_faults()
    return [Change("faults")]


@deed
async def the_app_calls_a_method(house: House) -> list[Change]:
    await house.app.auth_test()
    return [Change("traffic")]


@deed
async def something_is_delivered_to_the_app(house: House) -> list[Change]:
    await house.acted()
    return [Change("traffic")]


@deed
async def errors_are_forgotten(house: House) -> list[Change]:
    await house.people.forget_errors()
    return [Change("traffic")]


@deed
async def the_app_is_reached_over_sockets(house: House) -> list[Change]:
    await house.people.use_socket()
    return [Change("app")]


@deed
async def somebody_has_read(house: House) -> list[Change]:
    ts = await house.posted()
    house.slack.workspace.reads.mark(MEI, PRAISE, ts)
    house.slack.workspace.reads.mark(MEI, PRAISE, "1.000000")
    assert house.slack.workspace.reads.upto(MEI, PRAISE) == ts
    return [Change("read", PRAISE, MEI)]


@pytest.mark.parametrize("name", DEEDS)
async def test_it_is_heard_when(house: House, name: str) -> None:
    with house.slack.workspace.changes.heard(house.heard.append):
        wanted = await DEEDS[name](house)
    kinds = {one.kind for one in house.heard}
    missing = [one for one in wanted if one not in house.heard and not (one == Change("traffic") and one.kind in kinds)]
    assert missing == [], f"heard {house.heard}"
    assert {one.kind for one in house.heard} <= set(KINDS)


async def test_what_cannot_be_done_changes_nothing(house: House) -> None:
    ts = await house.posted()
    view = await house.opened()
    heard: list[Change] = []
    with house.slack.workspace.changes.heard(heard.append):
        for act in (
            house.people.react("mei", "#praise", "1.000001", "tada"),
            house.people.unreact("mei", "#praise", ts, "tada"),
            house.people.say("mei", "kitchen-office", "x"),
            house.people.submit("sam", view["id"]),
            house.people.add_user("mei"),
        ):
            with pytest.raises(ControlError):
                await act
    assert [one for one in heard if one.kind != "traffic"] == []


async def test_a_form_that_slack_would_not_send_stays_as_it_is(house: House) -> None:
    opened = await house.app.views_open(
        trigger_id=(await house.acted())["trigger_id"], view=modal(field_of({"type": "plain_text_input"}))
    )
    heard: list[Change] = []
    with house.slack.workspace.changes.heard(heard.append):
        assert (await house.people.submit("mei", opened["view"]["id"]))["response"] == "refused"
    assert heard == []


async def test_connections_come_and_go(slack: Running, connect: Callable[[], Awaitable[Socket]]) -> None:
    heard: list[Change] = []
    with slack.workspace.changes.heard(heard.append):
        socket = await connect()
        assert Change("app") in heard
        heard.clear()
        await socket.stream.close()
        async with Control(slack.url) as people:
            while (await people.state())["connections"]:
                pass
    assert Change("app") in heard
