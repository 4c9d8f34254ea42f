"""What is drawn for who writes, and for who wants to do something with a message."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from htpy import fragment

from bot.workspace import staff
from bot.workspace.manifest import Manifest, read_manifest
from bot.workspace.page import emojis
from bot.workspace.page.composing import composer
from bot.workspace.page.menus import FREQUENT, shortcuts, toolbar, whole
from bot.workspace.page.reader import HOME, Reader
from bot.workspace.page.words import words
from bot.workspace.shapes import Json
from bot.workspace.state import Settings, Workspace

MANIFEST = read_manifest(Path(__file__).parents[3] / "bot" / "manifest.json")


def reader(
    who: str = "aiko", at: str = staff.PRAISE_CHANNEL, *, language: str = "en", manifest: Manifest = MANIFEST
) -> Reader:
    workspace = Workspace(Settings(manifest=manifest))
    return Reader(workspace, workspace.people.find(who), at, words(language))


def drawn(node: object) -> str:
    return str(fragment[node])  # type: ignore[index]


def inserted(markup: str, kind: str) -> list[str]:
    return [unescape(one) for one in re.findall(f'data-kind="{kind}" data-insert="([^"]+)"', markup)]


def posted(reading: Reader, **more: object) -> Json:
    return reading.workspace.messages.post(reading.place, {"user": reading.id, "text": "Good morning", **more})


def test_the_composer_offers_every_command_of_the_manifest_with_its_hint() -> None:
    markup = drawn(composer(reader()))
    assert inserted(markup, "command") == [f"{name} " for name in MANIFEST.commands or {}]
    for command in (MANIFEST.commands or {}).values():
        assert command.description in unescape(markup)
        assert f'data-hint="{command.usage_hint}"' in unescape(markup)


def test_a_thread_offers_no_commands() -> None:
    markup = drawn(composer(reader(), "1760000000.000100"))
    assert inserted(markup, "command") == []
    assert 'data-thread="1760000000.000100"' in markup
    assert 'id="reply-words"' in markup and 'id="words"' not in markup


def test_everybody_is_offered_by_handle_and_by_name_but_who_has_left() -> None:
    reading = reader()
    reading.workspace.people.change("yun", deleted=True)
    markup = drawn(composer(reading))
    assert 'data-find="mei 陳美儀"' in markup
    assert {"@mei ", "@olu ", "@goldenear ", "@kitchen "} <= set(inserted(markup, "person"))
    assert "@yun " not in inserted(markup, "person")


def test_a_private_channel_is_offered_to_its_members_only() -> None:
    assert "#kitchen-office " not in inserted(drawn(composer(reader("aiko"))), "room")
    assert "#kitchen-office " in inserted(drawn(composer(reader("tomas"))), "room")


def test_where_the_app_takes_no_messages_there_is_no_place_to_write_them() -> None:
    reading = reader()
    direct = replace(reading, place=reading.app_room.id)
    assert "has been turned off" in drawn(composer(direct)) and "<textarea" not in drawn(composer(direct))
    open_manifest = replace(MANIFEST, messages_read_only=False)
    reading = reader(manifest=open_manifest)
    assert "<textarea" in drawn(composer(replace(reading, place=reading.app_room.id)))


def test_who_is_not_in_a_channel_neither_writes_nor_reacts_there() -> None:
    reading = reader()
    reading.workspace.channels.find("random").members.remove(reading.id)
    outside = replace(reading, place=staff.OTHER_CHANNEL)
    assert drawn(composer(outside)) == ""
    assert drawn(toolbar(outside, posted(outside))) == ""


def test_in_home_nothing_is_written() -> None:
    assert drawn(composer(reader(at=HOME))) == ""


def test_names_of_people_are_no_markup() -> None:
    reading = reader()
    reading.workspace.people.change("mei", real_name='<img src=x onerror="x()">')
    markup = drawn(composer(reading))
    assert "<img" not in markup and "&lt;img" in markup


def test_a_message_can_be_reacted_to_and_answered() -> None:
    reading = reader()
    markup = drawn(toolbar(reading, posted(reading)))
    assert [name for name in FREQUENT if f'data-quick="{name}"' in markup] == list(FREQUENT[:3])
    assert all(part in markup for part in ('data-menu="picker"', 'data-act="thread"', 'data-menu="more"'))


def test_the_thread_of_a_reply_is_that_of_its_message() -> None:
    reading = reader()
    parent = posted(reading)
    reply = posted(reading, thread_ts=parent["ts"])
    assert f'data-thread="{parent["ts"]}"' in drawn(toolbar(reading, reply))


def test_what_only_one_person_sees_has_no_toolbar() -> None:
    reading = reader()
    shown = reading.workspace.ephemerals.show(reading.id, reading.place, "Only you", None, None).shown()
    assert drawn(toolbar(reading, shown)) == ""


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_menus_offer_the_shortcuts_of_the_manifest_each_in_its_place(language: str) -> None:
    reading = reader(language=language)
    markup = drawn(whole(reading))
    offered = re.findall(r'data-shortcut="(\w+)" data-kind="(\w+)"', markup)
    assert sorted(offered) == sorted((one.callback_id, one.kind) for one in (MANIFEST.shortcuts or {}).values())
    for one in (MANIFEST.shortcuts or {}).values():
        assert one.name in unescape(markup) and one.description in unescape(markup)
    assert "save_praise" not in drawn(shortcuts(reading))


def test_every_emoji_that_is_drawn_from_the_beginning_has_a_character() -> None:
    assert all(emojis.character(name) for name in FREQUENT)


def test_without_a_manifest_there_is_nothing_to_offer_and_nothing_breaks() -> None:
    reading = reader(manifest=Manifest())
    assert inserted(drawn(composer(reading)), "command") == []
    assert "data-shortcut" not in drawn(whole(reading))
