"""Publish what an agency says of itself: like a standard, its text becomes an immutable revision."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.db import transaction

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.catalogue.fresh import fresh
from kantormaya.catalogue.models import ProfileRevision
from kantormaya.catalogue.publishing import UnknownAgency
from kantormaya.language.agency import AgencyProfile, load_agency
from kantormaya.language.reading import Refused
from kantormaya.people.models import Agency

LETTERHEAD = ("address", "place", "phone", "email", "web")


@fresh
def all_agencies() -> dict[str, Agency]:
    """Every agency by its slug."""
    return {one.slug: one for one in Agency.objects.all()}


def publish_agency(text: str, by: str, path: str = "agency.toml") -> ProfileRevision:
    """Check and store the profile of an agency as its next revision, and take its contact for papers and pages.

    The same text twice is the same revision. Raises Refused with the faults, or UnknownAgency.
    """
    profile, messages = load_agency(text, path)
    if profile is None:
        raise Refused([message for message in messages if message.severity == "fault"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic():
        agency = Agency.objects.select_for_update().filter(slug=profile.agency).first()
        if agency is None:
            raise UnknownAgency(path, profile.agency)
        said = {key: value for key in LETTERHEAD if (value := getattr(profile.contact, key))}
        if agency.contact != agency.contact | said:
            agency.contact = agency.contact | said
            agency.save(update_fields=["contact"])
        last = agency.profiles.order_by("-number").first()
        if last is not None and last.sha256 == digest:
            return last
        made = ProfileRevision.objects.create(
            agency=agency, number=(last.number if last else 0) + 1, sha256=digest, text=text, published_at=now(),
            published_by=by,
        )  # fmt: skip
        record("publish_agency", actor=by, agency_id=agency.pk, number=made.number, sha256=digest)
    return made


def profile_of(agency: Agency) -> AgencyProfile | None:
    """What the agency says of itself now; None where nothing is published."""
    last = agency.profiles.order_by("-number").first()
    return _built(last.sha256, last.text) if last else None


@lru_cache(maxsize=64)
def _built(digest: str, text: str) -> AgencyProfile | None:
    return load_agency(text)[0]
