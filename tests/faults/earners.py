"""The praised of a crash run: it was not they, and it goes on to a colleague; or they had help."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from tests.faults.crowd import Crowd
from tests.faults.truth import HANDLES, Deed

NEWEST = 25
LONGEST = timedelta(days=20)
"""After 30 days a praise stays with whom it names."""


@dataclass
class Earners:
    """The crowd, with the buttons below the words that reached them. Each presses one below each praise."""

    crowd: Crowd
    _pressed: set[tuple[str, str]] = field(default_factory=set)

    async def hand_on(self) -> None:
        """*It was not me*, and the right colleague."""
        if (chosen := self._chosen()) is None:
            return
        praise, actor, others = chosen
        view = await self._form(praise, actor, "praise_not_me", "praise_hand_on_form")
        receiver = self.crowd.dice.choice(others)
        if view and self.crowd.truth.may_hand_on(praise.actor, receiver):
            deed = self.crowd.truth.deed("hand-on", actor, (receiver,), of=praise.token)
            await self.crowd.insist(deed, lambda: self.crowd.people.submit(actor, view, {"person": receiver}))

    async def name_helper(self) -> None:
        """*I had help*, and whose."""
        if (chosen := self._chosen()) is None:
            return
        praise, actor, others = chosen
        view = await self._form(praise, actor, "praise_had_help", "praise_help_form")
        if view:
            helper = self.crowd.dice.choice(others)
            deed = self.crowd.truth.deed("help", actor, (helper,), of=praise.token)
            await self.crowd.insist(deed, lambda: self.crowd.people.submit(actor, view, {"people": [helper]}))

    def _chosen(self) -> tuple[Deed, str, list[str]] | None:
        """A praise of late, one of the praised, and the colleagues that have nothing to do with it."""
        crowd, truth = self.crowd, self.crowd.truth
        late = [*truth.told("praise")[-NEWEST:], *truth.told("intake")[-NEWEST:]]
        praise = crowd.choice([one for one in late if truth.today - one.day < LONGEST])
        if praise is None or not crowd.wishful():
            return None
        actor = crowd.dice.choice(praise.people)
        concerned = {praise.actor, *praise.people, *(name for deed in truth.about(praise) for name in deed.people)}
        others = [one for one in HANDLES if one not in concerned]
        if (praise.token, actor) in self._pressed or not others:
            return None
        self._pressed.add((praise.token, actor))
        return praise, actor, others

    async def _form(self, praise: Deed, actor: str, action_id: str, callback_id: str) -> str:
        """Press a button in the message that brought the words; gives the form's id, or nothing."""
        crowd = self.crowd
        for message in await crowd.people.dms(actor):
            if message["by_app"] and praise.token in message["text"] and action_id in json.dumps(message):
                press = partial(crowd.people.click, actor, message["channel"], message["ts"], action_id)
                return await crowd.form(actor, press, callback_id)
        return ""
