"""The micro pulse in Home: the open question, and for leads and admins the last results of their group.

The question has the same ids and values as in the direct message, and stands there whether it was answered or not: what
Slack shows, and what a press sends, says nothing of who answered.
"""

from bot.services.overview import AtHome
from bot.views import figures, phrases
from bot.views.blocks import Block, context, header, section
from bot.views.pulse import quoted
from bot.views.pulse_overview import open_question, progressing, why_none
from bot.views.tongue import Tongue


def home_section(tongue: Tongue, seen: AtHome) -> list[Block]:
    """In Home: the open question, or why there is none."""
    last = _last(tongue, seen)
    if seen.survey is None and seen.why == "off" and not last:
        return []
    none = [header(tongue.t("The pulse")), context(why_none(tongue, seen.why))]
    return [
        *(open_question(tongue, seen.survey, seen.company) if seen.survey else none),
        *(progressing(tongue, seen.progress, seen.company) if seen.progress else []),
        *last,
    ]


def _last(tongue: Tongue, seen: AtHome) -> list[Block]:
    """What is shown of the last round to somebody who leads."""
    if not seen.viewer.leads or seen.last is None:
        return []
    survey, told = seen.last
    group = tongue.t("*The last results of the company*")
    if seen.viewer.role != "admin":
        group = tongue.t("*The last results of your team*")
    few = tongue.t("Nothing is shown of this group: too few answered, or you are of no team.")
    return [
        section(phrases.lines(group, tongue.day(survey.local_date))),
        quoted(tongue, survey.question),
        figures.lines(tongue, survey, told) if told else context(few),
    ]
