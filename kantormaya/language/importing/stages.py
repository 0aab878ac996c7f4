"""What a page's steps are: work of the office, the applicant's turn, or only a word about handing in and pick-up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kantormaya.language.importing.records import Stage
from kantormaya.language.importing.roles import role

PAYS = re.compile(r"\b(membayar|melunasi|pelunasan|pembayaran|menyetor)\b", re.I)
PASSIVE = re.compile(
    r"^(menunggu|menerima|mengambil|datang|ke loket|login|menyerahkan|membawa|mendaftar)\b", re.I
)
NEEDED = re.compile(r"melengkapi|memenuhi|menandatangani", re.I)
MENDS = re.compile(r"memperbaiki|melengkapi kekurangan", re.I)
LAPSES = re.compile(r"tidak .*lebih dari (\d+) (hari kerja|hari|minggu|bulan).*(permohonan baru|gugur)", re.I)
RETURNS = re.compile(r"embali", re.I)
UNFIT = re.compile(r"\b(tidak|bila|kekurangan)\b", re.I)
AFTERWARDS = re.compile(r"setelah (izin|dokumen|surat|produk) terbit|pasca", re.I)


@dataclass(frozen=True)
class Found:
    """A step of the page, its number there, its role, and what becomes of it."""

    number: int
    stage: Stage
    role: str
    kind: str  # work | turn | said | return | mend | lapse | public | afterwards

    @property
    def said(self) -> str:
        """As the page says it, in one line."""
        actor = f"{self.stage.actor}: " if self.stage.actor else ""
        length = f" ({_length(self.stage)})" if self.stage.duration_value is not None else ""
        note = f" ({self.stage.note})" if self.stage.note else ""
        return f"{self.number}. {actor}{self.stage.name}{length}{note}"


def sort_stages(stages: list[Stage]) -> list[Found]:
    """Every step with what becomes of it; the order stays the page's."""
    roles = [role(stage.actor) for stage in stages]
    office = [number for number, who in enumerate(roles) if _works(who)]
    first, last = (office[0], office[-1]) if office else (-1, -1)
    return [
        Found(number + 1, stage, who, _kind(stage, who, number, first, last))
        for number, (stage, who) in enumerate(zip(stages, roles, strict=True))
    ]


def _works(who: str) -> bool:
    return who not in ("applicant", "system", "public")


def _kind(stage: Stage, who: str, number: int, first: int, last: int) -> str:
    name = stage.name
    if AFTERWARDS.search(stage.note or ""):
        return "afterwards"
    if who in ("system", "public"):
        return "public" if who == "public" and number > first >= 0 else "said"
    if _works(who):
        half = re.search(r"bila lengkap|; (bila )?lengkap", name, re.I)
        alone = not half and ";" not in name and number > first
        return "return" if RETURNS.search(name) and UNFIT.search(name) and alone else "work"
    if number < first:
        return "said"
    if MENDS.search(name):
        return "mend"
    if LAPSES.search(name):
        return "lapse"
    if number > last:
        return "turn" if PAYS.search(name) else "said"
    passive = PASSIVE.search(name) and not (PAYS.search(name) or NEEDED.search(name))
    return "said" if passive else "turn"


def _length(stage: Stage) -> str:
    value = stage.duration_value
    span = f"{value[0]}-{value[1]}" if isinstance(value, list) else str(value)
    return f"{span} {stage.duration_unit or ''}".strip()
