"""The case on one screen: what is covered, what is on record, what two officials do at once."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from kantormaya.audit.time import now
from kantormaya.cases.models import Case, Event
from kantormaya.casework import applying, deciding
from kantormaya.casework.inspecting import challenge
from kantormaya.casework.standing import standing
from kantormaya.casework.tests.office import Office, lengthen, lines
from kantormaya.desk.tests.desks import ANSWERS, DEPOT, at_desk, furnish, hand_in, keys_of, post_form, text
from kantormaya.desk.tests.test_inbox import accept, own
from kantormaya.documents.keeping import keep, receive
from kantormaya.documents.models import Upload
from kantormaya.messages.models import Line
from kantormaya.people.scopes import scope_case, scope_system, scoped
from kantormaya.permits.models import Paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def office() -> Office:
    return furnish(DEPOT)


@pytest.fixture
def case(office: Office) -> Case:
    return hand_in(office.revisions[DEPOT], ANSWERS)


def photo(colour: str = "teal") -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(held, "JPEG")
    return held.getvalue()


def with_file(case: Case, requirement: str = "ktp", colour: str = "teal") -> Upload:
    """A file of the applicant, as the one thing that was given for a requirement."""
    with scoped(scope_system("test")):
        return keep(receive(io.BytesIO(photo(colour)), "ktp.jpg"), requirement, by="applicant", case=case)


def test_personal_data_is_covered_until_it_is_shown_for_this_case_and_on_record(
    office: Office, case: Case
) -> None:
    loket = at_desk(office.post("front_office"))
    link = f"/meja/perkara/{case.number}/"
    covered = text(loket.get(link))
    for secret in (
        "9906015708900001",
        "Pemohon Contoh 1",
        "pemohon@contoh.example",
        "Jalan Contoh 1",
        "+6281200000002",
    ):
        assert secret not in covered
    assert loket.get(f"{link}tampilkan/").status_code == 302
    shown = text(loket.post(f"{link}tampilkan/"))
    for secret in (
        "9906015708900001",
        "Pemohon Contoh 1",
        "pemohon@contoh.example",
        "Jalan Contoh 1",
        "0812 0000 0002",
    ):
        assert secret in shown
    (entry,) = lines(act="pii.shown", case_id=case.pk)
    assert entry.actor == "front_office.dpmptsp" and entry.detail["purpose"] == f"perkara {case.number}"
    assert "9906015708900001" not in text(loket.get(link))


def test_another_agency_uncovers_nothing_once_its_part_is_done(office: Office, case: Case) -> None:
    accept(office, case)
    dinkes = office.post("technical_team", "dinas-kesehatan")
    client, link = at_desk(dinkes), f"/meja/perkara/{case.number}/"
    assert client.post(f"{link}tampilkan/").status_code == 200
    with office.scope(dinkes):
        deciding.answer(case.pk, dinkes, "inspeksi", "sesuai", facts={"skor": 90, "air_sehat": True}, key="i")
        deciding.answer(case.pk, dinkes, "pertimbangan", "setuju", key="p")
    refused = client.post(f"{link}tampilkan/")
    assert refused.status_code == 403 and "9906015708900001" not in text(refused)


def test_opening_a_file_is_on_record_and_shown_in_a_frame_that_runs_nothing(
    office: Office, case: Case
) -> None:
    upload = with_file(case)
    loket = at_desk(office.post("front_office"))
    for query, way in (("", "inline"), ("?unduh", "attachment")):
        answer = loket.get(f"/meja/perkara/{case.number}/berkas/{upload.pk}/{query}")
        assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
        assert (
            answer["Content-Disposition"].startswith(way) and "sandbox" in answer["Content-Security-Policy"]
        )
    opened = lines(act="upload.opened", case_id=case.pk, actor="front_office.dpmptsp")
    assert [one.detail["purpose"] for one in opened] == [f"perkara {case.number}"] * 2
    assert loket.get(f"/meja/perkara/{case.number}/berkas/{upload.pk + 999}/").status_code == 404


def test_a_corrected_file_is_compared_with_the_one_it_replaces(office: Office, case: Case) -> None:
    loket, post = at_desk(office.post("front_office")), office.post("front_office")
    old = with_file(case, "denah", "red")
    with office.scope(post):
        deciding.check(case.pk, post, deficient={"denah": "buram"}, key="a")
        deciding.ask_correction(case.pk, post, {}, key="b")
    new = with_file(case, "denah", "blue")
    with scoped(scope_case(case.code)):
        applying.correct(case.pk, {}, {"denah": (f"upload.{new.pk}",)}, key="c")
    page = text(loket.get(f"/meja/perkara/{case.number}/?berkas={new.pk}"))
    assert f"/berkas/{new.pk}/bandingkan/" in page
    both = text(loket.get(f"/meja/perkara/{case.number}/berkas/{new.pk}/bandingkan/"))
    assert f"/berkas/{old.pk}/" in both and f"/berkas/{new.pk}/" in both
    assert loket.get(f"/meja/perkara/{case.number}/berkas/{old.pk}/bandingkan/").status_code == 404


def test_of_two_officials_at_once_the_second_is_told_and_keeps_what_was_typed(
    office: Office, case: Case
) -> None:
    loket, link = at_desk(office.post("front_office")), f"/meja/perkara/{case.number}/"
    stale = text(loket.get(link))
    assert post_form(loket, case, "check", **{"check.nib": "fits"}).status_code == 302
    late = post_form(
        loket, case, "check", page=stale, **{"check.denah": "deficient", "reason.denah": "Tanpa ukuran ruang"}
    )
    assert late.status_code == 409
    page = text(late)
    assert "baru saja berubah" in page and "memeriksa syarat" in page
    assert page.count("Tanpa ukuran ruang") == 2  # said, and still in the form
    again = loket.post(
        f"{link}lakukan/",
        {**keys_of(page, "check"), "check.denah": "deficient", "reason.denah": "Tanpa ukuran ruang"},
    )
    assert again.status_code == 302


def test_what_was_typed_is_kept_even_where_the_case_has_gone_on_without_it(
    office: Office, case: Case
) -> None:
    loket = at_desk(office.post("front_office"))
    stale = text(loket.get(f"/meja/perkara/{case.number}/"))
    accept(office, case)
    late = post_form(loket, case, "move", "tolak", page=stale, reason="Letaknya di kawasan lindung.")
    assert late.status_code == 409 and "Letaknya di kawasan lindung." in text(late)


def test_looking_at_another_file_keeps_what_is_ticked_so_far(office: Office, case: Case) -> None:
    loket, link = at_desk(office.post("front_office")), f"/meja/perkara/{case.number}/"
    post, file = office.post("front_office"), with_file(case, "denah")
    with office.scope(post):
        deciding.check(case.pk, post, deficient={"denah": "buram"}, key="a")
        deciding.ask_correction(case.pk, post, {}, key="b")
    with scoped(scope_case(case.code)):
        applying.correct(case.pk, {}, {"denah": (f"upload.{file.pk}",)}, key="c")
    page = text(loket.get(link))
    assert f'name="lihat" value="{file.pk}"' in page
    form = {
        **keys_of(page, "check"),
        "check.ktp": "deficient",
        "reason.ktp": "Terpotong.",
        "lihat": str(file.pk),
    }
    page = text(loket.post(f"{link}lakukan/", form))
    assert "Terpotong." in page and f"/berkas/{file.pk}/" in page
    with scoped(scope_system("test")):
        assert Event.objects.filter(case=case, kind="checked").count() == 1


def test_a_double_click_acts_once(office: Office, case: Case) -> None:
    loket, link = at_desk(office.post("front_office")), f"/meja/perkara/{case.number}/"
    form = {**keys_of(text(loket.get(link)), "check"), "check.ktp": "fits"}
    assert [loket.post(f"{link}lakukan/", form).status_code for _ in range(3)] == [302, 302, 302]
    note = {**keys_of(text(loket.get(link)), "say"), "text": "Mohon telepon loket."}
    assert [loket.post(f"{link}pesan/", note).status_code for _ in range(2)] == [302, 302]
    with scoped(scope_system("test")):
        assert Event.objects.filter(case=case, kind="checked").count() == 1
        assert Line.objects.filter(case=case).count() == 1


def test_only_what_may_be_done_is_shown_and_only_what_is_shown_may_be_done(
    office: Office, case: Case
) -> None:
    loket, seksi, link = (
        at_desk(office.post("front_office")),
        at_desk(office.post("section_head")),
        f"/meja/perkara/{case.number}/",
    )
    page = text(loket.get(link))
    assert "Belum dinyatakan sesuai" in page or "belum dinyatakan sesuai" in page  # the closed way says why
    quiet = text(seksi.get(link))
    assert "Tidak ada yang menunggu Anda" in quiet and 'value="check"' not in quiet
    forced = seksi.post(f"{link}lakukan/", {**keys_of(page, "check"), "check.ktp": "fits"})
    assert forced.status_code == 422 and "tidak dapat Anda lakukan" in text(forced)
    closed = loket.post(f"{link}lakukan/", {**keys_of(page, "check"), "act": "move", "of": "forward"})
    assert closed.status_code == 422
    with scoped(scope_system("test")):
        assert Event.objects.filter(case=case).count() == 1


def test_a_deficiency_without_words_and_a_refusal_without_reason_come_back_with_the_rest(
    office: Office, case: Case
) -> None:
    loket = at_desk(office.post("front_office"))
    back = post_form(
        loket, case, "check", **{"check.ktp": "fits", "check.foto": "deficient", "reason.foto": " "}
    )
    page = text(back)
    assert back.status_code == 422 and 'href="#check-reason.foto"' in page
    assert 'name="check.ktp" value="fits" checked' in page
    refusal = post_form(loket, case, "move", "tolak", reason="")
    assert refusal.status_code == 422 and 'href="#move-tolak-reason"' in text(refusal)


def test_an_answer_keeps_its_photos_when_something_else_is_wrong(office: Office, case: Case) -> None:
    accept(office, case)
    dinkes = at_desk(office.post("technical_team", "dinas-kesehatan"))
    file = SimpleUploadedFile("depot.jpg", photo(), "image/jpeg")
    wrong = post_form(
        dinkes, case, "answer", "inspeksi", said="sesuai", **{"fact-skor": "seratus", "files": file}
    )
    page = text(wrong)
    assert wrong.status_code == 422 and "depot.jpg" in page and 'value="seratus"' in page
    assert 'href="#answer-inspeksi-fact-skor"' in page and 'href="#answer-inspeksi-fact-air_sehat"' in page
    bad = SimpleUploadedFile("virus.exe", b"MZ nothing", "image/jpeg")
    report = {"said": "sesuai", "fact-skor": "91", "fact-air_sehat": "ya"}
    assert "virus.exe" in text(post_form(dinkes, case, "answer", "inspeksi", **report, files=bad))
    assert post_form(dinkes, case, "answer", "inspeksi", **report).status_code == 302
    assert "depot.jpg" in text(dinkes.get(f"/meja/perkara/{case.number}/"))
    note = post_form(dinkes, case, "answer", "pertimbangan", said="keberatan", note="")
    assert note.status_code == 422 and "Tuliskan alasannya" in text(note)


def test_a_note_stays_inside_and_a_message_reaches_the_applicant(office: Office, case: Case) -> None:
    loket, link = at_desk(office.post("front_office")), f"/meja/perkara/{case.number}/"
    key = keys_of(text(loket.get(link)), "say")
    loket.post(f"{link}pesan/", {**key, "text": "Cek ulang ke puskesmas.", "internal": "ya"})
    page = text(loket.get(link))
    assert "Cek ulang ke puskesmas." in page and "catatan internal" in page
    assert loket.post(f"{link}pesan/", {**keys_of(page, "say"), "text": "  "}).status_code == 422
    with scoped(scope_system("test")):
        assert Line.objects.get(case=case).internal


def test_a_draft_is_read_before_it_is_signed_and_its_opening_is_on_record(office: Office, case: Case) -> None:
    loket = at_desk(office.post("front_office"))
    assert post_form(loket, case, "move", "tolak", reason="Letaknya di kawasan lindung.").status_code == 302
    kepala, link = at_desk(office.post("head_of_office")), f"/meja/perkara/{case.number}/"
    assert "Surat Penolakan" in text(kepala.get("/meja/tanda-tangan/"))
    with scoped(scope_system("test")):
        paper = Paper.objects.get(case=case)
    page = text(kepala.get(link))
    assert f"{link}surat/{paper.pk}/?gambar" in page and "/meja/tanda-tangan/?perkara=" in page
    assert kepala.get(f"{link}surat/{paper.pk}/?gambar").content.startswith(b"\x89PNG")
    assert kepala.get(f"{link}surat/{paper.pk}/").content.startswith(b"%PDF")
    assert len(lines(act="paper.opened", case_id=case.pk)) == 2


def test_every_page_of_the_desk_speaks_english(office: Office, case: Case) -> None:
    loket, link = at_desk(office.post("front_office")), f"/meja/perkara/{case.number}/"
    loket.get("/meja/?bahasa=en")
    for path in (
        "/meja/",
        "/meja/unit/",
        "/meja/menunggu/",
        "/meja/tanda-tangan/",
        "/meja/cari/?q=zzz",
        link,
        f"{link}kembalikan/",
    ):
        page = text(loket.get(path))
        assert '<html lang="en">' in page and "My desk" in page and "Meja saya" not in page


def test_a_remote_inspection_has_a_code_of_its_own_once_it_has_a_time(office: Office, case: Case) -> None:
    accept(office, case)
    dinkes = office.post("technical_team", "dinas-kesehatan")
    client, link = at_desk(dinkes), f"/meja/perkara/{case.number}/"
    assert "Jarak jauh: kode" not in text(client.get(link))
    on = f"{timezone.localtime(now() + timedelta(days=2)):%Y-%m-%dT%H:%M}"
    assert post_form(client, case, "schedule", "inspeksi", on="kemarin").status_code == 422
    assert post_form(client, case, "schedule", "inspeksi", on=on).status_code == 302
    with office.scope(dinkes):
        here = standing(Case.objects.select_related("revision", "agency").get(pk=case.pk))
        found = challenge(here, "inspeksi")
    assert found and f"<strong>{found.code}</strong>" in text(client.get(link))


def test_a_file_sent_back_by_a_colleague_meanwhile_is_told_with_everything_typed(
    office: Office, case: Case
) -> None:
    loket, link = at_desk(office.post("front_office")), f"/meja/perkara/{case.number}/kembalikan/"
    stale = keys_of(text(loket.get(link)), "return")
    post_form(loket, case, "check", **{"check.ktp": "fits"})
    late = loket.post(
        link, {**stale, "item.field.nama_depot": "Tidak sama dengan papan nama.", "tahap": "kirim"}
    )
    assert late.status_code == 409 and "Tidak sama dengan papan nama." in text(late)
    nothing = loket.post(link, {**keys_of(text(loket.get(link)), "return"), "tahap": "baca"})
    assert "Belum ada kekurangan" in text(nothing)


def test_the_treasurer_reads_what_does_not_match_and_nobody_else_does(office: Office) -> None:
    from kantormaya.casework.settling import settle

    settle("demo_bank", {}, b'{"forged": true}')
    assert "tanda tangan tidak sah" in text(
        at_desk(office.post("revenue_treasurer")).get("/meja/pembayaran/")
    )
    assert at_desk(office.post("front_office")).get("/meja/pembayaran/").status_code == 403


def test_a_case_page_takes_three_statements_however_much_hangs_on_it(office: Office, case: Case) -> None:
    loket, link = at_desk(office.post("front_office")), f"/meja/perkara/{case.number}/"
    with_file(case)
    loket.post(f"{link}pesan/", {**keys_of(text(loket.get(link)), "say"), "text": "satu"})
    once = own(loket, link)
    for n in range(3):
        with_file(case, "nib", ("red", "blue", "gray")[n])
        loket.post(f"{link}pesan/", {**keys_of(text(loket.get(link)), "say"), "text": f"dua {n}"})
        post_form(loket, case, "check", **{"check.ktp": ("fits", "deficient")[n % 2], "reason.ktp": f"x{n}"})
        own(loket, link)  # shows and forgets the sentence of what was just done
    lengthen(case, 64)
    assert own(loket, link) == once <= 3


def test_a_long_history_is_read_thirty_events_at_a_time_beside_the_file_that_is_looked_at(
    office: Office, case: Case
) -> None:
    loket, link = at_desk(office.post("front_office")), f"/meja/perkara/{case.number}/"
    file = with_file(case)
    assert "Kejadian" not in text(loket.get(link))
    lengthen(case, 64)
    page = text(loket.get(f"{link}?berkas={file.pk}"))
    assert "Kejadian 35–64 dari 64" in page
    assert f'href="?berkas={file.pk}&amp;sebelum=35#riwayat"' in page
    page = text(loket.get(f"{link}?berkas={file.pk}&sebelum=35"))
    assert "Kejadian 5–34 dari 64" in page
    assert f'href="?berkas={file.pk}&amp;#riwayat"' in page
    assert 'href="?sebelum=5#riwayat"' in text(loket.get(f"{link}?sebelum=35"))
