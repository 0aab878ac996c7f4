"""Folders for tests: agencies, a published service and cases on it, without an engine."""

from __future__ import annotations

from kantormaya.audit.time import now
from kantormaya.cases.codes import make_code
from kantormaya.cases.models import Capacity, Case, Draft, Event, Party, Pii
from kantormaya.cases.numbers import next_number
from kantormaya.catalogue.models import Revision, Service
from kantormaya.people.models import Agency
from kantormaya.people.scopes import scope_case, scoped


def agency(slug: str) -> Agency:
    """An agency of that slug."""
    return Agency.objects.get_or_create(slug=slug, defaults={"name": slug})[0]


def revision(of: Agency) -> Revision:
    """The first revision of a service of that agency."""
    service, _ = Service.objects.get_or_create(slug=f"izin-{of.slug}", defaults={"agency": of})
    made, _ = Revision.objects.get_or_create(
        service=service,
        number=1,
        defaults={
            "sha256": "0" * 64,
            "title": "Izin",
            "text": "",
            "published_at": now(),
            "published_by": "test",
        },
    )
    return made


def case(office: Agency, *asked: Agency) -> Case:
    """A case of the office, with opinions asked of other agencies; opened by its code, as everyone does."""
    code = make_code("MUBA")
    with scoped(scope_case(code)):
        made = Case.objects.create(
            number=next_number(),
            code=code,
            pin_hash="",
            agency=office,
            service_slug=f"izin-{office.slug}",
            revision=revision(office),
            title_id="Izin",
            at="verifikasi",
            submitted_at=now(),
            idempotency_key=code,
        )
        Event.objects.create(case=made, seq=1, kind="submitted", at=now(), actor="applicant")
        Party.objects.create(case=made, agency=office, capacity=Capacity.OFFICE)
        for other in asked:
            Party.objects.create(case=made, agency=other, capacity=Capacity.OPINION)
        Pii.objects.create(case=made, data={"nik": "9900000000000001"})
    return made


def draft(of: Agency) -> Draft:
    """A draft that its token opens."""
    token = make_code("MUBA")
    with scoped(scope_case(token)):
        return Draft.objects.create(
            token=token,
            service_slug=f"izin-{of.slug}",
            revision=revision(of),
            idempotency_key=token,
            created_at=now(),
            updated_at=now(),
        )
