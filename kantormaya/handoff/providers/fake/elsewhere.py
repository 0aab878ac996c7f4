"""The other side of the example: a system that believes signed reports only, and remembers the newest of each application."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from kantormaya.handoff.providers.fake import FakeNational
from kantormaya.language.national import NATIONAL
from kantormaya.people.machines import Proof, prove

LONGEST = 64 * 1024


@dataclass
class Elsewhere:
    """What the national system knows, in a file: one line for each report it believed."""

    kept: Path
    is_down: bool = False

    def hear(self, headers: Mapping[str, str], body: bytes) -> int:
        """Take one report; the answer is an HTTP status."""
        if self.is_down:
            return 503
        if prove(FakeNational().key, headers, body) is not Proof.HOLDS:
            return 401
        try:
            report = json.loads(body)
            is_known = report["status"] in NATIONAL.status and isinstance(report["seq"], int)
        except (ValueError, KeyError, TypeError):
            return 400
        if not is_known:
            return 422
        self.kept.parent.mkdir(parents=True, exist_ok=True)
        with self.kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps(report) + "\n")
        return 200

    def told(self) -> dict[str, dict[str, Any]]:
        """The report that holds for each application: the one with the highest `seq`, in whatever order they came."""
        found: dict[str, dict[str, Any]] = {}
        if self.kept.exists():
            for line in self.kept.read_text(encoding="utf-8").splitlines():
                report = json.loads(line)
                known = found.get(report["external_id"])
                if known is None or report["seq"] > known["seq"]:
                    found[report["external_id"]] = report
        return found


@contextmanager
def serving(elsewhere: Elsewhere) -> Iterator[str]:
    """The system as a server on the loopback of this machine; gives its address."""

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length) if length <= LONGEST else b""
            self.send_response(elsewhere.hear(dict(self.headers.items()), body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
