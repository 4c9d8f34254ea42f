"""How stories call the people of the hotel: by their first names, and by what they do there."""

from collections.abc import Mapping

from bot.workspace.telling import Told

CAST: Mapping[str, tuple[Told, Told]] = {
    "sam": (Told("Sam"), Told("general manager")),
    "mei": (Told("Mei"), Told("head of reception")),
    "aiko": (Told("Aiko"), Told("concierge")),
    "noah": (Told("Noah"), Told("night desk")),
    "rosa": (Told("Rosa"), Told("housekeeping")),
    "ling": (Told("Ling"), Told("breakfast room")),
    "jun": (Told("Jun"), Told("porter")),
    "priya": (Told("Priya"), Told("guest relations")),
    "tomas": (Told("Tomas"), Told("head chef")),
    "chen": (Told("Chen"), Told("sous chef")),
    "hao": (Told("Hao"), Told("pastry")),
    "yun": (Told("Yun"), Told("kitchen porter")),
}


def name(handle: str) -> Told:
    """The first name of somebody, for whom the story has been told already who they are."""
    return CAST[handle][0]


def person(handle: str) -> Told:
    """Somebody by name, with what they do."""
    called, title = CAST[handle]
    return Told("{name} ({title})", name=called, title=title)


def messages_of(handle: str) -> Told:
    """The direct messages of somebody with the app."""
    return Told("the direct messages of {who}", who=f"@{handle}")


def seen_by(handle: str) -> Told:
    """What is shown to somebody alone."""
    return Told("what only {who} sees", who=f"@{handle}")


def forms_of(handle: str) -> Told:
    """The forms and pages that somebody has open."""
    return Told("the forms of {who}", who=f"@{handle}")


def home_of(handle: str) -> Told:
    """Somebody's Home of the app."""
    return Told("Home of {who}", who=f"@{handle}")
