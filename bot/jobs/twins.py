"""A post stands once, even if a process stood still in the middle of sending it."""

from bot.desk import Desk


async def sweep(desk: Desk) -> None:
    """Look for second copies of the posts that may have one, and take them away."""
    await desk.delivery.sweep()
