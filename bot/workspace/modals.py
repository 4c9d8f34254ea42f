"""Filling, submitting and closing modals: view_submission and view_closed."""

from collections.abc import Iterable

from bot.workspace import view_rules
from bot.workspace.acts import outcome
from bot.workspace.blocks import elements
from bot.workspace.clicks import Entry, held, person
from bot.workspace.delivery import Ack
from bot.workspace.form import called, filled, refusals
from bot.workspace.postman import Postman
from bot.workspace.shapes import Impossible, Json, SlackError
from bot.workspace.state import Workspace


class Modals:
    """People filling forms."""

    def __init__(self, workspace: Workspace, postman: Postman) -> None:
        self._workspace = workspace
        self._postman = postman

    async def submit(self, user: str, view_id: str, entries: Iterable[Entry]) -> Json:
        """Fill fields and press submit; gives the outcome with `response`.

        `response` is refused (Slack's client would not send it: `errors` and `reasons` by block_id), none (the modal
        closed), errors (with `errors`), update or push (with `view`), clear, or failed (not acknowledged or a bad
        answer).
        """
        who = self._workspace.people.find(user)
        view = self._held(who, view_id)
        if not view["submit"]:
            raise Impossible("the modal has no submit button")
        for block_id, action_id, value in entries:
            self._fill(view, block_id, action_id, value)
        refused = refusals(view["blocks"], view["state"]["values"])
        if refused:
            errors, reasons = ({name: one[at] for name, one in refused.items()} for at in (1, 0))
            return {"ok": False, "response": "refused", "errors": errors, "reasons": reasons, "error": None}
        payload = {
            "type": "view_submission",
            **person(self._workspace, who),
            "trigger_id": self._workspace.triggers.new(who["id"], view_id),
            "view": view,
            "response_urls": [],
        }
        name = view["callback_id"] or view_id
        delivery, ack = await self._postman.act("interactive", f"submit {name} by {who['name']}", payload)
        return {**outcome(delivery, ack), **self._answered(who["id"], view_id, ack)}

    def fill(self, user: str, view_id: str, entries: Iterable[Entry]) -> None:
        """Leave values in fields of a modal or of Home without sending them: a click tells the app what they are."""
        view = held(self._workspace, self._workspace.people.find(user), view_id)
        for block_id, action_id, value in entries:
            self._fill(view, block_id, action_id, value)

    async def close(self, user: str, view_id: str, *, clear: bool = False) -> Json:
        """Press cancel (or close the whole stack); the app hears of it if it asked to."""
        who = self._workspace.people.find(user)
        view = self._held(who, view_id)
        gone = self._workspace.views.stack(view_id) if clear or view["clear_on_close"] else [view]
        for one in gone:
            self._workspace.views.close(one["id"])
        if not view["notify_on_close"]:
            return {"ok": True, "error": None, "body": {}}
        payload = {"type": "view_closed", **person(self._workspace, who), "view": view, "is_cleared": len(gone) > 1}
        return outcome(*await self._postman.act("interactive", f"close by {who['name']}", payload))

    def _held(self, who: Json, view_id: str) -> Json:
        view = self._workspace.views.get(view_id)
        if view is None or view["type"] != "modal" or self._workspace.views.holder(view_id) != who["id"]:
            raise Impossible(f"{who['name']} has no open modal {view_id}", "gone")
        return view

    def _fill(self, view: Json, block_id: str, action_id: str | None, value: object) -> None:
        block, element = called(view["blocks"], block_id, action_id)
        shown = self._workspace.views.shown(view["id"], block, element)
        view["state"]["values"][block["block_id"]][element["action_id"]] = filled(
            shown, value, person=self._workspace.user_id, channel=lambda one: self._workspace.channel(one).id
        )

    def _answered(self, user: str, view_id: str, ack: Ack) -> Json:
        if not ack.ok:
            return {"response": "failed"}
        try:
            return self._response(user, view_id, ack.body)
        except SlackError as refusal:
            self._workspace.journal.error("bad_answer", f"ack of a form: {refusal.error}", detail=refusal.extra)
            return {"ok": False, "response": "failed", "error": refusal.error}

    def _response(self, user: str, view_id: str, body: Json) -> Json:
        """Do what the ack of a form says; a word that Slack does not know is refused.

        A form that was closed meanwhile shows nothing of it.
        """
        views = self._workspace.views
        kind, gone = body.get("response_action"), views.get(view_id) is None
        if not body:
            views.close(view_id)
            return {"response": "none"}
        if kind == "clear":
            views.clear(view_id)
            return {"response": "clear"}
        if kind == "errors":
            errors = self._errors(view_id, body.get("errors"))
            return {"response": "none"} if gone else {"response": "errors", "errors": errors}
        if kind in ("update", "push"):
            view = view_rules.accepted(body.get("view"), "modal")
            if gone:
                return {"response": "none"}
            shown = views.update(view_id, view) if kind == "update" else views.open(user, view, after=view_id)
            return {"response": kind, "view": shown}
        raise SlackError("invalid_response_action", response_action=kind, body=body)

    def _errors(self, view_id: str, errors: object) -> dict[str, str]:
        """Give the errors; each must name an input block of the view, or Slack shows a failure instead."""
        view = self._workspace.views.get(view_id)
        blocks = view["blocks"] if view else []
        inputs = {block["block_id"] for block in blocks if block["type"] == "input" and any(elements(block))}
        if not isinstance(errors, dict) or not errors or (view and set(errors) - inputs):
            raise SlackError("invalid_errors", errors=errors, inputs=sorted(inputs))
        return {str(key): str(value) for key, value in errors.items()}
