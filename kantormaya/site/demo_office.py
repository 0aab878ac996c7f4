"""The example regency: agencies, and accounts named by their role, never like a person."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from pydantic import SecretStr

from kantormaya.casework.drafting import as_signatory
from kantormaya.catalogue.charters import charter_standing, digest_of_standards
from kantormaya.people.models import Account, Agency, Post
from kantormaya.people.roles import role_title
from kantormaya.permits.charters import sign_charter
from kantormaya.permits.providers.local import LocalProvider

PASSPHRASE = SecretStr("kantor maya contoh")
"""Opens the example signing keys, which sign papers marked UJI COBA only; the demo prints it beside the roles."""

SINCE = date(2025, 1, 2)
OFFICE = (
    "front_office",
    "back_office",
    "section_head",
    "division_head",
    "secretary",
    "head_of_office",
    "revenue_treasurer",
    "agency_admin",
)
TECHNICAL = ("technical_team", "liaison_officer", "section_head", "division_head", "head_of_office")
DISTRICT = ("front_office", "back_office", "section_head", "secretary", "head_of_office")
CONTACT = {"address": "Jalan Contoh, Sekayu", "phone": "0714 000000", "email": "kantor@example.org"}

AGENCIES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "dpmptsp": (
        "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kabupaten Musi Banyuasin",
        "DPMPTSP Musi Banyuasin",
        "one_stop",
        OFFICE,
    ),
    "dinas-kesehatan": (
        "Dinas Kesehatan Kabupaten Musi Banyuasin",
        "Dinas Kesehatan",
        "technical",
        TECHNICAL,
    ),
    "dinas-pupr": (
        "Dinas Pekerjaan Umum dan Penataan Ruang Kabupaten Musi Banyuasin",
        "Dinas PUPR",
        "technical",
        TECHNICAL,
    ),
    "dinas-pendidikan": (
        "Dinas Pendidikan Kabupaten Musi Banyuasin",
        "Dinas Pendidikan",
        "technical",
        TECHNICAL,
    ),
    "kecamatan-sekayu": ("Kecamatan Sekayu", "Kecamatan Sekayu", "district", DISTRICT),
}


def furnish() -> None:
    """Make what of the example office is not there yet; safe to do again."""
    for slug, (name, short, kind, roles) in AGENCIES.items():
        agency, _ = Agency.objects.update_or_create(
            slug=slug, defaults={"name": name, "short": short, "kind": kind, "contact": CONTACT}
        )
        for role in roles:
            _fill(agency, role)


def sign_charters() -> None:
    """Every head signs the charter of an agency that has standards, anew where one changed."""
    if settings.KANTOR_SIGNING != "local":
        return
    for agency in Agency.objects.filter(slug__in=AGENCIES):
        standing = charter_standing(agency)
        if standing.standards and not standing.is_current:
            head = Post.objects.select_related("account", "agency").get(agency=agency, role="head_of_office")
            seen = digest_of_standards(standing.standards)
            sign_charter(agency, as_signatory(head), PASSPHRASE, seen=seen, actor=head.account.username)


def _fill(agency: Agency, role: str) -> None:
    username = f"{role.replace('_', '-')}.{agency.slug}"
    account = Account.objects.filter(username=username).first() or Account.objects.create_user(
        username, f"{username}@example.org", name=f"{role_title(role).id} {agency.short}"
    )
    post, _ = Post.objects.get_or_create(
        account=account, agency=agency, role=role, defaults={"since_on": SINCE}
    )
    if role == "head_of_office" and settings.KANTOR_SIGNING == "local":
        LocalProvider().enrol(as_signatory(post), PASSPHRASE)
