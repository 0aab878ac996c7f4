"""The way to a question: from every service and every case, with what it is about written in already."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from kantormaya.casework.standing import Standing
from kantormaya.catalogue.finding import catalogue
from kantormaya.language.definition import Definition

GUIDANCE = "konsultasi"
"""The service that a question is a case of; an office that does not publish it offers no such link."""


def ask_href(about: str) -> str:
    """Where a question about this begins."""
    return f"{reverse('apply_start', args=(GUIDANCE,))}?{urlencode({'tentang': about})}"


def ask_about_service(definition: Definition) -> str:
    """The link on the page of a service."""
    return ask_href(definition.title.id)


def ask_about_case(now_: Standing) -> str | None:
    """The link on the page of a case; None on a question itself, and where no questions are taken."""
    if now_.case.service_slug == GUIDANCE or catalogue().offer(GUIDANCE) is None:
        return None
    return ask_href(f"{now_.definition.title.id}, permohonan {now_.case.number}")
