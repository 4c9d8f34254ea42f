"""The load: so many connections, each sending its next praise when the last one was answered. A process of its own.

    python -m tests.bench.load PORT CONNECTIONS SECONDS FIRST MOST

It ends after SECONDS or MOST requests and prints JSON: `seconds` from the first request to the last answer, `answers`
by HTTP status, and the `latencies` in seconds.
"""

import asyncio
import gc
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from time import perf_counter

import uvloop

from tests.bench import signed

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Answered:
    """What came of a load."""

    seconds: float = 0.0
    answers: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[int, bytes]:
    """One request and its answer over a connection that stays: status and body."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    body = await reader.readexactly(int(length[1])) if length else b""
    return int(head[9:12]), body


async def _connection(port: int, requests: Iterator[bytes], until: float, answered: Answered) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        began = perf_counter()
        status, _ = await exchange(reader, writer, request)
        answered.latencies.append(perf_counter() - began)
        answered.answers[status] = answered.answers.get(status, 0) + 1
        if perf_counter() > until:
            break
    writer.close()


async def _load(port: int, connections: int, seconds: float, first: int, most: int) -> Answered:
    requests = iter(list(signed.praises(first, most)))
    gc.freeze()
    answered = Answered()
    began = perf_counter()
    async with asyncio.timeout(seconds + 30):
        await asyncio.gather(
            *(_connection(port, requests, began + seconds, answered) for _ in range(connections)),
        )
    answered.seconds = perf_counter() - began
    return answered


def main(port: str, connections: str, seconds: str, first: str, most: str) -> None:
    """The command line."""
    work = _load(int(port), int(connections), float(seconds), int(first), int(most))
    json.dump(asdict(uvloop.run(work)), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
