"""Fields that act at once, with an app that hears of it: chosen by keys, while it is slow, in messages and in views."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import expect

from bot.workspace import view_rules
from bot.workspace.server import Running
from bot.workspace.shapes import Json
from tests.workspace.conftest import Listener
from tests.workspace.page.app import AIKO, CHOICE, SAVE, app, chosen, entry, payloads, react, said
from tests.workspace.page.elements import options, plain
from tests.workspace.page.test_hands import alone, slack
from tests.workspace.page.window import Window

__all__ = ["alone", "app", "slack"]
MENU: Json = {**CHOICE, "options": options(many=4)}
ASKED: Json = {"type": "external_select", "action_id": "ask", "min_query_length": 1, "placeholder": plain("Whom")}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "acts", "elements": list(elements)}


def beside(element: Json) -> Json:
    return {"type": "section", "block_id": "beside", "text": plain("Beside"), "accessory": element}


async def heard(there: Callable[[], object]) -> None:
    """Wait until the app has heard something."""
    for _ in range(1200):
        if there():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the app has heard nothing of it")


async def test_by_keys_one_comes_past_what_one_does_not_mean(alone: Window, slack: Running, app: Listener) -> None:
    ts = said(slack, actions(MENU, {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-20"}))
    menu = entry(alone, ts).locator("select")
    await menu.focus()
    await alone.page.clock.install()
    await alone.page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))  # as slow as the machine may be
    for _ in range(3):
        await menu.press("ArrowDown")
    assert chosen(app) == []
    await alone.page.clock.run_for(1000)
    await heard(lambda: chosen(app))
    await expect(menu).to_have_value("v2")
    assert chosen(app) == ["v2"]
    await menu.press("ArrowDown")
    await menu.press("Tab")  # who goes on means it
    await heard(lambda: len(chosen(app)) == 2)
    assert chosen(app) == ["v2", "v3"]
    day = entry(alone, ts).locator("input[type=date]")
    await day.press("ArrowUp")
    await day.press("ArrowUp")
    await day.press("Enter")
    await heard(lambda: len(payloads(app)) == 3)
    assert payloads(app)[-1]["actions"][0]["selected_date"] == await day.input_value() != "2026-11-20"
    assert len(payloads(app)) == 3


async def test_what_is_chosen_while_the_app_is_slow_is_told_last_and_stays(
    alone: Window, slack: Running, app: Listener
) -> None:
    ts = said(slack, actions(MENU))
    menu = entry(alone, ts).locator("select")
    app.let = asyncio.Event()
    await menu.select_option("v0")
    await heard(lambda: chosen(app) == ["v0"])
    for value in ("v1", "v2"):
        await menu.select_option(value)
    app.let.set()
    await heard(lambda: len(chosen(app)) == 2)
    assert chosen(app) == ["v0", "v2"]
    await expect(menu).not_to_have_attribute("aria-busy", "true")
    await expect(menu).to_have_value("v2")
    app.status = 500
    await menu.select_option("v3")
    await expect(alone.page.locator("#toasts p")).to_be_visible()
    await expect(menu).to_have_value("v2")  # nothing came of it


async def test_what_is_chosen_in_a_message_is_still_there_when_another_button_is_pressed(
    alone: Window, slack: Running, app: Listener
) -> None:
    ts = said(slack, actions(MENU, SAVE))
    menu = entry(alone, ts).locator("select")
    await menu.select_option("v1")
    await heard(lambda: chosen(app))
    react(slack, ts)
    await expect(entry(alone, ts).locator(".reaction")).to_be_visible()
    await expect(menu).to_have_value("v1")
    await alone.reload()
    await expect(menu).to_have_value("v1")
    await alone.press("Save", entry(alone, ts))
    await heard(lambda: len(payloads(app)) == 2)
    assert payloads(app)[-1]["state"]["values"]["acts"]["pick"]["selected_option"]["value"] == "v1"
    await alone.act_as("mei")
    await expect(menu).to_have_value("")  # everybody chooses for themselves


async def test_what_is_typed_in_a_message_is_told_with_a_press_and_by_enter(
    alone: Window, slack: Running, app: Listener
) -> None:
    words: Json = {"type": "plain_text_input", "action_id": "words"}
    typed = {"type": "input", "block_id": "b", "label": plain("Words"), "element": words}
    ts = said(
        slack, {**typed, "dispatch_action": True}, {**typed, "block_id": "c", "label": plain("Else")}, actions(SAVE)
    )
    await entry(alone, ts).get_by_label("Words").fill("good")
    await entry(alone, ts).get_by_label("Words").press("Enter")
    await heard(lambda: payloads(app))
    assert payloads(app)[0]["actions"][0]["value"] == "good"
    await entry(alone, ts).get_by_label("Else").fill("better")
    await alone.press("Save", entry(alone, ts))
    await heard(lambda: len(payloads(app)) == 2)
    held = payloads(app)[-1]["state"]["values"]
    assert (held["b"]["words"]["value"], held["c"]["words"]["value"]) == ("good", "better")


@pytest.mark.parametrize("where", ["message", "modal", "home"])
async def test_an_external_select_outside_of_a_form_acts_at_once(
    alone: Window, slack: Running, app: Listener, where: str
) -> None:
    field = alone.page.get_by_role("combobox", name="Whom")
    app.answer = {"options": options("Person")}
    if where == "message":
        said(slack, beside(ASKED))
    else:
        view: Json = {"type": where, "blocks": [beside(ASKED)], **({"title": plain("A")} if where == "modal" else {})}
        accepted = view_rules.accepted(view, where)
        if where == "modal":
            slack.workspace.views.open(AIKO, accepted)
        else:
            slack.workspace.views.publish(AIKO, accepted, None)
            await alone.go_to(alone.t("Home"))
    await field.press_sequentially("per")
    await alone.page.get_by_role("option", name="Person 1").click()
    await heard(lambda: chosen(app))
    assert chosen(app) == ["v1"]
    await field.press_sequentially("x")
    await field.blur()
    await expect(field).to_have_value("Person 1")
    assert chosen(app) == ["v1"]
    app.answer, app.status = "", 500
    await field.fill("")
    await field.blur()
    await expect(field).to_have_value("Person 1")
    alone.complaints.clear()


async def test_what_is_suggested_in_groups_stands_in_them(alone: Window, slack: Running, app: Listener) -> None:
    groups = [{"label": plain(name), "options": options(name, 2)} for name in ("Day", "Night")]
    app.answer = {"option_groups": groups}
    said(slack, beside(ASKED))
    field = alone.page.get_by_role("combobox", name="Whom")
    await field.fill("per")  # at once: what is asked for in between would come later
    night = alone.page.get_by_role("group", name="Night")
    await expect(night.get_by_role("option")).to_have_text(["Night 0About Night", "Night 1"])
    await expect(night.locator(".group")).to_be_visible()
    app.answer = ""
    for _ in range(4):
        await field.press("ArrowDown")
    await field.press("Enter")
    await expect(field).to_have_value("Night 1")
    await heard(lambda: chosen(app))


async def test_several_that_were_not_changed_are_not_told_though_they_were_drawn_anew(
    alone: Window, slack: Running, app: Listener
) -> None:
    ts = said(slack, beside({"type": "multi_static_select", "action_id": "some", "options": options()}))
    fold = entry(alone, ts).locator("details.several > summary")
    await fold.click()
    react(slack, ts)
    await expect(entry(alone, ts).locator(".reaction")).to_be_visible()
    await fold.click()
    await fold.click()
    await entry(alone, ts).get_by_label("Option 1").check()
    await fold.click()
    await heard(lambda: payloads(app))
    assert [one["actions"][0]["selected_options"][0]["value"] for one in payloads(app)] == ["v1"]


async def test_a_select_that_is_full_takes_no_more_until_something_is_taken_away(
    alone: Window, slack: Running, app: Listener
) -> None:
    some = {**ASKED, "type": "multi_external_select", "initial_options": options()[:2], "max_selected_items": 2}
    field = {"type": "input", "block_id": "b", "label": plain("Some"), "element": some}
    view = {"type": "modal", "title": plain("A"), "submit": plain("Send"), "blocks": [field]}
    opened = slack.workspace.views.open(AIKO, view_rules.accepted(view, "modal"))
    typed = alone.form().get_by_role("combobox")
    await expect(typed).to_be_disabled()
    line = {"type": "section", "text": plain("Somebody else was here")}
    slack.workspace.views.update(opened["id"], view_rules.accepted({**view, "blocks": [line, field]}, "modal"))
    await expect(alone.form()).to_contain_text("Somebody else was here")
    await expect(typed).to_be_disabled()
    await alone.form().get_by_role("button", name="Take away Option 0").click()
    await expect(typed).to_be_enabled()
    slack.workspace.views.update(opened["id"], view_rules.accepted(view, "modal"))
    await expect(alone.form()).not_to_contain_text("Somebody else was here")
    await expect(typed).to_be_enabled()
