"""Words in Slack's mrkdwn and in plain text."""

from htpy import Node

from bot.workspace.page.reader import Reader


def mrkdwn(reader: Reader, words: str) -> Node:
    """Words as mrkdwn."""
    return words


def plain(reader: Reader, words: str) -> Node:
    """Words as they are, names of emoji as the emoji."""
    return words
