"""Ideas without a name: how one is signed, the receipt code, what stands behind it, and the claim.

A code is shown once, in what the form becomes; whoever has it types it into a form, which neither keeps it nor sends it
back.
"""

from bot.rules.letters import MOST_WORDS, YES
from bot.services.receipts import Claimed, Thread
from bot.views import forms, idea_words, phrases, remarks, rich
from bot.views.blocks import Block, actions, button, context, metadata, paragraph, say, section
from bot.views.forms import View
from bot.views.suggestion_news import open_button
from bot.views.tongue import Tongue, speak
from storage.outbox import Message

CODE_FORM = "idea_code_form"
WORD_FORM = "idea_word_form"
CLAIM_FORM = "idea_claim_form"
CODE = "idea_code"
CLAIM = "idea_claim"
SIGNED, TEAM, RECEIPT, WORDS = "signed", "team", "receipt", remarks.WORDS
"""The fields of these forms."""
_MOST_CODE = 200


# --- how an idea is signed ------------------------------------------------------------------------------------------


def signature(tongue: Tongue, *, names_team: bool) -> list[Block]:
    """The part of the form of a new idea in which it is signed, or not, and what is stored then."""
    ways = [
        ("name", tongue.t("With my name")),
        ("code", tongue.t("Without my name; I look it up with a code")),
        ("notice", tongue.t("Without my name; tell me when there is news")),
    ]
    team = tongue.t("Only for an idea without your name: may it say that it comes from your team?")
    may = [("no", tongue.t("No, not even my team")), (YES, tongue.t("Yes, it may name my team"))]
    return [
        forms.choice(SIGNED, tongue.t("How is it sent?"), ways, initial="name"),
        *([forms.choice(TEAM, team, may, initial="no")] if names_team else []),
        section(
            tongue.t(
                "*With your name*: your lead answers, and you hear of every step. An accepted idea is thanked with "
                "points."
            )
        ),
        section(_unsigned(tongue)),
        context(
            tongue.t(
                "Slack itself sees that you opened this form and what you type, and a style can give somebody away."
            )
        ),
    ]


def _unsigned(tongue: Tongue) -> str:
    return phrases.lines(
        tongue.t(
            "*Without your name*: your words and a day are stored, and not who you are. They wait sealed until the "
            "next working morning, and come together with those of others, in random order."
        ),
        tongue.t(
            "You get a code, once. With it you see how your idea stands, and write with those who answer. It is not "
            "stored, so nobody can give it to you again."
        ),
        tongue.t(
            "*If you want to be told of news*: who you are is sealed under a key of its own that no copy of the "
            "database has, and destroyed when the idea is over, after 90 days at the latest."
        ),
        tongue.t("Points come only if you claim the idea later, and that names you."),
    )


def sent(code: str, language: str) -> View:
    """What whoever sent an idea without a name sees in place of the form: the code, once. The same for every idea."""
    tongue = speak(language)
    return forms.told(
        tongue,
        [
            section(tongue.t("Thank you for your idea! This is its code:")),
            paragraph("{code}", code=rich.code(code)),
            section(
                phrases.lines(
                    tongue.t("*Keep it now*: in a password store, or on a piece of paper. It is shown this once."),
                    tongue.t("`/ideas code` asks for it, and shows how your idea stands."),
                    tongue.t("It reaches those who answer on the next working morning. Nobody knows the code before."),
                )
            ),
        ],
    )


# --- by the code ----------------------------------------------------------------------------------------------------


def code_button(tongue: Tongue) -> Block:
    """The button that asks for a code."""
    return button(tongue.t("I have a receipt code"), CODE, "code")


def code_form(language: str) -> View:
    """The form that asks for a code, and carries nothing."""
    tongue = speak(language)
    return forms.modal(
        tongue.t("A receipt code"),
        [section(tongue.t("With the code of an idea without a name you see how it stands.")), *_code(tongue)],
        submit=tongue.t("Look it up"),
        close=tongue.t("Cancel"),
        callback_id=CODE_FORM,
    )


def _code(tongue: Tongue) -> list[Block]:
    kept = tongue.t(
        "The code is looked up and not kept: not in the database, not in a log, not with your name. Like all that you "
        "type here, it passes through Slack."
    )
    return [forms.text(RECEIPT, tongue.t("The code"), most=_MOST_CODE), context(kept)]


def thread(thread: Thread, language: str, *, nonce: str) -> View:
    """What stands behind a code, with room for a word to those who answer. The form asks for the code rather than carry
    it; Slack leaves what was typed in its field."""
    tongue, suggestion = speak(language), thread.suggestion
    told = [
        *idea_words.whole(tongue, suggestion),
        *remarks.history(tongue, thread.steps),
        *remarks.said(tongue, thread.remarks),
    ]
    if suggestion.named:
        return forms.told(tongue, [*told, section(tongue.t("This idea has a name by now."))])
    arrives = tongue.t("Your words reach those who answer on the next working morning, without your name or a time.")
    return forms.modal(
        tongue.t("Your idea"),
        [
            *told,
            forms.text(WORDS, tongue.t("A word to those who answer"), most=MOST_WORDS, long=True, hint=arrives),
            *_code(tongue),
            actions(button(tongue.t("Claim it with my name"), CLAIM, "claim")),
        ],
        submit=tongue.t("Send"),
        close=tongue.t("Close"),
        callback_id=WORD_FORM,
        private_metadata=metadata(nonce=nonce),
    )


def written(language: str) -> View:
    """What an author sees who wrote to those who answer: the same for every word."""
    tongue = speak(language)
    return forms.told(tongue, [section(tongue.t("Thank you! Your words reach them on the next working morning."))])


def claim_form(points: int, language: str, *, nonce: str) -> View:
    """The form that says beforehand that to claim an idea names its author, and what points it brings them."""
    tongue = speak(language)
    worth = phrases.points(tongue, points)
    brings = tongue.t("You get {points} for it once it is accepted, or now if it was.", points=worth)
    return forms.modal(
        tongue.t("Claim an idea"),
        [
            section(
                phrases.lines(
                    tongue.t("*This names you.* Everybody sees from now on that the idea is yours, and it stays so."),
                    brings if points else "",
                    tongue.t("Whoever moved it, or wrote to its author, cannot claim it."),
                    tongue.t("It also makes the circle smaller of those whose the other ideas of that day can be."),
                )
            ),
            *_code(tongue),
        ],
        submit=tongue.t("Name me"),
        close=tongue.t("Back"),
        callback_id=CLAIM_FORM,
        private_metadata=metadata(nonce=nonce),
    )


def claimed(claimed: Claimed, language: str) -> View:
    """What somebody sees who claimed an idea."""
    tongue = speak(language)
    got = phrases.got(tongue, claimed.awarded)
    view = forms.told(
        tongue,
        [
            section(phrases.lines(tongue.t("*This idea was yours.*"), got)),
            idea_words.line(tongue, claimed.suggestion),
            actions(open_button(tongue, claimed.suggestion)),
            *([phrases.thanks_not_pay(tongue)] if got else []),
        ],
    )
    return {**view, "clear_on_close": True}


def notice(language: str) -> Message:
    """For everybody who left a return address, whoever's idea it is that has news: the same for all."""
    tongue = speak(language)
    return say(
        tongue,
        section(
            phrases.lines(
                tongue.t("There is news of ideas that were sent without a name."),
                tongue.t("Whether yours is among them, its code tells: `/ideas code`."),
            )
        ),
        context(tongue.t("All who wish for news hear this on the same day, whichever idea it is about.")),
    )
