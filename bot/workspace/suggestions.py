"""Typing into an external select: block_suggestion, and the options that the app answers."""

from bot.workspace import limits
from bot.workspace.clicks import Clicks, found, held, person
from bot.workspace.delivery import Ack
from bot.workspace.elements import GROUP, offered, option
from bot.workspace.postman import Postman
from bot.workspace.schema import Check, Report, array, every, rule, shape
from bot.workspace.shapes import REASONS, Impossible, Json
from bot.workspace.state import Workspace

EXTERNAL = ("external_select", "multi_external_select")
QUERY_LENGTH = 3
"""How much must be typed before Slack asks, unless the element says otherwise (Block Kit, select menus)."""
_ANSWER: Check = every(
    shape(
        {},
        {"options": array(option(), limits.OPTIONS, 0), "option_groups": array(GROUP, limits.OPTION_GROUPS, 0)},
    ),
    rule(lambda a: ("options" in a) != ("option_groups" in a), "needs options or option_groups, not both"),
)


class Suggestions:
    """People typing into external selects of their modals, of Home, and of messages."""

    def __init__(self, workspace: Workspace, postman: Postman, clicks: Clicks) -> None:
        self._workspace = workspace
        self._postman = postman
        self._clicks = clicks

    async def in_view(
        self, user: str, view_id: str, action_id: str, value: str, block_id: str | None = None
    ) -> list[object]:
        """Type `value` into a select of a view; gives the options shown, to choose from then.

        Those that stand in a group have its label as `group`.
        Impossible if there is no such select, if too little is typed, or if the app's answer is not one that Slack
        shows; the last is an error in the journal too.
        """
        who = self._workspace.people.find(user)
        view = held(self._workspace, who, view_id)
        block, element = found(view["blocks"], action_id, block_id, None)
        told = {"container": {"type": "view", "view_id": view_id}, "view": view}
        answer = await self._asked(who, block, element, value, told)
        self._workspace.views.suggested[view_id, block["block_id"], element["action_id"]] = offered(answer)
        return _grouped(answer)

    async def in_message(
        self, user: str, channel: str, ts: str, action_id: str, value: str, block_id: str | None = None
    ) -> list[object]:
        """Type `value` into a select of a message, or of an ephemeral shown to that person; as in_view()."""
        seen = self._clicks.seen(user, channel, ts)
        block, element = found(seen.blocks, action_id, block_id, None)
        answer = await self._asked(seen.who, block, element, value, seen.told())
        self._workspace.entered.offer(seen.place, block, element, offered(answer))
        return _grouped(answer)

    async def _asked(self, who: Json, block: Json, element: Json, value: str, where: Json) -> Json:
        action_id = element["action_id"]
        if element["type"] not in EXTERNAL:
            raise Impossible(f"{action_id} asks the app for nothing: it is a {element['type']}")
        if len(value) < element.get("min_query_length", QUERY_LENGTH):
            raise Impossible(f"Slack does not ask before {element.get('min_query_length', QUERY_LENGTH)} characters")
        told = person(self._workspace, who)
        payload = {
            "type": "block_suggestion",
            **{key: told[key] for key in ("user", "api_app_id", "token", "team")},
            **where,
            "action_id": action_id,
            "block_id": block["block_id"],
            "value": value,
        }
        _, ack = await self._postman.act("interactive", f"{action_id} suggests to {who['name']}", payload)
        return self._shown(action_id, ack)

    def _shown(self, action_id: str, ack: Ack) -> Json:
        if not ack.ok:
            code = ack.error if ack.error in REASONS else "failed"
            raise Impossible(f"no options came for {action_id}: {ack.error} {ack.detail}".strip(), code)
        report = Report()
        _ANSWER(ack.body, "", report)
        if report.problems:
            lines = report.lines()
            self._workspace.journal.error("bad_answer", f"options of {action_id}: {lines[0]}", detail=lines)
            raise Impossible(f"Slack would not show these options of {action_id}: {lines}", "failed")
        return ack.body


def _grouped(answer: Json) -> list[object]:
    groups = answer.get("option_groups", [])
    inside = ({**one, "group": each["label"]} for each in groups for one in each["options"])
    return [*answer.get("options", []), *inside]
