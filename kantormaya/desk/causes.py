"""Why a message did not get through, in words for the desk; what the other machine answered stays one step away."""

from __future__ import annotations

import re

from kantormaya.language.texts import Text

EMAIL = "email"
MAIL_CAUSES: tuple[tuple[str, Text], ...] = (
    (r"\b552\b|mailbox is full|quota", Text("kotak surat penerima penuh", "the recipient's mailbox is full")),
    (
        r"\b55[0134]\b|address was refused",
        Text("alamatnya ditolak: mungkin salah tulis", "the address was refused: perhaps it is misspelt"),
    ),
    (
        r"\b535\b|authentication",
        Text("server surel menolak sandi kita", "the mail server refused our password"),
    ),
    (
        r"\b4\d\d\b",
        Text("server surel minta dicoba lagi nanti", "the mail server asks to try again later"),
    ),
)
MAIL_SILENT = Text("server surel tidak menjawab", "the mail server does not answer")
OTHER_CAUSES: tuple[tuple[str, Text], ...] = (
    (
        r"answered (401|403)",
        Text("sistem nasional menolak tanda tangan kita", "the national system refused our signature"),
    ),
    (
        r"answered 4\d\d",
        Text("sistem nasional menolak isi laporan ini", "the national system refused what this report says"),
    ),
    (
        r"answered 5\d\d",
        Text("sistem nasional sedang terganggu", "the national system is out of order"),
    ),
    (
        r"no provider|KANTOR_",
        Text(
            "penyambungnya belum diatur: hubungi admin", "the connection is not set up: ask the administrator"
        ),
    ),
)
OTHER_SILENT = Text("sistem nasional tidak menjawab", "the national system does not answer")


def cause(channel: str, raw: str) -> Text:
    """Why this message did not get through, for somebody who is no engineer."""
    known, silent = (MAIL_CAUSES, MAIL_SILENT) if channel == EMAIL else (OTHER_CAUSES, OTHER_SILENT)
    without_errno = re.sub(r"\[Errno \d+\]", "", raw)
    return next((said for sign, said in known if re.search(sign, without_errno)), silent)
