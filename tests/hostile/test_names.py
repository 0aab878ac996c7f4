"""A name that tries to look like another: the list, the letter, the paper and the search all say the same letters."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from kantormaya.audit.time import now
from kantormaya.casework import applying
from kantormaya.casework.standing import open_case
from kantormaya.outbox.channels import ChannelFault
from kantormaya.outbox.channels.email import send
from kantormaya.outbox.models import Message
from kantormaya.people.scopes import scope_case, scoped
from tests.access.asking import ask
from tests.access.world import SYSTEM, World
from tests.hostile.values import DISGUISES, NASTY

pytestmark = pytest.mark.django_db
HIDDEN = re.compile("[" + "".join(DISGUISES) + "]")
TURNED = "Budi \u202eotnaS\u202c\u200b \u2066Jahat\u2069\u115f"
PLAIN = "Budi otnaS Jahat"


@pytest.fixture(autouse=True)
def a_real_office(settings: Settings) -> None:
    settings.KANTOR_DEMO = False


def test_a_turned_name_reads_the_same_everywhere(world: World) -> None:
    token = world.her_draft.token
    who = {
        "name": TURNED,
        "nik": "9906015708900001",
        "phone": "0812 0000 0001",
        "email": "a@b.id",
        "address": TURNED,
    }
    assert Client().post(f"/ajukan/isi/{token}/diri/", who).status_code == 302
    assert Client().post(f"/ajukan/isi/{token}/isian-2/", {
        "nama_depot": TURNED, "lokasi": TURNED, "lokasi.village": "16.06.01.1012", "sumber_air": "sumur",
    }).status_code == 302  # fmt: skip
    review = ask(Client(), "get", f"/ajukan/isi/{token}/periksa/").body.decode()
    assert PLAIN in review and not HIDDEN.search(review)
    with scoped(scope_case(token)):
        case = applying.submit(world.her_draft).case
        identity = case.pii.data
    assert PLAIN in str(identity) and not HIDDEN.search(str(identity))
    desk = world.at_desk(world.office.post("front_office"))
    shown = desk.post(f"/meja/perkara/{case.number}/tampilkan/").content.decode()
    assert PLAIN in shown and not HIDDEN.search(shown)
    with scoped(SYSTEM):
        found = open_case(case.number)
        assert found is not None and not HIDDEN.search(str(found.state))
        for message in Message.objects.filter(case_id=case.pk):
            assert not HIDDEN.search(message.subject + message.body)


@pytest.mark.parametrize("sign", DISGUISES)
def test_a_search_finds_what_one_sees(sign: str, world: World) -> None:
    desk = world.at_desk(world.office.post("front_office"))
    number = world.hers["new"].number
    for typed in (f"{sign}{number}", f"{number[:4]}{sign}{number[4:]}"):
        found = desk.get("/meja/cari/", {"q": typed})
        assert number in found.content.decode() + found.headers.get("Location", "")


@pytest.mark.parametrize("typed", [one for one in NASTY if one.strip()], ids=lambda one: repr(one[:20]))
def test_no_name_address_or_subject_adds_a_line_to_the_head_of_a_mail(
    typed: str, world: World, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for to, subject in (("uji@contoh.example", typed), (typed[:254], "Kabar")):
        message = Message(
            key="k",
            channel="email",
            to=to,
            subject=subject[:300],
            body=typed,
            language="id",
            created_at=now(),
            due_at=now(),
        )
        mail.outbox = []
        try:
            send(message)
        except ChannelFault:
            continue
        sent = mail.outbox[0].message()
        assert {name.lower() for name in sent} <= {
            "content-type", "mime-version", "content-transfer-encoding", "subject", "from", "to", "date", "message-id",
            "content-language", "auto-submitted",
        }  # fmt: skip
        assert len(mail.outbox[0].recipients()) == 1
