"""The load, a process of its own.

    python -m tests.bench.load PORT KIND FIRST MOST ANSWERS CONNECTIONS SECONDS
    python -m tests.bench.load PORT KIND FIRST MOST ANSWERS steady RATE

Either so many connections, each sending its next request when the last one was answered; or RATE requests a second,
each leaving when its time has come, whatever became of those before it: who comes while the bot is slow waits as well,
and his wait is counted from the moment at which he wanted to be heard. KIND names what is sent (`signed.KINDS`),
ANSWERS is its response_url.

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

SPARE = 16
"""Connections that are open when a steady load begins; it opens more when all are busy."""
LATE_S = 120
"""How long a steady load waits for the answers that are late when its last request has left."""
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


async def _load(port: int, requests: list[bytes], connections: int, seconds: float) -> Answered:
    answered, left = Answered(), iter(requests)
    began = perf_counter()
    async with asyncio.timeout(seconds + 30):
        await asyncio.gather(
            *(_connection(port, left, began + seconds, answered) for _ in range(connections)),
        )
    answered.seconds = perf_counter() - began
    return answered


async def _steady(port: int, requests: list[bytes], rate: float) -> Answered:
    answered, idle = Answered(), [await asyncio.open_connection("127.0.0.1", port) for _ in range(SPARE)]
    began = perf_counter()
    under_way: set[asyncio.Task[None]] = set()

    async def send(request: bytes, due: float) -> None:
        reader, writer = idle.pop() if idle else await asyncio.open_connection("127.0.0.1", port)
        status, _ = await exchange(reader, writer, request)
        answered.latencies.append(perf_counter() - due)
        answered.answers[status] = answered.answers.get(status, 0) + 1
        idle.append((reader, writer))

    for number, request in enumerate(requests):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - perf_counter()))
        under_way.add(task := asyncio.create_task(send(request, due)))
        task.add_done_callback(under_way.discard)
    async with asyncio.timeout(LATE_S):
        await asyncio.gather(*under_way)
    answered.seconds = perf_counter() - began
    for _, writer in idle:
        writer.close()
    return answered


def main(port: str, kind: str, first: str, most: str, answers: str, how: str, pace: str) -> None:
    """The command line."""
    requests = list(signed.requests(kind, int(first), int(most), answers))
    gc.freeze()
    if how == "steady":
        work = _steady(int(port), requests, float(pace))
    else:
        work = _load(int(port), requests, int(how), float(pace))
    json.dump(asdict(uvloop.run(work)), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
