"""Words for the refusals of rewards and of points entered by hand; `bot.views.refusals` speaks them."""

from collections.abc import Mapping

from bot.views.tongue import mark

WORDS: Mapping[str, str] = {
    # asking for one
    "points_short": mark("You have {have} points to spend, and it takes {need}. Nothing was changed."),
    "no_such_reward": mark("This reward is not on offer any more. Nothing was changed."),
    "reward_sold_out": mark("None of it is left just now. Nothing was changed."),
    "reward_changed": mark("This reward changed meanwhile, so nothing was changed. Please open it again."),
    # answering
    "no_such_request": mark("This request is not there. Nothing was changed."),
    "request_not_yours": mark("This request is not yours. Nothing was changed."),
    "request_answered": mark("This request was answered already, and that answer stands. Nothing was changed."),
    "reward_own": mark("Nobody answers their own request. Please leave it to another admin."),
    # the catalogue and the fund
    "reward_text_missing": mark("There are no words yet. A few are enough."),
    "reward_text_too_long": mark("That is too long: {length} characters, and {most} fit. Nothing was changed."),
    "reward_kind": mark("Please choose from the list what kind of reward it is."),
    "reward_number": mark("Please write a whole number from {least} to {most}."),
    "rewards_many": mark("{most} rewards can be on offer at once. Please retire one first. Nothing was changed."),
    "projects_many": mark("{most} projects can be open at once. Please close one first. Nothing was changed."),
    "no_such_project": mark("This project is not there. Nothing was changed."),
    "project_over": mark("This project has ended, so nothing was changed."),
    "project_moved": mark("Others gave to this project meanwhile, so nothing was changed. Please open it again."),
    "project_changed": mark("This project changed meanwhile, so nothing was changed. Please open it again."),
    # points entered by hand
    "grant_unclear": mark(
        "Please write a person, a whole number and a reason: `/golden-ear grant @ann 100 for the night of the flood`. "
        "Nothing was changed."
    ),
    "grant_amount": mark("Please write a whole number of points, not 0 and at most {most}. Nothing was changed."),
    "grant_self": mark("Nobody gives points to themselves. Nothing was changed."),
    "grant_absent": mark("Only full members of this workspace get points by hand. Nothing was changed."),
    "grant_alone": mark(
        "More than {most} points need a second admin, and there is no other who could confirm. Nothing was changed."
    ),
    "grant_alone_today": mark(
        "Together with your other points for them today this is more than {most}, which needs a second admin, and "
        "there is no other who could confirm. Nothing was changed."
    ),
    "grant_own": mark("Another admin than the one who asked, or who would get the points, must decide this."),
    "grant_unasked": mark(
        "Whoever asked for this is no admin any more, so it can only be refused. Nothing was changed."
    ),
    "nothing_to_settle": mark("There is nothing to settle with this person. Nothing was changed."),
    "settle_how": mark("Please choose from the list how it is settled."),
    "settle_changed": mark("This balance changed meanwhile, so nothing was changed. Please open it again."),
}
NAMING: Mapping[str, str] = {
    "request_answered": mark("{by} answered this before, and that answer stands. Nothing was changed."),
}
