"""A request that was cut off is no request: half a form or half a file must not pass for a whole one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Answer = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def whole(answer: Answer) -> Answer:
    """The program of a web server, which is handed whole requests only."""

    def handed_on(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return answer(environ | {"wsgi.input": Whole(environ["wsgi.input"])}, start_response)

    return handed_on


class Whole:
    """What comes in, as many bytes as were announced; servers end it without a word where somebody hung up.

    Django never asks for more than was announced, so less than it asks for means that the rest will not come.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        """So many bytes, or OSError."""
        found: bytes = self._stream.read(size)
        while len(found) < size:
            if not (more := self._stream.read(size - len(found))):
                raise OSError("the request was cut off")
            found += more
        return found

    def readline(self, size: int) -> bytes:
        """A line of at most so many bytes, or OSError."""
        line: bytes = self._stream.readline(size)
        if len(line) < size and not line.endswith(b"\n"):
            raise OSError("the request was cut off")
        return line
