"""All parts of the stand-in put together, on whichever transport is chosen."""

from bot.workspace import staff
from bot.workspace.acts import Acts, outcome
from bot.workspace.answers import ResponseUrlDoor
from bot.workspace.channels import shown
from bot.workspace.clicks import Clicks
from bot.workspace.events import Events
from bot.workspace.http_delivery import HttpDelivery
from bot.workspace.modals import Modals
from bot.workspace.postman import Postman
from bot.workspace.shapes import Impossible, Json
from bot.workspace.shortcuts import Shortcuts
from bot.workspace.sight import Sight
from bot.workspace.socket_mode import SocketMode
from bot.workspace.state import Settings, Workspace
from bot.workspace.suggestions import Suggestions
from bot.workspace.trying import Trying
from bot.workspace.web_api import WebApi

KINDS = ("events_api", "slash_commands", "interactive")


class Program:
    """One workspace with its doors and its people."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.workspace = Workspace(settings)
        chosen = self.workspace.settings
        self.sockets = SocketMode(self.workspace.journal, self.workspace.socket_tickets, chosen.ack_seconds)
        self._http: HttpDelivery | None = None
        self.faults = self.workspace.faults
        self.workspace.scenes.cut = self.sockets.cut
        self.postman = Postman(self.workspace, self.sockets, self.faults)
        if chosen.request_url:
            self._over_http(chosen.request_url)
        self.events = Events(self.workspace, self.postman)
        self.workspace.emit = self.events.emit
        self.web_api = WebApi(self.workspace)
        self.response_urls = ResponseUrlDoor(self.workspace)
        self.acts = Acts(self.workspace, self.postman)
        self.clicks = Clicks(self.workspace, self.postman, self.acts)
        self.modals = Modals(self.workspace, self.postman)
        self.shortcuts = Shortcuts(self.workspace, self.postman, self.acts)
        self.suggestions = Suggestions(self.workspace, self.postman, self.clicks)
        self.sight = Sight(self.workspace, self.postman, lambda: self.sockets.connections)
        self.workspace.heard = lambda: self.postman.transport is self._http or self.sockets.connections > 0
        self.trying = Trying(self)

    async def play(self, story: str) -> Json:
        """Play a story in a workspace of its own; gives its `url`."""
        if self.workspace.stages is None:
            raise Impossible("there is no app here to play a story with; `golden-ear try` brings one")
        return await self.workspace.stages.play(story)

    def caption(self, do: str, speed: float = 1.0) -> Json:
        """Let the story that is played here pause, go_on, go to the next, or change its speed."""
        if self.workspace.captions is None:
            raise Impossible("no story is played here", "gone")
        return self.workspace.captions.handle(do, float(speed))

    async def close(self) -> None:
        """Stop delivering."""
        await self.postman.close()
        if self._http is not None:
            await self._http.close()

    async def use_http(self, url: str, verify: bool = True) -> Json:
        """Deliver by signed HTTP to this request URL from now on; with verify it must answer the challenge first."""
        http = self._over_http(url)
        if verify:
            await http.verify(self.workspace.settings.verification_token)
        return {"request_url": url}

    async def use_socket(self) -> Json:
        """Deliver over Socket Mode from now on."""
        self.postman.transport = self.sockets
        self.workspace.changes.tell("app")
        return {"request_url": None}

    async def redeliver(self, delivery: str) -> Json:
        """Deliver an event, command or act once more; gives the outcome."""
        ack = await self.postman.redeliver(delivery)
        return outcome(self.postman.deliveries[delivery], ack)

    async def send(self, kind: str, payload: Json) -> Json:
        """Deliver any payload, however wrong, properly signed: for hostile rehearsals."""
        if kind not in KINDS:
            raise Impossible(f"kind is one of {', '.join(KINDS)}")
        return outcome(*await self.postman.act(kind, f"raw {kind}", payload))

    def add_channel(
        self,
        name: str,
        private: bool = False,
        locale: str = "en-US",
        members: list[str] | None = None,
        bot: bool = False,
    ) -> Json:
        """Open a channel; the bot is a member only if asked for."""
        ids = [self.workspace.user_id(one) for one in members or []] + ([staff.BOT_USER_ID] if bot else [])
        channel = self.workspace.channels.new(name, private=private, locale=locale, members=ids)
        return shown(channel, bot=staff.BOT_USER_ID, locale=True)

    def _over_http(self, url: str) -> HttpDelivery:
        chosen = self.workspace.settings
        if self._http is None:
            self._http = HttpDelivery(chosen.signing_secret, url, chosen.ack_seconds)
        self._http.url = url
        self.postman.transport = self._http
        self.workspace.changes.tell("app")
        return self._http
