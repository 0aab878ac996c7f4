"""What an administrator does from the command line: agencies, officials and the posts they hold, test certificates."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from getpass import getpass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from pydantic import SecretStr

from kantormaya.api.keys import SCOPES, make_token, revoke_token
from kantormaya.api.models import Token
from kantormaya.audit.recording import record
from kantormaya.casework.drafting import as_signatory
from kantormaya.people.models import Account, Agency, Post
from kantormaya.people.roles import HEADS, in_force
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.site.terminal import HouseFault, tell

BY = "kantor"


def agency(args: Namespace) -> int:
    """Make an agency, or change its name and kind."""
    if args.kind not in HEADS:
        raise HouseFault(f"--kind: pilih {', '.join(HEADS)}.", f"--kind: choose one of {', '.join(HEADS)}.")
    with transaction.atomic():
        made, is_new = Agency.objects.update_or_create(
            slug=args.slug,
            defaults={"name": args.name, "short": args.short or args.name[:60], "kind": args.kind},
        )
        record("agency.made" if is_new else "agency.changed", actor=BY, agency_id=made.pk, slug=made.slug)
    tell(f"{made.slug}: {made.name}.", f"{made.slug}: {made.name}.")
    return 0


def official(args: Namespace) -> int:
    """Make an official's account where there is none yet, and give it a post (or end one with --until)."""
    with transaction.atomic():
        account = Account.objects.filter(username=args.username).first() or _account(args)
        home = Agency.objects.filter(slug=args.agency).first()
        if home is None:
            raise HouseFault(
                f"Perangkat daerah {args.agency} belum ada. Buat dulu: kantor agency {args.agency} --name …",
                f"The agency {args.agency} does not exist yet. Make it first: kantor agency {args.agency} --name …",
            )
        since = _day(args.since) or date.today()  # noqa: DTZ011  the administrator's own day
        post, is_new = Post.objects.get_or_create(
            account=account,
            agency=home,
            role=args.role,
            until_on=None,
            defaults={"since_on": since, "acting": args.acting},
        )
        if args.until:
            post.until_on = _day(args.until)
            post.save(update_fields=["until_on"])
        act = "post.ended" if args.until else "post.given"
        record(act, actor=BY, agency_id=home.pk, account=account.username, role=args.role)
    said = f"{account.username}: {args.role} @ {home.slug}"
    tell(
        f"{said} {'berlaku' if not args.until else 'sampai ' + args.until}.",
        f"{said} {'holds' if not args.until else 'until ' + args.until}.",
    )
    if is_new and not settings.KANTOR_DEMO:
        tell("Pada masuk pertama diminta faktor kedua.", "A second factor is asked for at the first sign-in.")
    return 0


def certificate(args: Namespace) -> int:
    """Make the test certificate of an official who signs; the passphrase is asked for and kept nowhere."""
    post = (
        Post.objects.filter(in_force(), account__username=args.username)
        .select_related("account", "agency")
        .first()
    )
    if post is None:
        raise HouseFault(
            f"{args.username} tidak memegang jabatan apa pun hari ini.",
            f"{args.username} holds no post today.",
        )
    if settings.KANTOR_SIGNING != "local":
        raise HouseFault(
            "Sertifikat dibuat oleh penyelenggara tanda tangan, bukan di sini.",
            "Certificates are made by the signing provider, not here.",
        )
    LocalProvider().enrol(
        as_signatory(post), SecretStr(_secret("Frasa sandi tanda tangan / signing passphrase: "))
    )
    record("certificate.made", actor=BY, agency_id=post.agency_id, account=post.account.username)
    tell("Sertifikat UJI COBA siap.", "The test certificate is ready; its papers are marked UJI COBA.")
    return 0


def token(args: Namespace) -> int:
    """Make a token for a program of an official (shown this once), revoke one, or list them with their last use."""
    account = Account.objects.filter(username=args.username).first()
    if account is None:
        raise HouseFault(f"{args.username} belum punya akun.", f"{args.username} has no account.")
    if args.revoke is not None:
        found = Token.objects.filter(pk=args.revoke, account=account).first()
        if found is None:
            raise HouseFault(
                f"Tidak ada token nomor {args.revoke} milik {args.username}.",
                f"{args.username} has no token number {args.revoke}.",
            )
        revoke_token(found, by=BY)
        tell(f"Token {found.pk} ({found.name}) dicabut.", f"Token {found.pk} ({found.name}) is revoked.")
    elif args.may:
        plain = _made(args, account)
        tell("Simpan sekarang: tidak dapat ditampilkan lagi.", "Keep it now: it can't be shown again.")
        print(plain)  # alone on standard output, so that it can be piped into a safe place
    else:
        for one in Token.objects.filter(account=account).select_related("agency").order_by("pk"):
            used = f"{one.last_used_at:%Y-%m-%d %H:%M} UTC" if one.last_used_at else "—"
            state = f"dicabut / revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else "berlaku / in force"
            print(f"{one.pk}  {one.name}  {one.agency.slug}  {' '.join(one.scopes)}  {used}  {state}")
    return 0


def _made(args: Namespace, account: Account) -> str:
    home = Agency.objects.filter(slug=args.agency).first()
    if home is None or not args.name:
        raise HouseFault(
            "Sertakan --agency (yang ada) dan --name (nama programnya).",
            "Add --agency (one that exists) and --name (the program's name).",
        )
    try:
        with transaction.atomic():
            return make_token(account, home, args.may, args.name, by=BY)
    except ValueError:
        raise HouseFault(
            f"--may: pilih {', '.join(SCOPES)}.", f"--may: choose from {', '.join(SCOPES)}."
        ) from None


def _account(args: Namespace) -> Account:
    if not args.name or not args.email:
        raise HouseFault(
            f"{args.username} belum punya akun: sertakan --name dan --email.",
            f"{args.username} has no account yet: add --name and --email.",
        )
    account = Account(username=args.username, email=args.email, name=args.name, nip=args.nip)
    password = _secret("Kata sandi awal / first password: ")
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise HouseFault(" ".join(weak.messages), " ".join(weak.messages)) from None
    account.set_password(password)
    account.save()
    return account


def _secret(prompt: str) -> str:
    """A secret typed without being shown, or the first line of what is piped in."""
    typed = getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not typed:
        raise HouseFault("Kata sandi kosong.", "The password is empty.")
    return typed


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise HouseFault(
            f"“{typed}” bukan tanggal. Tulis seperti 2026-12-31.",
            f"“{typed}” is no date. Write it like 2026-12-31.",
        ) from None
