"""Whatever a file holds, the answer is a definition or sentences in two languages."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantormaya.language.checking import check
from kantormaya.language.importing import Unreadable, import_file, import_record
from kantormaya.language.importing.tests.sample import SAMPLE, price, step
from kantormaya.language.reading import load_text, read

STEADY = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
TELLING = (
    "baru", "perpanjangan", "perorangan", "badan", "usaha", "hukum", "SIP", "ke-1", "ke-2",
    "mandiri", "faskes", "tidak", "bukan", "belum", "lebih", "dari", "60", "hari", "kerja", "sejak",
    "lahir", "ukuran", "di", "atas", "12", "m2", "/", ",", ";", ".", "(", ")", "dan", "atau",
    "bila", "perlu", "ada", "pengganti", "KTP", "surat", "kuasa", "dikuasakan", "WNA", "WNI",
    "asli", "bermeterai", "membayar", "memenuhi", "melengkapi", "menandatangani", "tanda", "tangan",
    "kembali", "lengkap", "keputusan:", "Pemohon", "Petugas", "Sistem", "Masyarakat", "Bapenda",
    "Kasi", "2", "tahun", "bulan", "lapor", "tiap", "diperlukan)", "(bila", "izin", "rekomendasi",
)  # fmt: skip
PHRASE = st.text(max_size=40) | st.lists(st.sampled_from(TELLING), min_size=1, max_size=6).map(" ".join)
WORDS = st.none() | PHRASE
LISTED = st.none() | st.lists(PHRASE, max_size=4)


def sentences(record: object) -> list[str]:
    with pytest.raises(Unreadable) as refused:
        import_record(record)
    assert all(fault.id and fault.en for fault in refused.value.faults)
    return [str(fault.en) for fault in refused.value.faults]


@pytest.mark.parametrize("key", SAMPLE)
def test_a_missing_key_is_named(key: str) -> None:
    record = {name: value for name, value in SAMPLE.items() if name != key}
    assert any(f"“{key}”" in said and "missing" in said for said in sentences(record))


def test_an_unknown_key_is_not_dropped_silently() -> None:
    assert any(
        "“catatan”" in said and "unknown" in said for said in sentences(SAMPLE | {"catatan": "penting"})
    )


@pytest.mark.parametrize("key", [key for key in SAMPLE if key not in ("features",)])
def test_a_wrong_type_is_named(key: str) -> None:
    assert any(f"“{key}" in said for said in sentences(SAMPLE | {key: {"aneh": [1]}}))


@pytest.mark.parametrize(
    "changed",
    [
        {"total_time": {"value": -3, "unit": "hari", "working": True, "condition": None}},
        {"total_time": {"value": 10**30, "unit": "hari", "working": True, "condition": None}},
        {"total_time": {"value": 3, "unit": "windu", "working": True, "condition": None}},
        {"fee": {"text": None, "amounts": [price(-1)], "formula": None}},
        {"steps": [step("", "Petugas")]},
        {"requirements": ["x" * 5000]},
        {"id": "../../rahasia"},
    ],
)
def test_nonsense_is_refused(changed: dict[str, Any]) -> None:
    assert sentences(SAMPLE | changed)


@pytest.mark.parametrize("record", [None, 7, "teks", [], {}])
def test_what_is_no_record_is_refused(record: object) -> None:
    assert sentences(record)


@STEADY
@given(st.sampled_from(sorted(SAMPLE)), JUNK)
def test_any_value_at_any_key_gives_a_definition_or_sentences(key: str, value: Any) -> None:
    try:
        one = import_record(copy.deepcopy(SAMPLE) | {key: value})
    except Unreadable as refused:
        assert refused.faults
        return
    load_text(one.service_toml)


@STEADY
@given(LISTED, LISTED, st.lists(st.tuples(PHRASE, WORDS), max_size=4), WORDS, WORDS)
def test_any_words_give_a_sound_definition_or_sentences(
    variants: Any, requirements: Any, steps: Any, product: Any, validity: Any
) -> None:
    items = [{"requirement": name, "condition": name} for name in requirements or []]
    record = SAMPLE | {
        "variants": variants,
        "requirements": requirements,
        "conditional_requirements": items,
        "steps": [step(name, actor) for name, actor in steps],
        "product": product,
        "validity": validity,
    }
    try:
        one = import_record(record)
    except Unreadable as refused:
        assert refused.faults
        return
    faults = [m.said("en") for m in check(read(one.service_toml)) if m.severity == "fault"]
    assert faults == []


UNITS = st.sampled_from(["menit", "jam", "hari", "minggu", "bulan"])
SPANS = st.integers(0, 90) | st.lists(st.integers(0, 90), min_size=2, max_size=2)
LIMITS = st.fixed_dictionaries(
    {"value": SPANS, "unit": UNITS, "working": st.sampled_from([True, False, "unknown"]), "condition": WORDS}
)
PRICES = st.builds(price, st.integers(0, 10**9), WORDS, WORDS, WORDS)
FEATURES = st.lists(
    st.sampled_from(["two_axis_condition", "sum_of_items", "late_document", "company_applicant"])
)


@STEADY
@given(
    st.none() | LIMITS,
    st.lists(LIMITS, max_size=4),
    st.lists(PRICES, max_size=4),
    WORDS,
    WORDS,
    LISTED,
    FEATURES,
)
def test_any_numbers_give_a_sound_definition_or_sentences(
    total: Any, limits: Any, prices: Any, text: Any, formula: Any, variants: Any, features: Any
) -> None:
    flow = [step("Periksa", "Petugas", limit["value"], limit["unit"]) for limit in limits]
    record = SAMPLE | {
        "total_time": total,
        "time_variants": limits,
        "fee": {"text": text, "amounts": prices, "formula": formula},
        "variants": variants,
        "steps": [*flow, step("Membayar", "Pemohon"), step("Tanda tangan", "Kepala")],
        "features": features,
    }
    try:
        one = import_record(record)
    except Unreadable as refused:
        assert refused.faults
        return
    faults = [m.said("en") for m in check(read(one.service_toml)) if m.severity == "fault"]
    assert faults == []


@pytest.mark.parametrize("text", ["", "{", "{}", "[1, null]", "[[[", '"teks"', "\ufeff{}"])
def test_a_file_that_is_no_list_of_records_is_refused_and_nothing_is_written(
    tmp_path: Path, text: str
) -> None:
    file = tmp_path / "standards.json"
    file.write_text(text, "utf-8")
    with pytest.raises(Unreadable):
        import_file(file, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_bytes_that_are_no_text_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00[")
    for name in ("bytes.json", "tiada.json"):
        with pytest.raises(Unreadable):
            import_file(tmp_path / name, tmp_path / "out")


def test_one_bad_record_keeps_the_whole_file_out_and_all_that_is_wrong_is_said(tmp_path: Path) -> None:
    file = tmp_path / "standards.json"
    bad = [SAMPLE, SAMPLE, SAMPLE | {"id": "lain", "steps": 3}, SAMPLE | {"id": "lagi", "partial": "ya"}]
    file.write_text(json.dumps(bad), "utf-8")
    with pytest.raises(Unreadable) as refused:
        import_file(file, tmp_path / "out")
    assert len(refused.value.faults) == 3
    assert not (tmp_path / "out").exists()


def test_a_second_import_is_the_same_and_never_overwrites_what_a_person_edited(tmp_path: Path) -> None:
    file = tmp_path / "standards.json"
    file.write_text(json.dumps([SAMPLE]), "utf-8")
    assert import_file(file, tmp_path / "out") == import_file(file, tmp_path / "out")
    edited = tmp_path / "out" / str(SAMPLE["id"]) / "service.toml"
    edited.write_text("# disunting", "utf-8")
    with pytest.raises(Unreadable):
        import_file(file, tmp_path / "out")
    assert edited.read_text("utf-8") == "# disunting"


def test_a_place_that_cannot_be_written_gives_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "standards.json"
    file.write_text(json.dumps([SAMPLE]), "utf-8")
    with pytest.raises(Unreadable):
        import_file(file, file / "out")
