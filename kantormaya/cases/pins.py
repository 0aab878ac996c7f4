"""The PIN beside the code: six digits, kept as a keyed digest, and locked for a while after wrong tries."""

from __future__ import annotations

import secrets
from datetime import timedelta
from enum import Enum

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from kantormaya.audit.time import now
from kantormaya.cases.codes import read_code
from kantormaya.cases.models import Case
from kantormaya.people import limits
from kantormaya.people.scopes import scope_case, scoped

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)


class PinAnswer(Enum):
    """What trying a PIN gave."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


def make_pin() -> str:
    """Six digits, shown once to the applicant."""
    return f"{secrets.randbelow(1_000_000):06}"


def hash_pin(code: str, pin: str) -> str:
    """What is stored of a PIN.

    A million PINs are tried in no time however slow the hash, so what guards a stolen table is the office's secret
    key, which is not in it.
    """
    return salted_hmac(f"kantor.pin.{code}", pin, algorithm="sha256").hexdigest()


def set_pin(case: Case, pin: str) -> None:
    """From now on this PIN opens the case, and no other; a lock after wrong tries ends with the old one."""
    case.pin_hash, case.pin_tries, case.locked_until = hash_pin(case.code, pin), 0, None
    case.save(update_fields=["pin_hash", "pin_tries", "locked_until"])


def open_by_pin(request: HttpRequest, typed: str, pin: str) -> tuple[str | None, PinAnswer]:
    """Code and PIN as somebody typed them, from an address that was not wrong too often: the code where both are right.

    A code that does not exist answers like a wrong PIN. Raises TooMany.
    """
    limits.refuse("open_case", request)
    code, found = read_code(typed[:60], settings.KANTOR_OFFICE_CODE), PinAnswer.WRONG
    if code is not None:
        with scoped(scope_case(code)):
            found = try_pin(code, "".join(c for c in pin if c.isdigit())[:12])
    if found is not PinAnswer.RIGHT:
        limits.wrong("open_case", request)
        return None, found
    return code, found


def try_pin(code: str, pin: str) -> PinAnswer:
    """Try a PIN on the case of that code, counting wrong tries; needs a transaction in a scope that sees the case.

    An unknown code answers like a wrong PIN.
    """
    case = Case.objects.select_for_update(of=("self",)).filter(code=code).first()
    if case is None:
        return PinAnswer.WRONG
    if case.locked_until and case.locked_until > now():
        return PinAnswer.LOCKED
    right = constant_time_compare(hash_pin(code, pin), case.pin_hash)
    case.pin_tries = 0 if right else case.pin_tries + 1
    case.locked_until = None
    if case.pin_tries >= TRIES:
        case.pin_tries, case.locked_until = 0, now() + LOCKED_FOR
    case.save(update_fields=["pin_tries", "locked_until"])
    return PinAnswer.RIGHT if right else PinAnswer.WRONG
