"""The regions: every village of the regency by district, names instead of codes, and a notice beside the data."""

from __future__ import annotations

from collections import Counter

from kantormaya.language import regions


def test_every_village_of_the_regency_can_be_chosen_under_its_district() -> None:
    groups = regions.choices()
    names = [name.id for name, _ in groups]
    assert len(groups) == 15 and names == sorted(names)
    assert ("16.06.01.1012", "Kelurahan Balai Agung (Sekayu)") in [
        (c, n.id) for _, all_ in groups for c, n in all_
    ]
    codes = [code for _, villages in groups for code, _ in villages]
    assert Counter(len(code) for code in codes) == {13: 242, 8: 15}
    assert all(regions.read_code(code) == code for code in codes)


def test_a_village_that_is_not_on_file_yet_still_has_its_district() -> None:
    sekayu = next(villages for name, villages in regions.choices() if name.id == "Kecamatan Sekayu")
    assert sekayu[-1][0] == "16.06.01" and sekayu[-1][1].id == "Desa lain di Kecamatan Sekayu"


def test_a_region_is_read_with_what_it_is_and_where_it_lies() -> None:
    village = regions.words("16.06.01.1012")
    assert village.id == "Kelurahan Balai Agung, Kecamatan Sekayu"
    assert village.said("en") == "Balai Agung Village, Sekayu District"
    assert regions.words("16.06.01.2001").id.startswith("Desa Sukarami")
    assert regions.words("31.71.01").id == "Kecamatan Gambir, Kota Administrasi Jakarta Pusat"
    assert regions.words("16.06").said("en") == "Musi Banyuasin Regency"


def test_a_name_that_the_source_misspells_is_put_right() -> None:
    assert regions.words("16.06.13").id == "Kecamatan Lawang Wetan"


def test_a_code_of_long_ago_is_shown_as_it_is() -> None:
    assert regions.words("99.99.99.9999").id == "99.99.99.9999"


def test_the_data_bear_their_licence_and_the_name_of_their_makers() -> None:
    notice = (regions.DATA / "NOTICE.md").read_text(encoding="utf-8")
    assert "idn-area-data" in notice and "Open Database License" in notice
    assert "Open Database License" in (regions.DATA / "LICENSE-ODbL.md").read_text(encoding="utf-8")
