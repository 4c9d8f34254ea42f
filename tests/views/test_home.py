"""Home within Slack's limits, and messages that become views."""

from dataclasses import replace

import pytest

from bot.rules.languages import LANGUAGES
from bot.services.confirmations import Waiting
from bot.services.overview import AtHome
from bot.services.praise_pages import NEWEST, Pages
from bot.views import confirmations, errors, home, limits, praise_pages, pulse, pulse_home
from bot.views.blocks import Block, section
from bot.views.tongue import speak
from bot.workspace import view_rules
from tests.views import pulse_gallery
from tests.views.gallery import drawn
from tests.views.outcomes import CASES, COMPANY, HUGE, ORDINARY, Case, member


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_becomes_a_view_that_slack_takes(case: Case, language: str) -> None:
    """Whatever a command shows by message can be shown after a press in Home."""
    for name, message in drawn(case, language):
        if "type" not in message:
            view = errors.instead(message, language)
            assert view_rules.check(view).problems == [], name


def test_a_table_becomes_lines_that_say_the_same() -> None:
    rows = [[{"text": "Who"}, {"text": "Points"}], *([{"text": f"P{n}"}, {"text": "1,000"}] for n in range(100))]
    table = {"type": "data_table", "caption": "Points, this month", "rows": rows}
    view = errors.instead({"blocks": [section("Above"), table]}, "en")
    said = "\n".join(block["text"]["text"] for block in view["blocks"])
    assert said.startswith("Above\nPoints, this month\n• Who: P0, Points: 1,000\n") and "• Who: P99" in said
    assert all(len(block["text"]["text"]) <= limits.SECTION for block in view["blocks"])


@pytest.mark.parametrize("size", [1, 20, 97, 500])
def test_home_has_at_most_a_hundred_blocks_and_says_what_it_left_out(size: int) -> None:
    parts: list[list[Block]] = [[section("x")] * 3, [section("y")] * size, [section("z")]]
    view = home.home(member(1, appointed="admin"), parts)
    assert len(view["blocks"]) <= limits.MODAL_BLOCKS
    assert ("There is more than fits here" in str(view)) == (size > 80)


def test_home_stays_below_what_slack_takes_however_long_the_words_are() -> None:
    words = "長" * 3000
    parts: list[list[Block]] = [[section(words)] * 10 for _ in range(9)]
    view = home.home(member(1), parts)
    assert view_rules.check(view).problems == [] and "There is more" in str(view)


def test_the_question_has_the_ids_and_values_of_the_direct_message() -> None:
    """Whoever sees a press on its way cannot tell where it was made by what it says."""
    survey = pulse_gallery.survey(ORDINARY, "mood")
    seen = AtHome(member(1), COMPANY, survey, "not_asked", None, None)
    in_home = pulse_home.home_section(speak("en"), seen)
    in_message = pulse.question(survey, COMPANY, "en")["blocks"]
    assert in_home[:2] == in_message[:2] and in_home[1]["type"] == "actions"


def test_the_question_is_drawn_alike_for_everybody_of_a_language() -> None:
    survey = pulse_gallery.survey(ORDINARY, "agree")
    people = [member(1), member(2, "Somebody else"), replace(member(3), team="Kitchen")]
    sections = [pulse_home.home_section(speak("en"), AtHome(one, COMPANY, survey, "", None, None)) for one in people]
    assert sections[0] == sections[1] == sections[2]


def test_long_words_are_cut_in_home_and_whole_in_the_pages() -> None:
    told = HUGE.praise("en")
    pages = Pages(member(1), 0, (told,) * NEWEST, False)
    assert told.words not in str(praise_pages.home_section(speak("en"), pages))
    assert told.words in str(praise_pages.page(pages))


def test_what_waits_can_be_settled_in_home() -> None:
    waiting = Waiting(member(1, appointed="lead"), (replace(ORDINARY.praise("en"), reason="self"),), 4)
    said = str(confirmations.home_section(speak("en"), waiting))
    assert "'praise_accept'" in said and "'praise_refuse'" in said and "And 4 more." in said


def test_a_lead_without_a_team_is_told_at_home_that_there_is_no_list_of_theirs() -> None:
    """And others are offered no such list."""
    lead = replace(member(1, "Ann"), appointed="lead")
    for viewer, told, offered in (
        (lead, True, True), (replace(lead, team="Front"), False, True),
        (replace(lead, appointed="admin"), False, True), (replace(lead, appointed=""), False, False),
    ):  # fmt: skip
        drawn = str(home.home(viewer, []))
        assert ("You are in no team" in drawn, "home_economy" in drawn) == (told, offered)
