"""Conditions in words, in both languages."""

from __future__ import annotations

import pytest

from kantormaya.expressions import Expression
from kantormaya.language.tests.samples import sample
from kantormaya.language.words import NoWords, worded


@pytest.mark.parametrize(
    ("source", "indonesian", "english"),
    [
        ("by_proxy", "bila dikuasakan", "if represented by proxy"),
        ("!by_proxy", "bila tidak dikuasakan", "if not represented by proxy"),
        ("variant == 'baru'", "untuk Baru", "for New"),
        ("variant in ['baru', 'ulang']", "untuk Baru atau Perpanjangan", "for New or Renewal"),
        ("variant != 'ulang'", "untuk selain Perpanjangan", "for all but Renewal"),
        ("tempat == 'jalan'", "bila Tempat: Badan jalan", "if Place: Road"),
        ("listrik", "bila Memakai listrik PLN: ya", "if Grid power: yes"),
        ("listrik == false", "bila Memakai listrik PLN: tidak", "if Grid power: no"),
        ("daya > 5.5", "bila Daya lebih dari 5,5 kVA", "if Power is more than 5.5 kVA"),
        ("1200 <= lapak", "bila Jumlah lapak paling sedikit 1.200", "if Number of stalls is at least 1,200"),
        ("skala == 'besar'", "bila Jumlah lapak di atas 20", "if Number of stalls is above 20"),
        ("berlistrik", "bila memakai sambungan listrik baru", "if a new power connection is used"),
        ("!berlistrik", "bila tanpa sambungan listrik baru", "without a new power connection"),
        ("applicant_kind == 'badan_usaha'", "bila pemohon: badan usaha", "if the applicant: a business"),
        ("pendapat == 'setuju'", "bila Pertimbangan: Setuju", "if Opinion: Agrees"),
        (
            "listrik && daya != null && daya > 5",
            "bila Memakai listrik PLN: ya dan Daya lebih dari 5 kVA",
            "if Grid power: yes and Power is more than 5 kVA",
        ),
        (
            "listrik && (tempat == 'jalan' || variant == 'ulang')",
            "bila Memakai listrik PLN: ya dan (bila Tempat: Badan jalan atau untuk Perpanjangan)",
            "if Grid power: yes and (if Place: Road or for Renewal)",
        ),
        (
            "mulai_on < date('2026-02-01')",
            "bila Tanggal mulai sebelum Minggu 1 Februari 2026",
            "if First day is before Sunday 1 February 2026",
        ),
    ],
)
def test_a_condition_is_said_with_the_labels_of_the_form(source: str, indonesian: str, english: str) -> None:
    words = worded(sample(), Expression.read(source))
    assert (words.said("id"), words.said("en")) == (indonesian, english)


def test_the_opposite_of_a_condition_can_be_said() -> None:
    assert worded(sample(), Expression.read("by_proxy && listrik"), negated=True).id == (
        "bila tidak dikuasakan atau Memakai listrik PLN: tidak"
    )


@pytest.mark.parametrize("source", ["lapak * 2 > daya", "tempat == 'laut'", "entah", "skala == 'raksasa'"])
def test_what_has_no_words_is_refused_and_not_guessed(source: str) -> None:
    with pytest.raises(NoWords):
        worded(sample(), Expression.read(source))
