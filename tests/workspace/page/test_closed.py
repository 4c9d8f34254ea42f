"""The page is closed: what it may not do is refused by the browser, and noticed by these tests."""

from tests.workspace.page.window import Window

ELSEWHERE = "http://192.0.2.1/"
"""An address that belongs to nobody (RFC 5737)."""


async def test_a_request_to_anybody_else_is_refused_and_noticed(window: Window) -> None:
    refused = await window.page.evaluate(f"fetch('{ELSEWHERE}').then(() => false, () => true)")
    assert refused and window.complaints and "Content Security Policy" in window.complaints[0]
    window.complaints.clear()
    assert set(window.elsewhere) <= {ELSEWHERE}
    window.elsewhere.clear()


async def test_markup_with_a_script_or_a_style_of_its_own_is_refused_and_noticed(window: Window) -> None:
    for markup in ('<img src="x:" onerror="document.title = 1">', '<p style="color: red">red</p>'):
        await window.page.evaluate("markup => document.getElementById('toasts').innerHTML = markup", markup)
        await window.page.wait_for_function("() => true")
    assert "Golden Ear" in await window.page.title()
    assert sum("Content Security Policy" in one for one in window.complaints) >= 2, window.complaints
    window.complaints.clear()
    window.elsewhere.clear()
