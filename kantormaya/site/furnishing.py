"""Fill an empty database: tables, static files, the example office, the shipped services, some months of cases."""

from __future__ import annotations

import os
from pathlib import Path

from kantormaya.site.database import APP, OWNER, speak_as
from kantormaya.site.terminal import HouseFault


def furnish(*, cases: bool) -> None:
    """Everything the demo needs, with some months of example cases; done again it changes nothing that is there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantormaya.site.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from kantormaya.site import demo_data, demo_office

    migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    demo_office.furnish()
    publish_calendar()
    publish_all(settings.KANTOR_SERVICES, by="kantor demo")
    demo_office.sign_charters()
    if cases:
        demo_data.build()
    connection.close()


def migrate(verbosity: int = 0) -> None:
    """Bring the tables up to date as their owner, then speak as the program again."""
    from django.core.management import call_command

    speak_as(OWNER)
    call_command("migrate", verbosity=verbosity, interactive=False)
    speak_as(APP)


def publish_calendar() -> None:
    """Publish the calendar of the law where none is published yet; later ones are an act of the office."""
    from kantormaya.audit.time import now
    from kantormaya.catalogue import calendars
    from kantormaya.catalogue.models import CalendarVersion
    from kantormaya.clock.standard import standard_calendar

    if not CalendarVersion.objects.exists():
        years = range(now().year - 2, now().year + 8)
        calendars.publish_calendar(
            standard_calendar(years), "Perpres 21/2023, SKB libur nasional", by="kantor"
        )


def publish_all(services: Path, by: str) -> None:
    """Publish every profile and service that ships; raises HouseFault with the faults of the first that can't be."""
    from kantormaya.language.reading import Refused

    for file in to_publish(services):
        try:
            publish_file(file, by)
        except Refused as faults:
            said = {code: "\n".join(m.said(code) for m in faults.messages) for code in ("id", "en")}
            raise HouseFault(
                f"{file} belum dapat diterbitkan:\n{said['id']}",
                f"{file} can't be published yet:\n{said['en']}",
            ) from None


def to_publish(path: Path) -> list[Path]:
    """What a path stands for: profiles of agencies first, then services."""
    from kantormaya.language.agency import agency_files
    from kantormaya.language.checking import service_files

    return [*agency_files(path), *service_files(path)]


def publish_file(file: Path, by: str) -> tuple[str, int]:
    """Publish a service or the profile of an agency; its name and revision. Raises Refused or UnknownAgency."""
    from kantormaya.catalogue.agencies import publish_agency
    from kantormaya.catalogue.publishing import publish_folder
    from kantormaya.language.agency import agency_files

    if agency_files(file):
        return file.stem, publish_agency(file.read_text(encoding="utf-8"), by, str(file)).number
    return file.parent.name, publish_folder(file.parent, by=by).number
