"""One of every interactive element of Block Kit, and markup read as a browser reads it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

HOSTILE = "</option></select></textarea></template><script>alert(1)</script>\"' onclick=x <!-- :clap: &amp; 王"
VOID = ("input", "br", "hr", "img", "path")


@dataclass
class Tag:
    """A tag of the markup, with what stands in it."""

    name: str
    attributes: dict[str, str]
    within: "Tag | None" = None
    inside: list["Tag | str"] = field(default_factory=list)

    def all(self, *names: str, **attributes: str) -> list["Tag"]:
        """All tags below this one of these names, with these attributes (data_act for data-act)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        found = []
        for one in self.inside:
            if isinstance(one, Tag):
                fits = not names or one.name in names
                if fits and all(one.attributes.get(key) == value for key, value in wanted.items()):
                    found.append(one)
                found += one.all(*names, **attributes)
        return found

    def one(self, *names: str, **attributes: str) -> "Tag":
        found = self.all(*names, **attributes)
        assert len(found) == 1, (names, attributes, len(found))
        return found[0]

    @property
    def words(self) -> str:
        return "".join(one if isinstance(one, str) else one.words for one in self.inside)

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]

    def __contains__(self, attribute: str) -> bool:
        return attribute in self.attributes


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.whole = self.here = Tag("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Tag(tag, {key: value or "" for key, value in attrs}, self.here)
        assert len(attrs) == len(made.attributes), "an attribute stands twice"
        self.here.inside.append(made)
        if tag not in VOID:
            self.here = made

    def handle_endtag(self, tag: str) -> None:
        assert tag in VOID or self.here.name == tag, (tag, self.here.name)
        if tag not in VOID and self.here.within:
            self.here = self.here.within

    def handle_data(self, data: str) -> None:
        self.here.inside.append(data)


def read(markup: object) -> Tag:
    """Read markup; AssertionError if its tags do not close one another."""
    reading = _Reading()
    reading.feed(f"{markup}")
    reading.close()
    assert reading.here is reading.whole, f"{reading.here.name} is not closed"
    return reading.whole


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def options(word: str = "Option", many: int = 3) -> list[dict[str, Any]]:
    made = [{"text": plain(f"{word} {at}"), "value": f"v{at}"} for at in range(many)]
    return [{**made[0], "description": plain(f"About {word}")}, *made[1:]]


def sure(word: str) -> dict[str, Any]:
    return {"title": plain(word), "text": plain(word), "confirm": plain(word), "deny": plain(word), "style": "danger"}


def typed(word: str = "Words") -> list[dict[str, Any]]:
    """Elements of input blocks alone."""
    return [
        {"type": "plain_text_input", "initial_value": word, "max_length": 200, "min_length": 2},
        {"type": "plain_text_input", "initial_value": f"\n{word}", "multiline": True},
        {"type": "email_text_input", "initial_value": word},
        {"type": "url_text_input", "initial_value": word},
        {"type": "number_input", "is_decimal_allowed": True, "initial_value": "3.5"},
    ]


def chosen(word: str = "Option") -> list[dict[str, Any]]:
    """Elements that stand in input blocks and elsewhere."""
    some = options(word)
    groups = [{"label": plain(f"{word} group"), "options": some}]
    asked = {"placeholder": plain(word), "confirm": sure(word)}
    return [
        {"type": "static_select", "options": some, "initial_option": some[1], **asked},
        {"type": "static_select", "option_groups": groups, "initial_option": some[1], **asked},
        {"type": "multi_static_select", "options": some, "initial_options": some[1:], "max_selected_items": 2, **asked},
        {"type": "multi_static_select", "option_groups": groups, **asked},
        {"type": "external_select", "initial_option": some[0], "min_query_length": 2, **asked},
        {"type": "multi_external_select", "initial_options": some, **asked},
        {"type": "users_select", "initial_user": "U0MEI00000", **asked},
        {"type": "multi_users_select", "initial_users": ["U0MEI00000", "U0SAM00000"], **asked},
        {"type": "conversations_select", "default_to_current_conversation": True, **asked},
        {"type": "channels_select", "initial_channel": "C0GENERAL1", **asked},
        {"type": "datepicker", "initial_date": "2026-11-23", **asked},
        {"type": "timepicker", "initial_time": "09:30", "timezone": "Asia/Hong_Kong", **asked},
        {"type": "datetimepicker", "initial_date_time": 1_795_136_400, "confirm": sure(word)},
        {"type": "checkboxes", "options": some, "initial_options": some[:1], "confirm": sure(word)},
        {"type": "radio_buttons", "options": some, "initial_option": some[2], "confirm": sure(word)},
    ]


def pressed(word: str = "Press") -> list[dict[str, Any]]:
    """Elements that are pressed."""
    button = {"type": "button", "text": plain(word), "value": word}
    thumb = {"text": plain(word), "value": word}
    return [
        button,
        {**button, "style": "primary"},
        {**button, "style": "danger", "confirm": sure(word)},
        {**button, "url": "https://example.com/a?b=1&c=2"},
        {**button, "accessibility_label": word},
        {"type": "overflow", "options": options(word), "confirm": sure(word)},
        {"type": "feedback_buttons", "positive_button": thumb, "negative_button": thumb},
        {"type": "icon_button", "icon": "trash", "text": plain(word), "value": word},
    ]


def named(elements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same elements, each with an action id of its own."""
    return [{"action_id": f"a{at}", **one} for at, one in enumerate(elements)]
