"""The client: one process, some connections that stay open, each sending its next request when the last is answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """What is sent, and which status is right."""

    path: str
    cookies: str = ""
    body: bytes | None = None
    expected: tuple[int, ...] = (200,)

    def written(self) -> bytes:
        """The bytes on the wire."""
        method = "GET" if self.body is None else "POST"
        lines = [f"{method} {self.path} HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip"]
        if self.cookies:
            lines.append(f"Cookie: {self.cookies}")
        if self.body is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(self.body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + (self.body or b"")


@dataclass
class Seen:
    """What the client saw: seconds each answer took, and what was wrong."""

    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def answered(self) -> int:
        """How many answers were right."""
        return len(self.took)

    def percentile(self, share: float) -> float:
        """The time within which that share of the answers came, in milliseconds."""
        ordered = sorted(self.took)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def send(port: int, requests: Iterator[Request], connections: int, *, within: float = 600) -> Seen:
    """Send all requests over so many connections; stops early after `within` seconds."""
    seen = Seen()
    since = time.perf_counter()
    asyncio.run(_all(port, requests, connections, since + within, seen))
    seen.seconds = time.perf_counter() - since
    return seen


async def _all(port: int, requests: Iterator[Request], connections: int, until: float, seen: Seen) -> None:
    await asyncio.gather(*(_one(port, requests, until, seen) for _ in range(connections)))


async def _one(port: int, requests: Iterator[Request], until: float, seen: Seen) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        since = time.perf_counter()
        if since > until:
            break
        try:
            writer.write(request.written())
            status, closes = await asyncio.wait_for(_answer(reader), 60)
        except (OSError, EOFError, TimeoutError) as fault:
            seen.failed.append(f"{request.path}: {fault!r}")
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        if status in request.expected:
            seen.took.append(time.perf_counter() - since)
        else:
            seen.failed.append(f"{request.path}: {status}")
        if closes:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The status of an answer, its body read to the end; whether the server closes."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    if fields.get(b"transfer-encoding") == b"chunked":
        while size := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    elif length := int(fields.get(b"content-length", b"0")):
        await reader.readexactly(length)
    return status, fields.get(b"connection") == b"close"
