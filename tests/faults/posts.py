"""Who was told what of a round, by "Slack": everybody once."""

from collections import Counter
from collections.abc import Iterator

from sqlmodel import Session

from bot.services import closing, results
from storage.invitations import OWED, TOLD, WAITING
from tests.faults.ballotbox import Ballot, invited
from tests.faults.voters import COMPANY


def faults(posted: Counter[str], session: Session, ballot: Ballot) -> Iterator[str]:
    """What is wrong with the posts of a round that is over: all who were asked once, those who hear of its end once."""
    survey_id = ballot.survey.id
    for person_id, state in invited(session, survey_id).items():
        asked = posted[closing.asked_key(survey_id, person_id)]
        void = posted[f"pulse_void:{survey_id}#{person_id}"]
        if asked > 1:
            yield f"doubled: somebody was asked {asked} times"
        if void != (ballot.state == "void" and state != WAITING):
            yield f"{'doubled' if void else 'lost'}: somebody was told {void} times that a round is {ballot.state}"
        if state not in (WAITING, TOLD if ballot.state == "void" else OWED):
            yield f"wrong: who was asked in a round that is {ballot.state} is {state}"
    for viewer in results.viewers(session, COMPANY):
        begins = f"pulse_result:{survey_id}:{viewer.id}:"
        times = {count for key, count in posted.items() if key.startswith(begins)}
        if times != ({1} if ballot.state == "closed" else set()):
            yield f"wrong: who hears of results got them so many times: {times or 'none'}"
