"""The keys of this door: tokens of officials' programs, and the short-lived one that code and PIN give."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core import signing

from kantormaya.api.models import Token
from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.people.models import Account, Agency

SCOPES = ("cases:read", "cases:act", "papers:sign")
HOLDER_FOR = timedelta(minutes=30)
SALT = "kantor.api.holder"
USED = timedelta(minutes=1)
"""The last use is written at most so often: reading must not become writing."""


def make_token(account: Account, agency: Agency, scopes: Sequence[str], name: str, *, by: str) -> str:
    """A new token for a program that acts for this official at this agency; the only time it can be read."""
    if unknown := set(scopes) - set(SCOPES):
        raise ValueError(f"no such scope: {', '.join(sorted(unknown))}")
    plain = f"kantor_{secrets.token_urlsafe(32)}"
    Token.objects.create(
        digest=_digest(plain),
        name=name,
        account=account,
        agency=agency,
        scopes=sorted(set(scopes)),
        made_at=now(),
    )
    record("token_made", actor=by, agency_id=agency.pk, name=name, holder=account.username, scopes=[*scopes])
    return plain


def revoke_token(token: Token, *, by: str) -> None:
    """From now on the token opens nothing."""
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now())
    record("token_revoked", actor=by, agency_id=token.agency_id, name=token.name)


def find_token(plain: str) -> Token | None:
    """The token that is in force, with its last use noted."""
    token = Token.objects.select_related("account", "agency").filter(digest=_digest(plain)).first()
    if token is None or token.revoked_at is not None or not token.account.is_active:
        return None
    if token.last_used_at is None or now() - token.last_used_at > USED:
        Token.objects.filter(pk=token.pk).update(last_used_at=now())
    return token


def _digest(plain: str) -> str:
    # 256 random bits need no slow hash
    return hashlib.sha256(plain.encode()).hexdigest()


def holder_key(code: str) -> tuple[str, datetime]:
    """A bearer for the holder of a case, and when it ends."""
    return signing.dumps(code, salt=SALT), now() + HOLDER_FOR


def holder_of_key(bearer: str) -> str | None:
    """The code of the case that a bearer opens, while it lasts."""
    try:
        code: str = signing.loads(bearer, salt=SALT, max_age=HOLDER_FOR)
    except signing.BadSignature:
        return None
    return code
