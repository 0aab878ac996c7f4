"""The walks of the shipped services, those that are generated, and how they are told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kantormaya.engine import Actor
from kantormaya.engine.explaining import explain
from kantormaya.engine.generating import generate
from kantormaya.engine.telling import calendar, told, walk_paths
from kantormaya.engine.tests.small import BACK, CALENDAR, CITIZEN, LOKET, PROMISE, TWO_STEPS, case, service
from kantormaya.engine.walking import play, read_walk
from kantormaya.language.reading import load

SERVICES = Path(__file__).parents[3] / "services"
WALKS = sorted(SERVICES.glob("*/walks/*.toml"))
START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("path", WALKS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_a_written_walk_plays_as_expected(path: Path) -> None:
    definition = load(path.parent.parent).definition
    assert definition is not None
    assert [problem.id for problem in play(definition, read_walk(path), calendar()).problems] == []


@pytest.mark.parametrize(
    "folder", sorted({path.parent.parent for path in WALKS}), ids=lambda folder: folder.name
)
def test_the_walks_of_a_service_reach_every_end(folder: Path) -> None:
    definition = load(folder).definition
    assert definition is not None
    walked = [play(definition, read_walk(path), calendar()) for path in sorted(folder.glob("walks/*.toml"))]
    ends = {walk.simulation.state.at for walk in walked if walk.simulation.state}
    assert ends >= {*definition.outcome, "lapsed", "withdrawn"} - {"lapsed"}


@pytest.mark.parametrize(
    "folder", sorted({path.parent.parent for path in WALKS}), ids=lambda folder: folder.name
)
def test_a_walk_to_every_end_can_be_made_without_writing_one(folder: Path) -> None:
    definition = load(folder).definition
    assert definition is not None
    assert [str(problem) for walk in generate(definition, CALENDAR, START) for problem in walk.problems] == []


WALK = """
title = "Contoh"
start = "2026-06-02T09:00:00+07:00"
[[do]]
by = "front_office"
act = "move"
[[do]]
after = "1 hari kerja"
by = "back_office"
act = "move"
[expect]
at = "AT"
due_on = 2026-06-09
"""


def played(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "contoh.toml"
    path.write_text(text, "utf-8")
    return [problem.said("en") for problem in play(service(TWO_STEPS), read_walk(path), CALENDAR).problems]


def test_a_walk_says_what_did_not_come_as_expected(tmp_path: Path) -> None:
    assert played(tmp_path, WALK.replace("AT", "terbit")) == []
    assert played(tmp_path, WALK.replace("AT", "ditolak")) == ["at: expected ditolak, found terbit"]
    assert played(tmp_path, WALK.replace("AT", "terbit").replace("due_on", "due")) == [
        "unknown expectation: due"
    ]


def test_a_walk_names_the_act_that_was_refused_or_unknown(tmp_path: Path) -> None:
    assert played(tmp_path, WALK.replace('by = "back_office"', 'by = "front_office"'))[0].startswith(
        "Act 2 (move): "
    )
    assert "unknown act 'fly'" in played(tmp_path, WALK.replace('act = "move"', 'act = "fly"'))[0]
    assert (
        "is before what happened last"
        in played(tmp_path, WALK.replace('after = "1 hari kerja"', 'at = "2026-06-01T09:00:00+07:00"'))[0]
    )


def test_a_walk_that_can_not_be_read_says_which_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"contoh\.toml"):
        played(tmp_path, "title = ")


def test_walking_tells_who_did_what_when_it_was_due_and_what_came_out() -> None:
    lines, is_well = walk_paths([SERVICES / "surat-laik-sehat-depot-air"], language="en")
    told_ = "\n".join(lines)
    assert is_well
    for part in (
        "Technical team @ dinas-kesehatan",
        "paid: skrd",
        "Stood still from",
        "Fee: Rp\N{NO-BREAK SPACE}300,000",
        "End: terbit",
    ):
        assert part in told_
    assert lines[-1].endswith("walks, 0 failed.")


def test_a_failed_walk_is_told_even_quietly_and_is_not_well(tmp_path: Path) -> None:
    folder = tmp_path / "uji"
    (folder / "walks").mkdir(parents=True)
    text = (SERVICES / "surat-laik-sehat-depot-air" / "service.toml").read_text("utf-8")
    (folder / "service.toml").write_text(text, "utf-8")
    shared = tmp_path / "_shared"
    shared.symlink_to(SERVICES / "_shared")
    walk = SERVICES / "surat-laik-sehat-depot-air" / "walks" / "01-story.toml"
    walk = (
        walk
        if walk.exists()
        else sorted((SERVICES / "surat-laik-sehat-depot-air" / "walks").glob("*.toml"))[0]
    )
    (folder / "walks" / "1.toml").write_text(
        walk.read_text("utf-8").replace('"terbit"', '"ditolak"'), "utf-8"
    )
    lines, is_well = walk_paths([folder], language="id", quiet=True)
    assert not is_well
    assert any("diharapkan ditolak, ternyata terbit" in line for line in lines)


def test_a_definition_without_walks_is_walked_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "uji"
    folder.mkdir()
    (folder / "service.toml").write_text(
        Path(__file__).with_name("everything.toml").read_text("utf-8"), "utf-8"
    )
    lines, _ = walk_paths([folder], language="en")
    assert any("→ ditolak" in line for line in lines)


def test_anyone_can_count_the_due_date_again() -> None:
    promise = (
        PROMISE.replace("[promise]", '[promise]\nat_most = "10 hari kerja"')
        + '[promise.extension]\nfor = "2 hari kerja"\nby = "division_head"\n'
    )
    made = case(service("[requirement]\nktp = { title = 'KTP' }\n", TWO_STEPS, promise=promise))
    assert (
        explain(made.definition, made.here, CALENDAR, made.now)[0]
        .said("en")
        .startswith("Our promise is 5 working days; its time has not begun")
    )
    made.accept()
    made.act("extend", Actor("division_head", "dpmptsp"), reason="hujan lebat.")
    made.act("return", BACK, items={"requirement.ktp": "buram"})
    open_ = [text.said("en") for text in explain(made.definition, made.here, CALENDAR, made.now)]
    assert any(line.startswith("Standing still since Tuesday 2 June 2026") for line in open_)
    made.on("2 hari kerja")
    made.act("correct", CITIZEN, give=["ktp"])
    said = explain(made.definition, made.here, CALENDAR, made.now)
    assert [text.said("en") for text in said] == [
        "Our promise of 5 working days: Monday 15 June 2026 at 16:00 WIB at the latest.",
        "Counted from Tuesday 2 June 2026 at 09:00 WIB, when the file is found complete.",
        "The first day is the next working day; a working day touched by a pause is not counted.",
        "Working calendar version 1 (Jakarta).",
        "Stood still from Tuesday 2 June 2026 at 09:00 WIB to Thursday 4 June 2026 at 16:00 WIB: waiting for the applicant's correction.",
        "Lengthened by 2 working days on Tuesday 2 June 2026 at 09:00 WIB: hujan lebat.",
        "The legal limit of 10 working days: Friday 19 June 2026 at 16:30 WIB at the latest.",
    ]
    assert all(text.id and text.en for text in said)


def test_the_holidays_that_were_left_out_are_named() -> None:
    made = case(service(TWO_STEPS), at=datetime(2026, 12, 23, 3, 0, tzinfo=UTC))
    made.act("move", LOKET)
    said = " ".join(text.said("id") for text in explain(made.definition, made.here, CALENDAR, made.now))
    assert "Hari libur di antaranya: " in said
    assert "Jumat 25 Desember 2026" in said
    assert date(2026, 12, 25) in CALENDAR.holidays


def test_a_walk_is_told_in_both_languages() -> None:
    definition = service(TWO_STEPS)
    for walked in generate(definition, CALENDAR, START):
        assert told(definition, walked, "id")[1].split()[0] == "Waktu"
        assert told(definition, walked, "en")[1].split()[0] == "Time"
