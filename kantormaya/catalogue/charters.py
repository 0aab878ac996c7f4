"""The charter (maklumat) of an agency: which standards it was signed over, and whether it still says what is in force."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.finding import Offer, catalogue
from kantormaya.catalogue.models import Charter
from kantormaya.language.public_service import LIMITS
from kantormaya.language.texts import Text
from kantormaya.people.models import Agency


@dataclass(frozen=True)
class CharterStanding:
    """The charter last signed beside the standards of today; `due_on` is the last day to sign it anew, if one is needed."""

    charter: Charter | None
    standards: tuple[Offer, ...]
    changed: tuple[Text, ...]
    due_on: date | None

    basis: ClassVar[Text] = LIMITS.charter.basis

    @property
    def is_current(self) -> bool:
        """Whether the charter holds for exactly what is in force."""
        return self.charter is not None and not self.changed


def standards_of(agency: Agency) -> tuple[Offer, ...]:
    """The standards of an agency that are in force, by title."""
    return tuple(offer for offer in catalogue().offers if offer.agency.pk == agency.pk)


def digest_of_standards(standards: tuple[Offer, ...]) -> str:
    """The SHA-256 that names a set of standards: another revision of one of them gives another digest."""
    named = sorted((offer.slug, offer.revision.sha256) for offer in standards)
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()


def charter_standing(agency: Agency) -> CharterStanding:
    """How the charter of an agency stands today."""
    standards = standards_of(agency)
    charter = agency.charters.order_by("-number").first()
    if charter is not None and charter.standards_sha256 == digest_of_standards(standards):
        return CharterStanding(charter, standards, (), None)
    then = {one["slug"]: one for one in charter.standards} if charter else {}
    new = [offer for offer in standards if then.get(offer.slug, {}).get("sha256") != offer.revision.sha256]
    here = {offer.slug for offer in standards}
    gone = [Text.read(one["title"]) for slug, one in then.items() if slug not in here]
    since = min((offer.revision.published_at for offer in new), default=None)
    calendar = current_calendar()
    due_on = calendar.workday(calendar.local_date(since), LIMITS.charter.within.high) if since else None
    return CharterStanding(charter, standards, (*(offer.definition.title for offer in new), *gone), due_on)
