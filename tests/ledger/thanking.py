"""Kudos by command, by joining in, and by a reaction that comes and goes."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.services import kudos, reactions
from bot.services.reactions import TakenBack
from storage import messages
from tests.ledger.floor import COLLEAGUES, NAMES, REFUSED, SEVERAL, WHICH, Floor
from tests.office import TEAM, mentions, slack_id


class Thanking(Floor):
    """Acts of thanks."""

    @rule(by=NAMES, to=SEVERAL)
    def thank(self, by: str, to: list[str]) -> None:
        given = self.act(
            kudos.give, slack_id(by), mentions(*to), reason=f"for all, says <@{slack_id(by)}>", channel="CSHOP"
        )
        if given is not REFUSED:
            self.books.gave(given, COLLEAGUES[by], self.now)

    @rule(by=NAMES, which=WHICH)
    @precondition(lambda self: self.books.kudos)
    def join(self, by: str, which: int) -> None:
        ids = list(self.books.kudos)
        given = self.act(kudos.join, slack_id(by), ids[-1 - which % min(len(ids), 3)])
        if given is not REFUSED:
            self.books.gave(given, COLLEAGUES[by], self.now)

    @rule(by=NAMES, to=NAMES, late=st.sampled_from([0, 0, 0, 2, 5]))
    def react(self, by: str, to: str, late: int) -> None:
        """The kudos emoji on the one message of each author goes on, or off if it is on; or an event comes late."""
        self.hear(by, to, not self.reactions.get((by, to), (False,))[0], late)

    @rule(which=WHICH, stands=st.booleans(), late=st.sampled_from([0, 0, 2]))
    @precondition(lambda self: self.reactions)
    def react_again(self, which: int, stands: bool, late: int) -> None:
        known = list(self.reactions)
        self.hear(*known[-1 - which % min(len(known), 2)], stands, late)

    @rule(times=st.integers(2, 4))
    @precondition(lambda self: self.reactions)
    def react_restlessly(self, times: int) -> None:
        """On and off and on again, by whom it was put on first."""
        first = next(iter(self.reactions))
        for _ in range(times):
            self.hear(*first, not self.reactions[first][0], 0)

    def hear(self, by: str, to: str, stands: bool, late: int) -> None:
        self.heard += 1
        on, turns, newest, last = self.reactions.get((by, to), (False, 0, -1, ""))
        ts, message = self.heard - late, self.message_of(to)
        facts = {"stands": stands, "event_ts": f"{ts}.0", "channel": "CSHOP"}
        outcome = self.act(reactions.react, slack_id(by), slack_id(to), message, **facts)
        news = ts > newest
        gives, returns = news and stands and not on and turns < 3, news and on and not stands
        assert isinstance(outcome, TakenBack) == returns, "taken back, or not, against the rule"
        if returns:
            self.books.took_back(last)
        elif outcome is not REFUSED and outcome is not None:
            assert gives, "a reaction gave against the rule"
            turns, last = turns + 1, outcome.id
            keys = f"react:{message}:{self.company.kudos_emoji}:{self.ids[by]}:{turns}"
            self.books.gave(outcome, COLLEAGUES[by], self.now, keys)
        if news and outcome is not REFUSED:
            self.reactions[by, to] = (stands, turns, ts, last)

    def message_of(self, author: str) -> str:
        """Our id of the one message that this person wrote."""
        place = {"workspace_id": TEAM, "channel": f"C{author.upper()}", "ts": "1.0"}
        if author not in self.messages:
            self.messages[author] = self.database.write_now(lambda session: messages.identify(session, **place))
        return self.messages[author]
