"""What an agency says of itself is read strictly, and what the law asks for and it does not say is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kantormaya.language.agency import agency_files, gaps, implementers, load_agency
from kantormaya.language.checking import check_paths
from kantormaya.language.public_service import LIMITS
from kantormaya.language.reading import load

SERVICES = Path(__file__).parents[3] / "services"
SHIPPED = agency_files(SERVICES)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_profile_says_all_that_the_law_asks_and_is_marked_as_an_example(file: Path) -> None:
    profile, messages = load_agency(file.read_text("utf-8"), str(file))
    assert profile is not None and not messages
    assert profile.example and profile.agency == file.stem and not gaps(profile)


def test_an_empty_profile_lacks_everything_by_article() -> None:
    profile, messages = load_agency('agency = "dinas-x"')
    assert profile is not None
    assert {gap.part for gap in gaps(profile)} == {"a", "e"} and len(gaps(profile)) == len(gaps(None)) == 10
    assert [m.severity for m in messages] == ["doubt"] * 10
    assert messages[3].said("en") == (
        "agency.toml:1: doubt [budget]: budget: not said (Law 25/2009 art. 23(4) letter a) → "
        "write it, or the page says it is missing"
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[bugdet]\nyear = 2026", 'agency.toml:2: fault [bugdet]: the key "bugdet" is not known here'),
        ('[contact]\nphone = 5', "agency.toml:3: fault [contact.phone]: phone: the wrong kind of value"),
        ('[budget]\nyear = 2026\namount = -1\nsource = "x"', "agency.toml:4: fault [budget.amount]"),
        ("duties = [", "agency.toml:2: fault"),
    ],
)  # fmt: skip
def test_a_slip_is_said_with_its_line(wrong: str, said: str) -> None:
    profile, messages = load_agency(f'agency = "dinas-x"\n{wrong}')
    assert profile is None
    assert messages[0].said("en").startswith(said), messages[0].said("en")


def test_doubts_name_a_wrong_file_name_a_part_under_nothing_and_missing_english() -> None:
    text = 'agency = "dinas-x"\nstructure = [{ title = "Bidang A", under = "Kepala" }]\n'
    codes = [message.code for message in load_agency(text, "services/_agencies/dinas-y.toml")[1]]
    assert {"agency.name", "agency.under", "text.english"} <= set(codes)


def test_the_checker_reads_profiles_beside_services_and_alone(tmp_path: Path) -> None:
    folder = tmp_path / "_agencies"
    folder.mkdir()
    (folder / "dinas-x.toml").write_text('agency = "Dinas X"\n', "utf-8")
    for path in (tmp_path, folder, folder / "dinas-x.toml"):
        assert [message.code for message in check_paths([path])] == ["value.form"]
    (folder / "dinas-x.toml").write_bytes(b"\xff")
    assert [message.code for message in check_paths([folder])] == ["unreadable.bytes"]


def test_who_works_on_a_service_follows_from_its_definition() -> None:
    definition = load(SERVICES / "surat-laik-sehat-depot-air").definition
    assert definition is not None
    found = implementers(definition)
    assert ("dinas-kesehatan", "technical_team") in found and ("dpmptsp", "head_of_office") in found
    assert not any(role in ("applicant", "system") for _, role in found) and len(found) == len(set(found))


def test_the_limits_of_the_law_have_their_article_and_their_day() -> None:
    assert [limit.within.high for limit in LIMITS.complaint] == [30, 14, 30, 60, 14]
    assert all(limit.basis and limit.title.en for limit in (LIMITS.charter, *LIMITS.complaint))
