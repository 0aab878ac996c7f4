"""What an office needs before its pages can be walked: services on offer, keys for those who sign, cases to look at."""

from __future__ import annotations

from django.conf import settings

from kantormaya.casework.drafting import as_signatory
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import publish_folder
from kantormaya.people.models import Post
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.site.demo_stories import PASSPHRASE


def open_service(slug: str) -> Revision:
    """Publish a shipped service."""
    return publish_folder(settings.KANTOR_SERVICES / slug, by="kantor uji")


def give_keys(role: str, agency: str = "dpmptsp") -> None:
    """Give whoever holds a role a key to sign with, locked with the demonstration's passphrase."""
    post = Post.objects.select_related("account", "agency").get(agency__slug=agency, role=role)
    LocalProvider().enrol(as_signatory(post), PASSPHRASE)
