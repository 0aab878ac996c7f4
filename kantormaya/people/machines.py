"""How a machine proves who it is: a shared secret signs the time and the body of what it sends."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from kantormaya.audit.time import now
from kantormaya.language.plain import all_plain

TIMESTAMP, SIGNATURE = "X-Timestamp", "X-Signature"
FRESH = timedelta(minutes=10)


class Proof(Enum):
    """What the signature of a call says."""

    HOLDS = "holds"
    STALE = "stale"  # rightly signed, but long ago: perhaps caught and sent again
    FORGED = "forged"


def key_of(purpose: str, secret: str) -> bytes:
    """The key for one purpose, made from a secret that may serve several."""
    return hashlib.sha256(f"{purpose} {secret}".encode()).digest()


def sign(key: bytes, body: bytes, stamp: str | None = None) -> dict[str, str]:
    """The headers that prove who sends this body now (or, to rehearse a mistake, at another time)."""
    stamp = stamp or now().isoformat()
    return {TIMESTAMP: stamp, SIGNATURE: _signature(key, stamp, body), "Content-Type": "application/json"}


def prove(key: bytes, headers: Mapping[str, str], body: bytes) -> Proof:
    """Whether the holder of the key sent this body within the last ten minutes."""
    given = {name.lower(): value for name, value in headers.items()}
    stamp, signature = given.get(TIMESTAMP.lower(), ""), given.get(SIGNATURE.lower(), "")
    if not hmac.compare_digest(_signature(key, stamp, body).encode(), signature.encode()):
        return Proof.FORGED
    try:
        is_fresh = abs(now() - datetime.fromisoformat(stamp)) <= FRESH
    except (ValueError, TypeError):  # no time at all, or one that does not say its zone
        is_fresh = False
    return Proof.HOLDS if is_fresh else Proof.STALE


def said_in(body: bytes) -> Any:
    """The JSON of a call, its words as they can be kept. Raises ValueError where it can't be read."""
    try:
        return all_plain(json.loads(body, parse_constant=_no_number))
    except RecursionError:
        raise ValueError("nested without end") from None


def _no_number(word: str) -> None:
    raise ValueError(word)


def _signature(key: bytes, stamp: str, body: bytes) -> str:
    return hmac.new(key, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
