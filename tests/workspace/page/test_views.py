"""Modals and Home as they are drawn: fields with what was left in them, names, hints, and room for errors."""

from collections import Counter
from typing import Any

import pytest

from bot.workspace import staff, view_rules
from bot.workspace.form import filled
from bot.workspace.page.drawn import view
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import words
from bot.workspace.state import Workspace
from tests.workspace.page.elements import HOSTILE, Tag, chosen, named, options, plain, read, typed

AIKO = "U0AIKO0000"


@pytest.fixture
def reader() -> Reader:
    workspace = Workspace()
    return Reader(workspace, workspace.people.find("aiko"), staff.PRAISE_CHANNEL, words("en"))


def field(name: str, element: dict[str, Any], **block: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": name, "label": plain(name), "element": {"action_id": name, **element}, **block}


def form(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    given = {"type": "modal", "title": plain("Praise"), "submit": plain("Send"), "blocks": list(blocks), **more}
    return view_rules.accepted(given, "modal")


def fields(word: str) -> list[dict[str, Any]]:
    given = named([*chosen(word), *typed(word)])
    return [field(one["action_id"], one, label=plain(word), hint=plain(word)) for one in given]


def shown(reader: Reader) -> Tag:
    return read("".join(f"{one}" for one in _flat(view.modals(reader))))


def _flat(node: Any) -> Any:
    if hasattr(node, "__html__"):
        yield node
        return
    for one in node:
        yield from _flat(one)


def opened(reader: Reader, *blocks: dict[str, Any], **more: Any) -> Tag:
    reader.workspace.views.open(AIKO, form(*blocks, **more))
    return shown(reader).one("dialog", class_="modal")


def test_every_id_is_there_once_and_every_reference_is_to_one(reader: Reader) -> None:
    opened(reader, *fields("Words"))
    reader.workspace.views.open(AIKO, form(*fields("More")), after=reader.workspace.views.open_for(AIKO)[0]["id"])
    page = shown(reader)
    ids = Counter(each["id"] for each in page.all() if "id" in each)
    assert not [name for name, times in ids.items() if times > 1]
    pointed = {
        name
        for each in page.all()
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        for name in each.attributes.get(attribute, "").split()
    }
    assert pointed <= set(ids)


@pytest.mark.parametrize("at", range(len(fields("Words"))))
def test_every_field_has_its_label_its_hint_and_room_for_what_is_wrong(reader: Reader, at: int) -> None:
    block = fields("Words")[at]
    held = opened(reader, block).one("div", class_="input")
    assert (held["data-block"], held["data-action"], held["data-kind"]) == (
        block["block_id"],
        block["block_id"],
        block["element"]["type"],
    )
    named_by = [each for each in held.all("label", "span") if each.attributes.get("class") == "label"]
    assert len(named_by) == 1
    control = next(each for each in held.all() if "aria-describedby" in each)
    assert named_by[0].attributes.get("for") == control["id"] or named_by[0]["id"] in control["aria-labelledby"]
    slots = [
        next(each for each in held.all() if each.attributes.get("id") == name)
        for name in control["aria-describedby"].split()
    ]
    assert [each["class"] for each in slots] == ["hint", "error"]
    assert slots[0].words == "Words"
    assert "hidden" in slots[1]
    assert not [each for each in held.all() if each.attributes.get("data-act") in ("pick", "click")]


def test_no_markup_is_born_from_words(reader: Reader) -> None:
    tame = opened(reader, *fields("Words"), close=plain("Close"))
    reader.workspace.views.clear(reader.workspace.views.open_for(AIKO)[0]["id"])
    held = [{**one, "block_id": f"{one['block_id']} {HOSTILE}"} for one in fields(HOSTILE)]
    words = {key: plain(HOSTILE) for key in ("title", "submit", "close")}
    reader.workspace.views.open(AIKO, {"type": "modal", "blocks": held, **words})  # past the limits of length
    page = shown(reader).one("dialog", class_="modal")
    assert [each.name for each in page.all()] == [each.name for each in tame.all()]


@pytest.mark.parametrize(
    ("element", "left", "seen"),
    [
        ({"type": "plain_text_input", "initial_value": "before"}, "after", "after"),
        ({"type": "plain_text_input", "initial_value": "before"}, "", ""),
        ({"type": "plain_text_input", "multiline": True}, "\none\ntwo", "\none\ntwo"),
        ({"type": "static_select", "options": options(), "initial_option": options()[0]}, "v2", "v2"),
        ({"type": "radio_buttons", "options": options(), "initial_option": options()[0]}, "v1", "v1"),
        ({"type": "checkboxes", "options": options(), "initial_options": options()[:1]}, ["v1", "v2"], "v1 v2"),
        ({"type": "multi_users_select"}, ["mei", "sam"], "U0MEI00000 U0SAM00000"),
        ({"type": "users_select", "initial_user": "U0SAM00000"}, "mei", "U0MEI00000"),
        ({"type": "datepicker"}, "2026-11-24", "2026-11-24"),
        ({"type": "datetimepicker"}, 1_795_136_400, "2026-11-20T10:00"),
    ],
)
def test_what_was_left_in_a_field_stands_there_again(
    reader: Reader, element: dict[str, Any], left: object, seen: str
) -> None:
    opened(reader, field("f", element))
    held = reader.workspace.views.open_for(AIKO)[0]
    workspace = reader.workspace
    held["state"]["values"]["f"]["f"] = filled(
        element | {"action_id": "f"}, left, person=workspace.user_id, channel=str
    )
    assert _stands(shown(reader).one("div", class_="input")) == seen


def _stands(block: Tag) -> str:
    """What a browser would take for the value of a field."""
    if areas := block.all("textarea"):
        return areas[0].words.removeprefix("\n")
    if menus := block.all("option"):
        return " ".join(each["value"] for each in menus if "selected" in each)
    if boxes := block.all("input", type="checkbox") + block.all("input", type="radio"):
        return " ".join(sorted(each["value"] for each in boxes if "checked" in each))
    return block.one("input").attributes.get("value", "")


def test_only_what_may_be_left_out_says_so_and_can_be_emptied(reader: Reader) -> None:
    menu = {"type": "static_select", "options": options()}
    page = opened(reader, field("must", menu), field("may", menu, optional=True))
    must, may = page.all("div", class_="input")
    assert "(optional)" not in must.words and "(optional)" in may.words
    assert must.one("select")["aria-required"] == "true" and "aria-required" not in may.one("select")
    assert "disabled" in must.all("option")[0] and "disabled" not in may.all("option")[0]


def test_a_field_says_when_it_acts_before_it_is_sent(reader: Reader) -> None:
    text = {"type": "plain_text_input"}
    both = {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}}
    page = opened(
        reader,
        field("never", text),
        field("enter", text, dispatch_action=True),
        field("both", {**text, **both}, dispatch_action=True),
        field("change", {"type": "datepicker"}, dispatch_action=True),
    )
    said = [each.attributes.get("data-dispatch") for each in page.all("div", class_="input")]
    assert said == [None, "enter", "enter typing", "change"]


def test_refusals_of_the_client_are_in_the_language_of_the_page(reader: Reader) -> None:
    opened(reader, field("f", {"type": "plain_text_input", "max_length": 20}))
    chinese = Reader(reader.workspace, reader.user, reader.place, words("zh-Hant"))
    error = shown(chinese).one("p", class_="error")
    assert error["data-long"] == "請勿超過 20 個字。"
    assert error["data-empty"] == "請填寫此欄位。"
    number = {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "10"}
    reader.workspace.views.open(AIKO, form(field("n", number)))
    error = shown(chinese).all("p", class_="error")[-1]
    assert (error["data-low"], error["data-high"]) == ("請輸入 1 或以上的數字。", "請輸入 10 或以下的數字。")


def test_a_pushed_view_lies_on_top_with_a_way_back(reader: Reader) -> None:
    low = opened(reader, field("f", {"type": "plain_text_input"}), close=plain("Never mind"))
    assert [each.words for each in low.one("footer").all("button")] == ["Never mind", "Send"]
    assert not low.all("button", aria_label="Back")
    first = reader.workspace.views.open_for(AIKO)[0]["id"]
    told = {"type": "modal", "title": plain("Done"), "blocks": [{"type": "divider"}]}
    reader.workspace.views.open(AIKO, view_rules.accepted(told, "modal"), after=first)
    _, top = shown(reader).all("dialog", class_="modal")
    assert top.one("button", aria_label="Back")["data-close"] == ""
    assert [each.words for each in top.one("footer").all("button")] == ["Close"]
    assert top["aria-labelledby"] == top.one("h2")["id"]


def test_nobody_sees_the_modals_of_another(reader: Reader) -> None:
    reader.workspace.views.open("U0MEI00000", form(field("f", {"type": "plain_text_input"})))
    assert not shown(reader).all("dialog")


def test_home_is_nothing_until_it_is_published(reader: Reader) -> None:
    assert view.home(reader) is None
    blocks = [{"type": "actions", "block_id": "b", "elements": [{"type": "users_select", "action_id": "who"}]}]
    held = reader.workspace.views.publish(AIKO, {"type": "home", "blocks": blocks}, None)
    place = read(view.home(reader)).one("section")
    assert (place["data-where"], place["data-view"]) == ("view", held["id"])
    assert place.one("select")["data-act"] == "pick"
