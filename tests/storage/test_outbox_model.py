"""Any order of changes, sends, failures and crashes: the post stands once, and as it was last wanted."""

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlmodel import Session

from storage import claims, models, outbox
from storage.claims import Claimed
from storage.database import Database
from tests.storage.owing import REAL, change, claim, figures, owe, sent


@dataclass
class Slack:
    """What one post looks like there, by a sender that looks for it when it is unsure."""

    shown: list[str] = field(default_factory=list)
    claimed: Claimed | None = None
    time: float = REAL

    def claim(self, session: Session) -> None:
        for method in (outbox.POST, outbox.UPDATE):
            rows = claim(session, method, owner=f"{self.time}", real_now=self.time)
            if rows:
                self.claimed = rows[0]
                return

    def send(self) -> None:
        row = self.claimed
        if row is None:
            return
        if row.method == outbox.UPDATE:
            self.shown[0] = row.message["text"]
        elif not (row.unsure_since and self.shown):
            self.shown.append(row.message["text"])

    def do(self, session: Session, act: str) -> None:
        """One step: change the post, or claim, send and record it, or fail before or after it has arrived."""
        if act.isdigit():
            change(session, "k", act)
        elif act == "claim" and self.claimed is None:
            self.claim(session)
        elif act == "crash":
            self.claimed, self.time = None, self.time + claims.LEASE
        elif act == "arrive and crash":
            self.send()
            self.do(session, "crash")
        elif self.claimed is not None:
            self.finish(session, self.claimed, act)
            self.claimed = None

    def finish(self, session: Session, row: Claimed, act: str) -> None:
        found = row.method == outbox.POST and row.unsure_since and self.shown
        if found and act in ("refused", "unanswered"):  # an unsure sender looks first, and has nothing to send then
            sent(session, row)
        elif act == "refused":
            claims.mark_failed(session, row, error="x", retry_at=self.time)
        elif act == "arrived":
            self.send()
            sent(session, row)
        elif act == "unanswered":
            self.send()
            claims.mark_failed(session, row, error="x", retry_at=self.time, unsure_since=self.time)
        else:
            claims.release(session, row)


ACTS = st.sampled_from(
    ["1", "2", "3", "claim", "claim", "crash", "arrive and crash", "refused", "unanswered", "arrived", "release"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, max_size=30))
def test_in_the_end_a_post_stands_once_and_as_it_was_last_wanted(database: Database, acts: list[str]) -> None:
    with Session(database.engine) as session:
        session.execute(delete(models.Outbox))
        session.execute(delete(models.Message))
        owe(session, "k", words="0")
        slack = Slack()
        for act in [*acts, "crash", *["claim", "arrived"] * 3]:
            slack.do(session, act)
        wanted = [act for act in acts if act.isdigit()]
        assert slack.shown == [wanted[-1] if wanted else "0"]
        assert figures(session).waiting == 0
        session.rollback()
