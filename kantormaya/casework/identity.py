"""Who the applicant is: asked the same way for every service, kept apart from all other answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kantormaya.language.asking import Field
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About
from kantormaya.language.texts import Text

SEPARATE = "•••"
"""What stands in the answers where the answer itself is kept apart."""

KINDS: dict[str, Text] = {
    "perorangan": Text("Perorangan", "An individual"),
    "badan_usaha": Text("Badan usaha", "A business"),
    "instansi": Text("Instansi pemerintah", "A public agency"),
    "lembaga": Text("Lembaga atau perguruan tinggi", "An institution or university"),
    "kelompok": Text("Kelompok masyarakat", "A community group"),
}


@lru_cache
def identity(about: About) -> Mapping[str, Field]:
    """The questions about the applicant, by kind; asked of everybody, defined nowhere else."""
    person = about.applicant_kind == "perorangan"
    fields: dict[str, Field] = {}
    if not person:
        fields["organisation"] = _text("Nama badan atau lembaga", "Name of the organisation")
    fields["name"] = _text(
        "Nama lengkap" if person else "Nama penanggung jawab",
        "Full name" if person else "Name of the person responsible",
    )
    if about.applicant_foreign:
        fields["passport"] = _text("Nomor paspor", "Passport number")
    else:
        nik_help = Text(
            "16 angka pada KTP. Hanya dilihat petugas yang memeriksa.",
            "16 digits on the ID card. Seen only by the officer who checks.",
        )
        fields["nik"] = Field(
            type="nik", label=Text("NIK", "NIK (national ID number)"), help=nik_help, private=True
        )
    fields["phone"] = Field(type="phone", label=Text("Nomor telepon", "Phone number"), private=True)
    email_help = Text(
        "Untuk kabar tentang permohonan, dan untuk membukanya lewat tautan bila kode atau PIN hilang. Tulis alamat yang hanya "
        "Anda baca. Boleh kosong.",
        "For news of your application, and to open it by a link should the code or PIN be lost. Give an address that only you "
        "read. May be left empty.",
    )
    fields["email"] = Field(
        type="email",
        label=Text("Alamat email", "E-mail address"),
        required=False,
        help=email_help,
        private=True,
    )
    fields["address"] = Field(
        type="long_text",
        label=Text(
            "Alamat tempat tinggal" if person else "Alamat kantor",
            "Home address" if person else "Office address",
        ),
        private=True,
    )
    if about.by_proxy:
        fields["proxy_name"] = _text("Nama kuasa", "Name of the representative")
        fields["proxy_nik"] = Field(
            type="nik", label=Text("NIK kuasa", "NIK of the representative"), private=True
        )
    return fields


def _text(indonesian: str, english: str) -> Field:
    return Field(type="text", label=Text(indonesian, english), private=True)


def split(definition: Definition, answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answers that may stand in events, and those that identify a person and are kept apart; both sides know the name.

    Private dates, numbers and choices stay, since conditions read them.
    """
    apart = {
        name: value for name, value in answers.items() if value is not None and is_apart(definition, name)
    }
    return {name: SEPARATE if name in apart else value for name, value in answers.items()}, apart


def is_apart(definition: Definition, name: str) -> bool:
    """Whether the answer to a field is kept with the identity."""
    field = definition.questions.get(name)
    if field is None:
        return False
    return field.type in ("nik", "npwp", "nip", "phone", "email") or (
        field.private and field.type in ("text", "long_text", "place", "rows")
    )


def contact(pii: Mapping[str, Any]) -> tuple[str, str]:
    """(name to address someone by, mail address or "")."""
    said = _said(pii)
    return str(said.get("name") or ""), str(said.get("email") or "")


def _said(pii: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who someone is; where a service asks nobody who they are, what they wrote in its own `nama` and `email`."""
    if pii.get("name"):
        return pii
    own = pii.get("answers", {})
    return {"name": own.get("nama"), "email": own.get("email"), **pii}


def holder_of(pii: Mapping[str, Any]) -> str:
    """The name that stands on a paper: the organisation, else the person."""
    return str(pii.get("organisation") or _said(pii).get("name") or "")


def masked(name: str) -> str:
    """A name as lists show it: first letters only, enough to recognise and too little to collect."""
    return " ".join(
        part if len(part) < 3 or part.isdigit() else part[0] + "•" * min(len(part) - 1, 4)
        for part in name.split()
    )


def masked_address(address: str) -> str:
    """A mail address with its name covered: p•••@contoh.example."""
    name, _, host = address.partition("@")
    return f"{name[:1]}•••@{host}" if host else ""


def masked_number(number: str) -> str:
    """A long number with its middle covered."""
    return number[:4] + "•" * max(0, len(number) - 8) + number[-4:] if len(number) > 8 else "•" * len(number)
