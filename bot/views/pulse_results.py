"""What comes of a round: for a lead a message to forward and one to act on, for admins all teams, for everybody the
company's figures. No view knows more than what was stored as shown."""

from bot.rules.atoms import COMPANY
from bot.rules.questions import Question
from bot.rules.showing import FINE, Figures
from bot.services.results import Told
from bot.views import figures, limits, phrases, pulse, pulse_comments
from bot.views.blocks import (
    Block,
    Cell,
    actions,
    button,
    context,
    data_table,
    header,
    paragraph,
    quotation,
    say,
    section,
)
from bot.views.drivers import driver
from bot.views.strings import cut, one_line
from bot.views.tongue import Tongue, mark, speak
from storage.outbox import Message
from storage.surveys import Survey

PULSE_REPLY = "pulse_reply"
TEAM = 40
"""Characters of a team's name in a table: Slack takes 10,000 in all its cells."""
EFFORTS = {
    "today": mark("One thing you can do today:"),
    "week": mark("One thing you can do this week:"),
    "month": mark("One thing you can do this month:"),
}


def results(told: Told) -> tuple[Message, ...]:
    """All that a lead or an admin gets when a round closed, in the order in which it is sent."""
    if told.mine is None:
        return (withheld(told),)
    table = (board(told),) if told.viewer.role == "admin" and told.teams else ()
    return (forward(told), *table, private(told))


def forward(told: Told) -> Message:
    """The figures of a group, without a button, a comment or a name: a message that can be forwarded as it stands."""
    tongue = speak(told.viewer.language)
    return say(tongue, *_group(tongue, told.survey, told.mine), *_shown(tongue, told), _how_to_read(tongue, told))


def _group(tongue: Tongue, survey: Survey, mine: Figures | None) -> list[Block]:
    """The day, whose figures these are, what they are about, and the question."""
    team = mine.cut if mine else COMPANY
    whose = tongue.t("{driver} · team {team}") if team != COMPANY else tongue.t("{driver} · the whole company")
    return [
        header(tongue.t("Pulse of {day}", day=tongue.weekday(survey.local_date))),
        paragraph(whose, driver=driver(tongue, survey.question.driver), team=team),
        quotation(one_line(survey.question.said(tongue.language))),
    ]


def _shown(tongue: Tongue, told: Told) -> list[Block]:
    mine, question = told.mine, told.survey.question
    if mine is None:
        return []
    line = figures.trend(tongue, question, told.trend)
    first = [context(tongue.t("With this question asked again, a line over time will stand here."))]
    never = question.kind == "choice"
    return [
        figures.lines(tongue, told.survey, mine),
        *figures.answers(tongue, question, mine),
        *(line or ([] if never else first)),
    ]


def _how_to_read(tongue: Tongue, told: Told) -> Block:
    least, fine = tongue.number(told.survey.least), tongue.number(FINE)
    mine = told.mine
    plain = mine is not None and mine.counts is None
    return context(
        phrases.lines(
            figures.coarse(tongue, mine) if mine else "",
            tongue.t("How many gave which answer is shown only where every group has {fine} answers.", fine=fine)
            if plain
            else "",
            tongue.t("Nothing is shown from which the answers of fewer than {least} could be computed.", least=least),
            tongue.t("Single answers are destroyed when a question closes. This message may be forwarded."),
        )
    )


def private(told: Told) -> Message:
    """For the lead or admin alone: a warning if there is one, what could be done, the comments, the public answer. It
    says what it is about, for it may be read by itself."""
    tongue, survey = speak(told.viewer.language), told.survey
    cut_name = told.mine.cut if told.mine else COMPANY
    reply = button(
        tongue.t("You said, we do"),
        PULSE_REPLY,
        f"{survey.id}:{cut_name}",
        style="primary",
        label=tongue.t("Answer in public: what was said, and what you do"),
    )
    return say(
        tongue,
        section(tongue.t("*For you alone*")),
        pulse.quoted(tongue, survey.question),
        *_warning(tongue, told),
        *pulse_comments.some(tongue, told),
        section(tongue.t("People answer again when they see what comes of it. Tell them what you heard and will do:")),
        actions(reply),
        context(tongue.t("Please do not try to find out who answered what, and let nobody feel that they must say.")),
    )


def _warning(tongue: Tongue, told: Told) -> list[Block]:
    """What fell, and the one suggested action."""
    if not told.fell:
        return []
    team = told.mine.cut if told.mine else COMPANY
    others = [one for one in told.fell if one != team]
    lower = tongue.t("This result is clearly worse than when the same question was asked before, beyond chance.")
    named = paragraph(
        tongue.t("Clearly worse than when the same question was asked before: {teams}"), teams=tongue.listed(others)
    )
    return [
        *([section(lower)] if team in told.fell else []),
        *([named] if others else []),
        *_action(tongue, told),
    ]


def _action(tongue: Tongue, told: Told) -> list[Block]:
    if told.action is None:
        return []
    return [section(tongue.t(EFFORTS[told.action.effort])), quotation(one_line(told.action.said(tongue.language)))]


def withheld(told: Told) -> Message:
    """Why a lead sees no figures this time, or an admin none of the company."""
    tongue, least = speak(told.viewer.language), _least(told)
    why = {
        "no_team": tongue.t("I do not know which team is yours: the list of people names none. An admin can add it."),
        "subtractable": tongue.t(
            "The figures of your team stay hidden: too few answered, or they would let somebody compute, with those of "
            "other groups, the answers of fewer than {least} people.",
            least=least,
        ),
    }.get(told.withheld, tongue.t("Fewer than {least} people answered, so nothing is shown.", least=least))
    return say(
        tongue,
        *_group(tongue, told.survey, None)[:1],
        quotation(one_line(told.survey.question.said(tongue.language))),
        section(why),
        context(
            phrases.lines(
                ""
                if told.withheld == "no_team"
                else tongue.t("What is not shown is seen by nobody, not even by admins, and it is destroyed."),
                "" if told.withheld == "few" else tongue.t("`/pulse` shows what everybody may see of the company."),
            )
        ),
    )


def _least(told: Told) -> str:
    """The threshold as the viewer's language writes it."""
    return speak(told.viewer.language).number(told.survey.least)


def board(told: Told) -> Message:
    """For admins: every team in a table; what is hidden is marked, and the reason stands below."""
    tongue, survey = speak(told.viewer.language), told.survey
    shown = told.teams[: limits.DATA_TABLE_ROWS - 1]
    rest = len(told.teams) - len(shown)
    head = [tongue.t("Team"), tongue.t("Answered"), *_columns(tongue, survey.question)]
    rows = [_row(tongue, told, name, team) for name, team in shown]
    hidden = any(team is None for _, team in told.teams)
    low = figures.low_is_good(tongue, survey.question)
    return say(
        tongue,
        header(tongue.t("Pulse of {day}", day=tongue.weekday(survey.local_date))),
        quotation(one_line(survey.question.said(tongue.language))),
        data_table(tongue.t("All teams"), head, rows),
        *([section(tongue.t("And {count} more.", count=tongue.number(rest)))] if rest else []),
        *([context(low)] if low else []),
        *([_why_hidden(tongue, told)] if hidden else []),
    )


def _columns(tongue: Tongue, question: Question) -> list[str]:
    """What is told of each team beside how many answered: of a choice the share of each answer."""
    if question.kind == "choice":
        return [pulse.answer(tongue, question, value) for value in question.values]
    return [tongue.t("Result"), tongue.t("Favourable"), tongue.t("Spread"), tongue.t("Since last time")]


def _row(tongue: Tongue, told: Told, name: str, team: Figures | None) -> tuple[Cell, ...]:
    shown, question = cut(one_line(name), TEAM), told.survey.question
    if team is None:
        hidden = [tongue.t("hidden")] * (1 + len(_columns(tongue, question)))
        return (shown, *hidden) if question.kind == "choice" else (shown, *hidden[1:], "")
    if question.kind == "choice":
        return shown, answered(tongue, team), *figures.shares(tongue, question, team)
    spread = tongue.t(figures.SHORT[team.spread]) if team.spread else ""
    fell = tongue.t("clearly worse") if name in told.fell else ""
    result, favourable = figures.score(tongue, question, team), figures.favourable(tongue, team)
    return shown, answered(tongue, team), result, favourable, spread, fell


def answered(tongue: Tongue, team: Figures) -> str:
    return tongue.t("{answered} of {asked}", answered=tongue.number(team.answered), asked=tongue.number(team.asked))


def _why_hidden(tongue: Tongue, told: Told) -> Block:
    return context(
        tongue.t(
            "hidden: fewer than {least} answered, or the figures would let somebody compute, with others that are "
            "shown, the answers of fewer than {least} people. They are stored nowhere.",
            least=_least(told),
        )
    )


def company(tongue: Tongue, survey: Survey, mine: Figures | None) -> list[Block]:
    """The company's figures of a round, as everybody may see them."""
    if mine is None:
        few = tongue.t("Fewer than {least} people answered, so nothing is shown.", least=tongue.number(survey.least))
        return [*_group(tongue, survey, None), section(few)]
    return [*_group(tongue, survey, mine), figures.lines(tongue, survey, mine)]
