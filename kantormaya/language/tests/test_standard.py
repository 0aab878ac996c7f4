"""The standard's page is made from the definition: nothing beside it, nothing dropped."""

from __future__ import annotations

from kantormaya.language.standard import components
from kantormaya.language.tests.samples import sample


def test_there_are_fourteen_components_and_the_first_six_must_be_published() -> None:
    found = components(sample())
    assert [one.number for one in found] == list(range(1, 15))
    assert [one.key for one in found if one.published] == [
        "requirements",
        "procedure",
        "completion_time",
        "fee",
        "product",
        "complaint_handling",
    ]
    assert all(one.items for one in found)


def test_every_title_of_the_definition_is_said_in_both_languages() -> None:
    definition = sample()
    said = [text for one in components(definition) for text in one.texts()]
    for language in ("id", "en"):
        words = "\n".join(text.said(language) for text in said)
        for table in (definition.requirement, definition.step, definition.task, definition.outcome):
            for item in table.values():
                assert item.title.said(language) in words
        for line in definition.fee.line.values():
            assert line.title.said(language) in words


def test_time_fee_and_validity_are_said_with_their_conditions() -> None:
    by_key = {one.key: "\n".join(text.said("id") for text in one.texts()) for one in components(sample())}
    assert "4–6 hari kerja\nbila Jumlah lapak sampai dengan 20" in by_key["completion_time"]
    assert "Batas menurut peraturan: 15 hari kerja" in by_key["completion_time"]
    assert "Rp\N{NO-BREAK SPACE}5.000 per lapak" in by_key["fee"]
    assert "potongan 50% untuk Perpanjangan" in by_key["fee"]
    assert "Badan jalan · di atas 20\ntidak tersedia" in by_key["fee"]
    assert "berlaku 1 bulan" in by_key["product"]
    assert "sejak Tanggal mulai" in by_key["product"]
    assert "Surat kuasa\nbila dikuasakan\nbermeterai" in by_key["requirements"]
