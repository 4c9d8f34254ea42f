"""Rounds for tests: a company of many people in teams, a question, and a round that is open among them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.rules import atoms
from bot.rules.questions import Question
from bot.sealing import Key, Keys
from bot.services import closing, mixing, voting
from bot.services.mixing import Contents
from storage import ballots, models, surveys
from storage.ballots import Kept
from storage.invitations import Invited
from storage.people import Member
from storage.surveys import Survey
from tests.office import TEAM, Office

QUESTION = Question("clarity-goals", "clarity", "agree", "up", {"en": "I know.", "zh-Hant": "我知道。"})


class Round:
    """One round in an office: people of teams, named `team0`, `team1` …, who answer and comment.

    It goes the way of the jobs, without their loop: what one transaction does there is one here.
    """

    def __init__(self, office: Office, folder: Path, teams: Mapping[str, int], **settings: Any) -> None:
        self.office, self.keys = office, Keys(folder / "keys")
        self.people: dict[str, list[str]] = {
            team: [f"{team}{number}".lower() for number in range(count)] for team, count in teams.items()
        }
        everybody = [name for names in self.people.values() for name in names]
        office.enrol(*everybody)
        self.segment = {name: at for at, names in enumerate(self.people.values()) for name in names}
        self.members: dict[str, Member] = {name: office.member(name) for name in everybody}
        self.survey = self._opened(settings)

    def _opened(self, settings: Mapping[str, Any]) -> Survey:
        asked_in = {at: len(names) for at, names in enumerate(self.people.values())}
        survey_id, now = models.new_id(), self.office.now
        survey = Survey(
            id=survey_id,
            local_date=now.date(),
            state="open",
            opens_at=now,
            closes_at=now + timedelta(days=2),
            question=QUESTION,
            cuts=atoms.by_priority({team: [at] for at, team in enumerate(self.people)}, asked_in),
            asked_in=asked_in,
            people_in=asked_in,
            population=sum(asked_in.values()),
            asked=sum(asked_in.values()),
            least=5,
            least_comments=10,
            batch=10,
            public_key=self.keys.create(survey_id),
            secret="ab" * 32,
        )
        survey = replace(survey, **settings)
        invited = [Invited(self.members[name].id, self.segment[name], now) for name in self.members]
        assert self.office.run(surveys.open_one, TEAM, survey, invited)
        return survey

    @property
    def id(self) -> str:
        return self.survey.id

    @property
    def closes_at(self) -> datetime:
        return self.survey.closes_at

    def stored(self) -> Survey:
        found = self.office.run(surveys.get, self.id)
        assert found
        return found

    def answer(self, name: str, value: str) -> None:
        self.office.do(voting.answer, self.members[name].slack_id, self.id, value)

    def comment(self, name: str, words: str, receipt: str = "") -> None:
        self.office.do(voting.comment, self.members[name].slack_id, self.id, words, receipt)

    def all_answer(self, team: str, values: Sequence[str]) -> None:
        """The first people of a team answer, one with each value."""
        for name, value in zip(self.people[team], values, strict=False):
            self.answer(name, value)

    @property
    def key(self) -> Key:
        found = self.keys.find(self.id, self.survey.public_key)
        assert found
        return found

    def mix(self, left: int = 0) -> int:
        """Mix once; gives how many answers were sealed again."""
        found = self.office.do(mixing.pool, left={self.id: left})
        if found is None:
            return 0
        mixed = 0
        for tags in found.drawn:
            batch = mixing.batch(self.key, found.survey, self.office.run(mixing.envelopes, found.survey, tags))
            mixed += len(batch.tags) * self.office.do(mixing.put_back, found.survey, batch) if batch else 0
        return mixed

    def opened(self, kept: Kept) -> list[Contents]:
        """What the key opens of boxes of one kind."""
        return list(mixing.opened(self.key, self.office.run(ballots.boxes, self.id, kept)).values())

    def mixed(self) -> closing.Counts:
        """The answers that were mixed, opened with the key and counted."""
        return closing.counted(self.survey, self.opened("mixed"))

    def close(self) -> None:
        """Let its time be over, and close it to the end."""
        self.office.now = max(self.office.now, self.closes_at)
        self.office.do(closing.begin, self.id)
        opens = self.office.run(closing.may_be_opened, self.stored())
        mixed, sealed, comments = (self.opened(kept) if opens else [] for kept in ("mixed", "answer", "comment"))
        counts = closing.counted(self.survey, [*mixed, *sealed])
        assert self.office.do(closing.close, self.id, counts, comments)
        self.tidy()

    def tidy(self) -> None:
        """Destroy what is left of it."""
        self.keys.destroy(self.id)
        while not self.office.run(closing.destroy, self.id):
            pass
        while not self.scrub():
            pass
        self.office.run(closing.finish, self.id)

    def scrub(self) -> bool:
        from storage.scrubbing import scrub

        return scrub(self.office.database.engine)
