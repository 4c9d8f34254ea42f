"""The Home tab: what one can do, and the sections of the nouns, which `bot.desk.home` puts together.

Home takes no tables and no charts, at most 100 blocks and 250 kB.
"""

import json
from collections.abc import Sequence

from bot.rules.refusal import Refusal
from bot.views import economy, limits, refusals
from bot.views.blocks import Block, actions, button, context, divider, header, section
from bot.views.forms import View
from bot.views.suggestion_home import HOME_MINE, HOME_REVIEW
from bot.views.tongue import Tongue, speak
from storage.people import Member

HOME_PRAISE = "home_praise"
HOME_KUDOS = "home_kudos"
HOME_SUGGEST = "home_suggest"
HOME_POINTS = "home_points"
HOME_BOARD = "home_board"
HOME_IDEAS = "home_ideas"
HOME_PULSE = "home_pulse"
HOME_GUIDE = "home_guide"
HOME_PICK = "home_pick"
HOME_PREVIEW = "home_preview"
HOME_DATES = "home_dates"
HOME_ECONOMY = "home_economy"
HOME_MY_DATA = "home_my_data"
HOME_ERASE = "home_erase"
HOME_GRANT = "home_grant"
VIEW_BYTES = 200_000
"""Slack refuses a view of more than 250,000."""

__all__ = ["HOME_MINE", "HOME_REVIEW", "closed", "home"]


def home(member: Member, sections: Sequence[Sequence[Block]]) -> View:
    """Home of somebody who takes part, in their language; sections that have no room are left out and named so."""
    tongue = speak(member.language)
    blocks, end = _begin(tongue, member), context(tongue.t("Only you see this page. `/golden-ear help` tells more."))
    size = _size(blocks)
    for section_ in sections:
        more = [divider(), *section_] if section_ else []
        size += _size(more)
        if len(blocks) + len(more) + 2 > limits.MODAL_BLOCKS or size > VIEW_BYTES:
            blocks.append(context(tongue.t("There is more than fits here; the buttons above show all of it.")))
            break
        blocks += more
    return {"type": "home", "blocks": [*blocks, end]}


def _size(blocks: Sequence[Block]) -> int:
    return len(json.dumps(blocks, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _begin(tongue: Tongue, member: Member) -> list[Block]:
    deeds = actions(
        button(tongue.t("Record customer praise"), HOME_PRAISE, "praise", style="primary"),
        button(tongue.t("Thank a colleague"), HOME_KUDOS, "kudos"),
        button(tongue.t("Suggest an improvement"), HOME_SUGGEST, "suggest"),
    )
    looks = actions(
        button(tongue.t("My points"), HOME_POINTS, "points"),
        button(tongue.t("Leaderboard"), HOME_BOARD, "board"),
        button(tongue.t("Ideas"), HOME_IDEAS, "ideas"),
        button(tongue.t("Pulse"), HOME_PULSE, "pulse"),
        button(tongue.t("What I can do here"), HOME_GUIDE, "guide"),
        button(tongue.t("What I hold about you"), HOME_MY_DATA, "my-data"),
    )
    hello = section(tongue.t("What customers and colleagues thank you for, and what you can do for them."))
    return [header("Golden Ear"), hello, deeds, looks, *_leading(tongue, member)]


def _leading(tongue: Tongue, member: Member) -> list[Block]:
    if not member.leads:
        return []
    buttons = [
        button(tongue.t("Ideas to answer"), HOME_REVIEW, "review"),
        button(tongue.t("Pick tomorrow's praise"), HOME_PICK, "pick"),
        button(tongue.t("Who was not thanked for long"), HOME_ECONOMY, "economy"),
    ]
    if member.role == "admin":
        buttons += [
            button(tongue.t("Preview of the morning"), HOME_PREVIEW, "preview"),
            button(tongue.t("Single dates"), HOME_DATES, "dates"),
            button(tongue.t("Points by hand"), HOME_GRANT, "grant"),
            button(tongue.t("Erase for good"), HOME_ERASE, "erase"),
        ]
    teamless = [] if member.team or member.role == "admin" else [context(economy.teamless(tongue))]
    return [actions(*buttons), *teamless]


def closed(refusal: Refusal, language: str) -> View:
    """Home of somebody who takes no part: why, and nothing else."""
    message = refusals.message(refusal, language)
    return {"type": "home", "blocks": [header("Golden Ear"), *message["blocks"]]}
