"""Write the line that says who did what."""

from __future__ import annotations

from typing import Any

from kantormaya.audit.models import Entry
from kantormaya.audit.time import now
from kantormaya.audit.together import add


def record(
    act: str, *, actor: str, case_id: int | None = None, agency_id: int | None = None, **detail: Any
) -> None:
    """Add one audit line in the transaction of the act itself, so that neither can exist without the other."""
    line = Entry(at=now(), actor=actor, agency_id=agency_id, case_id=case_id, act=act, detail=detail)
    # asks for nothing back: whoever writes a line need not be one who may read it
    add(line, once=True)
