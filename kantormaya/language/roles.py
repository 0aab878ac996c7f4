"""The roles people have in a case and in an office, and what they are called everywhere; a role that is not listed is said by its own words."""

from __future__ import annotations

from kantormaya.language.texts import Text

ROLES: dict[str, Text] = {
    "applicant": Text("Pemohon", "Applicant"),
    "system": Text("Sistem", "System"),
    "public": Text("Masyarakat", "The public"),
    "front_office": Text("Petugas loket", "Front office"),
    "back_office": Text("Petugas pemroses", "Back office"),
    "technical_team": Text("Tim teknis", "Technical team"),
    "section_head": Text("Kepala seksi", "Head of section"),
    "division_head": Text("Kepala bidang", "Head of division"),
    "secretary": Text("Sekretaris", "Secretary"),
    "head_of_office": Text("Kepala perangkat daerah", "Head of office"),
    "revenue_treasurer": Text("Bendahara penerimaan", "Revenue treasurer"),
    "liaison_officer": Text("Petugas penghubung", "Liaison officer"),
    "complaint_officer": Text("Petugas pengaduan", "Complaint officer"),
    "agency_admin": Text("Admin perangkat daerah", "Agency administrator"),
}


def role_name(role: str) -> Text:
    """The name of a role."""
    plain = role.replace("_", " ")
    return ROLES.get(role) or Text(plain[:1].upper() + plain[1:], plain[:1].upper() + plain[1:])
