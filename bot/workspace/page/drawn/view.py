"""Views: Home and the open modals of a person."""

from htpy import Node

from bot.workspace.page.drawn.blocks import blocks
from bot.workspace.page.reader import Reader


def home(reader: Reader) -> Node:
    """What the app has published for this person."""
    view = reader.workspace.views.home(reader.id)
    return blocks(reader, view["blocks"]) if view else None
