"""The typeset page: what kind of PDF it is, what it shows, and what a template may not do."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime

import pikepdf
import pytest

from kantormaya.language.texts import Text
from kantormaya.people.models import Agency
from kantormaya.permits import setting
from kantormaya.permits.drafting import receipt, said
from kantormaya.permits.models import Paper, PaperState
from kantormaya.permits.tests.drafts import HEAD, words

AT = datetime(2026, 9, 2, 4, tzinfo=UTC)
LETTER = '#import "/kantor.typ": *\n#show: paper\n'


def paper(state: PaperState = PaperState.SIGNED, **data: object) -> Paper:
    """A paper that was never in a database."""
    one = words()
    office = {"government": "Pemerintah", "name": "Dinas Contoh", "address": "Jalan", "place": "Sekayu"}
    kept = {
        "opening": one.opening, "decision": one.decision, "facts": [list(f) for f in one.facts], "provisions": [],
        "basis": [], "reasons": [], "values": dict(one.values), "labels": dict(one.labels),
        "validity": dict(one.validity), "office": office,
    }  # fmt: skip
    return Paper(
        title_id=one.title.id, title_en=one.title.en or "", state=state, number="503/0001/SIPB/DPMPTSP/2026",
        code="MUBA-7K4P-Q9XD-2M8C-7RTA-5", holder=one.holder, issued_on=date(2026, 9, 2), issued_at=AT, drafted_at=AT, is_test=True,
        data=kept | data, signatory={"id": HEAD.id, "name": HEAD.name, "position": HEAD.position, "nip": ""},
    )  # fmt: skip


def characters_of(pdf: bytes) -> set[str]:
    """The characters of a PDF, read through its own character maps."""
    found: set[str] = set()
    with pikepdf.open(io.BytesIO(pdf)) as read:
        for thing in read.objects:
            if isinstance(thing, pikepdf.Stream) and b"beginbfchar" in (raw := thing.read_bytes()):
                pairs = re.findall(rb"<[0-9a-fA-F]+> <([0-9a-fA-F]+)>", raw)
                found.update(*(bytes.fromhex(one.decode()).decode("utf-16-be") for one in pairs))
    return found


def test_a_paper_is_archivable_tagged_and_readable_aloud() -> None:
    pdf = setting.typeset(setting.default_template(), said(paper()), at=AT)
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert read.Root.MarkInfo.Marked
        assert str(read.Root.Lang) == "id"
        assert pikepdf.Name("/GTS_PDFA1") == read.Root.OutputIntents[0].S
        assert "/StructTreeRoot" in read.Root
        assert read.Root.ViewerPreferences.DisplayDocTitle
        with read.open_metadata() as about:
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"].startswith("Surat Izin Praktik Bidan 503/0001")


def test_the_same_words_at_the_same_moment_give_the_same_bytes() -> None:
    once, again = (setting.typeset(setting.default_template(), said(paper()), at=AT) for _ in range(2))
    assert once == again


def test_what_a_person_typed_is_shown_and_never_run() -> None:
    typed = '#eval("1+1") $x$ *tebal* \\ "kutip" <script> #import "@preview/x:1.0.0": *'
    pdf = setting.typeset(setting.default_template(), said(paper(facts=[["Nama", typed]])), at=AT)
    assert set("$*\\<@#") <= characters_of(pdf)


def test_a_service_may_bring_its_own_words() -> None:
    own = LETTER + '#facts("lokasi")\n#decision[Diberikan di #value("lokasi").]\n'
    assert setting.typeset(own, said(paper()), at=AT).startswith(b"%PDF-")


def test_a_template_that_asks_for_what_the_case_lacks_says_which_template_and_which_key() -> None:
    for asked in ('#value("luas")', '#facts("luas")', "#given.values.luas"):
        with pytest.raises(setting.PaperFault) as fault:
            setting.typeset(LETTER + asked, said(paper()), name="izin-x/permit.typ", at=AT)
        assert "izin-x/permit.typ" in fault.value.text.id
        assert "luas" in fault.value.text.id
        assert "luas" in (fault.value.text.en or "")


def test_a_template_with_a_slip_names_its_line() -> None:
    with pytest.raises(setting.PaperFault) as fault:
        setting.typeset(LETTER + "\n#tidak-ada\n", said(paper()), name="izin-x/permit.typ", at=AT)
    assert "baris 4" in fault.value.text.id


@pytest.mark.parametrize(
    "body",
    [
        '#import "@preview/cetz:0.3.0": *',
        '#include "/surat.typ"',
        '#import ("@pre" + "view/cetz:0.3.0"): *',
        '#eval("1")',
        '#plugin("x.wasm")',
        '#dictionary(std).at("ev" + "al")("1")',
        "#sys.inputs",
        '#read("/kantor.typ")',
    ],
)
def test_a_template_takes_nothing_from_anywhere_but_the_shared_paper(body: str) -> None:
    assert setting.check_template(LETTER + body)
    with pytest.raises(setting.PaperFault):
        setting.typeset(LETTER + body, said(paper()), at=AT)


def test_a_template_without_the_shared_paper_is_refused() -> None:
    assert setting.check_template("= Surat")
    assert setting.check_template(LETTER) is None


def test_a_name_in_a_script_no_font_has_is_told_and_not_dropped() -> None:
    with pytest.raises(setting.PaperFault) as fault:
        setting.typeset(setting.default_template(), said(paper(facts=[["Nama", "你好"]])), at=AT)
    assert "你" in fault.value.text.id
    assert "Latin" in fault.value.text.id


def test_a_draft_shows_pictures_and_has_no_code_to_check() -> None:
    draft = said(paper(PaperState.DRAFT))
    assert draft["qr"] is None
    assert draft["across"] == "RANCANGAN"
    (page,) = setting.picture(setting.default_template(), draft, at=AT)
    assert page.startswith(b"\x89PNG")


def test_a_receipt_is_a_paper_of_the_same_kind() -> None:
    pdf = receipt(
        agency=Agency(slug="dpmptsp", name="Dinas Contoh", contact={"place": "Sekayu"}),
        service=Text("Izin Praktik Bidan", "Midwife"), number="P-2026-000001", code="MUBA-7K4P-Q9XD-2M8C-7RTA-5",
        applicant="Pemohon Contoh", received_at=AT, facts={"Diterima": "2 September 2026"}, attachments=["STRB (1 berkas)"],
    )  # fmt: skip
    with pikepdf.open(io.BytesIO(pdf)) as read, read.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
