"""The shapes of what Slack sends, as docs.slack.dev has them: only the fields that the bot or Bolt reads.

A field's kind is a tuple of types, a pattern, an object's own shape, or a list of such objects.
A `?` behind its name: it may be absent or null.
"""

import re
from collections.abc import Mapping
from typing import Any

Payload = dict[str, Any]

TS = re.compile(r"\d{1,16}(\.\d{1,9})?")
ID = re.compile(r"[A-Z0-9]{1,64}")
TEXT, OBJECT, NAMED = (str,), (dict,), (str, dict)

COMMON: Payload = {
    "type?": TEXT,
    "team?": NAMED,
    "user?": NAMED,
    "channel?": NAMED,
    "enterprise?": NAMED,
    "view?": {
        "id?": TEXT,
        "type?": TEXT,
        "hash?": TEXT,
        "state?": {"values?": OBJECT},
        "callback_id?": TEXT,
        "private_metadata?": TEXT,
        "root_view_id?": TEXT,
    },
    "item?": OBJECT,
    "message?": OBJECT,
    "previous_message?": OBJECT,
    "assistant_thread?": OBJECT,
    "function_data?": OBJECT,
    "container?": OBJECT,
    "authorizations?": [{}],
    "response_urls?": [{}],
    "team_id?": TEXT,
    "user_id?": TEXT,
    "channel_id?": TEXT,
    "enterprise_id?": TEXT,
    "trigger_id?": TEXT,
    "response_url?": TEXT,
    "callback_id?": TEXT,
}
COMMAND: Payload = {
    "command": re.compile(r"/\S{1,31}"),
    "team_id": ID,
    "user_id": ID,
    "channel_id": ID,
    "trigger_id": TEXT,
}
COMMAND_FIELDS = COMMAND.keys() | {
    "api_app_id",
    "team_domain",
    "enterprise_id",
    "enterprise_name",
    "channel_name",
    "user_name",
    "text",
    "response_url",
    "is_enterprise_install",
}
EVENT: Payload = {"event_id": TEXT, "team_id": ID, "event": {**COMMON, "type": TEXT, "event_ts?": TS, "ts?": TS}}
REACTION: Payload = {
    "user": ID,
    "item_user?": ID,
    "reaction": TEXT,
    "event_ts": TS,
    "item": {"type": TEXT, "channel?": ID, "ts?": TS},
}
MEMBER: Payload = {
    "user": {
        "id": ID,
        "team_id?": ID,
        "enterprise_user?": {"teams?": (list,)},
        "profile?": {"display_name?": TEXT, "real_name?": TEXT, "email?": TEXT, "bot_id?": TEXT},
        "deleted?": (bool,),
        "is_bot?": (bool,),
        "is_admin?": (bool,),
        "is_owner?": (bool,),
        "is_restricted?": (bool,),
        "is_ultra_restricted?": (bool,),
        "is_stranger?": (bool,),
        "name?": TEXT,
        "real_name?": TEXT,
        "tz?": TEXT,
        "locale?": TEXT,
        "updated?": (int,),
    }
}
MEMBERSHIP: Payload = {"user": ID, "channel": ID}
EVENTS: Mapping[str, Payload] = {
    "reaction_added": REACTION,
    "reaction_removed": REACTION,
    "user_change": MEMBER,
    "team_join": MEMBER,
    "member_joined_channel": MEMBERSHIP,
    "member_left_channel": MEMBERSHIP,
    "app_home_opened": {"user": ID, "tab?": TEXT},
}
VIEW: Payload = {
    "id": TEXT,
    "type": TEXT,  # Bolt looks for it in every form that is sent
    "callback_id": TEXT,
    "hash?": TEXT,
    "root_view_id?": TEXT,
    "private_metadata?": TEXT,
    "state?": {"values?": OBJECT},  # block id -> action id -> field
}
PRESSED: Payload = {
    "type": TEXT,
    "action_id": TEXT,
    "block_id?": TEXT,
    "value?": TEXT,
    "action_ts": TS,
    "selected_option?": {"value": TEXT},
    "selected_conversation?": TEXT,
    "selected_time?": TEXT,
    "selected_user?": TEXT,
}
MESSAGE: Payload = {
    "ts": TS,
    "thread_ts?": TS,
    "user?": TEXT,
    "text?": TEXT,
    "blocks?": [{}],  # what stands in them is read with care (bot/rules/messages.py)
    "attachments?": [{}],
}
INTERACTIONS: Mapping[str, Payload] = {
    "block_actions": {"trigger_id": TEXT, "actions": [PRESSED]},
    "view_submission": {"view": VIEW},
    "block_suggestion": {"action_id": TEXT, "block_id": TEXT, "value": TEXT},
    "shortcut": {"callback_id": TEXT, "trigger_id": TEXT},
    "message_action": {
        "callback_id": TEXT,
        "trigger_id": TEXT,
        "team?": {"domain?": TEXT},
        "channel": {"id": ID},
        "message": MESSAGE,
    },
}
