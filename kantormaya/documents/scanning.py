"""A virus scanner, where the office has one: clamd, asked by its own protocol."""

from __future__ import annotations

import socket
import struct

from django.conf import settings

from kantormaya.documents.cleaning import CHUNK, Cleaned, FileRefused
from kantormaya.language.texts import Text

INFECTED = Text(
    "Pemindai menemukan virus pada berkas “{name}”. Berkas tidak disimpan.",
    "The scanner found a virus in “{name}”. The file was not kept.",
)
UNREACHABLE = Text(
    "Berkas belum dapat diperiksa karena pemindai tidak menjawab. Isian Anda tetap ada; unggah lagi nanti.",
    "The file can't be checked because the scanner does not answer. What you typed is kept; upload it again later.",
)


def scan(clean: Cleaned) -> None:
    """Have a file scanned where KANTOR_CLAMD names a scanner (host:port or a socket's path). Raises FileRefused."""
    address = getattr(settings, "KANTOR_CLAMD", "")
    if not address:
        return
    try:
        answer = _asked(address, clean)
    except OSError:
        raise FileRefused(UNREACHABLE) from None
    if answer.endswith("FOUND"):
        raise FileRefused(INFECTED.format(name=clean.name))
    if not answer.endswith("OK"):
        raise FileRefused(UNREACHABLE)


def _asked(address: str, clean: Cleaned) -> str:
    with _connected(address) as line, clean.path.open("rb") as file:
        line.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
        return line.recv(4096).decode("utf-8", "replace").strip("\0 \n")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(30)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host or "localhost", int(port)), timeout=30)
