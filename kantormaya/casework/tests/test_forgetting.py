"""Drafts given up are forgotten, and nothing else."""

from __future__ import annotations

import io
from datetime import timedelta

import pikepdf
import pytest
from django.conf import settings
from django.test import Client

from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case, Draft
from kantormaya.casework import applying
from kantormaya.casework.forgetting import forget_drafts
from kantormaya.casework.tasks import tidy
from kantormaya.casework.tests.licences import BIDAN, apply_for
from kantormaya.casework.tests.office import IDENTITY, furnish, lines
from kantormaya.documents.keeping import keep, receive, stored
from kantormaya.documents.models import Upload
from kantormaya.language.evaluating import About
from kantormaya.people.scopes import scope_case, scope_system, scoped

pytestmark = pytest.mark.django_db(transaction=True)
LONG = timedelta(days=settings.KANTOR_DRAFT_DAYS, minutes=1)


def a_file() -> io.BytesIO:
    made, file = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(file)
    file.seek(0)
    return file


def test_what_nobody_went_on_with_is_forgotten_with_its_files_and_a_case_is_not() -> None:
    office = furnish(BIDAN)
    case, _ = apply_for(office)
    draft = applying.begin(office.revisions[BIDAN], About("baru"), language="id")
    with scoped(scope_case(draft.token)):
        applying.fill(draft, identity=IDENTITY)
        mine = keep(receive(a_file(), "a.pdf"), "ktp", by="applicant", draft_code=draft.token)
        path = stored(mine.sha256, mine.kind)
    with scoped(scope_system("test")):  # a correction's file waits under the code of its case
        waiting = keep(receive(a_file(), "b.pdf", ("pdf",)), "ktp", by="applicant", draft_code=case.code)
    page = Client().get(f"/ajukan/isi/{draft.token}/").content.decode()
    assert f"{settings.KANTOR_DRAFT_DAYS} hari tidak disentuh" in page
    with simulated(now() + LONG - timedelta(hours=1)) as clock:
        assert forget_drafts() == 0
        with scoped(scope_case(draft.token)):
            applying.fill(draft, answers={})  # somebody goes on: the days begin anew
        clock.advance(timedelta(hours=2))
        assert forget_drafts() == 0
        clock.advance(LONG)
        tidy(timestamp=0)
        assert forget_drafts() == 0
    with scoped(scope_system("test")):
        assert not Draft.objects.filter(token=draft.token).exists()
        assert [one.case_code for one in Draft.objects.all()] == [case.code]
        assert [one.pk for one in Upload.objects.filter(case=None)] == [waiting.pk]
        assert Case.objects.filter(pk=case.pk).exists()
    assert path.exists() is (mine.sha256 == waiting.sha256)
    (line,) = lines(act="drafts.forgotten")
    assert line.detail == {"count": 1} and draft.token not in str(line.detail)
    assert Client().get(f"/ajukan/isi/{draft.token}/").status_code == 404
