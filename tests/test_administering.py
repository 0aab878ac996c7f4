"""An administrator makes an office from nothing by commands: agency, official, post, certificate."""

from __future__ import annotations

import io
from typing import Any

import pytest

from kantormaya.__main__ import parser
from kantormaya.people.models import Account, Post
from kantormaya.people.roles import position
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.site import administering
from kantormaya.site.terminal import HouseFault

pytestmark = pytest.mark.django_db


def run(words: str, typed: str = "", monkeypatch: Any = None) -> int:
    args = parser().parse_args(words.split())
    if monkeypatch is not None:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed + "\n"))
    done: int = getattr(administering, args.command)(args)
    return done


def test_an_agency_an_official_and_a_certificate_are_made_by_commands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert run("agency dpmptsp --name DPMPTSP --kind one_stop") == 0
    official = (
        "official kepala --agency dpmptsp --role head_of_office --name Kepala --email kepala@contoh.example"
    )
    assert run(f"{official} --acting Plh.", "sandi panjang sekali", monkeypatch) == 0
    post = Post.objects.get()
    assert post.account.check_password("sandi panjang sekali")
    assert position(post).id == "Plh. Kepala Dinas"
    assert run("certificate kepala", "frasa sandi", monkeypatch) == 0
    assert (LocalProvider().folder / "signers").exists()
    run("official kepala --agency dpmptsp --role head_of_office --until 2026-01-31")
    assert Post.objects.get().until_on is not None


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HouseFault, match="--name"):
        run("official baru --agency dpmptsp --role front_office")
    run("agency dpmptsp --name DPMPTSP")
    with pytest.raises(HouseFault):
        run(
            "official baru --agency dpmptsp --role front_office --name B --email b@contoh.example",
            "pendek",
            monkeypatch,
        )
    assert not Account.objects.exists()
    with pytest.raises(HouseFault, match="one_stop"):
        run("agency lain --name Lain --kind aneh")


def test_a_token_is_shown_once_listed_with_its_use_and_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    run("agency dpmptsp --name DPMPTSP")
    kepala = Account.objects.create_user("kepala", "kepala@contoh.example", name="Kepala")
    with pytest.raises(HouseFault, match="cases:read"):
        run("token kepala --agency dpmptsp --name program --may semua")
    run("token kepala --agency dpmptsp --name program --may cases:read papers:sign")
    plain = capsys.readouterr().out.split()[-1]
    token = kepala.tokens.get()
    assert plain.startswith("kantor_") and plain not in token.digest
    run("token kepala")
    listed = capsys.readouterr().out
    assert "cases:read papers:sign" in listed and plain not in listed
    with pytest.raises(HouseFault):
        run("token kepala --revoke 999999")
    run(f"token kepala --revoke {token.pk}")
    token.refresh_from_db()
    assert token.revoked_at is not None
