"""The question of a round and what follows it: the thank-you, the comment form, a round that is over or void.

What leaves the bot here is the same for everybody of a language, but where somebody asks for their own settings: the
possible answers and the id of the round, never a name, a given answer, or a sign of who gets it (product.md 4).
"""

from collections.abc import Mapping

from bot.rules import comments
from bot.rules.company import Company
from bot.rules.questions import CARE, Kind, Question
from bot.views import forms, phrases
from bot.views.alike import alike
from bot.views.blocks import Block, actions, bullets, button, context, header, metadata, moment, paragraph, say, section
from bot.views.forms import View
from bot.views.rich import words
from bot.views.strings import isolate, one_line
from bot.views.tongue import Tongue, mark, speak
from storage.outbox import Message
from storage.surveys import Survey

PULSE_ANSWER = "pulse_answer"
"""How the ids of the answers begin: `pulse_answer_4`."""
PULSE_COMMENT = "pulse_comment"
PULSE_LATER = "pulse_later"
COMMENT_FORM = "pulse_comment_form"
WORDS, RECEIPT = "words", "receipt"
"""The fields of the comment form."""

ANSWERS: Mapping[Kind, Mapping[str, str]] = {
    "agree": {
        "1": mark("Disagree strongly"),
        "2": mark("Disagree"),
        "3": mark("Neither"),
        "4": mark("Agree"),
        "5": mark("Agree strongly"),
    },
    "mood": {"1": mark("Very bad"), "2": mark("Bad"), "3": mark("So-so"), "4": mark("Good"), "5": mark("Very good")},
    "yesno": {"yes": mark("Yes"), "no": mark("No")},
}
FACES = {"1": "😞", "2": "🙁", "3": "😐", "4": "🙂", "5": "😀"}


def question(survey: Survey, company: Company, language: str) -> Message:
    """The question with a row of answers; what an answer can still be done with is said before it is given."""
    tongue = speak(language)
    return say(tongue, *asked(tongue, survey, company), _later(tongue, survey))


def reminder(survey: Survey, company: Company, language: str) -> Message:
    """The same once more, for those who wished it."""
    tongue = speak(language)
    wished = section(tongue.t("As you wished, here it is once more:"))
    return say(tongue, wished, *asked(tongue, survey, company), _later(tongue, survey))


def _later(tongue: Tongue, survey: Survey) -> Block:
    return actions(button(tongue.t("Ask me tomorrow"), PULSE_LATER, survey.id))


def asked(tongue: Tongue, survey: Survey, company: Company) -> list[Block]:
    """The question, its answers, and what one should know before answering."""
    return [
        header(one_line(survey.question.said(tongue.language))),
        actions(*alike([_answer(tongue, survey, value) for value in survey.question.values])),
        context(
            phrases.lines(
                tongue.t("0 is the lowest, 10 the highest.") if survey.question.kind == "scale" else "",
                tongue.t("Answers are sealed and counted together: no lead and no admin sees who answered what."),
                _how_many(tongue, survey),
                _thresholds(tongue, survey),
                tongue.t("One tap sends your answer. After that nobody can change it or take it back, not even you."),
                tongue.t("Open until: {moment}", moment=moment(tongue, survey.closes_at, company.zone)),
                tongue.t("`/pulse off` if you would rather not be asked."),
            )
        ),
    ]


def _answer(tongue: Tongue, survey: Survey, value: str) -> Block:
    kind, said = survey.question.kind, answer(tongue, survey.question, value)
    shown = f"{FACES[value]} {said}" if kind == "mood" else said
    label = tongue.t("{value} of {most}", value=said, most=tongue.number(10)) if kind == "scale" else said
    return button(shown, f"{PULSE_ANSWER}_{value}", f"{survey.id}:{value}", label=label)


def answer(tongue: Tongue, question: Question, value: str) -> str:
    """What an answer is called."""
    if question.kind == "choice":
        return one_line(question.shown(value, tongue.language)) or value
    return tongue.t(ANSWERS[question.kind][value]) if question.kind in ANSWERS else tongue.number(int(value))


def _how_many(tongue: Tongue, survey: Survey) -> str:
    if survey.population > survey.asked:
        people = tongue.number(survey.population)
        return tongue.n(
            "{count} of {people} people, drawn by lot, is asked this.",
            "{count} of {people} people, drawn by lot, are asked this.",
            survey.asked,
            people=people,
        )
    return tongue.n("{count} person is asked this.", "{count} people are asked this.", survey.asked)


def _thresholds(tongue: Tongue, survey: Survey) -> str:
    return tongue.t(
        "Results are shown from {least} answers on, comments from {more}, and only after it closes.",
        least=tongue.number(survey.least),
        more=tongue.number(survey.least_comments),
    )


def thanks(survey: Survey, company: Company, language: str) -> Message:
    """The one thank-you in place of the question: for every answer, and for a second tap, the same."""
    tongue = speak(language)
    label = tongue.t("Add a comment to your answer, as anonymous as it is")
    return say(
        tongue,
        section(tongue.t("Thank you! Your answer is in, and counts once.")),
        quoted(tongue, survey.question),
        *care(tongue, survey.question, company),
        actions(button(tongue.t("Add a comment"), PULSE_COMMENT, survey.id, label=label)),
        context(
            phrases.lines(
                _sealed(tongue),
                tongue.t("Results come after: {moment}", moment=moment(tongue, survey.closes_at, company.zone)),
                tongue.t("`/pulse` shows them, and how you want to be asked."),
            )
        ),
    )


def quoted(tongue: Tongue, question: Question) -> Block:
    """Which question it is about."""
    return paragraph(tongue.t("The question was: “{question}”"), question=question.said(tongue.language))


def _sealed(tongue: Tongue) -> str:
    """The promise, no wider than it is kept (docs/anonymity.md)."""
    return tongue.t(
        "Your answer is sealed: nobody who holds the database, its backups, exports or logs can tell who answered "
        "what; whoever can replace the running program could."
    )


def care(tongue: Tongue, question: Question, company: Company) -> list[Block]:
    """Whom one can talk to: after every question about wellbeing, for everybody, whatever they answered."""
    if question.driver != CARE:
        return []
    everybody = tongue.t("Everybody sees this after a question about wellbeing, whatever they answered.")
    if not company.support_contacts:
        alone = tongue.t("If something weighs on you, you need not carry it alone. Talk to somebody you trust.")
        return [section(alone), context(everybody)]
    contacts = [words(isolate(one_line(contact))) for contact in company.support_contacts]
    weighs = tongue.t("If something weighs on you, you need not carry it alone. You can turn to:")
    return [section(weighs), bullets(contacts), context(everybody)]


def snoozed(survey: Survey, company: Company, language: str) -> Message:
    """What stands in place of the question for somebody who wants to be asked tomorrow."""
    tongue = speak(language)
    until = tongue.t("Open until: {moment}", moment=moment(tongue, survey.closes_at, company.zone))
    return say(
        tongue,
        section(tongue.t("Gladly. On the next working day I ask you once more, if it is still open then.")),
        quoted(tongue, survey.question),
        context(phrases.lines(until, tongue.t("`/pulse` shows the question at any time."))),
    )


def closed(language: str) -> Message:
    """What stands in place of a question that is answered too late."""
    tongue = speak(language)
    return say(
        tongue,
        section(tongue.t("This question is closed already, so nothing was recorded.")),
        context(tongue.t("`/pulse` shows what is open, and the last results.")),
    )


def void(survey: Survey, language: str) -> Message:
    """For everybody who was asked: a round whose key is lost is destroyed unread."""
    tongue = speak(language)
    lost = tongue.t("The key that opens the answers is lost. So all of them were destroyed unread; there is no result.")
    return say(
        tongue,
        section(tongue.t("The question of {day} does not count.", day=tongue.weekday(survey.local_date))),
        quoted(tongue, survey.question),
        section(lost),
        section(tongue.t("Nobody saw what anybody answered, and you need not do anything. I am sorry for your time.")),
    )


def comment_form(survey: Survey, company: Company, language: str) -> View:
    """The comment form. It carries the round's id alone, and says what one should know before sending."""
    tongue = speak(language)
    hint = tongue.t(
        "Word for word as you write it, but for e-mail addresses, phone and card numbers. No names, please."
    )
    own = tongue.t(
        "Leave it empty, or make up at least {least} characters that nobody can guess, such as four words, and note "
        "them. If somebody asks back, /pulse code shows it to whoever has them, and to nobody else.",
        least=tongue.number(comments.LEAST_CODE),
    )
    return forms.modal(
        tongue.t("Comment"),
        [
            quoted(tongue, survey.question),
            section(
                phrases.lines(
                    tongue.t("*A comment cannot be changed or taken back once it is sent, and there is one each.*"),
                    _how_many(tongue, survey),
                    _shuffled(tongue, survey),
                )
            ),
            forms.text(WORDS, tongue.t("What would you like to add?"), most=comments.MOST, long=True, hint=hint),
            forms.text(RECEIPT, tongue.t("A code of your own"), most=200, optional=True, hint=own),
            *care(tongue, survey.question, company),
        ],
        submit=tongue.t("Send for good"),
        close=tongue.t("Cancel"),
        callback_id=COMMENT_FORM,
        private_metadata=metadata(survey=survey.id),
    )


def _shuffled(tongue: Tongue, survey: Survey) -> str:
    return tongue.t(
        "Comments are shown, shuffled, to those who see the results: from {more} answers and {least} comments on. Of "
        "fewer they are destroyed unread.",
        more=tongue.number(survey.least_comments),
        least=tongue.number(survey.least),
    )


def commented(survey: Survey, company: Company, language: str) -> View:
    """What the comment form becomes: the same for every comment, and for a second one, which is not kept."""
    tongue = speak(language)
    thank = tongue.t("Thank you! Your comment is sealed like your answer, and counts once.")
    code = tongue.t("If you made up a code, keep it: nobody can look it up for you. You need it for `/pulse code`.")
    return forms.told(tongue, [section(thank), section(code), *care(tongue, survey.question, company)])
