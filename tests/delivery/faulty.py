"""A Slack over real sockets that can lose, refuse and delay what it is asked; it records what a channel would show."""

import asyncio
import json
from collections import defaultdict
from dataclasses import dataclass, field
from time import monotonic, time
from typing import Any

from aiohttp import web


@dataclass
class Fault:
    """What happens to one call: `accept` it or not, then answer with `status` and `body`, `reset`, or `hang`."""

    accept: bool = False
    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    reset: bool = False
    hang: float = 0.0


def refused(code: str) -> Fault:
    return Fault(body={"ok": False, "error": code})


class FaultySlack:
    """`faults[method]` are used up one a call; without any, Slack is well. `posts` is what can be seen."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.calls: list[tuple[float, str, dict[str, Any]]] = []
        self.replies: list[dict[str, Any]] = []
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.uploads: dict[str, bytes] = {}
        self.upload_headers: dict[str, str] = {}
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._serial = 0

    async def __aenter__(self) -> "FaultySlack":
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._serve)
        app.router.add_post("/answers/{id}", self._serve)
        app.router.add_post("/upload/{id}", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def count(self, method: str) -> int:
        return sum(name == method for _, name, _ in self.calls)

    def keys(self) -> list[str]:
        return [post["metadata"]["event_payload"]["key"] for post in self.posts]

    def texts(self) -> list[str]:
        return [post.get("text", "") for post in self.posts]

    def post(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """What chat.postMessage does when it is well."""
        self._serial += 1
        channel = arguments["channel"]
        place = f"D{channel[1:]}" if channel.startswith("U") else channel
        self.posts.append({**arguments, "channel": place, "ts": f"{time():.3f}{self._serial:03d}"})
        return {"ok": True, "channel": place, "ts": self.posts[-1]["ts"]}

    def ticket(self, length: int) -> dict[str, Any]:
        """Where the bytes of a file go, and its id."""
        self._serial += 1
        return {"ok": True, "upload_url": f"{self.url}upload/F{self._serial}", "file_id": f"F{self._serial}"}

    def _finish(self, arguments: dict[str, Any]) -> dict[str, Any]:
        (file,) = arguments["files"]
        if file["id"] not in self.uploads:
            return {"ok": False, "error": "file_not_found"}
        content = self.uploads.pop(file["id"])
        self.post({"channel": arguments["channel_id"], "content": content, "file": file["id"]})
        return {"ok": True, "files": [file]}

    def _info(self, file_id: str) -> dict[str, Any]:
        found = [post for post in self.posts if post.get("file") == file_id]
        if not found:
            return {"ok": False, "error": "file_not_found"}
        return {"ok": True, "file": {"shares": {"private": {found[0]["channel"]: [{"ts": found[0]["ts"]}]}}}}

    async def _take(self, request: web.Request) -> web.StreamResponse:
        self.calls.append((monotonic(), "upload", {}))
        self.upload_headers = dict(request.headers)
        fault = self.faults["upload"].pop(0) if self.faults["upload"] else Fault(accept=True)
        content = await request.read()
        if fault.accept:
            self.uploads[request.match_info["id"]] = content
        return await self._answer(request, fault, {"ok": True})

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info.get("method", "response_url")
        body = await request.text()
        arguments = {**request.query, **(json.loads(body) if body else {})}
        self.calls.append((monotonic(), method, arguments))
        fault = self.faults[method].pop(0) if self.faults[method] else Fault(accept=True)
        answer = self._act(method, arguments) if fault.accept else {"ok": False}
        return await self._answer(request, fault, answer)

    async def _answer(self, request: web.Request, fault: Fault, answer: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(fault.hang)
        if fault.reset:
            assert request.transport is not None
            request.transport.abort()
        body = json.dumps(answer if fault.body is None else fault.body)
        if isinstance(fault.body, str):
            body = fault.body
        return web.Response(text=body, status=fault.status, headers=fault.headers, content_type="application/json")

    def _act(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "chat.postMessage":
                return self.post(arguments)
            case "chat.update":
                post = next(post for post in self.posts if post["ts"] == arguments["ts"])
                post.update(arguments)
                return {"ok": True, "channel": post["channel"], "ts": post["ts"]}
            case "chat.delete":
                self.posts = [post for post in self.posts if post["ts"] != arguments["ts"]]
            case "conversations.open":
                return {"ok": True, "channel": {"id": f"D{arguments['users'][1:]}"}}
            case "conversations.history" | "conversations.replies":
                return self._history(arguments)
            case "files.getUploadURLExternal":
                return self.ticket(int(arguments["length"]))
            case "files.completeUploadExternal":
                return self._finish(arguments)
            case "files.info":
                return self._info(arguments["file"])
            case "response_url":
                self.replies.append(arguments)
        return {"ok": True}

    def _history(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """One message a page: whoever reads only the first page finds only the newest."""
        thread, offset = arguments.get("ts"), int(arguments.get("cursor", 0))
        found = [
            post
            for post in reversed(self.posts)
            if post["channel"] == arguments["channel"]
            and post.get("thread_ts") == thread
            and post["ts"] > arguments["oldest"]
        ]
        shown = found[offset : offset + 1]
        if arguments.get("include_all_metadata") != "1":
            shown = [{**post, "metadata": None} for post in shown]
        cursor = str(offset + 1) if offset + 1 < len(found) else ""
        return {"ok": True, "messages": shown, "response_metadata": {"next_cursor": cursor}}
