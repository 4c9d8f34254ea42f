"""What the app says in an ack or through a response_url: ephemerals, posts, replacements, deletions."""

import time

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.workspace import blocks, limits, text
from bot.workspace.channels import Channel
from bot.workspace.shapes import Json, SlackError
from bot.workspace.state import Workspace
from bot.workspace.tickets import ResponseUrl

KNOWN = frozenset(
    [
        "text",
        "blocks",
        "attachments",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "metadata",
        "mrkdwn",
        "link_names",
        "parse",
        "unfurl_links",
        "unfurl_media",
    ]
)


def content(answer: Json) -> tuple[str, list[Json] | None]:
    """Give the words and judged blocks of an answer; no_text if it says nothing."""
    words = answer.get("text") or ""
    held = blocks.accepted(answer["blocks"]) if answer.get("blocks") else None
    if not isinstance(words, str) or not (words.strip() or held):
        raise SlackError("no_text")
    return words or text.words_of(held), held


def show(workspace: Workspace, answer: Json, *, user: str, channel: Channel, where: str) -> None:
    """Show an answer: ephemeral unless response_type is in_channel."""
    kind = answer.get("response_type") or "ephemeral"
    if kind not in ("ephemeral", "in_channel"):
        raise SlackError("invalid_payload")
    words, held = content(answer)
    _notice(workspace, answer, words, held, where)
    thread = answer.get("thread_ts")
    if kind == "in_channel":
        more: Json = {"thread_ts": thread} if thread else {}
        workspace.say_as_app(channel, words, held, more)
    else:
        workspace.ephemerals.show(user, channel.id, words[: limits.MESSAGE_TEXT_TRUNCATE], held, thread)


def _notice(workspace: Workspace, answer: Json, words: str, held: list[Json] | None, where: str) -> None:
    workspace.notice_pings(
        where, words, held, link_names=bool(answer.get("link_names")), parse=str(answer.get("parse") or "none")
    )


class ResponseUrlDoor:
    """Answers the POSTs to ``/hooks/<kind>/<key>``."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def handle(self, request: Request) -> Response:
        """Take one answer: 200 `ok`, 404 for a used or expired url, 400 with the reason for a bad answer."""
        key = request.path_params["key"]
        begin = time.monotonic()
        given: Json = {}
        try:
            given = await _read(request)
            url = self._workspace.response_urls.use(key)
            self._apply(url, given)
            url.uses += 1
            error = None
        except SlackError as refusal:
            error = refusal.error
        reply = _reply(error)
        self._workspace.journal.note(
            {
                "way": "from_app",
                "method": "response_url",
                "args": given,
                "ok": error is None,
                "error": error,
                "result": {"ok": error is None},
                "url": key,
                "ms": round((time.monotonic() - begin) * 1000, 2),
                "status": reply.status_code,
            }
        )
        return reply

    def _apply(self, url: ResponseUrl, answer: Json) -> None:
        original = url.message_ts is not None
        if answer.get("delete_original"):
            self._delete(url)
        elif answer.get("replace_original") and original:
            self._replace(url, answer)
        else:
            channel = self._workspace.channels.find(url.channel)
            show(self._workspace, answer, user=url.user, channel=channel, where="response_url")

    def _delete(self, url: ResponseUrl) -> None:
        place = url.channel, url.message_ts or ""
        if not (self._workspace.ephemerals.delete(*place) or self._workspace.messages.delete(*place)):
            raise SlackError("message_not_found")

    def _replace(self, url: ResponseUrl, answer: Json) -> None:
        """Put the answer in the place of the message that was clicked; it stays ephemeral or public as it was."""
        words, held = content(answer)
        _notice(self._workspace, answer, words, held, "response_url replace_original")
        kept = self._workspace.ephemerals if url.ephemeral else self._workspace.messages
        if not kept.rewrite(url.channel, url.message_ts or "", words, held):
            raise SlackError("message_not_found")


async def _read(request: Request) -> Json:
    try:
        given = await request.json()
    except ValueError:
        raise SlackError("invalid_payload") from None
    if not isinstance(given, dict) or set(given) - KNOWN:
        raise SlackError("invalid_payload")
    return given


def _reply(error: str | None) -> Response:
    if error is None:
        return PlainTextResponse("ok")
    if error in ("used_url", "expired_url", "no_service"):
        return JSONResponse({"ok": False, "error": error}, status_code=404)
    return PlainTextResponse(error, status_code=400)
