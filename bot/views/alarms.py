"""What admins hear when the database fails for a while and when it is well again, and when keys cannot be kept."""

from datetime import datetime

from bot.views.blocks import header, paragraph, say, section
from bot.views.tongue import mark, speak
from storage.outbox import Message
from storage.people import Member
from storage.trouble import Kind

_WRONG: dict[Kind, str] = {
    "full": mark("Since {time} the disk that holds my database is full."),
    "read-only": mark("Since {time} my database can only be read."),
    "locked": mark("Since {time} another program holds my database and does not let go of it."),
    "away": mark("Since {time} my database cannot be reached."),
    "broken": mark("Since {time} the disk that holds my database fails, or takes nothing that is written to it."),
}
_DEED: dict[Kind, str] = {
    "full": mark("Please make room on that disk."),
    "read-only": mark("Please see to it that the file of the database, its folder and its disk can be written to."),
    "locked": mark("Please look for a program that has the database open, such as a backup that hangs, and end it."),
    "away": mark("Please see whether the database server runs, and whether my machine can reach it."),
    "broken": mark("Please look at that disk. If it is lost, the operator's handbook says how to restore a backup."),
}


def failing(admin: Member, kind: Kind, since: datetime) -> Message:
    """What is wrong since when, what it means for people, and what to do about it."""
    tongue = speak(admin.language)
    return say(
        tongue,
        header(tongue.t("I cannot store anything at present")),
        paragraph(tongue.t(_WRONG[kind]), time=tongue.time(since, admin.zone)),
        section(
            tongue.t("Nothing is confirmed that is not stored: whoever writes to me now is told to try again later.")
        ),
        section(tongue.t("Slack repeats reactions for some minutes, and I read the applause anew when it is over.")),
        section(tongue.t(_DEED[kind])),
        section(tongue.t("As soon as it is mended I go on by myself, without a restart, and tell you.")),
    )


def well(admin: Member) -> Message:
    """That it is over."""
    tongue = speak(admin.language)
    return say(
        tongue,
        section(tongue.t("My database is well again, and I store everything as before.")),
        section(tongue.t("What I confirmed is there. Whoever was told to try again can do so now.")),
    )


def no_keys(admin: Member) -> Message:
    """That no round of the pulse can open, and what to do about it."""
    tongue = speak(admin.language)
    return say(
        tongue,
        header(tongue.t("I cannot open a pulse round")),
        section(tongue.t("The key that seals its answers is kept in a folder of its own, and I cannot write there.")),
        section(tongue.t("Please see to it that the folder `KEYS_DIR` can be written to; my log names it.")),
        section(tongue.t("I keep trying for some hours. If it is mended by then, the round opens by itself.")),
    )
