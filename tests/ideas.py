"""Ideas as tests send and move them."""

from bot.services import suggestions as service
from bot.services.suggestions import Draft, MovedOn, Sent
from tests.office import Office, slack_id

SHELF = Draft("A shelf for umbrellas", "Guests drip on the floor. A shelf helps.", "Two slipped.", "both", "rules")


def send(office: Office, who: str = "ann", draft: Draft = SHELF) -> Sent:
    return office.do(service.send, slack_id(who), draft)


def move(office: Office, who: str, idea: str, *states: str, reason: str = "") -> MovedOn:
    """Move an idea from the state in which it is to one after the other."""
    for state in states:
        was = office.do(service.existing, idea).state
        moved = office.do(service.move, slack_id(who), idea, state, was=was, reason=reason)
    return moved


def done(office: Office, who: str = "ann") -> str:
    """An idea that was done; gives its id."""
    idea = send(office, who).suggestion.id
    move(office, "lee" if who != "lee" else "lou", idea, "accepted", "doing", "done")
    return idea
