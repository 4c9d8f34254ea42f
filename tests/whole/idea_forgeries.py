"""Payloads about ideas, for acts that nobody could do by clicking."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from bot.rules import letters
from bot.services import suggestions
from bot.services.suggestions import Draft
from bot.workspace import staff
from tests.whole import forged
from tests.whole.house import House

Payloads = dict[str, tuple[str, dict[str, Any]]]
COMMANDS = {"/suggest": "umbrellas", "/ideas": "lift"}
CODE = "code-that-nobody-else-has"
SHOWING = (
    *COMMANDS,
    "idea_ask",
    "idea_by_state",
    "idea_by_team",
    "idea_by_wall",
    "idea_claim",
    "idea_code",
    "idea_code_form",
    "idea_credit",
    "idea_leaf",
    "idea_move",
    "idea_open",
    "idea_solved",
    "idea_suggest",
    "idea_typed",
    "praise_idea",
    "suggest_improvement",
)
"""What changes no row."""
FOR_LEADS = (
    "idea_ask",
    "idea_ask_form",
    "idea_by_state",
    "idea_by_team",
    "idea_by_wall",
    "idea_leaf",
    "idea_move_form",
    "idea_solved_form",
)
"""What is refused to whoever leads nobody."""


@dataclass(frozen=True)
class Ideas:
    """An idea of Ling that waits for an answer, one of Hao that was done, and one without a name. Behind `CODE` is
    another one."""

    waiting: str
    done: str
    unnamed: str = "f" * 32


def kept(house: House) -> Ideas:
    """Store both, and let the second one be done."""
    desk = house.bot.desk
    assert desk is not None
    company, now = desk.company, house.bot.clock.now()

    def send(who: str, title: str) -> str:
        draft = Draft(title, "It would help.")
        sent = house.database.write_now(
            lambda session: suggestions.send(session, company, forged.slack_id(who), draft, now=now)
        )
        return sent.suggestion.id

    waiting, done = send("ling", "A shelf for umbrellas"), send("hao", "Quieter lifts")
    for was, becomes in (("new", "accepted"), ("accepted", "done")):
        house.database.write_now(
            lambda session, was=was, becomes=becomes: suggestions.move(  # type: ignore[misc]
                session, company, "U0SAM00000", done, becomes, was=was, now=now
            )
        )
    draft = suggestions.checked(Draft("Without a name", "It would help."), None)
    receipts = (letters.digest(CODE, company.workspace_id), "no code of anybody")
    unnamed = [
        house.database.write_now(
            lambda session, receipt=receipt: suggestions.keep(  # type: ignore[misc]
                session, company, replace(draft, receipt=receipt), now=now
            )
        ).suggestion.id
        for receipt in receipts
    ]
    return Ideas(waiting, done, unnamed[-1])


def payloads(house: House, user: str, ideas: Ideas, praises: tuple[str, str], team: str = staff.TEAM_ID) -> Payloads:
    """One payload for each listener of ideas but the commands, by its name; `praises` are two that can be credited."""
    presses = {"idea_back": f"on:{ideas.waiting}", "idea_open": ideas.waiting, "idea_typed": "umbrellas",
               "idea_solved": ideas.done, "idea_credit": ideas.done, "idea_code": "code", "idea_claim": "claim",
               "idea_ask": ideas.unnamed, "idea_leaf": "8:review:::\n", "idea_suggest": "suggest"}  # fmt: skip
    menus = {"idea_by_state": "new::", "idea_by_wall": ":front:", "idea_by_team": "::Kitchen",
             "idea_move": f"{ideas.waiting}:new:review", "praise_idea": praises[0]}  # fmt: skip
    written = {"title": "More light", "what": "Lamps at the desk.", "why": None, "gains": "both", "wall": None}
    forms: dict[str, tuple[dict, dict]] = {
        "idea_form": ({}, written),
        "idea_move_form": ({"idea": ideas.waiting, "was": "new", "becomes": "review"}, {"reason": None}),
        "idea_solved_form": ({"idea": ideas.done}, {"people": ["U0LING0000"]}),
        "idea_credit_form": ({"idea": ideas.done}, {"praise": praises[0]}),
        "idea_praise_form": ({"praise": praises[1]}, {"idea": ideas.done}),
        "idea_code_form": ({}, {"receipt": CODE}),
        "idea_word_form": ({"nonce": uuid4().hex}, {"words": "The yard.", "receipt": CODE}),
        "idea_claim_form": ({}, {"receipt": CODE}),
        "idea_ask_form": ({"idea": ideas.unnamed}, {"words": "Which door?"}),
    }
    made = {name: forged.press(house, user, name, value, team) for name, value in presses.items()}
    made |= {name: forged.choice(house, user, name, value, team) for name, value in menus.items()}
    made |= {
        name: forged.form(user, name, {"nonce": f"{name}{user}{team}", **memory}, answers, team)
        for name, (memory, answers) in forms.items()
    }
    made["suggest_improvement"] = forged.anywhere(house, user, "suggest_improvement", team)
    return {name: ("interactive", payload) for name, payload in made.items()}
