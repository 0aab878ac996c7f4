"""Where one meets by video: a room of the configured provider, the same for both sides and for nobody else."""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac

from kantormaya.cases.models import Case

LENGTH = 20


def room(case: Case, booking: str) -> str:
    """The name of the room: nobody can guess it, and it stays when the time is moved."""
    digest = salted_hmac("kantor.room", f"{case.code}.{booking}", algorithm="sha256").hexdigest()
    return digest[:LENGTH]


def video_link(case: Case, booking: str) -> str | None:
    """The address of the room; None where no provider is configured: then an official sends one by message."""
    pattern: str = settings.KANTOR_VIDEO_URL
    return pattern.replace("{room}", room(case, booking)) if pattern else None
