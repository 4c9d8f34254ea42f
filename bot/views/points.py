"""A person's own points."""

from bot.rules.points import Account, Deed
from bot.services.points import Purse, Statement
from bot.views import kudos, leaderboards, phrases
from bot.views.blocks import Block, Cell, data_table, header, say, section
from bot.views.tongue import Tongue, mark, speak
from storage.outbox import Message
from storage.points import Line

DEEDS: dict[Deed, str] = {
    "praise": mark("A customer's praise"),
    "help": mark("Help with what a customer praised"),
    "kudos": mark("Kudos from a colleague"),
    "idea": mark("An idea that was accepted"),
    "solved": mark("A major problem solved"),
    "correction": mark("Correction by an admin"),
    "redeem": mark("A reward"),
    "fund": mark("A project of the innovation fund"),
    "settle": mark("Settled when leaving"),
}


def statement(statement: Statement, language: str) -> Message:
    """Balance, this month, what is left to give, and the last entries."""
    tongue = speak(language)
    return say(
        tongue,
        section(
            phrases.lines(
                _balance(tongue, statement.account),
                tongue.t("This month you earned {points}.", points=phrases.points(tongue, statement.month)),
                leaderboards.own_past(tongue, "points", statement.past),
                kudos.left(tongue, statement.left, lead=statement.person.leads),
            )
        ),
        *_entries(tongue, statement),
        phrases.thanks_not_pay(tongue),
    )


def _balance(tongue: Tongue, account: Account) -> str:
    held = tongue.t("{points} of it wait for a reward.", points=phrases.points(tongue, account.held))
    debt = tongue.t(
        "{points} were taken back after you spent them; the next ones you earn settle that.",
        points=phrases.points(tongue, account.debt),
    )
    return phrases.lines(
        tongue.t("You have {points}.", points=phrases.points(tongue, account.balance)),
        held if account.held else "",
        debt if account.debt else "",
    )


def home_section(tongue: Tongue, purse: Purse) -> list[Block]:
    """One's own points in Home, beside one's own past."""
    month, before = phrases.points(tongue, purse.month), phrases.points(tongue, purse.last_month)
    earned = tongue.t("This month you earned {points}, last month {before}.", points=month, before=before)
    best = ""
    if purse.best_week:
        week, most = tongue.day(purse.best_week[0]), phrases.points(tongue, purse.best_week[1])
        best = tongue.t("Your best week began on {day}: {points}.", day=week, points=most)
    none = tongue.t("Your first points will come with a kind word of a customer or a colleague.")
    return [
        header(tongue.t("Your points")),
        section(
            phrases.lines(
                _balance(tongue, purse.account),
                earned if purse.month or purse.last_month else "",
                best or none,
                kudos.left(tongue, purse.left, lead=purse.person.leads),
            )
        ),
        phrases.thanks_not_pay(tongue),
    ]


def _entries(tongue: Tongue, statement: Statement) -> list[Block]:
    if not statement.lines:
        return [section(tongue.t("No entries yet. The first kind word of a customer will stand here."))]
    head = (tongue.t("Day"), tongue.t("What for"), tongue.t("Points"))
    caption = tongue.n("Your last entry", "Your last {count} entries", len(statement.lines))
    rows = [_row(tongue, line) for line in statement.lines]
    return [data_table(caption, head, rows, page_size=10, row_header_column_index=0)]


def _row(tongue: Tongue, line: Line) -> tuple[Cell, ...]:
    deed = tongue.t(DEEDS[line.deed])
    said = tongue.t("{deed}, taken back", deed=deed) if line.reverses else deed
    return tongue.short_day(line.counts_on), said, (line.amount, tongue.signed(line.amount))
