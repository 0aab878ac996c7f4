"""One planted fault for each thing the checker looks for: it is found, with its code, on its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kantormaya.language.checking import check, check_paths
from kantormaya.language.reading import load, read
from kantormaya.language.tests.samples import HERE, planted, text

Change = tuple[str, str]


def test_the_sound_definition_has_neither_faults_nor_doubts() -> None:
    assert check(read(text())) == []


ONE_CHANGE: list[tuple[str, str, str, str]] = [
    # code, what is replaced, by what, a piece of the line that is named
    ("key.unknown", 'slug     = "izin', 'slugg = 1\nslug     = "izin', "slugg"),
    ("key.missing", 'by         = "front_office"\n', "", "[step.periksa]"),
    ("key.type", "accepts    = true", 'accepts    = "ya"', 'accepts    = "ya"'),
    ("value.choice", 'kind     = "izin"', 'kind     = "izinn"', "izinn"),
    ("value.form", "mulai_on = { type", "Mulai = { type", "Mulai"),
    ("value.bound", "rounds = 2", "rounds = 99", "rounds = 99"),
    ("value", 'kuasa  = { title = { id = "Surat kuasa", en = "Power of attorney" }', 'kuasa = { title = ""', "kuasa ="),
    ("expression", 'when = "by_proxy"', 'when = "by_proxy &&"', "by_proxy &&"),
    ("duration", '"8 hari kerja"', '"8 hari krj"', "8 hari krj"),
    ("value", "amount = 5_000", 'amount = "150.000"', '"150.000"'),
    ("absurd.number", "amount = 5_000", "amount = 99999999999999999999", "99999999999999999999"),
    ("name.unknown", "\"tempat == 'jalan' && skala == 'besar'\"", "\"tempatt == 'jalan'\"", "tempatt"),
    ("name.unknown", 'then       = "tinjau"', 'then       = "tinjauan"', "tinjauan"),
    ("name.unknown", 'signs        = ["izin"]', 'signs        = ["izn"]', 'signs        = ["izn"]'),
    ("name.unknown", 'step = "bayar" }', 'step = "byr" }', "byr"),
    ("name.unknown", 'from = "mulai_on"', 'from = "mulai"', 'from = "mulai"'),
    ("name.unknown", '"5 hari kerja"', '"5 hari kerja sebelum lusa"', "lusa"),
    ("name.unknown", 'correction = { within = "10 hari kerja", rounds = 2, silence = "lapsed" }',
     'correction = { within = "10 hari kerja", silence = "gugur" }', "gugur"),
    ("name.role", 'to = "division_head"', 'to = "division_heads"', "division_heads"),
    ("name.today", 'when = "by_proxy"', "when = \"mulai_on == today\", says = \"hari ini\"", "mulai_on == today"),
    ("name.circle", 'is       = "listrik && variant', 'is       = "berlistrik && variant', "[term.berlistrik]"),
    ("name.twice", "[task.pendapat]", "[task.lapak]", "[task.lapak]"),
    ("name.twice", 'terbit  = { title', 'bayar = { title = "B", means = "done" }\nterbit  = { title', "bayar = {"),
    ("condition.never", "\"tempat == 'jalan' && skala == 'besar'\"", "\"tempat == 'jalann'\", says = \"x\"", "jalann"),
    ("condition.never", 'proxy = "allowed"', 'proxy = "forbidden"', 'when = "by_proxy"'),
    ("condition.always", "\"tempat == 'jalan' && skala == 'besar'\"", '"lapak >= 1"', "lapak >= 1"),
    ("condition.words", "\"tempat == 'jalan' && skala == 'besar'\"", '"lapak * 2 > 30"', "lapak * 2"),
    ("condition.words", 'when = "berlistrik"', 'when = "!(lapak + 1 > 9)"', "lapak + 1"),
    ("condition.null_is_other", "\"tempat == 'jalan' && skala == 'besar'\"", '"daya != 5"', "daya != 5"),
    ("expression.value", "\"tempat == 'jalan' && skala == 'besar'\"", '"daya > 5"', "daya > 5"),
    ("expression.value", "\"tempat == 'jalan' && skala == 'besar'\"", "\"lapak == 'jalan'\"", "lapak == 'jalan'"),
    ("cases.none", "{ when = \"skala == 'besar'\", is = \"12", "{ when = \"skala == 'besar' && listrik\", is = \"12", "listrik\", is"),
    ("cases.several", "{ when = \"skala == 'besar'\", is = \"12", "{ when = \"lapak > 5\", is = \"12", "lapak > 5"),
    ("bands.gap", "above = 20 }", "above = 21 }", "above = 21"),
    ("bands.overlap", "above = 20 }", "from = 20 }", "from = 20"),
    ("term.of", 'of    = "lapak"', 'of    = "tempat"', 'of    = "tempat"'),
    ("term.form", "is       = \"listrik && variant == 'baru'\"\n", "", "[term.berlistrik]"),
    ("tariff.missing", ', ["jalan", "besar", "not_offered"]', "", "[fee.tariff.sewa]"),
    ("tariff.twice", '["jalan", "besar", "not_offered"]', '["jalan", "besar", 5], ["jalan", "besar", 6]', "[fee.tariff.sewa]"),
    ("tariff.unused", '["jalan", "besar", "not_offered"]', '["jalan", "besar", 5], ["jalann", "besar", 6]', "jalann"),
    ("tariff.row", '["jalan", "besar", "not_offered"]', '["jalan", "besar"]', '"besar"]]'),
    ("one_of.none", 'one_of.milik  = { title = { id = "Sertifikat tanah", en = "Land title" } }',
     "one_of.milik  = { title = \"S\", when = \"variant == 'ulang'\" }", "[requirement.lahan]"),
    ("step.unreachable", 'then    = "tanda_tangan"', 'then    = "terbit"', "[step.tanda_tangan]"),
    ("step.never_ends", "[step.tanda_tangan]", 'move.buntu = { to = "buntu" }\n[step.buntu]\ntitle = "B"\nby = "front_office"\n[step.tanda_tangan]', "[step.buntu]"),
    ("outcome.unreachable", 'ditolak = { title =', 'dirujuk = { title = "R", means = "referred" }\nditolak = { title =', "dirujuk"),
    ("step.passed_over", 'within     = "8 hari kerja"\nthen       = "bayar"\n', 'within     = "8 hari kerja"\nmove.a = { to = "bayar" }\n', "[step.tinjau]"),
    ("step.loop", 'then    = "tanda_tangan"', 'then    = "periksa"\nmove.x = { to = "tanda_tangan" }', 'then    = "periksa"'),
    ("move.loop", ", rounds = 1 }", " }", "move.kembali"),
    ("move.applicant", 'label = { id = "Tolak", en = "Refuse" }', 'by = ["applicant"]', "move.tolak = { to"),
    ("step.nobody", 'by         = "technical_team"', 'by         = "public"', 'by         = "public"'),
    ("applicant.within", 'within  = "5 hari kerja"\n', "", "[step.bayar]"),
    ("applicant.silence", 'silence = "lapsed"\nthen', "then", "[step.bayar]"),
    ("applicant.official", 'silence = "lapsed"\nthen', 'silence = "lapsed"\naccepts = true\nthen', "accepts = true\nthen"),
    ("clock.never_resumed", 'silence = "lapsed"\nthen', 'silence = "remind"\nthen', 'silence = "remind"'),
    ("clock.never_resumed", 'step = "bayar" }', 'step = "tinjau" }', 'step = "tinjau" }'),
    ("correction.rule", 'correction = { within = "10 hari kerja", rounds = 2, silence = "lapsed" }\n', "", "correction = true"),
    ("task.waits", 'within  = "3 hari kerja"\nsilence = "no_objection"\n', "", "[task.pendapat]"),
    ("task.rule", 'silence = "no_objection"', 'answers = { ok = "Ok" }\nrule = "all_agree"', "rule ="),
    ("task.applicant", 'by      = "liaison_officer"', 'by      = "applicant"', 'by      = "applicant"\nat'),
    ("task.agency", 'at      = ["kepolisian", "kecamatan"]', 'at      = ["applicant"]', "at      ="),
    ("promise.grant", 'at_most    = "15', 'on_silence = "grant"\nat_most    = "15', "on_silence"),
    ("promise.too_short", '"8 hari kerja"', '"11 hari kerja"', "within     = [{"),
    ("promise.above_law", 'at_most    = "15', 'at_most    = "11', "at_most"),
    ("time.hari", '"8 hari kerja"', '"8 hari"', '"8 hari"'),
    ("promise.not_stated", 'is = "4-6 hari kerja"', 'is = "not_stated"', "not_stated"),
    ("step.no_time", 'within     = "8 hari kerja"\n', "", "[step.tinjau]"),
    ("standard.facilities", 'facilities             = [{ id = "Ruang tunggu", en = "Waiting room" }]\n', "", "[standard]"),
    ("standard.fee", '[fee]\n', '[fee]\nnot_stated = true\n', "[fee]"),
    ("text.english", 'title    = { id = "Izin Pasar Malam", en = "Night market permit" }', 'title = "Izin Pasar Malam"', "title = "),
    ("in_person.reason", 'kind    = "opinion"', 'kind    = "presence"', "[task.pendapat]"),
    ("fee.free", "[fee]\n", "[fee]\nfree = true\n", "retribusi ="),
    ("fee.amount", 'tariff = "sewa" }', 'tariff = "sewa", amount = 5 }', "amount = 5 }"),
    ("fee.not_stated", "amount = 5_000", 'amount = "not_stated"', "sampah ="),
    ("fee.negative", 'units = "lapak"', 'units = "lapak - 5"', "sampah ="),
    ("bill.shares", 'step = "bayar" }', 'step = "bayar", share = "60%" }', "sampah ="),
    ("bill.passed_by", 'then       = "bayar"\n', 'then       = "bayar"\nmove.langsung = { to = "tanda_tangan" }\n', "retribusi ="),
    ("bill.too_early", 'units = "lapak"', 'units = "denda"', "retribusi ="),
    ("requirement.size", '"2 MB"', '"besar sekali"', "besar sekali"),
    ("requirement.accept", '["pdf", "jpg"]', '["exe"]', "exe"),
    ("requirement.source", ', service = "izin-pasar-malam", or_upload = true', "", "lama   ="),
    ("requirement.own_product", ", or_upload = true, when = \"variant == 'ulang'\"", "", "lama   ="),
    ("requirement.own_product", 'id = "KTP pemohon"', 'id = "Izin pasar malam"', "ktp    ="),
    ("requirement.twice", 'ktp    = {', 'ktp2 = { title = "KTP pemohon" }\nktp    = {', "ktp    ="),
    ("step.twice", 'id = "Tinjauan tempat"', 'id = "Pemeriksaan berkas"', "[step.tinjau]"),
    ("fact.too_early", "when       = \"skala == 'besar'\"", 'when       = "layak"', 'when       = "layak"'),
    ("fact.too_early", 'unit = "kVA", when = "listrik"', 'when = "layak"', "daya     ="),
    ("field.empty", 'type = "text", label = { id = "Nama pemilik', 'type = "rows", label = { id = "Nama pemilik', "pemilik  ="),
    ("field.private", "private = true", "private = true, public = true", "pemilik  ="),
    ("outcome.nothing", ', products = ["izin"] }', " }", "terbit  ="),
    ("product.unsigned", 'signs        = ["izin"]\n', "", "[product.izin]"),
    ("product.never", "[product.izin]", '[product.lain]\ntitle = "L"\nkind = "letter"\n[product.izin]', "[product.lain]"),
    ("product.number", "{sequence:03}", "{nomor}", "{nomor}"),
    ("product.valid", 'for = "1 bulan",', 'for = "1 bulan", lifelong = true,', "lifelong"),
    ("product.valid_null", 'for = "1 bulan", from = "mulai_on"', 'until = "sampai_on"', "until ="),
    ("fee.minus", "amount = 5_000", 'amount = 5_000, refundable = { within = "3 hari kerja", minus = "lapak" }', "minus ="),
    ("field.default", "choices = { lapangan", 'default = "laut", choices = { lapangan', "laut"),
    ("move.same", 'then    = "tanda_tangan"', 'then    = "tanda_tangan"\nmove.x = { to = "tanda_tangan" }', "move.x"),
    ("step.waits", 'within     = "8 hari kerja"\n', 'opens      = { service = "lain", wait = true }\n', "opens "),
    ("by_hand", 'within     = "8 hari kerja"\n', 'within     = "8 hari kerja"\nfirst_reply = "1 hari kerja"\n', "first_reply"),
    ("by_hand", "amount = 5_000", 'amount = 5_000, refundable = { within = "3 hari kerja" }', "sampah ="),
    ("private.shown", 'products = ["izin"] }', 'products = ["izin"], publish = ["pemilik"] }', "publish"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "old", "new", "line"), ONE_CHANGE)
def test_a_planted_fault_is_found_on_its_line(code: str, old: str, new: str, line: str) -> None:
    extra: list[Change] = []
    if "sampai_on" in new:
        optional = 'sampai_on = { type = "date", label = "Sampai", required = false }\n'
        extra.append(("mulai_on = { type", optional + "mulai_on = { type"))
    if "denda" in new:
        late = 'denda = { type = "number", label = "Denda", filled_at = "step.tanda_tangan" }\n'
        extra.append(("mulai_on = { type", late + "mulai_on = { type"))
    source = planted((old, new), *extra)
    expected = source.text[: source.text.index(line)].count("\n") + 1
    found = [(message.code, message.line) for message in check(source)]
    assert (code, expected) in found


@pytest.mark.parametrize(
    ("codes", "changes"),
    [
        ({"anonymous.identity"}, [('proxy = "allowed"', "anonymous = true"), ('pemilik  = { type = "text"', 'pemilik  = { type = "nik"')]),
        ({"booking.form"}, [("[fee]\n", '[booking.a]\ntitle = { id = "A", en = "A" }\n[fee]\n')]),
        ({"booking.session"}, [("[fee]\n", '[booking.a]\ntitle = { id = "A", en = "A" }\nday = "mulai_on"\nsession = "tempat"\nsessions = { lapangan = "8-9", jalan = "09:00-10:00" }\n[fee]\n')]),
        ({"booking.length", "booking.form"}, [("[fee]\n", '[booking.a]\ntitle = { id = "A", en = "A" }\nlength = "2 minggu"\n[fee]\n')]),
        ({"booking.hold"}, [("[fee]\n", '[booking.a]\ntitle = { id = "A", en = "A" }\nresource = "tempat"\nhold = "2 hari kerja"\n[fee]\n')]),
        ({"national.channel"}, [('kind     = "izin"', 'kind     = "izin"\nchannels = "national"')]),
        ({"name.unknown", "national.outcome"}, [
            ('kind     = "izin"', 'kind     = "izin"\nchannels = "national"'),
            ("[fee]\n", '[national]\nsystem = "oss"\nnib = "nibb"\naddress = "https://oss.go.id"\ndecides = { id = "A", en = "A" }\nhere = { id = "B", en = "B" }\n[fee]\n'),
            ('means = "granted"', 'means = "answered"'),
        ]),
        ({"try.many"}, [("[requirement]\n", '[requirement]\nz = { title = { id = "Z", en = "Z" }, when = "' + " || ".join(f"p{n} > {n}" for n in range(9)) + '" }\n'),
                        ("[field]\n", "[field]\n" + "".join(f'p{n} = {{ type = "number", label = {{ id = "P{n}", en = "P{n}" }} }}\n' for n in range(9)))]),
    ],
)  # fmt: skip
def test_faults_that_need_more_than_one_change_are_found_too(codes: set[str], changes: list[Change]) -> None:
    assert {message.code for message in check(planted(*changes))} == codes


def test_what_a_published_page_leaves_out_is_a_doubt_and_never_a_fault() -> None:
    gaps = [
        ("[standard]\n", '[standard]\nsource = "https://contoh.id/standar"\n'),
        ('facilities             = [{ id = "Ruang tunggu", en = "Waiting room" }]\n', ""),
        ('"8 hari kerja"', '"11 hari kerja"'),
        ('within  = "5 hari kerja"', 'within  = "not_stated"'),
    ]
    found = check(planted(*gaps))
    assert {message.code for message in found} == {
        "standard.facilities",
        "promise.too_short",
        "applicant.within",
    }
    assert {message.severity for message in found} == {"doubt"}


def test_an_internal_service_needs_no_public_standard() -> None:
    source = planted(
        ('kind     = "izin"', 'kind     = "izin"\naudience = "internal"'),
        ('facilities             = [{ id = "Ruang tunggu", en = "Waiting room" }]\n', ""),
    )
    assert check(source) == []


def test_a_service_without_questions_and_products_lacks_two_components() -> None:
    bare = (
        'slug = "a"\ntitle = "A"\nagency = "b"\nkind = "layanan"\n[promise]\nwithin = "1 hari kerja"\n'
        '[party]\napplicant = {}\n[fee]\nfree = true\n[step]\na = { title = "A", by = "front_office", then = "b" }\n'
        'sisa = { title = "S", by = "front_office", then = "b", accepts = true }\n'
        '[outcome]\nb = { title = "B", means = "done" }\n'
    )
    codes = {message.code for message in check(read(bare))}
    assert {"standard.requirements", "standard.product", "promise.never_starts"} <= codes


def test_a_permit_of_a_service_that_is_not_there_is_a_doubt() -> None:
    source = planted(('service = "izin-pasar-malam", or_upload = true', 'service = "izin-lain"'))
    assert [m.code for m in check(source, frozenset({"izin-pasar-malam"}))] == ["service.unknown"]


def test_no_check_is_without_its_planted_fault() -> None:
    written = "".join(file.read_text("utf-8") for file in (HERE.parent / "checks").glob("*.py"))
    codes = set(re.findall(r'^\s+"([a-z_]+\.[a-z_]+)",$', written, re.MULTILINE))
    here = Path(__file__).read_text("utf-8")
    assert len(codes) > 50
    assert [code for code in sorted(codes) if f'"{code}"' not in here] == []


def test_every_message_is_said_in_both_languages_with_file_line_fault_and_remedy() -> None:
    message = check(planted(('then       = "tinjau"', 'then       = "tinjauan"')))[0]
    assert message.said("id").startswith("service.toml:62: kesalahan [step.periksa.then]: ")
    assert message.said("en").endswith('there is no "tinjauan" → perhaps "tinjau" is meant')
    assert message.as_json()["remedy"] == {
        "id": 'mungkin maksudnya "tinjau"',
        "en": 'perhaps "tinjau" is meant',
    }


def test_several_faults_come_in_the_order_of_the_lines() -> None:
    found = check(
        planted(('"8 hari kerja"', '"8 hari"'), ("above = 20 }", "above = 21 }"), ("{sequence:03}", "{x}"))
    )
    assert [m.line for m in found] == sorted(m.line for m in found)
    assert {"time.hari", "bands.gap", "product.number"} <= {m.code for m in found}


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"slug = \xff\xfe", "unreadable.bytes", 1),
        (b'slug = "a"\nslug = "b"\n', "unreadable.toml", 2),
        (b'slug = "a"\ntitle = "b\nkind = 1\n', "unreadable.toml", 2),
        (b"a = " + b"[" * 50_000, "unreadable.size", 1),
        (b"a." * 9_000 + b"b = 1", "unreadable.size", 1),
        (b"a = " + b"9" * 5_000, "unreadable.toml", 1),
        (b"#" * 400_000, "unreadable.size", 1),
        (b"a = 1979-99-99\n", "unreadable.toml", 1),
    ],
)
def test_what_cannot_be_read_is_its_own_kind_of_message(
    data: bytes, code: str, line: int, tmp_path: Path
) -> None:
    file = tmp_path / "service.toml"
    file.write_bytes(data)
    (message,) = check(load(file))
    assert (message.code, message.line, message.unreadable) == (code, line, True)


def test_a_folder_of_services_is_checked_as_a_whole(tmp_path: Path) -> None:
    for name in ("satu", "dua"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "service.toml").write_text(text(), "utf-8")
    assert [message.code for message in check_paths([tmp_path])] == ["slug.twice"]
    assert [message.code for message in check_paths([tmp_path / "tiga"])] == ["unreadable.missing"]
    assert check_paths([HERE / "usaha.toml"]) == []
