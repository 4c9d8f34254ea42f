"""Words for the refusals of settings, below the field concerned; `bot.views.refusals` speaks them."""

from collections.abc import Mapping

from bot.views.tongue import mark

_POINTS = mark("Please write a whole number from 0 to 1000.")
_NO_TIME = mark("Please choose a time of the day.")

WORDS: Mapping[str, str] = {
    "setting_praise_channel": mark("Please choose a channel."),
    "setting_channel_closed": mark(
        "I am not in this channel, and cannot join it by myself: it is private, archived or not there. "
        "Write /invite @Golden Ear in it, then save again."
    ),
    "setting_quiet_hours": mark(
        "Please choose both a beginning and an end that differ, or leave both empty for no quiet hours."
    ),
    "setting_values": mark("Please write up to 10 different words without blanks or #, with commas between them."),
    "setting_kudos_emoji": mark("Please write the name that Slack shows between the colons, such as star."),
    "setting_ritual_time": _NO_TIME,
    "setting_timezone": mark("I do not know this time zone. Please choose one from the list."),
    "setting_workdays": mark("Please choose at least one day."),
    "setting_holidays": mark(
        "I have no calendar of that name. Please write a country such as TW or a region such as DE-BY, "
        "or leave it empty."
    ),
    "setting_pulse": mark("Please choose on or off."),
    "setting_pulse_days": mark("Please choose at least one day, and no two neighbours: Tuesday and Thursday, say."),
    "setting_pulse_time": _NO_TIME,
    "setting_pulse_sample": mark("Please write a number of 20 or more, or leave it empty to ask everybody."),
    "setting_support_contacts": mark("Please write up to 5 contacts, one a line, of up to 150 characters each."),
    "setting_praise_points": _POINTS,
    "setting_help_points": _POINTS,
    "setting_idea_points": _POINTS,
    "setting_solved_points": _POINTS,
    "setting_kudos_points": _POINTS,
    "setting_lead_kudos_points": _POINTS,
    "setting_kudos_daily": mark("Please write a whole number from 1 to 100."),
    "setting_lead_kudos_weekly": mark("Please write a whole number from 0 to 100."),
    "setting_keep_months": mark(
        "Please write a number of months from 3 to 120, or leave it empty to keep words for ever."
    ),
    "setting_language": mark("Please choose a language from the list."),
    "setting_leads_group": mark("Slack knows no such user group. Please choose one from the list."),
    "setting_team_groups": mark("Please choose user groups from the list."),
    "setting_admins": mark("Please choose people from Slack's list."),
    "setting_last_admin": mark("Nobody would be an admin any more. Please leave one."),
    "groups_hidden": mark("Slack does not let me see who is in this user group. Nothing was changed."),
    "setting_guests": mark("Please choose on or off."),
    "setting_leads": mark("Please choose people from Slack's list."),
    "setting_overtaken": mark(
        "Somebody else changed this while the form was open. Please open the form again to see what stands."
    ),
    "setting_team": mark("Please write the name of a team on one line, or leave it empty."),
    "ritual_name": mark("Please write one word without blanks, such as night or kyoto."),
    "ritual_there": mark("There is a ritual of that name already. Please choose another name."),
    "no_such_setting": mark("Nothing stands over the environment there. Nothing was changed."),
}
