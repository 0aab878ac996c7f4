"""A short code for an inspection by video: official and applicant see the same one, so neither talks to a stranger."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from kantormaya.cases.codes import ALPHABET
from kantormaya.cases.models import Case
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition

LENGTH = 6


def challenge(case: Case, definition: Definition, state: State, task: str) -> str | None:
    """The code of a remote inspection once it has a time (another time, another code); None where there is none."""
    now = state.tasks.get(task)
    if not definition.task[task].remote or now is None or now.status != "open" or now.scheduled_for is None:
        return None
    said = f"{case.code}.{task}.{now.scheduled_for.isoformat()}"
    digest = salted_hmac("kantor.inspection", said, algorithm="sha256").digest()
    symbols = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])
    return f"{symbols[:3]}-{symbols[3:]}"
