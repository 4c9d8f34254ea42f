"""The micro pulse: the same for everybody before and after an answer, and no more shown than may be."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote_plus

import pytest

from bot.rules.languages import LANGUAGES
from bot.rules.questions import Kind, Option
from bot.rules.showing import Figures
from bot.services.results import Trend
from bot.views import alike, charts, limits, pulse, pulse_overview, pulse_results, questions
from bot.views.strings import units
from bot.views.tongue import speak
from bot.workspace import blocks
from bot.workspace.picture import picture
from storage.results import Comment
from storage.wishes import Wish
from tests.views.outcomes import COMPANY, DAY, LOCALES, NASTY, ORDINARY, member
from tests.views.pulse_gallery import KINDS, figures, question, survey, told

SPOKEN = pytest.mark.parametrize("language", LANGUAGES)
CONTACTS = replace(COMPANY, support_contacts=("Counsellor: 0800-123-456",))


def buttons(view: Any) -> Iterator[dict[str, Any]]:
    for block in view["blocks"]:
        if block["type"] == "actions":
            yield from block["elements"]


def tables(view: Any) -> list[dict[str, Any]]:
    return [block for block in view["blocks"] if block["type"] == "data_table"]


# ---- asked ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_has_a_button_for_each_answer_and_the_rounds_id_alone(kind: Kind) -> None:
    asked = survey(ORDINARY, kind)
    answers = [one for one in buttons(pulse.question(asked, COMPANY, "en")) if one["action_id"] != pulse.PULSE_LATER]
    values = [one["value"].rstrip("-:") for one in answers]
    assert values == [f"{asked.id}:{value}" for value in asked.question.values]
    assert [one["action_id"] for one in answers] == [f"pulse_answer_{value}" for value in asked.question.values]


def test_before_answering_people_see_how_many_are_asked_from_when_on_it_shows_and_that_it_stands() -> None:
    said = pulse.question(survey(ORDINARY, asked=83, population=83), COMPANY, "en")["text"]
    for part in ("83 people are asked", "from 5 answers on, comments from 10", "nobody can change it"):
        assert part in said
    assert "no lead and no admin sees who answered what" in said, "it is told before, not only afterwards"


def test_a_mood_is_read_out_in_words_and_a_ten_says_of_how_many() -> None:
    labels = {kind: [one.get("accessibility_label") for one in buttons(_question(kind))] for kind in KINDS}
    assert labels["mood"][:5] == ["Very bad", "Bad", "So-so", "Good", "Very good"]
    assert labels["scale"][10] == "10 of 10"


@SPOKEN
@pytest.mark.parametrize("kind", KINDS)
def test_presses_of_all_answers_are_equally_long_in_json_and_in_a_form(kind: Kind, language: str) -> None:
    """An encrypted press tells its length to every network and proxy between."""
    shown = [one for one in buttons(pulse.question(survey(ORDINARY, kind), COMPANY, language)) if ":" in one["value"]]
    sent = [_sent(one) for one in shown]
    assert len(sent) > 1
    assert len({len(one) for one in sent}) == len({len(quote_plus(one)) for one in sent}) == 1
    assert {one["value"].strip("-:").count(":") for one in shown} == {1}


def _sent(button: dict[str, Any]) -> str:
    """A press as Slack sends it, with emoji by name."""
    text = re.sub("|".join(alike.NAMES), lambda face: f":{alike.NAMES[face.group()]}:", button["text"]["text"])
    press = {"action_id": button["action_id"], "text": {"type": "plain_text", "text": text}, "value": button["value"]}
    return json.dumps(press).replace("/", "\\/")


def _question(kind: Kind) -> Any:
    return pulse.question(survey(ORDINARY, kind), COMPANY, "en")


@SPOKEN
def test_the_closing_time_is_one_moment_that_each_reader_sees_by_their_own_clock(language: str) -> None:
    asked = survey(ORDINARY)
    said = pulse.question(asked, COMPANY, language)["text"]
    assert f"<!date^{int(asked.closes_at.timestamp())}^" in said
    assert "22:30" in said, "the company's own time stands where Slack cannot show another"
    shown = " ".join(str(line) for line in picture(dict(pulse.question(asked, COMPANY, language))))
    assert "22:30" in shown and "<!date" not in shown


@SPOKEN
def test_the_comment_form_carries_the_rounds_id_and_nothing_else(language: str) -> None:
    form = pulse.comment_form(survey(ORDINARY), COMPANY, language)
    assert json.loads(form["private_metadata"]) == {"survey": "5" * 32}
    assert [one["block_id"] for one in form["blocks"] if one["type"] == "input"] == [pulse.WORDS, pulse.RECEIPT]


def test_the_comment_form_says_first_that_nothing_can_be_changed_how_many_are_asked_and_the_threshold() -> None:
    said = str(pulse.comment_form(survey(ORDINARY, asked=83, population=83), COMPANY, "en")["blocks"][:2])
    assert "cannot be changed" in said and "83 people" in said and "from 10 answers and 5 comments on" in said


@SPOKEN
def test_after_a_question_about_wellbeing_everybody_sees_the_contacts_and_after_others_nobody(language: str) -> None:
    for driver, there in (("wellbeing", True), ("workload", False)):
        asked = survey(ORDINARY, question=question(ORDINARY, "mood", driver=driver))
        for view in (pulse.thanks, pulse.comment_form, pulse.commented):
            assert ("0800-123-456" in str(view(asked, CONTACTS, language))) is there


@SPOKEN
def test_the_open_question_stands_in_the_overview_whoever_answered(language: str) -> None:
    asked = survey(ORDINARY)
    view = pulse_overview.overview(Wish(), COMPANY, language, survey=asked)
    wanted = {one["value"] for one in buttons(pulse.question(asked, COMPANY, language))} - {asked.id}
    assert wanted <= {one["value"] for one in buttons(view)}


@pytest.mark.parametrize("why", ["off", "few"])
def test_where_nobody_is_asked_nobody_is_told_that_they_are_but_what_they_wished(why: str) -> None:
    for wish, there in ((Wish(), False), (Wish(opted_out=True), True)):
        view = pulse_overview.overview(wish, COMPANY, "en", why=why)
        assert "nobody is asked" in view["text"] and "in every round" not in view["text"]
        assert ("as you wished" in view["text"]) is there


def test_of_a_choice_the_overview_tells_which_answers_most_gave() -> None:
    options = tuple(Option(name, {"en": name.title()}) for name in ("time", "people", "calm"))
    about = question(ORDINARY, "choice", options=options)
    asked = survey(ORDINARY, question=about, state="closed")
    for people, said in ((30, "Time: about 40%"), (40, "Time and People: about 40%")):
        shown = figures(about, shares={"time": 40, "people": people, "calm": 20})
        view = pulse_overview.overview(Wish(), COMPANY, "en", last=(asked, shown), drivers=[(asked, shown)])
        (table,) = tables(view)
        assert said == re.sub("[\u2066-\u2069]", "", table["rows"][1][3]["text"])


# ---- shown ---------------------------------------------------------------------------------------------------------


@SPOKEN
def test_what_can_be_forwarded_has_no_button_no_comment_and_no_name(language: str) -> None:
    lead = told(ORDINARY, language, question(ORDINARY, "agree"))
    lead = replace(lead, comments=(Comment("c" * 32, "north", "The lift."),))
    message = pulse_results.forward(replace(lead, mine=figures(lead.survey.question, "north")))
    assert not list(buttons(message)) and lead.viewer.slack_id not in str(message)
    assert "The lift." not in str(message)
    assert "north" in message["text"] and blocks.check(message["blocks"]).problems == []


def test_a_figure_that_was_cut_off_at_an_end_says_so() -> None:
    about = question(ORDINARY, "agree")
    top = figures(about, mean=4.8, mean_end="top", favourable=80, favourable_end="top", counts=None)
    said = pulse_results.forward(told(ORDINARY, "en", about, mine=top))["text"]
    assert "4.8 or more" in said and "80% or more" in said


def test_a_share_of_no_is_told_of_a_question_to_which_no_is_good() -> None:
    about = question(ORDINARY, "yesno", direction="down")
    assert "Answered “No”: 60%" in pulse_results.forward(told(ORDINARY, "en", about))["text"]


def test_the_text_of_a_chart_gives_every_point() -> None:
    about = question(ORDINARY, "agree")
    said = pulse_results.forward(told(ORDINARY, "en", about))["text"]
    assert "What was answered\n• Disagree strongly: 0\n• Disagree: 1" in said
    assert "The same question over time\n• 22 Aug 2026: 3.8\n• 20 Nov 2026: 3.8" in said


def test_one_point_is_no_line() -> None:
    about = question(ORDINARY, "agree")
    once = told(ORDINARY, "en", about, trend=Trend(((DAY, figures(about)),)))
    kinds = [block["chart"]["type"] for block in pulse_results.forward(once)["blocks"] if "chart" in block]
    assert kinds == ["bar"]


@SPOKEN
def test_hidden_teams_are_marked_and_the_reason_is_given(language: str) -> None:
    about = question(ORDINARY, "agree")
    teams = (("north", figures(about, "north")), ("south", None))
    admin = member(3, locale=LOCALES[language], appointed="admin")
    lead = told(ORDINARY, language, about, viewer=admin, teams=teams)
    message = pulse_results.board(lead)
    (table,) = tables(message)
    north, south = ([cell["text"] for cell in row] for row in table["rows"][1:])
    hidden = {"en": "hidden", "zh-Hant": "不顯示", "zh-Hans": "不显示"}[language]
    assert south == ["south", *[hidden] * 4, "–"] and hidden not in north
    assert hidden in message["blocks"][-1]["elements"][0]["text"]
    assert tables(pulse_results.results(lead)[1]) == [table], "it stands between the two others"


@SPOKEN
def test_of_a_choice_admins_see_what_each_team_chose(language: str) -> None:
    about = question(ORDINARY, "choice")
    admin = member(3, locale=LOCALES[language], appointed="admin")
    lead = told(ORDINARY, language, about, viewer=admin, teams=(("north", figures(about, "north")), ("south", None)))
    (table,) = tables(pulse_results.board(lead))
    head, north, south = ([cell["text"] for cell in row] for row in table["rows"])
    assert head[2:] == [pulse.answer(speak(language), about, value) for value in about.values]
    assert len(north) == len(south) == len(head) and "40%" in north[2] and "10%" in north[3] and "–" not in south


def test_admins_are_told_when_a_low_figure_is_the_good_one() -> None:
    for kind, direction, there in (("agree", "down", True), ("agree", "up", False), ("yesno", "down", False)):
        about = question(ORDINARY, "yesno" if kind == "yesno" else "agree", direction=direction)
        lead = told(ORDINARY, "en", about, teams=(("north", figures(about, "north")),))
        assert ("low figure is the good one" in pulse_results.board(lead)["text"]) is there


def test_what_a_lead_alone_sees_says_which_question_it_is_about() -> None:
    about = question(ORDINARY, "agree")
    assert about.said("en") in pulse_results.private(told(ORDINARY, "en", about))["text"]


def test_a_lead_without_figures_is_not_told_that_others_see_none_either() -> None:
    about = question(ORDINARY, "agree")
    for why, by_nobody, by_everybody in (("few", True, False), ("subtractable", True, True), ("no_team", False, True)):
        said = pulse_results.withheld(told(ORDINARY, "en", about, mine=None, withheld=why))["text"]
        assert ("seen by nobody" in said, "`/pulse` shows" in said) == (by_nobody, by_everybody)


def test_a_lead_without_figures_gets_one_message_that_says_why() -> None:
    about = question(ORDINARY, "agree")
    for why, words in (("few", "Fewer than 5"), ("subtractable", "compute"), ("no_team", "which team")):
        (message,) = pulse_results.results(told(ORDINARY, "en", about, mine=None, withheld=why))
        assert words in message["text"]


def test_only_comments_with_a_code_can_be_asked_back() -> None:
    lead = told(ORDINARY, "en", question(ORDINARY, "agree"))
    asked = [one["value"] for one in buttons(pulse_results.private(lead)) if one["action_id"] == "pulse_ask"]
    assert asked == [comment.id for comment in lead.comments if comment.receipt]


# ---- charts --------------------------------------------------------------------------------------------------------


def test_labels_that_are_alike_or_too_long_become_labels_that_slack_takes() -> None:
    points = [(NASTY.free, 1.0), (NASTY.free, 2.0), ("", 3.0), *((f"{place}", 1.0) for place in range(30))]
    chart = charts.bars(NASTY.free, points, name=NASTY.free, x_label=NASTY.free, y_label=NASTY.free)
    assert blocks.check([chart]).problems == []
    labels = chart["chart"]["axis_config"]["categories"]
    assert len(labels) == len(set(labels)) == limits.CHART_POINTS
    assert all(0 < units(label) <= limits.CHART_LABEL for label in labels)


def test_figures_without_a_mean_are_told_without_one() -> None:
    lead = told(ORDINARY, "en", question(ORDINARY, "agree"), mine=Figures("", 7, 6))
    assert "6 of 7 answered (86%)" in pulse_results.forward(lead)["text"]


@pytest.mark.parametrize(("language", "label"), [("en", "Its answers"), ("zh-Hant", "選項"), ("zh-Hans", "选项")])
def test_the_field_for_the_answers_of_a_choice_is_no_count_of_answers(language: str, label: str) -> None:
    fields = {one.get("block_id"): one for one in questions.add_form(language, nonce="n")["blocks"]}
    assert fields[questions.OPTIONS]["label"]["text"] == label
