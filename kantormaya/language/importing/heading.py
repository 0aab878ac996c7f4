"""The root of the definition, and its last table: what only the published page says."""

from __future__ import annotations

from kantormaya.language.importing.draft import Draft, both
from kantormaya.language.importing.ids import slug
from kantormaya.language.importing.limits import minutes
from kantormaya.language.texts import Text

KINDS = {
    "izin": "izin",
    "non-izin": "non_izin",
    "rekomendasi": "rekomendasi",
    "administrasi": "administrasi",
    "administrasi kependudukan": "administrasi",
    "pajak daerah": "administrasi",
    "pencabutan": "non_izin",
    "informasi publik": "informasi",
    "pengaduan": "pengaduan",
}
DOUBTFUL = (
    "contradiction", "step_order_error", "structure_error", "duplicate_requirement", "duplicate_step", "gap_in_classes",
    "typo", "placeholder_left", "copy_paste_error", "outdated_law", "empty_fields", "open_ended_extension", "tight_total",
)  # fmt: skip


def head(draft: Draft) -> None:
    """Slug, title, agency, kind and group, as the page names them."""
    record = draft.record
    kind = KINDS.get((record.service_kind or "").lower(), "layanan")
    agency = record.agency or "instansi yang tidak disebut"
    draft.head = {
        "slug": record.id,
        "title": record.service_name,
        "agency": slug(agency),
        "kind": kind,
        "summary": both(
            f"Disusun dari standar pelayanan yang diterbitkan {_where(draft, agency)}",
            f"Made from the service standard published by {_where(draft, agency)}",
        ),
    }
    if record.service_type:
        draft.head["group"] = record.service_type
    if record.agency is None:
        draft.ask(WHICH_AGENCY, "agency")
    if (record.service_kind or "").lower() not in (
        "izin",
        "rekomendasi",
        "administrasi",
        "layanan",
        "pengaduan",
    ):
        draft.keep(f"Jenis layanan: {record.service_kind or 'tidak disebut'}")


def _where(draft: Draft, agency: str) -> str:
    region = draft.record.region
    return f"{agency}, {region}" if region and region not in agency else agency


def sum_up(draft: Draft) -> None:
    """The standard's own table, the page's remarks, and the contradictions found by reading it."""
    record = draft.record
    if record.legal_basis:
        draft.standard["legal_basis"] = list(record.legal_basis)
    else:
        draft.ask(NO_BASIS)
    if record.complaint_channels:
        draft.standard["complaint_handling"] = list(record.complaint_channels)
    else:
        draft.ask(NO_COMPLAINTS)
    draft.standard["source"] = record.source_url or "alamat halaman tidak tercatat"
    draft.ask(OTHER_COMPONENTS)
    if record.remarks:
        draft.keep(f"Catatan: {record.remarks}")
        if draft.has(*DOUBTFUL):
            draft.doubt(Text(record.remarks, f"On the page, in Indonesian: {record.remarks}"))
    if record.partial:
        draft.keep("Bagian akhir halaman tidak terekam")
        draft.ask(PARTIAL)
    _compare_times(draft)
    draft.comments[""] = "Pertanyaan yang masih terbuka ada di guide.md."


def _compare_times(draft: Draft) -> None:
    """Steps that take longer together than the page promises."""
    record = draft.record
    if record.total_time is None:
        return
    spent = [
        minutes(step.duration_value, step.duration_unit) for step in record.steps or [] if step.duration_value
    ]
    whole = minutes(record.total_time.value, record.total_time.unit)
    if whole and spent and sum(spent) > whole:
        draft.doubt(STEPS_LONGER)


WHICH_AGENCY = Text("Instansi mana yang menerbitkan standar ini?", "Which agency publishes this standard?")
NO_BASIS = Text(
    "Apa dasar hukumnya? Halaman tidak menyebutnya.", "What is the legal basis? The page does not name any."
)
NO_COMPLAINTS = Text(
    "Lewat saluran mana orang mengadu? Halaman tidak menyebutnya.",
    "By which channel does one complain? The page does not say.",
)
OTHER_COMPONENTS = Text(
    "Mohon lengkapi komponen yang tidak ada pada rekaman: sarana, kompetensi, pengawasan internal, jumlah pelaksana, "
    "jaminan pelayanan, jaminan keamanan, evaluasi kinerja.",
    "Please add the components that the record lacks: facilities, staff competence, internal supervision, staff count, "
    "service guarantee, safety guarantee, performance evaluation.",
)
PARTIAL = Text(
    "Rekaman tidak memuat bagian akhir halaman; mohon periksa apakah ada yang belum masuk.",
    "The record lacks the later parts of the page; please check whether anything is missing.",
)
STEPS_LONGER = Text(
    "Jumlah waktu langkah lebih lama daripada jangka waktu yang dijanjikan.",
    "The steps take longer together than the time that is promised.",
)
