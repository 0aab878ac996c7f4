"""What changed between two revisions, in words."""

from __future__ import annotations

from kantormaya.language.definition import Definition
from kantormaya.language.differences import compare
from kantormaya.language.tests.samples import planted, sample


def revised(*changes: tuple[str, str]) -> Definition:
    definition = planted(*changes).definition
    assert definition is not None
    return definition


def test_the_same_text_has_no_differences() -> None:
    assert compare(sample(), sample()) == []


def test_a_longer_time_a_new_paper_and_a_lower_fee_are_each_said() -> None:
    new = revised(
        ('is = "12 hari kerja"', 'is = "14 hari kerja"'),
        ("kuasa  = {", 'kk     = { title = { id = "Kartu keluarga", en = "Family card" } }\nkuasa  = {'),
        ('["jalan", "kecil", 150_000]', '["jalan", "kecil", 125_000]'),
    )
    said = {(change.kind, str(change.before), str(change.after)) for change in compare(sample(), new)}
    space = "\N{NO-BREAK SPACE}"
    assert said == {
        ("added", "None", "Kartu keluarga"),
        (
            "changed",
            "12 hari kerja · bila Jumlah lapak di atas 20",
            "14 hari kerja · bila Jumlah lapak di atas 20",
        ),
        (
            "changed",
            f"Badan jalan · sampai dengan 20 · Rp{space}150.000",
            f"Badan jalan · sampai dengan 20 · Rp{space}125.000",
        ),
    }


def test_what_is_gone_is_said_in_both_languages() -> None:
    new = revised(
        (
            'kuasa  = { title = { id = "Surat kuasa", en = "Power of attorney" }, stamp = true, when = "by_proxy" }\n',
            "",
        )
    )
    (change,) = compare(sample(), new)
    assert (change.kind, change.where, change.after) == ("removed", "requirement.kuasa", None)
    assert change.before is not None
    assert change.before.said("en") == "Power of attorney · if represented by proxy · with revenue stamp"
    assert str(change.component) == "Persyaratan"
