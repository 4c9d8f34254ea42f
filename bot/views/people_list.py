"""Why a row of the list of people is not taken: in English, for whoever keeps the list."""

from collections.abc import Mapping

from bot.services.people_list import MAX_TEXT, Unclear

_REASONS: Mapping[str, str] = {
    "bad_text": f"is longer than {MAX_TEXT} characters, or holds one that cannot be shown",
    "bad_slack_id": "must be a Slack id such as U0123ABCDEF",
    "bad_email": "must be an e-mail address",
    "unknown_role": "must be employee, lead, admin or nothing",
    "nobody_named": "a name, an e-mail address or a Slack id is needed",
    "unknown_slack_id": "nobody here has this Slack id",
    "no_part": "this account takes no part here: a bot, a guest, somebody who has left or is of another workspace",
    "unknown_email": "nobody here has this e-mail address; give a name to write them down without a Slack account",
    "two_people": "is the address of somebody else, not of the person with this Slack id",
    "several_names": "several people without a Slack account have this name; give the e-mail address",
    "joined_since": "has a Slack account now; give the Slack id",
    "namesake": "somebody with a Slack account has this name; give their Slack id, or tell the two apart by the name",
    "listed_twice": "this person is in the file already",
    "nobody_without_account": "nobody without a Slack account has this name or e-mail address",
}


def reason(unclear: Unclear) -> dict[str, str]:
    """What is wrong, by the name of the column."""
    return {unclear.column: sentence(unclear)}


def sentence(unclear: Unclear) -> str:
    """What is wrong, alone."""
    return _REASONS[unclear.code]
