"""Slack's limits as the views keep to them.

Source: docs.slack.dev, reference/block-kit and reference/methods/chat.postMessage, chat.update, in November 2026;
where newer pages give larger numbers than older ones, the smaller stand here.
"""

TEXT = 4_000
"""chat.update refuses a longer top-level text."""
MESSAGE_BLOCKS = 50
MESSAGE_WORDS = 10_000
"""In all blocks of a message. Slack gives no number for what it refuses as `msg_blocks_too_long`; this one is below
all that were heard of."""
SECTION = 3_000
HEADER = 150
CONTEXT_ELEMENTS = 10

BUTTON = 75
BUTTON_LABEL = 75

MODAL_TITLE = 24
MODAL_BUTTON = 24
MODAL_BLOCKS = 100
INPUT = 3_000
OPTIONS = 100
OPTION_TEXT = 75

DATA_TABLE_ROWS = 101
"""With the header."""

CHART_TITLE = 50
CHART_LABEL = 20
CHART_AXIS = 50
CHART_POINTS = 20
