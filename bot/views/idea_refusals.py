"""Words for the refusals of ideas; `bot.views.refusals` speaks them."""

from collections.abc import Mapping

from bot.views.tongue import mark

WORDS: Mapping[str, str] = {
    # writing one
    "idea_text_missing": mark("There are no words yet. A few are enough."),
    "idea_text_too_long": mark("That is too long: {length} characters, and {most} fit. Nothing was sent."),
    "unknown_gains": mark("Please choose from the list who gains."),
    "unknown_wall": mark("Please choose one of the walls on the list, or none."),
    # backing and moving one
    "no_such_idea": mark("This idea is not there. Nothing was changed."),
    "idea_own": mark("This idea is yours: you stand behind it already, and others can back it. Nothing was changed."),
    "idea_settled": mark("This idea is settled already, so nobody can back it any more. Nothing was changed."),
    "idea_own_review": mark("Nobody decides on their own idea. Please leave it to another lead or admin."),
    "idea_moved": mark("Somebody moved this idea meanwhile, so nothing was changed. Please open it again."),
    "idea_no_way": mark("From where it stands the idea cannot go there. Nothing was changed."),
    # what came of one
    "idea_not_done": mark("This idea is not done yet. Nothing was changed."),
    "idea_own_credit": mark("This idea is yours. Please let a colleague say what came of it. Nothing was changed."),
    "may_not_credit": mark(
        "Only leads, admins and the one who recorded the praise may link it to an idea. Nothing was changed."
    ),
    "credit_too_early": mark("This happened before the idea was done. Please choose later praise."),
    "credit_known": mark("This praise is linked to the idea already. Nothing was added."),
    "solver_self": mark("Nobody confirms what they solved themselves. Please leave it to another lead or admin."),
    # without a name
    "unknown_signature": mark("Please choose from the list how the idea is sent."),
    "letters_closed": mark("Ideas without a name cannot be taken at this moment. Please send it again in a minute."),
    "letters_full": mark("So many ideas wait for the morning that no more fit. Please send it tomorrow."),
    "no_such_receipt": mark(
        "I know no idea with this code. Please check it; an idea that was just sent comes on the next working morning."
    ),
    "idea_has_name": mark("This idea has a name by now. Nothing was changed."),
    "claim_reviewed": mark("You had a hand in what became of this idea, so you cannot claim it. Nothing was changed."),
    "solved_known": mark("They have the points for it already, and once is all. Nothing was added."),
}
