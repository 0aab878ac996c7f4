"""Drafts that nobody went on with are forgotten, with their files: what was never handed in is not ours to keep."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.cases.models import Draft
from kantormaya.documents.keeping import drop_draft
from kantormaya.people.scopes import scope_system, scoped

BATCH = 200


def forget_drafts() -> int:
    """Forget every draft untouched for KANTOR_DRAFT_DAYS, a few at a time; says how many. Those handed in are left alone."""
    forgotten = 0
    while True:
        with scoped(scope_system("drafts given up")):
            # somebody typing at this very moment holds the row, and is left alone
            old = Draft.objects.select_for_update(skip_locked=True).filter(
                case_code="", updated_at__lt=now() - timedelta(days=settings.KANTOR_DRAFT_DAYS)
            )[:BATCH]
            tokens = [draft.token for draft in old]
            for token in tokens:
                drop_draft(token)
            Draft.objects.filter(token__in=tokens, case_code="").delete()
            if tokens:
                record("drafts.forgotten", actor="system", count=len(tokens))
        forgotten += len(tokens)
        if len(tokens) < BATCH:
            return forgotten
