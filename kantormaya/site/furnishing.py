"""Fill an empty database: tables, static files, the example office, the shipped services, some months of cases."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from kantormaya.site.database import APP, OWNER, speak_as
from kantormaya.site.terminal import HouseFault


def furnish() -> None:
    """Everything the demo needs; done again it changes nothing that is there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantormaya.site.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from kantormaya.site import demo_office

    migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    demo_office.furnish()
    publish_all(settings.KANTOR_SERVICES, by="kantor demo")
    if find_spec("kantormaya.site.demo_data"):
        from kantormaya.site import demo_data

        demo_data.build()
    connection.close()


def migrate(verbosity: int = 0) -> None:
    """Bring the tables up to date as their owner, then speak as the program again."""
    from django.core.management import call_command

    speak_as(OWNER)
    call_command("migrate", verbosity=verbosity, interactive=False)
    speak_as(APP)


def publish_all(services: Path, by: str) -> None:
    """Publish every shipped service; raises HouseFault with the faults of the first that can't be."""
    from kantormaya.catalogue.publishing import publish_folder
    from kantormaya.language.reading import Refused

    for folder in sorted(file.parent for file in services.glob("*/service.toml")):
        try:
            publish_folder(folder, by=by)
        except Refused as faults:
            said = {code: "\n".join(m.said(code) for m in faults.messages) for code in ("id", "en")}
            raise HouseFault(
                f"Layanan {folder.name} belum dapat diterbitkan:\n{said['id']}",
                f"The service {folder.name} can't be published yet:\n{said['en']}",
            ) from None


def service_folders(paths: list[Path]) -> list[Path]:
    """The service folders that the paths name: each itself, or each folder below it with a service.toml."""
    found: list[Path] = []
    for path in paths:
        below = sorted(p.parent for p in path.glob("*/service.toml")) if path.is_dir() else []
        found += below if below and not (path / "service.toml").exists() else [path]
    return found
