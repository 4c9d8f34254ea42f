"""The names of the keys that Slack sends, as facts: what must be there, and what may be.

Sources: Slack's documented payloads (docs.slack.dev: reference of events, methods, views, interaction payloads and
Socket Mode) and the payloads in the tests and samples of slackapi/bolt-python, slackapi/python-slack-sdk and
slackapi/java-slack-sdk. Only names, no values. What must be there is what slack_bolt reads of a request, and what a bot
needs to know who did what where.

A word is a key; `key:shape` is a key whose value, or each entry of it, has that shape; `key:*` is not looked into: it
holds what the app itself sent (blocks), or ids that people chose as keys.
"""

MESSAGE = (
    "subtype text user team bot_id bot_profile:bot_profile app_id blocks:* attachments:* thread_ts parent_user_id "
    "client_msg_id edited:edited metadata:metadata reactions:reaction reply_count reply_users reply_users_count "
    "latest_reply subscribed is_locked root:message files:file upload display_as_bot"
)
CONVERSATION = (
    "name name_normalized is_channel is_group is_im is_mpim is_private is_archived is_general is_member is_shared "
    "is_ext_shared is_org_shared creator topic:note purpose:note previous_names num_members locale user "
    "is_user_deleted priority is_open unlinked is_pending_ext_shared pending_shared shared_team_ids "
    "context_team_id updated last_read"
)
USER = (
    "color real_name tz tz_label tz_offset is_admin is_owner is_primary_owner is_restricted is_ultra_restricted "
    "locale has_2fa is_email_confirmed is_stranger is_invited_user is_workflow_bot who_can_share_contact_card "
    "presence"
)
PROFILE = (
    "title phone skype fields:* real_name real_name_normalized display_name display_name_normalized first_name "
    "last_name status_text status_text_canonical status_emoji status_emoji_display_info:* status_expiration "
    "avatar_hash email pronouns start_date api_app_id bot_id always_active image_original is_custom_image "
    "image_24 image_32 image_48 image_72 image_192 image_512 image_1024 guest_invited_by"
)
VIEW = (
    "id team_id type blocks:* private_metadata callback_id state:state hash clear_on_close notify_on_close "
    "root_view_id app_id app_installed_team_id bot_id external_id"
)
REFUSAL = "error warning needed provided response_metadata:metadata_of_answer errors:* req_method"

SHAPES: dict[str, tuple[str, str]] = {
    # Socket Mode
    "hello": ("type connection_info:connection_info num_connections debug_info:debug_info", ""),
    "connection_info": ("app_id", ""),
    "debug_info": ("host", "started build_number approximate_connection_time"),
    "disconnect": ("type reason debug_info:debug_info", ""),
    "envelope": ("envelope_id type payload:* accepts_response_payload", ""),
    "event_envelope": ("envelope_id type payload:* accepts_response_payload retry_attempt retry_reason", ""),
    # the Events API
    "url_verification": ("token challenge type", ""),
    "event_callback": (
        "token team_id api_app_id event:* type event_id event_time authorizations:authorization",
        "enterprise_id authed_users authed_teams is_ext_shared_channel event_context context_team_id "
        "context_enterprise_id",
    ),
    "authorization": ("enterprise_id team_id user_id is_bot is_enterprise_install", ""),
    "message": ("type ts", MESSAGE),
    "event.message": ("type channel channel_type ts event_ts text", MESSAGE),
    "event.reaction_added": ("type user item:item reaction item_user event_ts", ""),
    "event.reaction_removed": ("type user item:item reaction item_user event_ts", ""),
    "item": ("type channel ts", ""),
    "event.user_change": ("type user:user cache_ts event_ts", ""),
    "event.team_join": ("type user:user event_ts", ""),
    "event.member_joined_channel": ("type user channel channel_type team event_ts", "inviter enterprise"),
    "event.member_left_channel": ("type user channel channel_type team event_ts", "enterprise"),
    # what people do
    "command": (
        "token team_id channel_id user_id command text response_url trigger_id api_app_id",
        "team_domain channel_name user_name enterprise_id enterprise_name is_enterprise_install",
    ),
    "team": ("id domain", "enterprise_id enterprise_name"),
    "person": ("id", "username name team_id"),
    "channel": ("id name", ""),
    "enterprise": ("id name", ""),
    "event.app_home_opened": ("type user channel tab event_ts", "view:view"),
    "block_actions": (
        "type user:person api_app_id token container:container trigger_id team:team actions:action",
        "channel:channel message:message response_url enterprise:enterprise is_enterprise_install state:state "
        "view:view",
    ),
    "container": ("type", "message_ts channel_id is_ephemeral view_id thread_ts attachment_id is_app_unfurl"),
    "action": (
        "action_id block_id type action_ts",
        "text:* value style url placeholder:* confirm:* initial_option:* selected_option:option "
        "selected_options:option selected_user selected_users initial_user selected_conversation selected_channel "
        "selected_date selected_time selected_date_time min_query_length",
    ),
    "option": ("text:text value", "description:text url"),
    "text": ("type text", "emoji verbatim"),
    "view_submission": (
        "type team:team user:person api_app_id token trigger_id view:view response_urls:response_url",
        "enterprise:enterprise is_enterprise_install",
    ),
    "view_closed": (
        "type team:team user:person api_app_id token view:view is_cleared",
        "enterprise:enterprise is_enterprise_install response_urls:response_url",
    ),
    "response_url": ("block_id action_id channel_id response_url", ""),
    "view": (
        VIEW,
        "title:text submit:text close:text previous_view_id submit_disabled response_urls:response_url",
    ),
    "state": ("values:*", ""),
    "state_entry": (
        "type",
        "value selected_option:option selected_options:option selected_user selected_users selected_conversation "
        "selected_channel selected_date selected_time selected_date_time",
    ),
    "message_action": (
        "type token action_ts team:team user:person channel:channel callback_id trigger_id message_ts message:message "
        "response_url",
        "enterprise:enterprise is_enterprise_install",
    ),
    "shortcut": (
        "type token action_ts team:team user:person callback_id trigger_id",
        "enterprise:enterprise is_enterprise_install",
    ),
    "block_suggestion": (
        "type user:person container:container api_app_id token action_id block_id value team:team view:view",
        "",
    ),
    # objects
    "bot_profile": ("id app_id name", "icons:* deleted updated team_id user_id"),
    "edited": ("user ts", ""),
    "metadata": ("event_type event_payload:*", ""),
    "reaction": ("name users count", ""),
    "note": ("value creator last_set", ""),
    "conversation": ("id", f"created {CONVERSATION}"),
    "user": ("id team_id name deleted profile:profile is_bot is_app_user updated", USER),
    "profile": ("", f"{PROFILE} team"),
    "usergroup": (
        "id team_id is_usergroup name handle date_delete",
        "description is_external is_subteam date_create date_update auto_type auto_provision created_by updated_by "
        "deleted_by prefs:prefs users user_count channel_count",
    ),
    "prefs": ("channels groups", ""),
    "cursor": ("next_cursor", ""),
    "metadata_of_answer": ("", "next_cursor messages warnings"),
    # answers of the Web API, by method
    "refusal": ("ok error", REFUSAL),
    "api.test": ("ok args:*", ""),
    "apps.connections.open": ("ok url", ""),
    "auth.test": ("ok url team user team_id user_id bot_id is_enterprise_install", "enterprise_id app_name app_id"),
    "blocks.validate": ("ok", ""),
    "chat.delete": ("ok channel ts", ""),
    "chat.postEphemeral": ("ok message_ts", ""),
    "chat.postMessage": ("ok channel ts message:message", ""),
    "chat.update": ("ok channel ts text message:message", ""),
    "conversations.history": (
        "ok messages:message has_more",
        "pin_count response_metadata:cursor channel_actions_ts channel_actions_count oldest latest",
    ),
    "conversations.info": ("ok channel:conversation", ""),
    "conversations.join": ("ok channel:conversation", "warning response_metadata:metadata_of_answer"),
    "conversations.list": ("ok channels:conversation response_metadata:cursor", ""),
    "conversations.members": ("ok members response_metadata:cursor", ""),
    "conversations.open": ("ok channel:conversation", "no_op already_open"),
    "conversations.replies": ("ok messages:message has_more", "response_metadata:cursor"),
    "files.completeUploadExternal": ("ok files:file", ""),
    "files.delete": ("ok", ""),
    "files.getUploadURLExternal": ("ok upload_url file_id", ""),
    "files.info": ("ok file:file comments", "response_metadata:cursor"),
    "tombstone": ("id mode", ""),
    "file": (
        "id title",
        "created timestamp name mimetype filetype pretty_type user editable size mode is_external external_type "
        "is_public public_url_shared display_as_bot username url_private url_private_download permalink "
        "permalink_public has_rich_preview shares:* channels groups ims comments_count",
    ),
    "reactions.add": ("ok", ""),
    "reactions.get": ("ok type channel message:linked_message", ""),
    "linked_message": ("type ts permalink", MESSAGE),
    "team.info": ("ok team:workspace", ""),
    "workspace": (
        "id name domain",
        "email_domain icon:* is_verified url avatar_base_url enterprise_id enterprise_name",
    ),
    "usergroups.list": ("ok usergroups:usergroup", ""),
    "usergroups.users.list": ("ok users", ""),
    "users.info": ("ok user:user", ""),
    "users.list": ("ok members:user cache_ts response_metadata:cursor", "offset"),
    "users.lookupByEmail": ("ok user:user", ""),
    "views.open": ("ok view:view", ""),
    "views.publish": ("ok view:view", ""),
    "views.push": ("ok view:view", ""),
    "views.update": ("ok view:view", ""),
}
