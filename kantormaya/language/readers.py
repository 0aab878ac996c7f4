"""How each kind of answer is read from what people type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from kantormaya.language import identity, regions
from kantormaya.language.asking import Field
from kantormaya.language.plain import plain
from kantormaya.language.texts import Text

LONGEST = {"text": 300, "long_text": 5_000, "place": 500, "email": 254, "phone": 40}
LARGEST = Decimal(10) ** 13
UNREADABLE = Text("Jawaban ini tidak dapat dibaca.", "This answer can't be read.")
NOT_A_CHOICE = Text("Pilih dari daftar.", "Choose from the list.")


def is_blank(raw: Any) -> bool:
    """Whether nothing was typed."""
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, Mapping):
        return all(is_blank(part) for part in raw.values())
    return raw is None or (isinstance(raw, (list, tuple)) and not raw)


def _words(field: Field, raw: Any) -> str | Text:
    text = plain(str(raw).replace("\r\n", "\n")).strip()
    if field.type != "long_text":
        text = " ".join(text.split())
    longest = LONGEST.get(field.type, 300)
    if len(text) > longest:
        return Text("Terlalu panjang: paling banyak {n} huruf.", "Too long: at most {n} characters.").format(
            n=longest
        )
    return text or UNREADABLE


def _number(field: Field, raw: Any) -> int | Decimal | Text:
    value = parse_number(str(raw))
    if value is None or abs(value) > LARGEST:
        return Text("Tulis angka, misalnya 1.250 atau 12,5.", "Write a number, for example 1,250 or 12.5.")
    is_whole = value == value.to_integral_value()
    if (field.whole or field.type == "money") and not is_whole:
        return Text("Tulis bilangan bulat, tanpa koma.", "Write a whole number, without decimals.")
    return int(value) if is_whole else value.normalize()


def parse_number(raw: str) -> Decimal | None:
    """A number as Indonesians (1.250,5) or others (1,250.5) write it; a lone point before three digits groups."""
    text = re.sub(r"(?i)^rp\.?", "", raw.strip()).strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    text = text.removesuffix(",-").replace("\N{MINUS SIGN}", "-")
    if not re.fullmatch(r"-?\d[\d.,]*", text) or len(text) > 30:
        return None
    last = max(text.rfind(","), text.rfind("."))
    marks = [c for c in text if c in ".,"]
    if not marks:
        whole, fraction = text, ""
    elif len(set(marks)) == 2:
        whole, fraction = text[:last], text[last + 1 :]
        if text[last] in whole:
            return None
    elif len(marks) > 1 or (text[last] == "." and len(text) - last - 1 == 3):
        whole, fraction = text, ""
    else:
        whole, fraction = text[:last], text[last + 1 :]
    groups = re.split(r"[.,]", whole)
    if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
        return None
    try:
        return Decimal("".join(groups) + (f".{fraction}" if fraction else ""))
    except InvalidOperation:
        return None


def _date(_: Field, raw: Any) -> date | Text:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    wrong = Text("Tulis tanggal, misalnya 31-12-2026.", "Write a date, for example 31-12-2026.")
    parts = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", str(raw).strip())
    if parts is None:
        parts = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", str(raw).strip())
    if parts is None:
        return wrong
    year, month, day = parts.groups() if len(parts[1]) == 4 else reversed(parts.groups())
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return Text(
            "Tanggal itu tidak ada; periksa hari dan bulannya.", "There is no such date; check day and month."
        )
    return found if 1900 <= found.year <= 2200 else wrong


def moment(raw: Any, zone: ZoneInfo) -> datetime | Text:
    try:
        found = (
            raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw).strip().replace(" ", "T"))
        )
    except ValueError:
        return Text(
            "Tulis tanggal dan jam, misalnya 2026-12-31 09:00.", "Write date and time: 2026-12-31 09:00."
        )
    return found.replace(tzinfo=zone) if found.tzinfo is None else found


TRUTHS = {"ya": True, "yes": True, "true": True, "1": True, "on": True}
TRUTHS |= {"tidak": False, "no": False, "false": False, "0": False}


def _yes_no(_: Field, raw: Any) -> bool | Text:
    known = TRUTHS.get(str(raw).strip().lower())
    return Text("Pilih ya atau tidak.", "Choose yes or no.") if known is None else known


def _choice(field: Field, raw: Any) -> str | Text:
    return raw if raw in field.choices else NOT_A_CHOICE


def _choices(field: Field, raw: Any) -> tuple[str, ...] | Text:
    given = [raw] if isinstance(raw, str) else raw
    if not isinstance(given, (list, tuple)) or any(one not in field.choices for one in given):
        return NOT_A_CHOICE
    return tuple(name for name in field.choices if name in given)


def _place(field: Field, raw: Any) -> dict[str, Any] | Text:
    """An address, its village where a form asks for one, and perhaps a point on the map."""
    given = {"address": raw} if isinstance(raw, str) else raw
    if not isinstance(given, Mapping):
        return UNREADABLE
    point = _point(given)
    if isinstance(point, Text):
        return point
    lat, lon = point
    address = "" if is_blank(given.get("address")) else _words(field, given["address"])
    if isinstance(address, Text):
        return address
    if not address and lat is None:
        return Text("Tulis alamatnya.", "Write the address.")
    village = None if is_blank(given.get("village")) else _region(field, given["village"])
    if isinstance(village, Text):
        return village
    if village is None and field.required and "village" in given:
        return Text("Pilih desa atau kelurahannya.", "Choose the village.")
    return {"lat": lat, "lon": lon, "address": address, "village": village}


NOT_A_POINT = Text(
    "Titik itu tidak terbaca. Tulis lintang lalu bujur, misalnya -2.88612, 103.83814; atau kosongkan.",
    "This point can't be read. Write latitude, then longitude, such as -2.88612, 103.83814; or leave it blank.",
)
TURNED = Text(
    "Lintang dan bujurnya tertukar: tulis lintang lebih dahulu, misalnya -2.88612, 103.83814.",
    "Latitude and longitude have changed places: write the latitude first, such as -2.88612, 103.83814.",
)
ABROAD = Text(
    "Titik ini di luar Indonesia. Periksa angkanya; lintang selatan diawali tanda minus.",
    "This point lies outside Indonesia. Check the figures; a southern latitude begins with a minus.",
)
POINT = re.compile(r"([+-]?\d{1,3}(?:[.,]\d{1,20})?)\s*[,;\s]\s*([+-]?\d{1,3}(?:[.,]\d{1,20})?)")
NORTH, SOUTH, WEST, EAST = 6.3, -11.2, 94.7, 141.2
"""A box around the outermost islands: Rondo, Ndana, Benggala, and the border on New Guinea."""


def _point(given: Mapping[str, Any]) -> tuple[float, float] | tuple[None, None] | Text:
    """Latitude and longitude, apart or as one text; (None, None) where nothing was typed."""
    if is_blank(given.get("point")) and is_blank(given.get("lat")) and is_blank(given.get("lon")):
        return None, None
    typed = f"{given.get('lat')} {given.get('lon')}" if is_blank(given.get("point")) else str(given["point"])
    found = POINT.fullmatch(typed.strip().replace("\N{MINUS SIGN}", "-"))
    if found is None:
        return NOT_A_POINT
    lat, lon = (round(float(part.replace(",", ".")), 6) for part in found.groups())
    if SOUTH <= lat <= NORTH and WEST <= lon <= EAST:
        return lat, lon
    return TURNED if SOUTH <= lon <= NORTH and WEST <= lat <= EAST else ABROAD


def _region(_: Field, raw: Any) -> str | Text:
    """The Kemendagri code of a region that exists (16.06.01.1012)."""
    return regions.read_code(str(raw)) or Text(
        "Desa atau kelurahan ini tidak dikenal; pilih dari daftar.",
        "This village is not known; choose from the list.",
    )


def _email(_: Field, raw: Any) -> str | Text:
    text = plain(str(raw)).strip()
    good = r"[^@\s\"(),:;<>\[\]\\]{1,64}@(?=.{4,253}$)([A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
    if re.fullmatch(good, text) and ".." not in text and not text.startswith("."):
        return text
    return Text("Alamat email ini tidak benar. Contoh: nama@contoh.id.", "This e-mail address is not right.")


READERS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _words,
    "long_text": _words,
    "number": _number,
    "money": _number,
    "date": _date,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "place": _place,
    "region": _region,
    "nik": lambda _, raw: identity.nik(str(raw)),
    "nib": lambda _, raw: identity.nib(str(raw)),
    "npwp": lambda _, raw: identity.npwp(str(raw)),
    "nip": lambda _, raw: identity.nip(str(raw)),
    "phone": lambda _, raw: identity.phone(str(raw)),
    "email": _email,
}
