"""The left side: as whom one acts, and where one can go."""

from htpy import Node, a, label, li, option, select, span, ul

from bot.workspace import staff
from bot.workspace.page.reader import HOME, Reader


def drawn(reader: Reader) -> Node:
    """All places of this person, each a link that works without a live connection too."""
    places = [(one.id, f"# {one.name}") for one in reader.rooms]
    places += [(reader.app_room.id, reader.name(staff.BOT_USER_ID)), (HOME, reader.t("Home"))]
    return (
        label(for_="as")[reader.t("Act as")],
        select(id="as")[(option(value=one.id, selected=one.id == reader.id)[one.name] for one in staff.STAFF)],
        ul(".places")[
            (
                li[
                    a(
                        href=f"?as={reader.id}&at={place}&lang={reader.words.language}",
                        data_at=place,
                        aria_current="page" if place == reader.place else None,
                    )[span[named]]
                ]
                for place, named in places
            )
        ],
    )
