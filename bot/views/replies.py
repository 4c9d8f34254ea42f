"""Answers to what people said: *you said, we do* in public, and one question back to a comment, by its receipt code.

Nobody learns whose comment it is: a code is typed into a form, looked up, and neither kept nor sent back. What was
answered comes to the asker with the answers of others, once a working day.
"""

from collections.abc import Sequence

from bot.rules.atoms import COMPANY
from bot.rules.comments import MOST
from bot.services.replies import Said, Thread
from bot.views import forms, phrases, pulse, rich
from bot.views.blocks import Block, actions, button, context, header, metadata, paragraph, quotation, say, section
from bot.views.forms import View
from bot.views.strings import one_line
from bot.views.suggestion_forms import SUGGEST
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.people import Member
from storage.results import Comment
from storage.surveys import Survey

REPLY_FORM = "pulse_reply_form"
ASK_FORM = "pulse_ask_form"
CODE_FORM = "pulse_code_form"
BACK_FORM = "pulse_back_form"
WORDS, RECEIPT = pulse.WORDS, pulse.RECEIPT
"""The fields of these forms."""
MOST_CODE = 200
MANY = 10
"""Answers of one message; the caller sends further ones in another."""


# --- you said, we do ------------------------------------------------------------------------------------------------


def reply_form(survey: Survey, cut: str, channel: str, language: str, *, nonce: str) -> View:
    """The form in which a lead answers the group `cut` in public; `channel` is where it is posted."""
    tongue = speak(language)
    hint = tongue.t("What you heard, what you will do and by when; or why it cannot be done. A few sentences.")
    where = tongue.t("It is posted in {channel} with your name, once, and cannot be changed afterwards.")
    quote = tongue.t("Please quote no comment and name nobody: comments were not written for everybody.")
    return forms.modal(
        tongue.t("You said, we do"),
        [
            _about(tongue, survey, cut),
            pulse.quoted(tongue, survey.question),
            paragraph(where, channel=rich.channel(channel)),
            section(quote),
            forms.text(WORDS, tongue.t("Your answer to all"), most=MOST, long=True, hint=hint),
        ],
        submit=tongue.t("Post it"),
        close=tongue.t("Cancel"),
        callback_id=REPLY_FORM,
        private_metadata=metadata(nonce=nonce, survey=survey.id, cut=cut),
    )


def _about(tongue: Tongue, survey: Survey, cut: str) -> Block:
    day = tongue.weekday(survey.local_date)
    if cut == COMPANY:
        return section(tongue.t("Pulse of {day}", day=day))
    return paragraph(tongue.t("Pulse of {day} · team {team}"), day=day, team=cut)


def said(said: Said, language: str) -> Message:
    """The public answer, which is an open call for ideas too."""
    tongue = speak(language)
    return say(
        tongue,
        header(tongue.t("You said, we do")),
        _about(tongue, said.survey, said.cut),
        pulse.quoted(tongue, said.survey.question),
        paragraph(tongue.t("{person} answers what you said:"), person=rich.somebody(tongue, said.person)),
        quotation(said.words),
        section(tongue.t("What would help as well? Everybody's ideas are welcome.")),
        actions(button(tongue.t("Suggest an improvement"), SUGGEST, "suggest")),
        context(tongue.t("Answers are counted together, and single ones are destroyed when a question closes.")),
    )


def said_noted(said: Said, language: str) -> View:
    """What the lead sees in place of the form."""
    tongue = speak(language)
    posted = tongue.t("Thank you. It goes to {channel} now, or as soon as quiet hours end:")
    return forms.told(tongue, [paragraph(posted, channel=rich.channel(said.channel)), quotation(said.words)])


# --- a question back ------------------------------------------------------------------------------------------------


def ask_form(survey: Survey, comment: Comment, language: str, *, nonce: str) -> View:
    """The form in which a lead asks one question back to a comment."""
    tongue = speak(language)
    hint = tongue.t("Ask about the matter, not about the person: nothing that tells who they are.")
    return forms.modal(
        tongue.t("Ask back"),
        [
            pulse.quoted(tongue, survey.question),
            quotation(comment.words),
            section(
                phrases.lines(
                    tongue.t("You do not learn whose comment it is, and it is one question, for good."),
                    tongue.t("Only whoever has the code of the comment can see your question, and need not answer."),
                    tongue.t("An answer comes on a working day, together with those to others."),
                )
            ),
            forms.text(WORDS, tongue.t("Your question"), most=MOST, long=True, hint=hint),
        ],
        submit=tongue.t("Ask"),
        close=tongue.t("Cancel"),
        callback_id=ASK_FORM,
        private_metadata=metadata(nonce=nonce, comment=comment.id),
    )


def asked_noted(thread: Thread, language: str) -> View:
    """What the lead sees in place of the form."""
    tongue = speak(language)
    kept = section(tongue.t("Your question waits until the writer looks for it with their code, if they ever do:"))
    return forms.told(tongue, [kept, quotation(thread.question)])


def code_form(language: str) -> View:
    """The form of `/pulse code`: it asks for a receipt code, and carries nothing."""
    tongue = speak(language)
    return forms.modal(
        tongue.t("A code of your own"),
        [
            section(tongue.t("With the code that you made up you see whether somebody asked back to your comment.")),
            section(_kept(tongue)),
            _code(tongue),
        ],
        submit=tongue.t("Look it up"),
        close=tongue.t("Cancel"),
        callback_id=CODE_FORM,
    )


def _kept(tongue: Tongue) -> str:
    return tongue.t(
        "The code is looked up and not kept: not in the database, not in a log, not with your name. Like all that you "
        "type here, it passes through Slack."
    )


def _code(tongue: Tongue) -> Block:
    return forms.text(RECEIPT, tongue.t("Your code"), most=MOST_CODE)


def thread(thread: Thread, language: str) -> View:
    """What stands behind a code: the comment, the question back, and a form for the one answer while there is none.

    The form asks for the code again rather than carry it, and says which comment it is about: a code may have several.
    """
    tongue = speak(language)
    told = [
        pulse.quoted(tongue, thread.survey.question),
        section(tongue.t("Your comment:")),
        quotation(thread.comment.words),
    ]
    if not thread.question:
        return forms.told(tongue, [*told, section(tongue.t("Nobody has asked back. You can look again any day."))])
    told += [section(tongue.t("A question back:")), quotation(thread.question)]
    if thread.answer:
        return forms.told(tongue, [*told, section(tongue.t("Your answer:")), quotation(thread.answer)])
    return _answering(tongue, told, thread.comment)


def _answering(tongue: Tongue, told: Sequence[Block], comment: Comment) -> View:
    free = tongue.t("You need not answer. If you do: once, for good, without your name, and with no time on it.")
    hint = tongue.t(
        "Word for word as you write it, but for e-mail addresses, phone and card numbers. No names, please."
    )
    return forms.modal(
        tongue.t("A question back"),
        [
            *told,
            section(free),
            forms.text(WORDS, tongue.t("Your answer"), most=MOST, long=True, hint=hint),
            _code(tongue),
        ],
        submit=tongue.t("Send for good"),
        close=tongue.t("Close"),
        callback_id=BACK_FORM,
        private_metadata=metadata(comment=comment.id),
    )


def answered(language: str) -> View:
    """What whoever answered sees: the same for every answer."""
    tongue = speak(language)
    arrives = tongue.t("Thank you! It reaches whoever asked on the next working day, together with other answers.")
    return forms.told(tongue, [section(arrives)])


def batch(member: Member, threads: Sequence[Thread]) -> Message:
    """For whoever asked back: the answers of a working day, all in one message, without time or order."""
    tongue = speak(member.language)
    count = len(threads)
    head = tongue.n("An answer to a question of yours:", "{count} answers to questions of yours:", count)
    return say(
        tongue,
        section(head),
        *(block for thread in threads[:MANY] for block in _answer(tongue, thread)),
        context(tongue.t("Please do not try to find out whose answer it is.")),
    )


def _answer(tongue: Tongue, thread: Thread) -> list[Block]:
    return [
        pulse.quoted(tongue, thread.survey.question),
        paragraph(tongue.t("Comment: “{comment}”"), comment=one_line(thread.comment.words)),
        paragraph(tongue.t("You asked: “{question}”"), question=one_line(thread.question)),
        quotation(thread.answer),
    ]
