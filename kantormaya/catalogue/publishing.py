"""Publish a service: its text becomes an immutable revision, and what is published is what runs."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.catalogue.models import Revision, Service
from kantormaya.language.texts import Text
from kantormaya.people.models import Agency

if TYPE_CHECKING:
    from kantormaya.language.definition import Definition


class UnknownAgency(LookupError):
    """The agency that a definition names does not exist here."""

    def __init__(self, slug: str, agency: str) -> None:
        super().__init__(agency)
        self.text = Text(
            "{slug}: perangkat daerah {agency} belum ada di sini; buat dulu, lalu terbitkan.",
            "{slug}: the agency {agency} does not exist here; make it first, then publish.",
        ).format(slug=slug, agency=agency)


def publish(text: str, files: dict[str, str], by: str) -> Revision:
    """Store the text (already checked and expanded) with its files as the next revision of its service.

    The same text and files twice are the same revision. Raises UnknownAgency.
    """
    definition = _read(text)
    digest = digest_of(text, files)
    with transaction.atomic():
        here = {agency.slug: agency for agency in Agency.objects.filter(slug__in=definition.agencies)}
        for slug in definition.agencies:
            if slug not in here:
                raise UnknownAgency(definition.slug, slug)
        agency = here[definition.agency]
        Service.objects.get_or_create(slug=definition.slug, defaults={"agency": agency})
        # the lock makes two publications at once wait for each other, so numbers have no gap
        service = Service.objects.select_for_update().get(slug=definition.slug)
        if same := service.revisions.filter(sha256=digest).first():
            return same
        revision = Revision.objects.create(
            service=service,
            number=service.revisions.count() + 1,
            sha256=digest,
            title=definition.title.said("id"),
            text=text,
            files=files,
            published_at=now(),
            published_by=by,
        )
        record(
            "publish",
            actor=by,
            agency_id=agency.pk,
            service=service.slug,
            number=revision.number,
            sha256=digest,
        )
        return revision


def publish_folder(folder: Path, by: str) -> Revision:
    """Check a service's folder and publish it; raises Refused with its faults where there is any."""
    from kantormaya.language.checking import check_paths
    from kantormaya.language.reading import Refused, expanded, load

    if faults := [message for message in check_paths([folder]) if message.severity == "fault"]:
        raise Refused(faults)
    source = load(folder)
    texts = [folder / "guide.md", *sorted(folder.glob("*.typ"))]
    files = {text.name: text.read_text(encoding="utf-8") for text in texts if text.exists()}
    return publish(expanded(source), files, by)


@lru_cache(maxsize=512)
def revision_of(pk: int) -> Revision:
    """The revision with that key, read once per process: it never changes."""
    return Revision.objects.get(pk=pk)


def definition_of(revision: Revision) -> Definition:
    """The definition of a revision, built once per digest and process."""
    return _built(revision.sha256, revision.text)


def current(slug: str) -> Revision | None:
    """The revision in force of a service that is offered, or None."""
    return (
        Revision.objects.filter(service__slug=slug, service__withdrawn_at=None)
        .select_related("service__agency")
        .order_by("-number")
        .first()
    )


def digest_of(text: str, files: dict[str, str]) -> str:
    """The SHA-256 that names a revision: of its text, and of the files beside it where there are any."""
    whole = text if not files else text + "\0" + json.dumps(files, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()


@lru_cache(maxsize=512)
def _built(digest: str, text: str) -> Definition:
    return _read(text)


def _read(text: str) -> Definition:
    from kantormaya.language.reading import load_text

    return load_text(text)
