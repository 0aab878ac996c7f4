"""What every page knows about the office it belongs to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kantormaya.people.readers import language


def office(request: HttpRequest) -> dict[str, Any]:
    """`office`: its name, its regency, whether it is only a demonstration, and the language of this page."""
    spoken = language()
    return {
        "office": {
            "name": "Kantor Maya",
            "regency": settings.KANTOR_REGENCY,
            "is_demo": settings.KANTOR_DEMO,
            "language": spoken,
            "other_language": {"id": "en", "en": "id"}[spoken],
            "path": request.path,
        }
    }
