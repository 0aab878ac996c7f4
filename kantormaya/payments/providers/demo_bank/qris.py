"""The text inside a QRIS code: EMVCo tags, lengths, values, and a checksum at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

GOVERNMENT_SERVICES = "9399"
RUPIAH = "360"


@dataclass(frozen=True)
class Merchant:
    """Who is paid, as the national QR registry would know it."""

    name: str
    city: str
    postcode: str
    acquirer: str
    pan: str
    merchant_id: str
    national_id: str
    size: str = "URE"


def payload(merchant: Merchant, reference: str, amount: int) -> str:
    """The dynamic QRIS text for one bill. Raises ValueError where a part does not fit its tag."""
    if amount <= 0:
        raise ValueError("a QRIS code asks for at least one rupiah")
    acquirer = {"00": merchant.acquirer, "01": merchant.pan, "02": merchant.merchant_id, "03": merchant.size}
    national = {"00": "ID.CO.QRIS.WWW", "02": merchant.national_id, "03": merchant.size}
    parts = {
        "00": "01",
        "01": "12",
        "26": _written(acquirer),
        "51": _written(national),
        "52": GOVERNMENT_SERVICES,
        "53": RUPIAH,
        "54": str(amount),
        "58": "ID",
        "59": merchant.name[:25],
        "60": merchant.city[:15],
        "61": merchant.postcode,
        "62": _written({"01": reference}),
    }
    body = _written(parts) + "6304"
    return body + checksum(body)


def read(text: str) -> dict[str, str]:
    """The tags of a QRIS text. Raises ValueError when it is cut short or its checksum is wrong."""
    if not text.isascii() or len(text) < 8 or text[-8:-4] != "6304" or checksum(text[:-4]) != text[-4:]:
        raise ValueError("the checksum of this QRIS text does not hold")
    return dict(_parts(text[:-8]))


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 0x1021, from 0xFFFF), as four upper-case hexadecimal digits."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


def _written(parts: Mapping[str, str]) -> str:
    long = [tag for tag, value in parts.items() if not 0 < len(value) <= 99 or not value.isascii()]
    if long:
        raise ValueError(f"tag {long[0]} of a QRIS text holds 1 to 99 plain characters")
    return "".join(f"{tag}{len(value):02}{value}" for tag, value in parts.items())


def _parts(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (tag.isdigit() and length.isdigit()) or at + 4 + int(length) > len(text):
            raise ValueError(f"this QRIS text is cut short at character {at}")
        yield tag, text[at + 4 : at + 4 + int(length)]
        at += 4 + int(length)
