"""The client: does each act under one key until it is acknowledged, and keeps its own list, never asking what it was told."""

from __future__ import annotations

import base64
import http.client
import json
import os
import secrets
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
GIVES_UP_AFTER = 240.0


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 where nothing did."""

    status: int
    kind: str = ""
    body: bytes = b""

    @property
    def said(self) -> Any:
        """The JSON of it."""
        return json.loads(self.body)


class Client:
    """Asks over HTTP; `kept` is its list of acknowledgements, each on the disk before the next act."""

    def __init__(self, port: int, list_file: Path) -> None:
        self.port, self.list_file = port, list_file
        self.kept: list[dict[str, Any]] = []
        self.seen: Counter[int] = Counter()
        self.gave_up = threading.Event()
        self.in_hand = 0  # requests that wait for their answer
        self.ugly: list[str] = []  # answers above 499 that are no page and no problem in words
        self._file = list_file.open("a", encoding="utf-8")
        self._lock = threading.Lock()

    def ask(self, method: str, path: str, body: Any = None, *, key: str = "", file: bytes | None = None, timeout: float = 30, **headers: str) -> Answer:  # fmt: skip
        """One request on a connection of its own."""
        sent: dict[str, str] = {"Connection": "close", **headers} | ({"Idempotency-Key": key} if key else {})
        data = None
        if file is not None:
            data, sent["Content-Type"] = _form(body, file)
        elif isinstance(body, bytes):
            data, sent["Content-Type"] = body, "application/json"
        elif body is not None:
            data, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=timeout, source_address=_somebody()
        )
        with self._lock:
            self.in_hand += 1
        try:
            connection.request(method, path, data, sent)
            came = connection.getresponse()
            answer = Answer(came.status, came.headers.get("Content-Type", ""), came.read())
        except (OSError, http.client.HTTPException):
            answer = Answer(0)
        finally:
            connection.close()
        with self._lock:
            self.in_hand -= 1
            self.seen[answer.status] += 1
            if answer.status == 500 or (answer.status > 500 and not _speaks(answer)):
                self.ugly.append(f"{method} {path}: {answer.status} {answer.kind}")
        return answer

    def until_answered(self, method: str, path: str, body: Any = None, *, key: str = "", file: bytes | None = None, **headers: str) -> Answer:  # fmt: skip
        """The same act with the same key again and again, until the office says yes or a lasting no."""
        key, until = key or new_key(), time.monotonic() + GIVES_UP_AFTER
        while time.monotonic() < until and not self.gave_up.is_set():
            answer = self.ask(method, path, body, key=key, file=file, **headers)
            if answer.status and answer.status < 500 and answer.status not in (409, 429):
                return answer
            self.gave_up.wait(0.1)
        self.gave_up.set()  # the others need not wait as long
        raise TimeoutError(f"{method} {path} was never answered")

    def keep(self, kind: str, **what: Any) -> None:
        """Write an acknowledgement down so that no power cut takes it away."""
        line = {"kind": kind, **what}
        with self._lock:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self.kept.append(line)

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The acknowledgements of a kind."""
        return [line for line in self.kept if line["kind"] == kind]

    def apply(self, n: int, service: str = "uji-ketahanan", *, with_file: bool = True) -> None:
        """A whole application: begun, filled, a file, handed in; each act under its own key until it is acknowledged."""
        begun = self.until_answered("POST", "/api/v1/applications", {"service": service})
        assert begun.status == 201, begun.body
        code = begun.said["code"]
        identity = {"name": f"Pemohon Uji {n}", "nik": "9906015708900001", "phone": "+6281200000001",
                    "email": f"uji{n}@contoh.example", "address": "Jalan Contoh 1, Sekayu"}  # fmt: skip
        wanted = {one["name"] for one in begun.said["identity"]}
        filled = {
            "identity": {k: v for k, v in identity.items() if k in wanted},
            "answers": {"nama_usaha": f"Usaha {n}"},
        }
        answer = self.until_answered("PATCH", f"/api/v1/applications/{code}", filled)
        assert answer.status == 200, answer.body
        if with_file:
            handed = self.until_answered(
                "POST", f"/api/v1/applications/{code}/files", {"requirement": "berkas"}, file=picture(n)
            )
            assert handed.status == 201, handed.body
            self.keep("file", code=code, sha256=handed.said["sha256"])
        done = self.until_answered("POST", f"/api/v1/applications/{code}/submit")
        assert done.status == 201, done.body
        self.keep("submitted", code=code, number=done.said["number"], pin=done.said["pin"])

    def apply_many(self, count: int, service: str = "uji-ketahanan", *, at_once: int = 4, first: int = 0, with_file: bool = True, each: int = 1) -> None:  # fmt: skip
        """Many applications, some at once; with `each` only one in so many has a file, the others get a bill."""

        def one(n: int) -> None:
            if n % each:
                self.apply(first + n, "uji-bayar", with_file=False)
            else:
                self.apply(first + n, service, with_file=with_file)

        with ThreadPoolExecutor(at_once) as pool:
            for done in [pool.submit(one, n) for n in range(count)]:
                done.result()


def _somebody() -> tuple[str, int]:
    """An address of its own for each: what one address may do in an hour is not what is tried here."""
    return f"127.{secrets.randbelow(250) + 1}.{secrets.randbelow(250) + 1}.{secrets.randbelow(250) + 1}", 0


def _speaks(answer: Answer) -> bool:
    """A page with a heading, or a problem with a sentence, and never a traceback."""
    if b"Traceback" in answer.body:
        return False
    if "json" in answer.kind:
        with suppress(ValueError, KeyError, TypeError):
            said = answer.said
            return bool(said.get("detail") or said.get("text"))
        return False
    return b"<h1" in answer.body


def new_key() -> str:
    """A key for one act."""
    return secrets.token_urlsafe(24)


def picture(n: int, size: int = 0) -> bytes:
    """A picture unlike any other (its pixels count), `size` pixels square where it should weigh something."""
    from io import BytesIO

    from PIL import Image

    side = max(size, 8)
    image = Image.frombytes("RGB", (side, side), os.urandom(side * side * 3))
    said = BytesIO()
    image.save(said, "PNG")
    return said.getvalue()


def _form(fields: dict[str, str], file: bytes) -> tuple[bytes, str]:
    edge = "batas-uji-gangguan"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="uji.png"\r\nContent-Type: image/png\r\n\r\n'
    return b"".join(
        [*parts, head.encode(), file, f"\r\n--{edge}--\r\n".encode()]
    ), f"multipart/form-data; boundary={edge}"
