"""Praise is erased while the shop is open, and somebody when it closes: sums and boards stay, names are gone."""

from hypothesis.stateful import precondition, rule
from sqlmodel import SQLModel

from bot.services.erasing import Order
from tests.ledger.floor import COLLEAGUES, WHICH, Floor
from tests.office import slack_id


class Erasing(Floor):
    """What an admin erases."""

    @rule(which=WHICH)
    @precondition(lambda self: self.books.praises)
    def erase_praise(self, which: int) -> None:
        """One of the praises, perhaps again: its points stay."""
        praise_id = list(self.books.praises)[-1 - which % len(self.books.praises)]
        self.erase(Order("praise", praise_id))
        told = self.books.praises[praise_id]
        told.state, told.whole = "erased", ""
        for idea in self.ideas.known.values():
            idea.erased = idea.erased or idea.praise == praise_id


def erase_somebody(shop: Floor) -> None:
    """One of those who acted; all but the names stays as it is, and doing it again changes nothing."""
    name = list(COLLEAGUES)[len(shop.books.lines) % len(COLLEAGUES)]
    order = Order("person", shop.ids[name])
    assert shop.erase(order), "nobody was erased"
    shop.looks.all()
    tables = [table.name for table in SQLModel.metadata.sorted_tables]
    held = shop.looks.holding(tables, (slack_id(name), f"{name}@example.com"))
    assert not held, f"{name} is in {', '.join(held)} yet"
    assert not shop.erase(order), "erased twice"
