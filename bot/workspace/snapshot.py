"""The whole state of a workspace as data, and back: whatever people see, and whatever keeps ids from coming twice.

The journal, faults and tickets of the moment are not kept: they belong to one run.
"""

import base64
from dataclasses import asdict

from bot.workspace.channels import Channel, Coming
from bot.workspace.files import File
from bot.workspace.messages import Ephemeral
from bot.workspace.shapes import Json
from bot.workspace.state import Workspace
from bot.workspace.tickets import ResponseUrl


def taken(workspace: Workspace) -> Json:
    """Give all that is kept, as JSON; it shares what it holds with the workspace, so it is written at once."""
    clock = workspace.clock
    return {
        "clock": {"offset": clock.offset, "last": clock.last},
        "people": workspace.people.kept,
        "channels": [asdict(one) for one in workspace.channels],
        "reads": [[*key, ts] for key, ts in workspace.reads.kept.items()],
        "messages": workspace.messages.kept,
        "ephemerals": [asdict(one) for mine in workspace.ephemerals.kept.values() for one in mine.values()],
        "views": workspace.views.kept,
        "files": [_file(one) for one in workspace.files.kept.values()],
        "response_urls": [asdict(one) for one in workspace.response_urls.kept.values()],
        "done": workspace.progress.done,
    }


def restored(workspace: Workspace, kept: Json) -> None:
    """Put what was kept into a fresh workspace. KeyError, TypeError, ValueError or Impossible if it is not whole."""
    people, messages, views = dict(kept["people"]), dict(kept["messages"]), dict(kept["views"])
    channels = {one["id"]: _channel(one) for one in kept["channels"]}
    reads = {(user, channel): ts for user, channel, ts in kept["reads"]}
    # a file of an earlier release holds those too that were taken away
    ephemerals = [Ephemeral(**one) for one in map(dict, kept["ephemerals"]) if not one.pop("deleted", False)]
    files = {one["id"]: _read(one) for one in kept["files"]}
    urls = {one["key"]: ResponseUrl(**one) for one in kept["response_urls"]}
    done, offset, last = list(kept["done"]), float(kept["clock"]["offset"]), int(kept["clock"]["last"])
    # all of it was there: until here nothing has changed
    workspace.views.kept = views
    workspace.people.kept, workspace.channels.kept, workspace.reads.kept = people, channels, reads
    workspace.messages.kept = messages
    for one in ephemerals:
        workspace.ephemerals.keep(one)
    workspace.files.kept, workspace.response_urls.kept = files, urls
    workspace.progress.restore(done)
    workspace.clock.resume(offset, last)


def _channel(kept: Json) -> Channel:
    return Channel(**{**kept, "comings": [Coming(**one) for one in kept["comings"]]})


def _file(file: File) -> Json:
    content = None if file.content is None else base64.b64encode(file.content).decode()
    return {**asdict(file), "content": content}


def _read(kept: Json) -> File:
    content = None if kept["content"] is None else base64.b64decode(kept["content"])
    return File(**{**kept, "content": content, "shares": [(kind, where, ts) for kind, where, ts in kept["shares"]]})
