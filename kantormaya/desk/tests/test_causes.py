"""Why a message did not get through, in words that somebody at the counter understands."""

from __future__ import annotations

import pytest

from kantormaya.desk.causes import cause


@pytest.mark.parametrize(
    ("channel", "raw", "said"),
    [
        ("email", "the mail server did not take it: [Errno 111] Connection refused", "server surel tidak menjawab"),
        ("email", "the mail server did not take it: timed out", "server surel tidak menjawab"),
        ("email", "552 the mailbox is full", "kotak surat penerima penuh"),
        ("email", "the address was refused: {'a@contoh.example': (550, b'no such user')}", "alamatnya ditolak"),
        ("email", "the mail server did not take it: (451, b'try later')", "dicoba lagi nanti"),
        ("oss", "the national system cannot be reached: [Errno 111] Connection refused", "tidak menjawab"),
        ("oss", "the national system answered 422", "menolak isi laporan"),
        ("oss", "the national system answered 403", "menolak tanda tangan"),
        ("oss", "the national system answered 503", "sedang terganggu"),
    ],
)  # fmt: skip
def test_a_fault_of_another_machine_is_said_in_words(channel: str, raw: str, said: str) -> None:
    words = cause(channel, raw)
    assert said in words.id and words.en
    assert "Errno" not in words.id + words.said("en")
