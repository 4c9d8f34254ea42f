"""The members of the workspace and how Slack shows them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.workspace import staff
from bot.workspace.changes import Changes
from bot.workspace.shapes import Impossible, Json

# what Slack still tells of a deactivated member
LEFT = ("id", "team_id", "name", "deleted", "profile", "is_bot", "is_app_user", "is_stranger", "updated")
PICTURES = {f"image_{size}": f"https://example.com/{size}.png" for size in (24, 32, 48, 72, 192, 512)}
FLAGS = ("is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted", "is_bot", "is_app_user")


class People:
    """All users by id, found by handle (`ann`, `@ann`) or id."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.kept: dict[str, Json] = {}

    def __iter__(self) -> Iterator[Json]:
        return iter(self.kept.values())

    def __contains__(self, user_id: str) -> bool:
        return user_id in self.kept

    def get(self, user_id: str) -> Json | None:
        """Give the user of that Slack id, or None."""
        return self.kept.get(user_id)

    def named(self, handle: str) -> Json | None:
        """Give the living user of that handle (without @, any case), or None."""
        low = handle.lower()
        return next((user for user in self if user["name"] == low and not user["deleted"]), None)

    def find(self, who: str) -> Json:
        """Give the user named by id or handle; Impossible if there is none."""
        user = self.kept.get(who) or self.named(who.removeprefix("@"))
        user = user or next((one for one in self if one["name"] == who.removeprefix("@").lower()), None)
        if user is None:
            raise Impossible(f"nobody is called {who!r}", "gone")
        return user

    def add(self, handle: str, **given: object) -> Json:
        """Add a person; `given` are keys of Slack's user object, with email, locale and tz beside them."""
        user_id = str(given.pop("id", f"U0{handle.upper():0<8}"))
        if user_id in self.kept or self.named(handle):
            raise Impossible(f"{handle} is taken")
        self.kept[user_id] = _user(user_id, handle.lower())
        return self.change(user_id, **given)

    def change(self, who: str, **given: object) -> Json:
        """Change keys of a user; name-like keys reach the profile too."""
        user = self.find(who)
        for key, value in given.items():
            if key in ("email", "display_name", "title"):
                user["profile"][key] = value
            elif key not in user:
                raise Impossible(f"a user has no {key!r}")
            else:
                user[key] = value
        profile = user["profile"]
        profile["real_name"] = profile["real_name_normalized"] = user["real_name"]
        profile["display_name_normalized"] = profile["display_name"]
        first, *rest = str(user["real_name"]).split(" ", 1)
        profile["first_name"], profile["last_name"] = first, " ".join(rest)
        if user["is_bot"]:
            own = user["id"] == staff.BOT_USER_ID
            profile["bot_id"] = staff.BOT_ID if own else "B0" + user["id"][2:]
            profile["api_app_id"] = staff.APP_ID if own else ""
            profile["always_active"] = own
        self._changes.tell("people", key=str(user["id"]))
        return user

    def shown(self, user: Json, *, now: float, email: bool, locale: bool) -> Json:
        """Give a copy as Slack answers it: the address needs users:read.email, the locale include_locale."""
        shown = {**user, "profile": dict(user["profile"]), **_zone(user["tz"], now)}
        if not email or user["is_bot"] or not user["profile"]["email"]:
            shown["profile"].pop("email", None)
        if not locale:
            shown.pop("locale")
        if not user["is_stranger"]:
            shown.pop("is_stranger")
        if user["deleted"]:
            return {key: value for key, value in shown.items() if key in LEFT}
        return shown


def _zone(name: str, now: float) -> Json:
    instant = datetime.fromtimestamp(now, ZoneInfo(name))
    offset = instant.utcoffset() or timedelta()
    return {"tz_label": name.rsplit("/", 1)[-1].replace("_", " ") + " Time", "tz_offset": int(offset.total_seconds())}


def _user(user_id: str, handle: str) -> Json:
    profile: Json = dict.fromkeys(
        [
            "title",
            "phone",
            "skype",
            "real_name",
            "real_name_normalized",
            "display_name",
            "display_name_normalized",
            "first_name",
            "last_name",
            "status_text",
            "status_text_canonical",
            "status_emoji",
            "avatar_hash",
            "email",
        ],
        "",
    )
    return {
        "id": user_id,
        "team_id": staff.TEAM_ID,
        "name": handle,
        "deleted": False,
        "color": "9f69e7",
        "real_name": handle.capitalize(),
        "tz": "Asia/Hong_Kong",
        "tz_label": "",
        "tz_offset": 0,
        "profile": {**profile, **PICTURES, "display_name": handle, "status_expiration": 0, "team": staff.TEAM_ID},
        **dict.fromkeys(FLAGS, False),
        "is_stranger": False,
        "updated": 1_760_000_000,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
        "locale": "en-US",
    }


def invented(changes: Changes) -> People:
    """Give the invented staff, a guest, another bot, Slackbot and the app's own bot user."""
    people = People(changes)
    people.add("slackbot", id="USLACKBOT", real_name="Slackbot")
    people.add(staff.BOT_HANDLE, id=staff.BOT_USER_ID, real_name="Golden Ear", is_bot=True)
    for one in (*staff.STAFF, *staff.OTHERS):
        people.add(
            one.handle,
            id=one.id,
            real_name=one.name,
            locale=one.locale,
            tz=one.zone,
            title=one.title,
            email=one.email,
            is_bot=one.role == "bot",
            is_restricted=one.role == "guest",
            is_ultra_restricted=one.role == "guest",
            **_owner(one.role == "owner"),
        )
    return people


def _owner(yes: bool) -> dict[str, object]:
    return {"is_admin": yes, "is_owner": yes, "is_primary_owner": yes}
