"""views.open, push, update, publish."""

from bot.workspace import view_rules
from bot.workspace.arguments import missing
from bot.workspace.shapes import Json, SlackError, copied
from bot.workspace.web_api import Call, method


def _trigger(call: Call) -> str:
    trigger = call.arguments.text("trigger_id")
    if not trigger:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["invalid `trigger_id`"]})
    return trigger


@method("views.open")
def views_open(call: Call) -> Json:
    """Open a modal in answer to an act; the trigger is used up only if the view is shown."""
    view = view_rules.accepted(call.arguments.raw("view"), "modal")
    trigger = call.workspace.triggers.check(_trigger(call))
    shown = call.workspace.views.open(trigger.user, view)
    trigger.used = True
    return {"view": copied(shown)}


@method("views.push")
def views_push(call: Call) -> Json:
    """Lay a modal on the one in which the person clicked."""
    view = view_rules.accepted(call.arguments.raw("view"), "modal")
    trigger = call.workspace.triggers.check(_trigger(call))
    if trigger.view is None or call.workspace.views.get(trigger.view) is None:
        raise SlackError("not_found")
    shown = call.workspace.views.open(trigger.user, view, after=trigger.view)
    trigger.used = True
    return {"view": copied(shown)}


@method("views.update")
def views_update(call: Call) -> Json:
    """Change an open modal, named by view_id or external_id."""
    view = view_rules.accepted(call.arguments.raw("view"), "modal", "home")
    view_id = call.arguments.text("view_id")
    if not view_id:
        external = call.arguments.text("external_id")
        if not external:
            raise missing("view_id")
        found = call.workspace.views.by_external_id(external)
        view_id = found["id"] if found else ""
    return {"view": copied(call.workspace.views.update(view_id, view, call.arguments.text("hash") or None))}


@method("views.publish")
def views_publish(call: Call) -> Json:
    """Put a Home view before one person."""
    if not call.workspace.manifest.home_tab:
        raise SlackError("not_enabled")
    view = view_rules.accepted(call.arguments.raw("view"), "home")
    user = call.workspace.people.get(call.arguments.required("user_id"))
    if user is None:
        raise SlackError("user_not_found")
    return {"view": copied(call.workspace.views.publish(user["id"], view, call.arguments.text("hash") or None))}
