"""Parallel work: several agencies at once, chains of initials, majorities, minutes, announcements, silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kantormaya.engine import Actor, Refused, due, known, moves
from kantormaya.engine.tests.small import BACK, CALENDAR, CITIZEN, LOKET, TWO_STEPS, Case, case, service

HEALTH = Actor("technical_team", "dinas-kesehatan")
WORKS = Actor("technical_team", "dinas-pupr")
OPINION = 'kind = "opinion"\nstep = "putus"\ntitle = "Pertimbangan"\nby = "technical_team"\n'


def asking(*lines: str, fields: str = "") -> Case:
    made = case(service(fields, "[task.pendapat]\n" + "\n".join(lines), TWO_STEPS))
    made.act("move", LOKET)
    return made


def both(*lines: str) -> Case:
    return asking(OPINION, 'at = ["dinas-kesehatan", "dinas-pupr"]', *lines)


def test_several_agencies_are_asked_at_once_and_the_worst_answer_counts() -> None:
    made = both()
    made.act("answer", WORKS, task="pendapat", answer="setuju")
    with pytest.raises(Refused, match="Waiting for: Pertimbangan"):
        made.act("move", BACK)
    assert "pendapat" not in known(made.definition, made.here, CALENDAR)
    made.act("answer", HEALTH, task="pendapat", answer="bersyarat")
    assert known(made.definition, made.here, CALENDAR)["pendapat"] == "bersyarat"
    made.act("move", BACK)
    assert made.here.at == "terbit"


def test_an_agency_answers_once_and_for_itself() -> None:
    made = both()
    made.act("answer", WORKS, task="pendapat", answer="setuju")
    for who in (
        WORKS,
        Actor("technical_team", "dinas-lain"),
        Actor("front_office", "dinas-kesehatan"),
        CITIZEN,
    ):
        with pytest.raises(Refused, match="does not wait for your answer"):
            made.act("answer", who, task="pendapat", answer="setuju")


def test_an_objection_needs_a_reason() -> None:
    made = both()
    with pytest.raises(Refused, match="Write the reason"):
        made.act("answer", WORKS, task="pendapat", answer="keberatan")
    with pytest.raises(Refused, match="Choose one"):
        made.act("answer", WORKS, task="pendapat", answer="mungkin")


def test_when_all_must_agree_one_objection_stops_the_case_until_it_is_asked_again() -> None:
    made = both('rule = "all_agree"')
    made.act("answer", WORKS, task="pendapat", answer="setuju")
    made.act("answer", HEALTH, task="pendapat", answer="keberatan", note="limbah")
    with pytest.raises(Refused, match="not agreed"):
        made.act("move", BACK)
    assert any(choice.act == "ask" for choice in moves(made.definition, made.here, BACK, CALENDAR, made.now))
    made.act("ask", BACK, task="pendapat")
    assert made.here.tasks["pendapat"].answers == {}
    for who in (WORKS, HEALTH):
        made.act("answer", who, task="pendapat", answer="setuju")
    made.act("move", BACK)


def test_a_majority_decides_and_a_tie_goes_to_the_worse() -> None:
    for answers, outcome in (
        (["setuju", "setuju", "keberatan"], "setuju"),
        (["keberatan", "bersyarat", "setuju"], "keberatan"),
    ):
        made = asking(OPINION, 'at = ["a", "b", "c"]', 'rule = "majority"')
        for agency, said in zip("abc", answers, strict=True):
            made.act("answer", Actor("technical_team", agency), task="pendapat", answer=said, note="sebab")
        assert made.here.tasks["pendapat"].result == outcome


def test_each_task_has_its_own_limit_which_stands_still_while_the_file_is_corrected() -> None:
    two = (
        "\n[task.uji]\n"
        + OPINION.replace("Pertimbangan", "Uji")
        + 'at = ["dinas-pupr"]\nwithin = "4 hari kerja"'
    )
    made = case(
        service(
            "[requirement]\nktp = { title = 'KTP' }\n[task.pendapat]\n"
            + OPINION
            + 'at = ["dinas-kesehatan"]\nwithin = "2 hari kerja"',
            two,
            TWO_STEPS,
        )
    ).accept()
    clocks = made.clocks().tasks
    assert {n: CALENDAR.local_date(c.due_at).isoformat() for n, c in clocks.items()} == {
        "pendapat": "2026-06-04",
        "uji": "2026-06-08",
    }
    made.act("return", BACK, items={"requirement.ktp": "buram"})
    made.on("3 hari kerja")
    made.act("correct", CITIZEN, give=["ktp"])
    assert CALENDAR.local_date(made.clocks().tasks["pendapat"].due_at).isoformat() == "2026-06-09"


CHAIN = 'kind = "initials"\nstep = "putus"\ntitle = "Paraf"\nby = ["section_head", "division_head"]\norder = "chain"'
SECTION, DIVISION = Actor("section_head", "dpmptsp"), Actor("division_head", "dpmptsp")


def test_initials_go_up_one_after_the_other_and_the_last_sends_the_case_on() -> None:
    made = asking(CHAIN)
    with pytest.raises(Refused, match="does not wait for your answer"):
        made.act("answer", DIVISION, task="pendapat", answer="paraf")
    made.act("answer", SECTION, task="pendapat", answer="paraf")
    made.act("answer", DIVISION, task="pendapat", answer="paraf")
    assert made.here.at == "terbit"


def test_a_draft_sent_back_by_one_of_the_chain_is_mended_and_initialled_from_the_beginning() -> None:
    made = asking(CHAIN)
    made.act("answer", SECTION, task="pendapat", answer="paraf")
    made.act("answer", DIVISION, task="pendapat", answer="kembali", note="nama salah tulis")
    assert made.here.tasks["pendapat"].status == "closed"
    with pytest.raises(Refused, match="not agreed"):
        made.act("move", BACK)
    made.act("ask", BACK, task="pendapat")
    made.act("answer", SECTION, task="pendapat", answer="paraf")
    made.act("answer", DIVISION, task="pendapat", answer="paraf")
    assert made.here.at == "terbit"


def test_initials_belong_to_the_agency_of_the_step() -> None:
    with pytest.raises(Refused):
        asking(CHAIN).act("answer", Actor("section_head", "dinas-lain"), task="pendapat", answer="paraf")


def test_a_task_on_request_is_done_only_when_asked_for() -> None:
    made = asking(OPINION, "on_request = true", 'at = ["dinas-pupr"]')
    assert made.here.tasks["pendapat"].status == "not_needed"
    made.act("ask", BACK, task="pendapat")
    with pytest.raises(Refused, match="Waiting for"):
        made.act("move", BACK)
    with pytest.raises(Refused, match="can't be asked for now"):
        made.act("ask", BACK, task="pendapat")


def test_of_chosen_agencies_the_official_names_them() -> None:
    made = asking(OPINION, 'at = ["chosen"]')
    with pytest.raises(Refused, match="Choose the agency"):
        made.act("ask", BACK, task="pendapat")
    made.act("ask", BACK, task="pendapat", agencies=["dinas-pupr"])
    made.act("answer", WORKS, task="pendapat", answer="setuju")
    made.act("move", BACK)


FACTS = """
[field]
perlu = { type = "yes_no", label = "Perlu ditinjau", filled_at = "step.putus" }
skor = { type = "number", label = "Skor", filled_at = "step.putus", when = "perlu" }
"""


def test_a_task_whose_need_is_found_at_its_own_step_is_asked_for_then() -> None:
    made = asking(OPINION, 'when = "perlu"', 'at = ["dinas-pupr"]', fields=FACTS)
    assert "pendapat" not in made.here.tasks
    made.act("find", BACK, facts={"perlu": True, "skor": 1})
    assert made.here.tasks["pendapat"].status == "open"
    with pytest.raises(Refused, match="Waiting for"):
        made.act("move", BACK)


def test_a_task_that_turns_out_not_to_be_needed_holds_nobody_up() -> None:
    made = asking(OPINION, 'when = "perlu"', 'at = ["dinas-pupr"]', fields=FACTS)
    made.act("find", BACK, facts={"perlu": True, "skor": 1})
    made.act("find", BACK, facts={"perlu": False})
    made.act("move", BACK)
    assert made.here.at == "terbit"
    assert made.here.tasks["pendapat"].status == "not_needed"


INSPECTION = (
    'kind = "inspection"\nstep = "putus"\ntitle = "Kunjungan"\nby = "technical_team"\nat = ["dinas-pupr"]\n'
)


def test_a_report_fills_what_it_has_to_and_nothing_else() -> None:
    made = asking(INSPECTION, 'report = ["skor"]', fields=FACTS)
    made.act("find", BACK, facts={"perlu": True})
    with pytest.raises(Refused, match="Fill in first: Skor"):
        made.act("answer", WORKS, task="pendapat", answer="sesuai")
    with pytest.raises(Refused, match="its own findings only"):
        made.act("answer", WORKS, task="pendapat", answer="sesuai", facts={"skor": 5, "perlu": False})
    made.act("answer", WORKS, task="pendapat", answer="sesuai", facts={"skor": 5})
    assert made.here.facts["skor"] == 5


def test_an_inspection_gets_a_time_to_come_from_those_concerned() -> None:
    made = asking(INSPECTION, "scheduled = true")
    with pytest.raises(Refused, match="to come"):
        made.act("schedule", WORKS, task="pendapat", on=made.now - timedelta(days=1))
    with pytest.raises(Refused, match="not your task"):
        made.act("schedule", CITIZEN, task="pendapat")
    made.act("schedule", WORKS, task="pendapat", on=made.now + timedelta(days=1))
    assert made.here.tasks["pendapat"].scheduled_for == made.now + timedelta(days=1)


def test_minutes_wait_for_the_applicants_agreement_and_so_does_the_promise() -> None:
    made = asking(INSPECTION, 'confirmed_by = "applicant"', 'within = "2 hari kerja"')
    made.act("answer", WORKS, task="pendapat", answer="sesuai")
    assert [wait.cause for wait in made.here.waits if wait.until is None] == ["confirm.pendapat"]
    made.act("confirm", CITIZEN, task="pendapat")
    assert not [wait for wait in made.here.waits if wait.until is None]
    made.act("move", BACK)


def test_minutes_nobody_disagrees_with_in_time_stand_as_they_were_written() -> None:
    made = asking(INSPECTION, 'confirmed_by = "applicant"', 'within = "2 hari kerja"')
    made.act("answer", WORKS, task="pendapat", answer="tidak_sesuai", note="retak")
    made.silence()
    assert made.here.tasks["pendapat"].status == "timed_out"
    assert made.here.tasks["pendapat"].result == "tidak_sesuai"
    assert not [wait for wait in made.here.waits if wait.until is None]


@pytest.mark.parametrize(("silence", "kind"), [("wait", "reminded"), ("escalate", "escalated")])
def test_silence_is_reminded_or_reported_once(silence: str, kind: str) -> None:
    made = asking(OPINION, f'silence = "{silence}"', 'within = "1 hari kerja"', 'at = ["dinas-pupr"]')
    made.on("1 hari kerja")
    made.on("1 hari kerja")
    assert [e.kind for e in made.events if e.data.get("task") == "pendapat"] == [kind]


def test_silence_that_means_no_objection_closes_the_task_and_late_answers_are_too_late() -> None:
    made = both('silence = "no_objection"', 'within = "1 hari kerja"')
    made.act("answer", WORKS, task="pendapat", answer="bersyarat")
    made.on("2 hari kerja")
    assert made.here.tasks["pendapat"].status == "timed_out"
    assert made.here.tasks["pendapat"].answers["dinas-kesehatan"].answer == "setuju"
    assert made.here.tasks["pendapat"].result == "bersyarat"
    with pytest.raises(Refused, match="not open"):
        made.act("answer", HEALTH, task="pendapat", answer="keberatan", note="x")


def test_an_announcement_has_to_run_its_time() -> None:
    made = asking(
        'kind = "announcement"',
        'step = "putus"',
        'title = "Pengumuman"',
        'by = "back_office"',
        'runs = "3 hari kerja"',
    )
    with pytest.raises(Refused, match="still running"):
        made.act("answer", BACK, task="pendapat", answer="selesai")
    made.on("4 hari kerja")
    made.act("answer", BACK, task="pendapat", answer="selesai")


def test_leaving_another_way_takes_the_open_tasks_off_everyones_table() -> None:
    made = both()
    made.act("move", BACK, to="tolak", reason="tidak layak")
    assert made.here.tasks["pendapat"].status == "not_needed"


def test_coming_back_to_a_step_asks_anew() -> None:
    made = both()
    made.act("answer", WORKS, task="pendapat", answer="setuju")
    made.act("move", BACK, to="kembali")
    made.act("move", LOKET)
    assert made.here.tasks["pendapat"].answers == {}
    assert due(made.definition, made.here, CALENDAR, made.now) == made.clocks()
