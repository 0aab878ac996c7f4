"""An example national system: speaks signed JSON over HTTP, as a real one might; no specification of the real one is public."""

from __future__ import annotations

import base64
import binascii
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.conf import settings

from kantormaya.handoff.providers import Application, Enclosed, NotBelieved, Report
from kantormaya.language.texts import Text
from kantormaya.outbox.channels import ChannelFault
from kantormaya.people.machines import Proof, key_of, prove, said_in, sign

WAIT = 15
FORGED = Text("Tanda tangan kiriman ini tidak sah.", "The signature of this call does not hold.")
STALE = Text(
    "Kiriman ini sudah lewat waktunya. Kirim ulang dengan waktu dan tanda tangan baru.",
    "This call is too old. Send it again with a new time and signature.",
)
UNREADABLE = Text(
    "Isi permohonan tidak terbaca: {what}.", "The content of the application cannot be read: {what}."
)


class FakeNational:
    """Both ends of the example: what our side reads and tells, and `pass_on`, which the other side would send."""

    system = "oss"

    def __init__(self, secret: str | None = None) -> None:
        self.key = key_of("national system", secret or settings.KANTOR_OSS_SECRET or settings.SECRET_KEY)

    def read(self, headers: Mapping[str, str], body: bytes) -> Application:
        """The application in a call. Raises NotBelieved."""
        proof = prove(self.key, headers, body)
        if proof is not Proof.HOLDS:
            raise NotBelieved(FORGED if proof is Proof.FORGED else STALE, forged=proof is Proof.FORGED)
        try:
            return _application(said_in(body))
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise NotBelieved(UNREADABLE.format(what=_what(wrong)), forged=False) from None

    def tell(self, report: Report) -> None:
        """Post the report, signed, to the address of the settings. Raises ChannelFault."""
        body = json.dumps(asdict(report)).encode()
        call = urllib.request.Request(  # noqa: S310  an address of the settings
            settings.KANTOR_OSS_URL, body, sign(self.key, body), method="POST"
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(call, timeout=WAIT):
                return
        except urllib.error.HTTPError as fault:
            # what it does not understand today it won't tomorrow; a refused signature or a fault of its own may be mended
            is_for_good = fault.code in (400, 404, 410, 422)
            raise ChannelFault(f"the national system answered {fault.code}", for_good=is_for_good) from None
        except (OSError, ValueError) as fault:
            raise ChannelFault(
                f"the national system cannot be reached: {getattr(fault, 'reason', fault)}"
            ) from None

    def pass_on(self, application: Application) -> tuple[dict[str, str], bytes]:
        """Headers and body of the signed call by which the other side passes an application on."""
        said = asdict(application)
        said["enclosed"] = [
            one | {"content": base64.b64encode(one["content"]).decode()} for one in said["enclosed"]
        ]
        body = json.dumps(said).encode()
        return sign(self.key, body), body


def _application(said: dict[str, Any]) -> Application:
    enclosed = tuple(
        Enclosed(
            _words(one, "requirement"), _words(one, "name"), base64.b64decode(one["content"], validate=True)
        )
        for one in said.get("enclosed", ())
    )
    identity, answers = said["identity"], said["answers"]
    if not isinstance(identity, dict) or not isinstance(answers, dict):
        raise TypeError("identity, answers")
    return Application(
        external_id=_words(said, "external_id"), service=_words(said, "service"), nib=_words(said, "nib"),
        variant=_words(said, "variant") if said.get("variant") else None, applicant_kind=_words(said, "applicant_kind"),
        language="en" if said.get("language") == "en" else "id", identity=identity, answers=answers,
        statements=tuple(str(one) for one in said.get("statements", ())), enclosed=enclosed,
    )  # fmt: skip


def _words(said: Mapping[str, Any], key: str) -> str:
    value = said[key]
    if not isinstance(value, str) or not 0 < len(value) <= 100:
        raise TypeError(key)
    return value


def _what(wrong: Exception) -> str:
    """The name of what is wrong, without repeating what was sent."""
    if isinstance(wrong, binascii.Error):
        return "enclosed.content"
    return str(wrong.args[0]) if isinstance(wrong, (KeyError, TypeError)) and wrong.args else "JSON"


PROVIDER = FakeNational
