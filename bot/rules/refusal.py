"""The one exception that a rule or service raises when a person asks for what cannot be done."""


class Refusal(Exception):
    """What was asked for is refused; whatever the transaction did so far is rolled back.

    Takes a stable `code`, for which `bot.views.refusals` has words in every language, and the `facts` that those
    words mention (numbers, dates, ids of people; never a person's own text, so that it may be logged).
    `field` names the field of a form to which the refusal belongs, if there is one.
    """

    def __init__(self, code: str, *, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class Unavailable(Refusal):
    """Slack did not answer what had to be known first; an event is not acknowledged then, so that it comes again."""
