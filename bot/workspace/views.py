"""Open modals and published Home views."""

import secrets
from dataclasses import dataclass, field

from bot.workspace import limits, staff
from bot.workspace.changes import Changes
from bot.workspace.clock import WorkspaceClock
from bot.workspace.form import carried, initial_state, offering
from bot.workspace.shapes import Json, SlackError

KEPT = ("private_metadata", "callback_id", "external_id")


@dataclass
class Views:
    """Views by id in Slack's own shape; `suggested` is what each external select shows, by view, block and action."""

    clock: WorkspaceClock
    changes: Changes
    _views: dict[str, Json] = field(default_factory=dict)
    _holder: dict[str, str] = field(default_factory=dict)
    _homes: dict[str, str] = field(default_factory=dict)
    suggested: dict[tuple[str, str, str], list[object]] = field(default_factory=dict)

    @property
    def kept(self) -> Json:
        """All views with those who see them, as data; what was suggested while they typed is not kept."""
        return {"views": self._views, "holders": self._holder, "homes": self._homes}

    @kept.setter
    def kept(self, kept: Json) -> None:
        self._views, self._holder, self._homes = dict(kept["views"]), dict(kept["holders"]), dict(kept["homes"])

    def open(self, user: str, view: Json, *, after: str | None = None) -> Json:
        """Show a modal to a person, on top of `after` if given.

        not_found if that is gone, push_limit_reached above three.
        """
        if view.get("external_id"):
            self._refuse_twin(view["external_id"])
        if after is not None and after not in self._views:
            raise SlackError("not_found")
        if after is not None and len(self.stack(after)) >= limits.VIEW_STACK:
            raise SlackError("push_limit_reached")
        view_id = self._new_id()
        root = self._views[after]["root_view_id"] if after else view_id
        self._views[view_id] = self._built(view, view_id, root, after)
        self._holder[view_id] = user
        self._tell(view_id)
        return self._views[view_id]

    def publish(self, user: str, view: Json, given_hash: str | None) -> Json:
        """Put a Home view before a person; hash_conflict if it is not the one that was seen."""
        old = self.home(user)
        if given_hash and old is not None and old["hash"] != given_hash:
            raise SlackError("hash_conflict")
        view_id = self._homes.setdefault(user, self._new_id())
        self._views[view_id] = self._built(view, view_id, view_id, None)
        self._holder[view_id] = user
        self._tell(view_id)
        return self._views[view_id]

    def update(self, view_id: str, view: Json, given_hash: str | None = None) -> Json:
        """Change an open view; not_found and hash_conflict as Slack has them. What was typed in stays."""
        old = self.get(view_id)
        if old is None:
            raise SlackError("not_found")
        if given_hash and old["hash"] != given_hash:
            raise SlackError("hash_conflict")
        fresh = self._built(view, view_id, old["root_view_id"], old.get("previous_view_id"))
        carried(fresh["state"]["values"], old["state"]["values"])
        self._views[view_id] = fresh
        self._tell(view_id)
        return fresh

    def get(self, view_id: str) -> Json | None:
        """Give the view if it is open."""
        return self._views.get(view_id)

    def by_external_id(self, external_id: str) -> Json | None:
        """Give the open view of that external_id."""
        return next((one for one in self._views.values() if one["external_id"] == external_id), None)

    def holder(self, view_id: str) -> str:
        """Give the user who sees the view; nobody if it is gone."""
        return self._holder.get(view_id, "")

    def home(self, user: str) -> Json | None:
        """Give a person's Home view, if one was published."""
        return self._views.get(self._homes.get(user, ""))

    def open_for(self, user: str) -> list[Json]:
        """Give a person's open modals, oldest first."""
        return [one for one in self._views.values() if self._holder[one["id"]] == user and one["type"] == "modal"]

    def stack(self, view_id: str) -> list[Json]:
        """Give the modals that lie on one another with this one, the lowest first; none if it is gone."""
        if view_id not in self._views:
            return []
        root = self._views[view_id]["root_view_id"]
        return [one for one in self._views.values() if one["root_view_id"] == root]

    def shown(self, view_id: str, block: Json, element: Json) -> Json:
        """Give an element as the person sees it: an external select with what is chosen and what was suggested."""
        place = view_id, block["block_id"], element["action_id"]
        left = self._views[view_id]["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {})
        return offering(element, left, self.suggested.get(place, []))

    def close(self, view_id: str) -> None:
        """Take one view away; the one below it shows again."""
        if view_id in self._views:
            self._tell(view_id)
            del self._views[view_id], self._holder[view_id]
        self.suggested = {key: options for key, options in self.suggested.items() if key[0] != view_id}

    def clear(self, view_id: str) -> None:
        """Take the whole stack away."""
        for one in self.stack(view_id):
            self.close(one["id"])

    def _tell(self, view_id: str) -> None:
        """Somebody sees something else now, in a modal or in Home."""
        self.changes.tell("home" if self._views[view_id]["type"] == "home" else "views", self._holder[view_id], view_id)

    def _refuse_twin(self, external_id: str) -> None:
        if self.by_external_id(external_id):
            raise SlackError("duplicate_external_id")

    def _new_id(self) -> str:
        return f"V0{secrets.token_hex(4).upper()}"

    def _built(self, view: Json, view_id: str, root: str, previous: str | None) -> Json:
        body: Json = {
            "id": view_id,
            "team_id": staff.TEAM_ID,
            "type": view["type"],
            "blocks": view["blocks"],
            **{key: view.get(key) or "" for key in KEPT},
            "state": {"values": initial_state(view["blocks"])},
            "hash": f"{int(self.clock.now())}.{secrets.token_hex(4)}",
            "title": view.get("title"),
            "clear_on_close": bool(view.get("clear_on_close")),
            "notify_on_close": bool(view.get("notify_on_close")),
            "close": view.get("close"),
            "submit": view.get("submit"),
            "previous_view_id": previous,
            "root_view_id": root,
            "app_id": staff.APP_ID,
            "app_installed_team_id": staff.TEAM_ID,
            "bot_id": staff.BOT_ID,
        }
        return body
