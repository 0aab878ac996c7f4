"""A remote inspection: pictures are awaited once it has its time, and lie before whoever answers."""

from __future__ import annotations

import pytest

from kantormaya.engine import Actor, Refused, moves
from kantormaya.engine.showing import MOST
from kantormaya.engine.storing import event_as_json, event_from_json
from kantormaya.engine.tests.small import BACK, CALENDAR, CITIZEN, TWO_STEPS, Case, case, service

LOOK = """[task.periksa_tempat]
kind = "inspection"
step = "putus"
title = "Pemeriksaan"
by = "technical_team"
at = "dinas-kesehatan"
scheduled = true
"""
HEALTH = Actor("technical_team", "dinas-kesehatan")


def looked_at(remote: bool = True) -> Case:
    made = case(service("", LOOK + f"remote = {str(remote).lower()}\n", TWO_STEPS))
    made.act("move", Actor("front_office", "dpmptsp"))
    return made


def offered(made: Case) -> bool:
    return any(c.act == "show" for c in moves(made.definition, made.here, CITIZEN, CALENDAR, made.now))


def test_pictures_are_awaited_only_once_the_inspection_has_its_time() -> None:
    made = looked_at()
    assert not offered(made)
    with pytest.raises(Refused, match="No remote inspection"):
        made.act("show", CITIZEN, task="periksa_tempat")
    made.act("schedule", HEALTH, task="periksa_tempat")
    assert offered(made)
    made.act("show", CITIZEN, task="periksa_tempat", pictures=2)
    assert len(made.here.tasks["periksa_tempat"].proofs) == 2


def test_an_inspection_that_is_not_remote_takes_no_pictures() -> None:
    made = looked_at(remote=False)
    made.act("schedule", HEALTH, task="periksa_tempat")
    assert not offered(made)
    with pytest.raises(Refused):
        made.act("show", CITIZEN, task="periksa_tempat")


def test_the_answer_carries_every_picture_with_its_code_time_and_fingerprint() -> None:
    made = looked_at()
    made.act("schedule", HEALTH, task="periksa_tempat")
    made.act("show", CITIZEN, task="periksa_tempat", pictures=2)
    before = made.here.tasks["periksa_tempat"].proofs
    made.act("answer", HEALTH, task="periksa_tempat", answer="sesuai")
    answered = next(e for e in made.events if e.kind == "answered")
    assert answered.data["proofs"] == before
    assert event_from_json(event_as_json(answered)) == answered
    (answer,) = made.here.tasks["periksa_tempat"].answers.values()
    assert answer.proofs == before
    assert not offered(made)
    made.act("move", BACK)


def test_there_is_an_end_to_pictures() -> None:
    made = looked_at()
    made.act("schedule", HEALTH, task="periksa_tempat")
    made.act("show", CITIZEN, task="periksa_tempat", pictures=MOST)
    with pytest.raises(Refused, match="At most"):
        made.act("show", CITIZEN, task="periksa_tempat")
