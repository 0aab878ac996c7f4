"""The pointer goes on: who may move it, what has to be done first, and how often one may go round."""

from __future__ import annotations

import pytest

from kantormaya.engine import Actor, Refused
from kantormaya.engine.choices import moves
from kantormaya.engine.tests.small import BACK, CITIZEN, HEAD, LOKET, TWO_STEPS, case, service

KTP = "[requirement]\nktp = { title = 'KTP' }\n"
LETTER = """
[step.periksa]
title = "Periksa"
by = "front_office"
correction = true
then = "tanda_tangan"
move.tolak = { to = "penolakan", needs = ["reason"] }
[step.tanda_tangan]
title = "Tanda tangan"
by = "head_of_office"
signs = ["izin", "lampiran"]
then = "terbit"
[step.penolakan]
title = "Surat penolakan"
by = "head_of_office"
signs = ["surat"]
then = "ditolak"
[field]
besar = { type = "yes_no", label = "Besar" }
[product]
izin = { title = "Izin", kind = "permit" }
lampiran = { title = "Lampiran", kind = "letter", when = "besar" }
surat = { title = "Surat penolakan", kind = "letter" }
"""


def test_a_step_belongs_to_its_role_at_its_agency() -> None:
    made = case(service(TWO_STEPS))
    for stranger in (BACK, CITIZEN, Actor("front_office", "dinas-lain")):
        with pytest.raises(Refused):
            made.act("move", stranger)
    made.act("move", LOKET)
    assert made.here.at == "putus"


def test_there_is_no_way_that_the_step_does_not_have() -> None:
    with pytest.raises(Refused, match="no such way"):
        case(service(TWO_STEPS)).act("move", LOKET, to="kembali")


def test_nothing_moves_forward_before_everything_is_found_to_fit() -> None:
    made = case(service(KTP, TWO_STEPS))
    with pytest.raises(Refused, match="Not yet found to fit: KTP"):
        made.act("move", LOKET)


def test_a_refusal_needs_a_reason_and_no_whole_file() -> None:
    made = case(service(KTP, TWO_STEPS))
    with pytest.raises(Refused, match="Write the reason"):
        made.act("move", LOKET, to="tolak")
    made.act("move", LOKET, to="tolak", reason="di luar wilayah")
    assert (made.here.at, made.here.reason) == ("ditolak", "di luar wilayah")


def test_a_refusal_letter_is_signed_although_the_file_is_deficient() -> None:
    made = case(service(KTP, LETTER), {"besar": False})
    made.act("check", LOKET, deficient={"ktp": "palsu"})
    made.act("move", LOKET, to="tolak", reason="KTP palsu")
    made.act("sign", HEAD, product="surat")
    assert made.here.at == "ditolak"
    assert made.here.reason == "KTP palsu"
    assert made.here.accepted_at is None


def test_the_last_signature_ends_the_step_and_only_what_applies_is_signed() -> None:
    made = case(service(LETTER), {"besar": True})
    made.act("move", LOKET)
    made.act("sign", HEAD, product="izin")
    with pytest.raises(Refused, match="No draft awaits"):
        made.act("sign", HEAD, product="izin")
    assert made.here.at == "tanda_tangan"
    made.act("sign", HEAD, product="lampiran")
    assert made.here.at == "terbit"
    small = case(service(LETTER), {"besar": False})
    small.act("move", LOKET)
    small.act("sign", HEAD, product="izin")
    assert small.here.at == "terbit"


def test_going_back_has_a_limit() -> None:
    made = case(service(TWO_STEPS))
    made.act("move", LOKET)
    made.act("move", BACK, to="kembali")
    made.act("move", LOKET)
    with pytest.raises(Refused, match="used 1 times"):
        made.act("move", BACK, to="kembali")


def test_acceptance_and_the_promise_happen_once_however_often_one_goes_round() -> None:
    made = case(service(TWO_STEPS))
    made.act("move", LOKET)
    accepted = made.here.accepted_at
    made.on("1 hari kerja")
    made.act("move", BACK, to="kembali")
    made.act("move", LOKET)
    assert made.here.accepted_at == made.here.promise_from == accepted


FOUR_EYES = TWO_STEPS.replace('title = "Putus"', 'title = "Putus"\nnot_by = ["periksa"]').replace(
    '"back_office"', '"front_office"'
)


def test_whoever_did_the_work_of_a_step_does_not_decide_where_another_is_wanted() -> None:
    made = case(service(KTP, FOUR_EYES))
    other = Actor("front_office", "dpmptsp", "loket-2")
    made.act("check", LOKET, fits="all")
    made.act("move", other)
    for same in (LOKET, other):
        with pytest.raises(Refused, match=r"Another person .* “Periksa”"):
            made.act("move", same)
        closed = moves(made.definition, made.here, same, made.calendar, made.now)
        assert closed and all("Another person" in c.refused.said("en") for c in closed if c.refused)
        assert not [c.act for c in closed if c.refused is None]
    made.act("move", Actor("front_office", "dpmptsp", "loket-3"))


def test_a_signature_counts_as_having_acted_although_the_case_goes_on_by_itself() -> None:
    watched = LETTER.replace('then = "terbit"\n', 'then = "serah"\n').replace(
        "[step.penolakan]", '[step.serah]\ntitle = "Serah"\nby = "head_of_office"\nnot_by = ["tanda_tangan"]\nthen = "terbit"\n[step.penolakan]'
    )  # fmt: skip
    made = case(service(watched), {"besar": False})
    made.act("move", LOKET)
    made.act("sign", HEAD, product="izin")
    with pytest.raises(Refused, match="Another person"):
        made.act("move", HEAD)


def test_a_move_given_to_another_role_is_that_roles() -> None:
    given = TWO_STEPS.replace(
        'move.tolak = { to = "ditolak" }\n[step',
        'move.tolak = { to = "ditolak", by = "head_of_office" }\n[step',
        1,
    )
    made = case(service(given))
    with pytest.raises(Refused, match="not yours"):
        made.act("move", LOKET, to="tolak", reason="x")
    made.act("move", HEAD, to="tolak", reason="x")
    assert made.here.at == "ditolak"


def test_a_move_under_a_condition_is_open_only_then() -> None:
    conditional = "[field]\nbesar = { type = 'yes_no', label = 'Besar' }\n" + TWO_STEPS.replace(
        'move.tolak = { to = "ditolak" }', 'move.tolak = { to = "ditolak", when = "besar" }', 1
    )
    with pytest.raises(Refused, match="does not apply"):
        case(service(conditional), {"besar": False}).act("move", LOKET, to="tolak", reason="x")
    case(service(conditional), {"besar": True}).act("move", LOKET, to="tolak", reason="x")


def test_who_acts_may_depend_on_the_case() -> None:
    by = "[field]\nbesar = { type = 'yes_no', label = 'Besar' }\n" + TWO_STEPS.replace(
        'by = "back_office"',
        'by = [{ when = "besar", is = "head_of_office" }, { otherwise = true, is = "back_office" }]',
    )
    made = case(service(by), {"besar": True})
    made.act("move", LOKET)
    with pytest.raises(Refused, match="done by: Head of office"):
        made.act("move", BACK)
    made.act("move", HEAD)


def test_facts_are_found_before_one_goes_on_and_defaults_fill_the_rest() -> None:
    facts = """
    [field]
    skor = { type = "number", label = "Skor", filled_at = "step.periksa" }
    denda = { type = "money", label = "Denda", filled_at = "step.periksa", default = 0 }
    catatan = { type = "text", label = "Catatan", filled_at = "step.periksa", required = false }
    """
    made = case(service(facts, TWO_STEPS))
    with pytest.raises(Refused, match="Fill in first: Skor"):
        made.act("move", LOKET)
    with pytest.raises(Refused, match="not filled in at this step"):
        made.act("find", LOKET, facts={"hasil": 1})
    made.act("find", LOKET, facts={"skor": 80})
    made.act("move", LOKET)
    assert made.here.facts == {"skor": 80, "denda": 0, "catatan": None}


def test_a_rest_has_to_be_kept() -> None:
    resting = TWO_STEPS.replace('title = "Periksa"', 'title = "Istirahat sapi"\nat_least = "3 jam"')
    made = case(service(resting))
    with pytest.raises(Refused, match="earliest after 3 hours"):
        made.act("move", LOKET)
    made.on("3 jam")
    made.act("move", LOKET)


def test_the_applicant_takes_the_case_back_at_any_time_and_once() -> None:
    made = case(service(TWO_STEPS))
    made.act("withdraw", CITIZEN)
    assert made.here.at == "withdrawn"
    for act, what in (("withdraw", {}), ("give", {"give": ["ktp"]}), ("correct", {})):
        with pytest.raises(Refused):
            made.act(act, CITIZEN, **what)
    for act, what in (
        ("move", {}),
        ("check", {"fits": "all"}),
        ("find", {"facts": {"a": 1}}),
        ("extend", {"reason": "x"}),
    ):
        with pytest.raises(Refused):
            made.act(act, LOKET, **what)


def test_a_step_of_the_system_goes_on_by_itself() -> None:
    by_itself = TWO_STEPS.replace('by = "back_office"', 'by = "system"')
    made = case(service(by_itself))
    made.act("move", LOKET)
    assert made.here.at == "terbit"
