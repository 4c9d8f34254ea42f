"""Interactive elements as they are drawn, wherever they stand outside of input blocks."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from bot.workspace import staff
from bot.workspace.page.drawn.blocks import blocks
from bot.workspace.page.drawn.elements import element
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import words
from bot.workspace.state import Workspace
from tests.workspace.page.elements import HOSTILE, Tag, chosen, named, options, plain, pressed, read, sure, typed

EVERY = named([*pressed(), *chosen(), *typed()])


@pytest.fixture
def reader() -> Reader:
    workspace = Workspace()
    return Reader(workspace, workspace.people.find("aiko"), staff.PRAISE_CHANNEL, words("en"))


def drawn(reader: Reader, one: dict[str, Any], **block: object) -> Tag:
    held = {"type": "actions", "block_id": "b", "elements": [one], **block}
    return read(element(reader, held, {"action_id": "a", **one}))


@pytest.mark.parametrize("one", EVERY, ids=lambda one: f"{one['action_id']}-{one['type']}")
def test_every_element_says_what_it_does_and_has_a_name(reader: Reader, one: dict[str, Any]) -> None:
    controls = drawn(reader, one).all("button", "a", "select", "input", "textarea")
    acting = [each for each in controls if each.attributes.get("data-act") not in (None, "unpick")]
    assert acting or one["type"].endswith("input")
    for control in acting:
        assert (control["data-action"], control["data-block"]) == (one["action_id"], "b")
    for control in controls:
        label = control.within if control.within and control.within.name == "label" else control
        assert label.words.strip() or label.attributes.get("aria-label"), control


@pytest.mark.parametrize(
    "one", named([*pressed(HOSTILE), *chosen(HOSTILE), *typed(HOSTILE)]), ids=lambda one: one["type"]
)
def test_no_markup_is_born_from_words(reader: Reader, one: dict[str, Any]) -> None:
    page = drawn(reader, one, block_id=HOSTILE)
    tame = drawn(reader, next(each for each in EVERY if each["action_id"] == one["action_id"]))
    assert [each.name for each in page.all()] == [each.name for each in tame.all()]
    for tag in page.all():
        assert not [name for name in tag.attributes if name.startswith("on") or name == "style"]


def test_a_button_carries_its_value_its_style_and_its_own_words_for_who_does_not_see_it(reader: Reader) -> None:
    one = {
        "type": "button",
        "text": plain("Go :clap:"),
        "value": "7",
        "style": "primary",
        "accessibility_label": "Leave",
    }
    button = drawn(reader, one).one("button")
    assert (button["data-act"], button["data-value"], button["class"]) == ("click", "7", "button primary")
    assert (button.words, button["aria-label"]) == ("Go 👏", "Leave")
    assert "data-value" not in drawn(reader, {"type": "button", "text": plain("Go")}).one("button")


def test_a_button_with_an_address_is_a_link_that_is_pressed_too(reader: Reader) -> None:
    link = drawn(reader, {"type": "button", "text": plain("Read"), "url": "https://example.com"}).one("a")
    assert (link["href"], link["target"], link["rel"]) == ("https://example.com", "_blank", "noreferrer")
    assert link["data-act"] == "click"
    assert not drawn(reader, {"type": "button", "text": plain("Read"), "url": "javascript:alert(1)"}).all("a")


def test_the_question_before_a_deed_waits_beside_it(reader: Reader) -> None:
    page = drawn(reader, {"type": "button", "text": plain("Erase"), "confirm": sure("Really?")})
    asked = page.one("dialog")
    assert asked["aria-label"] == "Really?"
    assert [(each["value"], each.attributes.get("class")) for each in asked.all("button")] == [
        ("no", None),
        ("yes", "danger"),
    ]


def test_a_menu_shows_its_placeholder_until_something_is_chosen(reader: Reader) -> None:
    fresh = drawn(reader, {"type": "static_select", "options": options(), "placeholder": plain("Pick")})
    first, *rest = fresh.all("option")
    assert (first.words, first["value"], "selected" in first, "disabled" in first) == ("Pick", "", True, True)
    assert [each.words for each in rest] == ["Option 0 – About Option", "Option 1", "Option 2"]
    begun = drawn(reader, {"type": "static_select", "options": options(), "initial_option": options()[2]})
    assert [each["value"] for each in begun.all("option") if "selected" in each] == ["v2"]


def test_options_in_groups_stand_in_theirs(reader: Reader) -> None:
    groups = [{"label": plain(name), "options": options(name)} for name in ("Day", "Night")]
    menu = drawn(reader, {"type": "static_select", "option_groups": groups})
    assert [(each["label"], len(each.all("option"))) for each in menu.all("optgroup")] == [("Day", 3), ("Night", 3)]
    several = drawn(reader, {"type": "multi_static_select", "option_groups": groups})
    assert [each.words for each in several.all("p")] == ["Day", "Night"]
    for group, name in zip(several.all("div", role="group"), ("Day", "Night"), strict=True):
        assert several.one("p", id=group["aria-labelledby"]).words == name
        assert len(group.all("input")) == 3


@pytest.mark.parametrize(
    ("kind", "chosen", "begins"),
    [
        ("checkboxes", {}, "v0"),
        ("checkboxes", {"initial_options": options()[1:]}, "v1"),
        ("radio_buttons", {"initial_option": options()[2]}, "v2"),
    ],
)
def test_boxes_where_a_form_begins_have_the_focus(
    reader: Reader, kind: str, chosen: dict[str, Any], begins: str
) -> None:
    page = drawn(reader, {"type": kind, "options": options(), "focus_on_load": True, **chosen})
    assert [each["value"] for each in page.all("input") if "autofocus" in each] == [begins]
    plainly = drawn(reader, {"type": kind, "options": options()})
    assert not [each for each in plainly.all("input") if "autofocus" in each]


def test_boxes_below_a_section_are_called_by_its_words(reader: Reader) -> None:
    one = {"type": "checkboxes", "action_id": "a", "options": options()}
    asked = {"type": "section", "text": {"type": "mrkdwn", "text": "Who &amp; why, <@U0MEI00000>?"}}
    below = {"type": "actions", "block_id": "b", "elements": [one]}
    page = read(blocks(reader, [asked, below]))
    assert page.one("fieldset")["aria-label"] == "Who & why, @陳美儀?"
    assert read(blocks(reader, [below])).one("fieldset")["aria-label"] == "Choose"


def test_plain_words_keep_the_names_of_emoji_if_they_are_to(reader: Reader) -> None:
    said = {**plain("Go :clap:"), "emoji": False}
    assert drawn(reader, {"type": "button", "text": said}).one("button").words == "Go :clap:"
    menu = drawn(reader, {"type": "static_select", "options": [{"text": said, "value": "a"}]})
    assert menu.all("option")[1].words == "Go :clap:"


def test_a_menu_of_people_has_everybody_who_is_still_here(reader: Reader) -> None:
    reader.workspace.people.change("noah", deleted=True)
    offered = {each["value"] for each in drawn(reader, {"type": "users_select"}).all("option")}
    assert {"U0AIKO0000", "U0OLU00000", staff.BOT_USER_ID} <= offered
    assert not {"U0NOAH0000", "USLACKBOT"} & offered


def test_a_menu_of_conversations_has_those_that_one_sees_and_the_filter_lets_through(reader: Reader) -> None:
    app_room = reader.app_room.id

    def offered(**given: object) -> list[str]:
        return [each["value"] for each in drawn(reader, {"type": "conversations_select", **given}).all("option")][1:]

    assert {staff.PRAISE_CHANNEL, app_room} <= set(offered())
    assert staff.PRIVATE_CHANNEL not in offered()
    assert app_room not in offered(filter={"include": ["public", "private"]})
    assert app_room not in offered(filter={"exclude_bot_users": True})
    assert staff.PRIVATE_CHANNEL in offered(initial_conversation=staff.PRIVATE_CHANNEL)
    current = drawn(reader, {"type": "conversations_select", "default_to_current_conversation": True})
    assert [each["value"] for each in current.all("option") if "selected" in each] == [staff.PRAISE_CHANNEL]


def test_several_of_many_are_said_in_a_line_and_bounded(reader: Reader) -> None:
    some = options(many=12)
    one = {"type": "multi_static_select", "options": some, "initial_options": some[1:3], "max_selected_items": 4}
    page = drawn(reader, one)
    assert page.one("summary").words == "Option 1, Option 2"
    assert page.one("details")["data-most"] == "4"
    assert "4 at most" in page.words
    assert page.one("input", type="search")
    assert [each["value"] for each in page.all("input") if "checked" in each] == ["v1", "v2"]


def test_several_of_many_are_listed_as_the_language_of_the_page_lists(reader: Reader) -> None:
    some = options(many=3)
    one = {"type": "multi_static_select", "options": some, "initial_options": some[:2]}
    page = drawn(replace(reader, words=words("zh-Hant")), one)
    assert page.one("summary").words == "Option 0、Option 1"
    assert page.one("span", class_="chosen")["data-between"] == "、"


def test_radio_buttons_of_one_message_do_not_hang_together_with_those_of_another(reader: Reader) -> None:
    one = {"type": "radio_buttons", "options": options()}
    groups = [{each["name"] for each in drawn(reader, one).all("input")} for _ in range(3)]
    assert all(len(group) == 1 for group in groups)
    assert all(not here & there for here, there in pairwise(groups))


def test_a_moment_is_shown_by_the_clock_of_who_looks(reader: Reader) -> None:
    page = drawn(reader, {"type": "datetimepicker", "initial_date_time": 1_795_136_400})
    assert page.one("input")["value"] == "2026-11-20T10:00"
    assert page.one("span")["data-zone"] == "Asia/Tokyo"


def test_what_is_suggested_is_asked_for_and_what_is_chosen_stands_before_it(reader: Reader) -> None:
    one = {"type": "multi_external_select", "initial_options": options(), "min_query_length": 2}
    page = drawn(reader, one)
    field = page.one("input")
    assert (field["data-act"], field["role"], field["data-least"]) == ("suggest", "combobox", "2")
    assert page.one("ul", role="listbox")["id"] == field["aria-controls"]
    chips = [each for each in page.all("li") if each["data-value"]]
    assert [each.one("button")["aria-label"] for each in chips] == [f"Take away Option {at}" for at in range(3)]


def test_a_button_for_others_is_not_drawn(reader: Reader) -> None:
    one = {"type": "icon_button", "icon": "trash", "text": plain("Delete")}
    assert drawn(reader, {**one, "visible_to_user_ids": ["U0AIKO0000"]}).all("button")
    assert not drawn(reader, {**one, "visible_to_user_ids": ["U0MEI00000"]}).all("button")


def test_a_kind_that_slack_has_not_is_nothing(reader: Reader) -> None:
    assert element(reader, {"type": "actions", "block_id": "b"}, {"type": "hologram"}) is None
