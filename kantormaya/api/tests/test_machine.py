"""The machines' door: an application from start to follow-up, officials' programs, and every write once."""

from __future__ import annotations

import base64
import json
import secrets
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from kantormaya.api import keys
from kantormaya.api.keys import make_token, revoke_token
from kantormaya.api.models import Answered, Token
from kantormaya.audit.time import now
from kantormaya.bookings.models import Place
from kantormaya.cases.models import Case, Draft, Event
from kantormaya.casework import deciding, settling
from kantormaya.casework.drafting import as_signatory
from kantormaya.casework.tests.office import IDENTITY, PASSPHRASE, Office, furnish, hand_in
from kantormaya.casework.tests.test_story import ANSWERS, DEPOT
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.publishing import definition_of
from kantormaya.engine.generating import sample_answers
from kantormaya.language.evaluating import About
from kantormaya.payments.models import Bill
from kantormaya.payments.paying import pay_as_customer
from kantormaya.people.scopes import scope_case, scope_system, scoped
from kantormaya.permits.providers.local import LocalProvider

pytestmark = pytest.mark.django_db(transaction=True)

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def send(
    path: str, body: dict[str, Any] | None = None, *, key: str = "", method: str = "POST", **headers: str
) -> Any:
    return Client().generic(
        method, f"/api/v1{path}", json.dumps(body) if body is not None else "", content_type="application/json",
        headers={"Idempotency-Key": key or secrets.token_urlsafe(24), **headers},
    )  # fmt: skip


def get(path: str, **headers: str) -> Any:
    return Client().get(f"/api/v1{path}", headers=headers)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def basic(code: str, pin: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{code}:{pin}".encode()).decode()}


def token_for(office: Office, role: str, *scopes: str, agency: str = "dpmptsp") -> str:
    post = office.post(role, agency)
    return make_token(post.account, post.agency, scopes, "uji", by="uji")


def test_services_their_standard_and_text_are_read_by_machines() -> None:
    furnish(DEPOT)
    assert [one["slug"] for one in get("/services").json()] == [DEPOT]
    standard = get(f"/services/{DEPOT}").json()
    assert len(standard["standard"]) == 14
    assert {"keran", "lokasi"} <= {one["name"] for one in standard["questions"]}
    assert get(f"/services/{DEPOT}/definition").json()["text"]
    assert get("/services/tidak-ada").status_code == 404


def test_an_application_is_started_filled_handed_in_followed_and_withdrawn_by_a_machine() -> None:
    furnish(DEPOT)
    begun = send("/applications", {"service": DEPOT, "variant": "baru"})
    assert begun.status_code == 201, begun.content
    code = begun.json()["code"]
    refused = send(f"/applications/{code}", {"answers": {"keran": "x", "lain": 1}}, method="PATCH")
    assert refused.status_code == 422
    assert {one["pointer"] for one in refused.json()["errors"]} == {"/answers/keran", "/answers/lain"}
    answers = ANSWERS | {"penjamah": [{"nama": "Penjamah contoh", "pelatihan": True}]}
    filled = send(f"/applications/{code}", {"answers": answers, "identity": IDENTITY}, method="PATCH")
    assert filled.status_code == 200, filled.content
    missing = send(f"/applications/{code}/submit")
    assert missing.status_code == 422 and "KTP" in missing.json()["detail"]
    standard = get(f"/services/{DEPOT}").json()
    for one in standard["requirements"]:
        if one["kind"] not in ("upload", "permit") or one["is_conditional"] or one["one_of"]:
            continue
        for _ in range(3):
            Client().post(
                f"/api/v1/applications/{code}/files",
                {"requirement": one["name"], "file": SimpleUploadedFile("a.png", PNG, "image/png")},
                headers={"Idempotency-Key": secrets.token_urlsafe(24)},
            )
    statements = {one["name"]: True for one in standard["requirements"] if one["kind"] == "statement"}
    send(f"/applications/{code}", {"statements": statements}, method="PATCH")
    key = secrets.token_urlsafe(24)
    sent = send(f"/applications/{code}/submit", key=key)
    assert sent.status_code == 201, sent.content
    assert send(f"/applications/{code}/submit", key=key).json() == sent.json()
    pin = sent.json()["pin"]
    with scoped(scope_system("test")):
        assert Case.objects.count() == 1
    assert get("/application", **basic(code, "000000" if pin != "000000" else "1")).status_code == 401
    assert get("/application", **basic(code, pin)).json()["number"] == sent.json()["number"]
    held = send("/key", {"code": code, "pin": pin}).json()["token"]
    ended = send("/application/withdraw", {"reason": "tidak jadi"}, **bearer(held))
    assert ended.json()["outcome"] == "withdrawn"
    assert get("/application").status_code == 401


def test_the_same_key_is_answered_the_same_another_body_is_refused_and_another_persons_key_reveals_nothing() -> (
    None
):
    office = furnish(DEPOT)
    key = secrets.token_urlsafe(24)
    body = {"service": DEPOT, "variant": "baru"}
    first = send("/applications", body, key=key)
    assert send("/applications", body, key=key).json() == first.json()
    assert send("/applications", body | {"language": "en"}, key=key).status_code == 422
    with scoped(scope_system("test")):
        assert Draft.objects.count() == 1
    assert Answered.objects.count() == 0  # a query that forgets finds nothing
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    act = {"act": "check", "fits": ["ktp"], "seen": case.version}
    path, loket = f"/cases/{case.number}/moves", token_for(office, "front_office", "cases:act")
    done = send(path, act, key=key, **bearer(loket))
    assert done.status_code == 200, done.content
    assert send(path, act, key=key, **bearer(loket)).json() == done.json()
    other = token_for(office, "front_office", "cases:act", agency="dinas-pupr")
    assert send(path, act, key=key, **bearer(other)).status_code == 404
    with scoped(scope_system("test")):
        assert Event.objects.filter(case=case, kind="checked").count() == 1
    assert send(path, act, **bearer(loket)).status_code == 409  # seen is old by now
    assert Client().post("/api/v1/applications", body, "application/json").status_code == 400


def test_a_token_opens_what_its_scopes_say_at_its_agency_until_it_is_revoked() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    plain = token_for(office, "front_office", "cases:read")
    assert [one["number"] for one in get("/inbox", **bearer(plain)).json()["cases"]] == [case.number]
    opened = get(f"/cases/{case.number}", **bearer(plain))
    assert opened.json()["version"] == case.version
    assert IDENTITY["nik"] not in opened.content.decode()
    assert any(one["act"] == "check" for one in get(f"/cases/{case.number}/moves", **bearer(plain)).json())
    assert (
        send(
            f"/cases/{case.number}/moves", {"act": "move", "of": "forward", "seen": 1}, **bearer(plain)
        ).status_code
        == 403
    )
    token = Token.objects.get()
    assert token.last_used_at and plain not in token.digest
    revoke_token(token, by="uji")
    assert get("/inbox", **bearer(plain)).status_code == 401


def test_a_batch_that_is_not_ones_own_is_told_case_by_case_and_the_passphrase_stays_nowhere() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    head = token_for(office, "head_of_office", "papers:sign")
    body = {"numbers": [case.number, "P-2026-999999"], "passphrase": "sandi rahasia"}
    answer = send("/signatures", body, **bearer(head))
    assert [one["is_signed"] for one in answer.json()["results"]] == [False, False]
    assert b"sandi rahasia" not in answer.content


def test_refusals_are_problems_in_the_language_asked_for_and_what_is_unknown_is_refused() -> None:
    furnish(DEPOT)
    english = send("/applications", {"service": DEPOT, "kelas": 1}, **{"Accept-Language": "en"})
    assert english.status_code == 422
    assert english["Content-Type"] == "application/problem+json"
    assert english.json()["errors"] == [{"pointer": "/kelas", "detail": "It is not known here."}]
    assert send("/applications", {"service": DEPOT, "kelas": 1}).json()["title"] == "Belum dapat diterima"
    for body in ('{"service": NaN}', '{"service": "\\u0000"}', '{"service": "\\ud800"}', "[" * 100_000, "{"):
        answer = Client().generic(
            "POST", "/api/v1/applications", body, content_type="application/json",
            headers={"Idempotency-Key": secrets.token_urlsafe(24)},
        )  # fmt: skip
        assert answer.status_code in (400, 422), body[:30]
    assert Client().delete("/api/v1/services").status_code == 405


def test_the_program_says_whether_it_is_alive_and_ready_and_since_when_the_worker_is_silent() -> None:
    assert Client().get("/healthz").status_code == 200
    answer = Client().get("/readyz").json()
    assert answer["ready"] is True
    assert set(answer["not_ready_since"]) == {"worker"}
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
        assert Client().get("/readyz").json() == {"ready": True, "not_ready_since": {}}
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        assert set(Client().get("/readyz").json()["not_ready_since"]) == {"worker"}
        cursor.execute("DELETE FROM procrastinate_workers")


def test_a_key_whose_act_is_being_done_is_told_to_wait() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    loket, key = token_for(office, "front_office", "cases:act"), secrets.token_urlsafe(24)
    body = {"act": "check", "fits": ["ktp"], "seen": case.version}
    begun, may_end = threading.Event(), threading.Event()
    answers: list[Any] = []

    def first() -> None:
        with connection.execute_wrapper(_held_at_the_event(begun, may_end)):
            answers.append(send(f"/cases/{case.number}/moves", body, key=key, **bearer(loket)))
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert begun.wait(20)
    second = send(f"/cases/{case.number}/moves", body, key=key, **bearer(loket))
    may_end.set()
    thread.join(20)
    assert (second.status_code, answers[0].status_code) == (409, 200)
    assert send(f"/cases/{case.number}/moves", body, key=key, **bearer(loket)).json() == answers[0].json()


def _held_at_the_event(begun: threading.Event, may_end: threading.Event) -> Any:
    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if 'INSERT INTO "cases_event"' in sql:
            begun.set()
            assert may_end.wait(20)
        return execute(sql, params, many, context)

    return wrapper


def test_a_permit_goes_from_correction_to_a_signed_paper_by_machines_alone() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    loket = bearer(token_for(office, "front_office", "cases:act", "cases:read"))
    dinkes = bearer(token_for(office, "technical_team", "cases:act", "cases:read", agency="dinas-kesehatan"))
    path = f"/cases/{case.number}"

    def do(who: dict[str, str], what: str = "moves", **body: Any) -> Any:
        seen = get(path, **who).json()["version"]
        answer = send(f"{path}/{what}", body | {"seen": seen}, **who)
        assert answer.status_code == 200, answer.content
        return answer.json()

    assert get(path, **dinkes).status_code == 404
    do(
        loket,
        act="check",
        fits=["ktp", "nib", "pelatihan_higiene", "denah"],
        deficient={"foto": "terlalu gelap"},
    )
    do(loket, act="return")
    holder = bearer(keys.holder_key(case.code)[0])
    assert get("/application", **holder).json()["to_mend"] == [
        {"target": "requirement.foto", "reason": "terlalu gelap"}
    ]
    for name in ("depan.png", "samping.png"):
        sent = SimpleUploadedFile(name, PNG, "image/png")
        kept = Client().post(
            "/api/v1/application/files", {"requirement": "foto", "file": sent},
            headers={"Idempotency-Key": secrets.token_urlsafe(24), **holder},
        )  # fmt: skip
        assert kept.status_code == 201, kept.content
    mended = send("/application/correct", {}, **holder)
    assert mended.status_code == 200, mended.content
    do(loket, act="check", fits=["foto"])
    do(loket, act="move", of="forward")
    do(dinkes, act="schedule", of="inspeksi", on=(now() + timedelta(days=1)).isoformat())
    do(dinkes, "opinions", task="inspeksi", said="sesuai", facts={"skor": 88, "air_sehat": True})
    do(dinkes, "opinions", task="pertimbangan", said="setuju")
    line = send("/application/messages", {"text": "Kapan selesai?"}, **holder)
    assert line.status_code == 201
    assert [one["text"] for one in get("/application/messages", **holder).json()] == ["Kapan selesai?"]
    do(bearer(token_for(office, "back_office", "cases:act", "cases:read")), act="move", of="forward")
    with scoped(scope_case(case.code)):
        bill = Bill.objects.get(case=case)
    headers, body = pay_as_customer(bill.reference or "", bill.amount)
    assert settling.settle("demo_bank", headers, body).settles
    for role in ("section_head", "division_head", "secretary"):
        do(bearer(token_for(office, role, "cases:act", "cases:read")), "opinions", task="paraf", said="paraf")
    kepala = office.post("head_of_office")
    LocalProvider().enrol(as_signatory(kepala), PASSPHRASE)
    head, batch = bearer(token_for(office, "head_of_office", "papers:sign")), {"numbers": [case.number]}
    wrong = send("/signatures", batch | {"passphrase": "keliru sekali"}, **head).json()["results"][0]
    assert not wrong["is_signed"] and wrong["why"]["en"]
    key = secrets.token_urlsafe(24)
    secret = batch | {"passphrase": PASSPHRASE.get_secret_value()}
    signed = send("/signatures", secret, key=key, **head)
    assert signed.json()["results"] == [{"number": case.number, "is_signed": True, "why": None}]
    assert send("/signatures", secret, key=key, **head).json() == signed.json()
    ended = get("/application", **holder).json()
    assert ended["outcome"] == "terbit"
    code = ended["papers"][0]["code"]
    assert get(f"/papers/{code}").json()["standing"] == "valid"
    pdf = get(f"/application/papers/{code}", **holder)
    assert pdf.content.startswith(b"%PDF") and pdf["Content-Type"] == "application/pdf"
    with scoped(scope_system("test")):
        assert not [row for row in Answered.objects.all() if PASSPHRASE.get_secret_value() in str(row.answer)]


def test_a_time_is_chosen_moved_and_let_go_by_a_machine() -> None:
    office = furnish("perekaman-ktp-el")
    revision = office.revisions["perekaman-ktp-el"]
    definition = definition_of(revision)
    answers = sample_answers(definition, About(None), current_calendar(), now())
    case = hand_in(revision, answers, About(next(iter(definition.variants), None)))
    loket = office.post("front_office", definition.agency)
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=("kk",), key="a")
        deciding.move(case.pk, loket, "forward", key="b")
    holder = bearer(keys.holder_key(case.code)[0])
    name = next(iter(definition.booking))
    free = get(f"/application/times/{name}", **holder).json()
    assert free and get("/application/times/tidak-ada", **holder).status_code == 404
    for time in free[-2:]:
        chosen = send(
            "/application/times",
            {"of": name, "starts_at": time["starts_at"], "session": time["session"]},
            **holder,
        )
        assert chosen.status_code == 200, chosen.content
    with scoped(scope_case(case.code)):
        place = Place.objects.get(case=case, released_at=None)
    assert place.starts_at == datetime.fromisoformat(free[-1]["starts_at"])
    assert (
        send("/application/times", {"of": name, "starts_at": "2026-01-01T00:00:00"}, **holder).status_code
        == 422
    )
    assert send("/application/cancel-time", {"of": name}, **holder).status_code == 200
    with scoped(scope_case(case.code)):
        assert not Place.objects.filter(case=case, released_at=None).exists()
