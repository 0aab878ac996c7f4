"""The regions of Indonesia by their Kemendagri code, down to the villages of this office's regency.

The data lie in `region_data/` under a licence of their own (ODbL 1.0); `python -m kantormaya.language.regions FOLDER CODE`
makes them anew, for another regency too, from the `data/` folder of the package named in its notice.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kantormaya.language.texts import Text, joined

DATA = Path(__file__).parent / "region_data"
LEVELS = ("provinces", "regencies", "districts", "villages")
LENGTHS = (2, 5, 8, 13)

Groups = tuple[tuple[Text, tuple[tuple[str, Text], ...]], ...]
"""What a list to choose from shows: for each district its villages, each with its code."""


def read_code(raw: str) -> str | None:
    """A code however it was typed (1606011001, 16.06.01.1001), if there is such a region."""
    plain = raw.strip().replace(".", "")
    code = ".".join(part for part in (plain[:2], plain[2:4], plain[4:6], plain[6:]) if part)
    return code if code in _names() else None


def name_of(code: str) -> str:
    """The bare name of a region: Sekayu."""
    return _names()[code]


def title_of(code: str) -> Text:
    """The name of a region with what it is: Kelurahan Balai Agung."""
    name = _names()[code]
    match LENGTHS.index(len(code)):
        case 0:
            return Text(f"Provinsi {name}", f"{name} Province")
        case 1:
            kind, _, bare = name.partition(" ")
            place = bare.removeprefix("Administrasi ")
            return Text(name, f"{place} {'Regency' if kind == 'Kabupaten' else 'City'}")
        case 2:
            return Text(f"Kecamatan {name}", f"{name} District")
    kind = "Kelurahan" if code[9] == "1" else "Desa"  # by rule the last group of a kelurahan begins with 1
    return Text(f"{kind} {name}", f"{name} Village")


def words(code: str) -> Text:
    """A region as one reads it: village and district; the regency too where it is not the office's own."""
    if code not in _names():
        return Text(code, code)
    parts = [code[:n] for n in LENGTHS[::-1] if 5 <= n <= len(code)] or [code]
    own = home()
    return joined([title_of(part) for part in parts if part != own or part == code], ", ")


@lru_cache(maxsize=1)
def home() -> str:
    """The regency whose villages are on file."""
    return next(iter(_read("villages")))[:5]


@lru_cache(maxsize=1)
def choices() -> Groups:
    """The villages of the regency by district, in order of name; a village that is not on file yet has its district."""
    found = []
    for district in _by_name(code for code in _read("districts") if code.startswith(home())):
        name = title_of(district)
        other = Text("Desa lain di {district}", "Another village in {district}").format(district=name)
        within = Text("{village} ({district})", "{village} ({district})")  # names come twice in the regency
        villages = [
            (code, within.format(village=title_of(code), district=_names()[district]))
            for code in _by_name(code for code in _read("villages") if code.startswith(district))
        ]
        found.append((name, (*villages, (district, other))))
    return tuple(found)


def place_words(place: Mapping[str, Any]) -> Text:
    """A place as one reads it: the address, village and district, and the point on the map."""
    village = place.get("village")
    said = [Text(place["address"])] if place.get("address") else []
    said += [words(village)] if village else []
    at = point_words(place)
    if at:
        said.append(Text("titik {at}", "point {at}").format(at=at))
    return joined(said, ", ")


def point_words(place: Mapping[str, Any]) -> str:
    """A point as map programs write and read it: -2.88612, 103.83814; empty where there is none."""
    if place.get("lat") is None or place.get("lon") is None:
        return ""
    return f"{place['lat']:.5f}, {place['lon']:.5f}"


def _by_name(codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda code: _names()[code])


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    return {code: name for level in LEVELS for code, name in _read(level).items()} | _read("corrections")


@lru_cache(maxsize=8)
def _read(level: str) -> dict[str, str]:
    with (DATA / f"{level}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def make(source: Path, regency: str) -> None:
    """Write the data anew from the package's folder: everything down to districts, and the villages of one regency."""
    for level in LEVELS:
        lines = (source / f"{level}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [
            line
            for n, line in enumerate(lines)
            if n == 0 or level != "villages" or line.startswith(f"{regency}.")
        ]
        (DATA / f"{level}.csv").write_text("".join(kept), encoding="utf-8")
    (DATA / "LICENSE-ODbL.md").write_text(
        (source / "LICENSE.md").read_text(encoding="utf-8"), encoding="utf-8"
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2])
