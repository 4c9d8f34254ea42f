"""A window of the browser on the workspace's page, used as people use it: by what is written on things.

Whatever the browser complains of, and whatever it asks of anybody but the workspace, is remembered and fails the test.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Route, WebSocket, expect

from bot.workspace import staff
from bot.workspace.page.words import words

LOCALES = {"en": "en-GB", "zh-Hant": "zh-TW", "zh-Hans": "zh-CN"}
PATIENCE_MS = 60_000
NAMES = {person.handle: person.name for person in (*staff.STAFF, *staff.OTHERS)}
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Window:
    """One window: somebody of the staff, somewhere, with the page in a language."""

    page: Page
    url: str
    language: str = "en"
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    told: asyncio.Event = field(default_factory=asyncio.Event)
    socket: WebSocket | None = None

    @classmethod
    async def new(cls, context: BrowserContext, url: str, language: str = "en") -> "Window":
        """A window that shows nothing yet."""
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.set_default_navigation_timeout(PATIENCE_MS)
        window = cls(page, url, language)
        page.on("console", window._said)
        page.on("pageerror", lambda error: window.complaints.append(f"{error}"))
        page.on("request", window._asked)
        page.on("websocket", window._connected)
        return window

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.elsewhere.append(request.url)

    def _connected(self, socket: WebSocket) -> None:
        if not socket.url.startswith(self.url.replace("http:", "ws:", 1) + "/"):
            self.elsewhere.append(socket.url)
            return
        self.socket = socket
        socket.on("framereceived", lambda _: self._heard(socket))

    def _heard(self, socket: WebSocket) -> None:
        if socket is self.socket:  # what an earlier page is still told says nothing of this one
            self.told.set()

    def t(self, msgid: str, **values: str) -> str:
        """What the page says for that sentence in this window's language."""
        return words(self.language).t(msgid, **values)

    # ---- going ---------------------------------------------------------------------------------------------------

    async def open(self, who: str = "aiko", at: str = staff.PRAISE_CHANNEL) -> None:
        """Open the page as somebody at a place, and wait until it is live."""
        await self.visit(f"{self.url}/?{urlencode({'as': who, 'at': at, 'lang': self.language})}")

    async def visit(self, url: str) -> None:
        """Open a page by its address, and wait until it is live."""
        self._leave()
        await self.page.goto(url)
        await self.live()

    async def reload(self) -> None:
        """Load the page anew, and wait until it is live."""
        self._leave()
        await self.page.reload()
        await self.live()

    def _leave(self) -> None:
        self.socket = None
        self.told.clear()

    async def live(self) -> None:
        """Wait until the page has been told something over its live connection."""
        async with asyncio.timeout(PATIENCE_MS / 1000):
            await self.told.wait()

    async def act_as(self, handle: str) -> None:
        """Become somebody else of the staff."""
        await self.page.locator("#acting summary").click()
        await self.page.locator("#acting").get_by_role("link", name=NAMES[handle]).click()
        await expect(self.page.locator("#acting summary")).to_contain_text(NAMES[handle])

    async def go_to(self, place: str) -> None:
        """Go to a place by its name at the side: a channel, the app's messages, Home."""
        side = self.page.get_by_role("navigation", name=self.t("Places"), exact=True)
        link = side.get_by_role("link", name=place).first
        await link.click()
        await expect(link).to_have_attribute("aria-current", "page")

    async def answer(self, pattern: str, handler: Callable[[Route], object]) -> None:
        """Answer what the page asks from now on at such addresses. Chrome tells its pages in its own time that they are
        listened to: what they ask until then goes past, so this waits until it does not."""
        listened = asyncio.Event()

        async def heard(route: Route) -> None:
            listened.set()
            await route.continue_()

        await self.page.route(pattern, handler)
        await self.page.route("**/page/static/ear.svg", heard)
        async with asyncio.timeout(PATIENCE_MS / 1000):
            while not listened.is_set():
                await self.page.evaluate("fetch('/page/static/ear.svg', { cache: 'no-store' }).then(() => null)")
        await self.page.unroute("**/page/static/ear.svg", heard)

    # ---- doing ---------------------------------------------------------------------------------------------------

    async def type(self, words: str, *, send: bool = True) -> None:
        """Write into the composer of the room, and send it."""
        composer = self.page.locator("#words")
        await composer.click()
        await composer.press_sequentially(words)
        if send:
            await self.press(self.t("Send"))

    async def press(self, name: str, within: Locator | None = None) -> None:
        """Press the button of that name."""
        await (within or self.page).get_by_role("button", name=name, exact=True).last.click()

    async def react(self, message: Locator, emoji: str) -> None:
        """Press a reaction that a message has already: gives it, or takes it back."""
        await message.locator(f'[data-act="react"][data-emoji="{emoji}"]').click()

    async def fill(self, label: str, value: str) -> None:
        """Fill a field of the form by its label."""
        await self.form().get_by_label(label).first.fill(value)

    async def submit(self) -> None:
        """Send the form in front."""
        await self.form().locator('button[type="submit"]').click()

    # ---- seeing --------------------------------------------------------------------------------------------------

    def form(self) -> Locator:
        """The form in front of all others."""
        return self.page.get_by_role("dialog").last

    def messages(self) -> Locator:
        """All messages of the room."""
        return self.page.locator("#messages > li[data-ts]")

    def message(self, words: str | re.Pattern[str]) -> Locator:
        """The newest message with these words."""
        return self.messages().filter(has_text=words).last

    async def sees(self, words: str | re.Pattern[str]) -> Locator:
        """Wait for a message with these words; gives it."""
        message = self.message(words)
        await expect(message).to_be_visible()
        return message
