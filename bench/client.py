"""The client: one process, some connections that stay open, each sending its next request when the last is answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

TYPED = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """What is sent, and which status is right."""

    path: str
    cookies: str = ""
    body: bytes | None = None
    expected: tuple[int, ...] = (200,)
    kind: str = TYPED
    sender: str = ""
    """The network address that our own proxy names: what one address may do is counted, as in life."""

    def written(self) -> bytes:
        """The bytes on the wire."""
        method = "GET" if self.body is None else "POST"
        lines = [f"{method} {self.path} HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip"]
        if self.cookies:
            lines.append(f"Cookie: {self.cookies}")
        if self.sender:
            lines.append(f"X-Forwarded-For: {self.sender}")
        if self.body is not None:
            lines += [f"Content-Type: {self.kind}", f"Content-Length: {len(self.body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + (self.body or b"")


@dataclass(frozen=True)
class Answer:
    """What came back; `headers` as they were sent, names in small letters."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The header with that name, or nothing."""
        return next((value for key, value in self.headers if key == name), "")


Walk = Generator[tuple[str, Request], Answer, None]
"""Requests of which each depends on the answer before, with the name under which each is counted."""


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
    """Send all requests over so many connections; sends no more after `within` seconds."""
    (seen,) = send_beside(port, [(requests, connections)], within=within)
    return seen


def send_beside(port: int, groups: list[tuple[Iterator[Request], int]], *, within: float) -> list[Seen]:
    """Several kinds of clients at once, each with so many connections."""
    found = [Seen() for _ in groups]
    since = time.perf_counter()

    async def all_of_them() -> None:
        await asyncio.gather(
            *(
                _send(port, requests, since + within, seen)
                for (requests, connections), seen in zip(groups, found, strict=True)
                for _ in range(connections)
            )
        )

    asyncio.run(all_of_them())
    for seen in found:
        seen.seconds = time.perf_counter() - since
    return found


def walk(port: int, walks: list[Walk], connections: int) -> dict[str, Seen]:
    """Walk all of them, so many at once, each on a connection of its own; what was seen, by name."""
    found: dict[str, Seen] = {}
    waiting = iter(walks)

    async def one_after_another() -> None:
        for one in waiting:
            await _walk(port, one, found)

    async def all_of_them() -> None:
        await asyncio.gather(*(one_after_another() for _ in range(connections)))

    asyncio.run(all_of_them())
    return found


async def _send(port: int, requests: Iterator[Request], until: float, seen: Seen) -> None:
    line = await Line.opened(port)
    for request in requests:
        if time.perf_counter() > until:
            break
        await line.ask(request, seen)
    line.writer.close()


async def _walk(port: int, steps: Walk, found: dict[str, Seen]) -> None:
    line = await Line.opened(port)
    answer: Answer | None = None
    try:
        name, request = next(steps)
        while answer := await line.ask(request, found.setdefault(name, Seen())):
            name, request = steps.send(answer)
    except StopIteration:
        pass
    line.writer.close()


@dataclass
class Line:
    """A connection that is opened again when it breaks or the server closes it."""

    port: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def opened(cls, port: int) -> Line:
        """A new connection."""
        return cls(port, *await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, request: Request, seen: Seen) -> Answer | None:
        """One request; the answer if it is the expected one."""
        since = time.perf_counter()
        try:
            self.writer.write(request.written())
            answer = await asyncio.wait_for(_answer(self.reader), 60)
        except (OSError, EOFError, TimeoutError) as fault:
            seen.failed.append(f"{request.path}: {fault!r}")
            await self._again()
            return None
        is_right = answer.status in request.expected
        if is_right:
            seen.took.append(time.perf_counter() - since)
        else:
            seen.failed.append(f"{request.path}: {answer.status}")
        if answer.header("connection") == "close":
            await self._again()
        return answer if is_right else None

    async def _again(self) -> None:
        self.writer.close()
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)


async def _answer(reader: asyncio.StreamReader) -> Answer:
    """An answer, its body read to the end."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines if ": " in line)
    headers = tuple((name.lower(), value) for name, value in pairs)
    answer, parts = Answer(int(first[9:12]), headers, b""), []
    if answer.header("transfer-encoding") == "chunked":
        while size := int((await reader.readline()).split(b";")[0], 16):
            parts.append((await reader.readexactly(size + 2))[:-2])
        await reader.readline()
    elif length := int(answer.header("content-length") or 0):
        parts.append(await reader.readexactly(length))
    return Answer(answer.status, headers, b"".join(parts))
