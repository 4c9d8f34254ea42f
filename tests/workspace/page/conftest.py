"""Windows of a real browser on the page of a workspace, with the whole bot behind it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error

from tests.whole.conftest import Opening, brisk, opened, store
from tests.whole.house import House
from tests.workspace.page.browser import NONE, found, launched
from tests.workspace.page.window import LOCALES, Window

__all__ = ["brisk", "opened", "store"]  # the fixtures of the whole bot, which are those of these tests too
FAILED = pytest.StashKey[bool]()
Windows = Callable[..., Awaitable[Window]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser lives as long as the session, so its tests share one event loop."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember that a test failed, so that its windows leave a picture and a trace."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed  # type: ignore[attr-defined]
    return report


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The browser; without one the test is skipped."""
    path = found()
    if path is None:
        pytest.skip(NONE)
    async with launched(path) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def house(opened: Opening) -> AsyncIterator[House]:
    """A Monday morning at the hotel, with the whole bot over Socket Mode."""
    async with opened("socket") as house:
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def windows(
    chromium: Browser, house: House, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Windows]:
    """Opens windows on the house; at the end none may have complained, or asked anything of anybody else."""
    async with AsyncExitStack() as closing:
        made: list[Window] = []

        async def open_window(
            language: str = "en", *, width: int = 1280, height: int = 800, theme: str = "light"
        ) -> Window:
            context = await chromium.new_context(
                locale=LOCALES[language],
                timezone_id="Asia/Hong_Kong",
                color_scheme="dark" if theme == "dark" else "light",
                viewport={"width": width, "height": height},
                reduced_motion="reduce",
            )
            closing.push_async_callback(context.close)
            await context.tracing.start(snapshots=True)
            made.append(await Window.new(context, house.slack.url, language))
            return made[-1]

        yield open_window
        if request.node.stash.get(FAILED, False):
            await _kept(made, tmp_path)
        for window in made:
            assert window.complaints == [], "the browser complained"
            assert window.elsewhere == [], "the page asked somebody else"


async def _kept(windows: list[Window], folder: Path) -> None:
    """Leave what the windows showed beside what the test wrote."""
    for at, window in enumerate(windows):
        try:
            await window.page.screenshot(path=folder / f"window-{at}.png")
            await window.page.context.tracing.stop(path=folder / f"trace-{at}.zip")
        except Error as gone:
            (folder / f"window-{at}.txt").write_text(f"{gone}")
        print(f"what this window showed: {folder / f'window-{at}.png'}")


@pytest_asyncio.fixture(loop_scope="session")
async def window(windows: Windows) -> Window:
    """Aiko in the channel for praise, in English."""
    window = await windows()
    await window.open()
    return window
