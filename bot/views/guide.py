"""What `/golden-ear` says: what this person may do, in their words."""

from bot.rules.company import Company
from bot.rules.kudos import PAIR_LIMIT, Terms
from bot.views import phrases, praise, rich
from bot.views.blocks import Block, actions, escape, header, paragraph, say, section
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.people import Member


def guide(member: Member, company: Company, language: str) -> Message:
    """What this person may do here, by role; those who take no part are told so."""
    tongue = speak(language)
    return say(
        tongue,
        header(tongue.t("Golden Ear: what you can do here")),
        *_praise(tongue, company),
        *_kudos(tongue, member, company),
        _ideas(tongue),
        _own(tongue),
        *_leading(tongue, member),
        *_private(tongue, member),
        phrases.thanks_not_pay(tongue),
    )


def _praise(tongue: Tongue, company: Company) -> list[Block]:
    return [
        section(
            phrases.lines(
                tongue.t("*A customer said something kind?*"),
                tongue.t("`/praise` opens a form."),
                tongue.t("`/praise @ann @bo “their words” from Ms Lin` needs none: people first, then the words."),
                tongue.t("*Save as customer praise*, in the menu of any message, takes the words from there."),
                tongue.t("*Record customer praise*, among the shortcuts beside the message field, opens the form too."),
                tongue.t("Their words are never changed; card numbers, phone numbers and e-mail addresses are hidden."),
            )
        ),
        paragraph(
            tongue.t("The words appear in {channel}, and the best of them opens the next morning."),
            channel=rich.channel(company.praise_channel),
        ),
        section(tongue.t("If praise of you was meant for a colleague, or you had help, the buttons below it say so.")),
    ]


def _kudos(tongue: Tongue, member: Member, company: Company) -> list[Block]:
    emoji = escape(f":{company.kudos_emoji}: `{company.kudos_emoji}`")
    blocks = [
        section(
            phrases.lines(
                tongue.t("*A colleague helped?*"),
                tongue.t("`/kudos @ann @bo for staying late` thanks them; `/kudos` alone opens a form."),
                tongue.t("In channels I am in, this emoji on a message thanks its author: {emoji}", emoji=emoji),
                *_allowances(tongue, member, company.kudos),
            )
        )
    ]
    if company.values:
        tags = tongue.listed([f"#{value}" for value in company.values])
        blocks.append(paragraph(tongue.t("Our values, to put at the end: {values}"), values=tags))
    return blocks


def _allowances(tongue: Tongue, member: Member, terms: Terms) -> list[str]:
    """What may be given, and what it is worth, if it is worth anything."""
    daily, worth = tongue.number(terms.daily), phrases.points(tongue, terms.points)
    said = tongue.t("You can give {count} kudos a day. What is left at midnight is not carried over.", count=daily)
    if terms.points:
        said = tongue.t(
            "You can give {count} kudos of {points} a day. What is left at midnight is not carried over.",
            count=daily,
            points=worth,
        )
    pair = tongue.t("You can thank the same person {count} times a week.", count=tongue.number(PAIR_LIMIT))
    return [said, *_as_a_lead(tongue, member, terms), pair]


def _as_a_lead(tongue: Tongue, member: Member, terms: Terms) -> list[str]:
    weekly, worth = tongue.number(terms.weekly), phrases.points(tongue, terms.lead_points)
    if not (member.leads and terms.weekly):
        return []
    if not terms.lead_points:
        return [
            tongue.t("As a lead you also have {count} kudos each week, from Monday on; they go first.", count=weekly)
        ]
    return [
        tongue.t(
            "As a lead you also have {count} kudos of {points} each week, from Monday on; they go first.",
            count=weekly,
            points=worth,
        )
    ]


def _ideas(tongue: Tongue) -> Block:
    return section(
        phrases.lines(
            tongue.t("*Something could be better?*"),
            tongue.t("`/suggest` opens a form for your idea; ideas like it are shown, and you can back them instead."),
            tongue.t("`/ideas` shows the open ones; `mine`, `done` or words to search go behind it."),
            tongue.t("An idea can be sent without your name; `/ideas code` shows how it stands."),
        )
    )


def _own(tongue: Tongue) -> Block:
    return section(
        phrases.lines(
            tongue.t("*Your own*"),
            tongue.t("`/points` shows your points, your last entries and what you can still give."),
            tongue.t("`/rewards` shows what your points can become, and your requests."),
            tongue.t("`/leaderboard` shows the board of this month; `/leaderboard hide` leaves you out of it."),
            tongue.t("`/leaderboard team` compares teams, by what they have a head; `mine` is your own team's board."),
            tongue.t("`/golden-ear economy` shows how thanks go round among us, without a name."),
            tongue.t("`/pulse` shows the open question, the last results, and how you want to be asked."),
            tongue.t("`/golden-ear my-data` brings you everything I hold about you, as files."),
            tongue.t("`/golden-ear help` shows this page."),
        )
    )


def _leading(tongue: Tongue, member: Member) -> list[Block]:
    said = []
    if member.leads:
        said += [
            tongue.t("*As a lead*"),
            tongue.t("When praise has to be confirmed, you get a message with two buttons. The first decision stands."),
            tongue.t("`/golden-ear pick` lets you choose the praise that opens the next morning."),
            tongue.t("`/ideas review` shows the ideas that wait for an answer."),
            tongue.t("`/golden-ear economy` also tells you alone who of your team was not thanked for long."),
        ]
    if member.role == "admin":
        said += [
            tongue.t("*As an admin*"),
            tongue.t("`/golden-ear preview` shows the next morning's post before anybody else sees it."),
            tongue.t("`/golden-ear free 2026-12-24` sets a date free; `/golden-ear dates` shows what is coming."),
            tongue.t("`/leaderboard @name` shows one person's points."),
            tongue.t("`/leaderboard team NAME` shows the board of the people of one team."),
            tongue.t("`/golden-ear erase` erases a person, a customer's name or a praise everywhere; points stay."),
            tongue.t("`/leaderboard export` sends you a whole board as a file."),
            tongue.t("`/rewards` also shows what waits for admins, and lets you change the catalogue."),
            tongue.t("`/golden-ear grant @ann 100 why` gives points; a minus sign before them takes some back."),
            tongue.t("`/pulse questions` shows what the pulse asks, and lets you add, choose and rest questions."),
            tongue.t(
                "`/golden-ear settings` changes channel, times, language and all else; `audit` says who did what."
            ),
        ]
    return [section(phrases.lines(*said))] if said else []


def _private(tongue: Tongue, member: Member) -> list[Block]:
    said = (
        tongue.t("Praise of you stays private: words and points reach you, the channel gets nothing.")
        if member.keeps_private
        else tongue.t("Praise of you is shown in the praise channel. If you would rather have it to yourself, say so:")
    )
    return [section(said), actions(praise.private_button(member))]


def usage(language: str) -> Message:
    """How `/golden-ear` is written."""
    tongue = speak(language)
    return say(
        tongue,
        section(tongue.t("I did not understand that. Nothing was changed.")),
        section(tongue.t("`/golden-ear help` says what you can do here.")),
        section(tongue.t("`/golden-ear economy` shows how thanks go round.")),
        section(tongue.t("Leads also write `/golden-ear pick`.")),
        section(tongue.t("Admins also write `preview`, `dates`, or `free`, `working` or `ordinary` with a date.")),
        section(tongue.t("`/golden-ear settings` and `/golden-ear audit` are for admins too.")),
        section(tongue.t("Admins write `grant` with a person, points and a reason, too.")),
    )
