"""Numbers that identify people and firms: cleaned and checked by their published formats."""

from __future__ import annotations

from datetime import date

import phonenumbers
from stdnum.exceptions import ValidationError
from stdnum.id import nik as nik_rule
from stdnum.id import npwp as npwp_rule

from kantormaya.language.texts import Text

SEPARATORS = str.maketrans("", "", " .-/\N{NO-BREAK SPACE}\N{EN DASH}")


def digits(raw: str) -> str:
    """The digits alone, without the dots and dashes people write between them."""
    return raw.strip().translate(SEPARATORS)


def _are_digits(number: str, length: int) -> bool:
    return len(number) == length and number.isascii() and number.isdigit()


def nik(raw: str) -> str | Text:
    """A NIK (16 digits: region, birth date with 40 added to a woman's day, serial), or what is wrong with it."""
    number = digits(raw)
    if not _are_digits(number, 16):
        return Text(
            "NIK terdiri atas 16 angka, seperti tertulis di KTP.",
            "A NIK has 16 digits, as printed on the identity card.",
        )
    day = int(number[6:8])
    try:
        nik_rule.get_birth_date(number)
        is_date = 1 <= day <= 31 or 41 <= day <= 71
    except ValidationError:
        is_date = False
    if not is_date or number[12:] == "0000":
        return Text(
            "NIK ini tidak mungkin benar: periksa angka ke-7 sampai ke-16.",
            "This NIK can't be right: check digits 7 to 16.",
        )
    return number


def nik_doubt(number: str) -> Text | None:
    """A remark on a well-formed NIK whose region is not known; never a reason to refuse (regions are abolished)."""
    if nik_rule.is_valid(number):
        return None
    return Text(
        "Kode wilayah pada NIK ini tidak dikenal; periksa kembali.",
        "The region code in this NIK is not known; please check it.",
    )


def nib(raw: str) -> str | Text:
    """A business number (NIB), 13 digits."""
    number = digits(raw)
    return number if _are_digits(number, 13) else Text("NIB terdiri atas 13 angka.", "A NIB has 13 digits.")


def npwp(raw: str) -> str | Text:
    """A tax number: 15 digits (old), or 16: the NIK, or 0 and the old number."""
    number = digits(raw)
    wrong = Text(
        "NPWP ini tidak benar: 16 angka (NIK) atau 15 angka (lama); periksa kembali.",
        "This NPWP is not right: 16 digits (the NIK) or 15 digits (old); please check it.",
    )
    if _are_digits(number, 16) and not number.startswith("0"):
        return wrong if isinstance(nik(number), Text) else number
    if not (_are_digits(number, 15) or _are_digits(number, 16)):
        return wrong
    return number if npwp_rule.is_valid(number) else wrong


def nip(raw: str) -> str | Text:
    """A civil servant's number: 18 digits beginning with the birth date and the year of appointment."""
    number = digits(raw)
    wrong = Text(
        "NIP terdiri atas 18 angka, diawali tanggal lahir.",
        "A NIP has 18 digits and begins with the birth date.",
    )
    if not _are_digits(number, 18):
        return wrong
    try:
        date(int(number[:4]), int(number[4:6]), int(number[6:8]))
    except ValueError:
        return wrong
    return number if 1945 <= int(number[8:12]) <= 2100 and number[14] in "12" else wrong


def as_printed(kind: str, number: str) -> str:
    """A number in the groups in which cards and letters print it."""
    if kind == "nip" and len(number) == 18:
        return f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"
    if kind == "npwp" and len(number) == 15:
        return f"{number[:2]}.{number[2:5]}.{number[5:8]}.{number[8]}-{number[9:12]}.{number[12:]}"
    return number


def phone(raw: str) -> str | Text:
    """A telephone number in the international form (+628…); Indonesian unless it begins with another country's +."""
    try:
        number = phonenumbers.parse(raw, "ID")
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        pass
    return Text(
        "Nomor telepon ini tidak benar. Contoh: 0812 3456 7890.",
        "This telephone number is not right. Example: 0812 3456 7890.",
    )
