"""The number staff call a case by, such as P-2026-000123."""

from __future__ import annotations

from django.utils import timezone

from kantormaya.audit.often import often
from kantormaya.audit.time import now


def next_number() -> str:
    """The next number of this year, from a sequence: unique and never waiting, not gapless."""
    year = timezone.localdate(now()).year
    with often() as cursor:
        cursor.execute("SELECT kantor_case_number(%s)", [year])
        return f"P-{year}-{cursor.fetchone()[0]:06}"
