"""A paper that a later step of the same page brings forth can't be asked for at the beginning."""

from __future__ import annotations

import re

from kantormaya.language.importing.draft import Draft
from kantormaya.language.importing.ids import words
from kantormaya.language.texts import Text

PROOF = re.compile(r"bukti (pembayaran|bayar|lunas|setor)\w*", re.I)
ISSUES = re.compile(r"^(menerbitkan|penerbitan|surat|tanda tangan)\b", re.I)
VAGUE = frozenset({
    "menerbitkan", "penerbitan", "dari", "atau", "dan", "di", "penolakan", "tanda", "tangan",
})  # fmt: skip


def move_late_proofs(draft: Draft) -> None:
    """Papers that arise in mid-course become due at the step after the one that makes them, and a doubt says so."""
    for requirement in draft.requirements.values():
        title = str(requirement["title"])
        step = draft.paying if PROOF.search(title) and draft.paying else None
        if step is None and draft.has("late_document"):
            step = _made_by(draft, title)
        if step and "when" not in requirement:
            requirement["needed_at"] = f"step.{step}"
            draft.doubt(LATE.format(what=title, step=str(draft.steps[step]["title"])))


def _made_by(draft: Draft, title: str) -> str | None:
    """The step after the one whose words name the paper, when the applicant has a turn from there on."""
    said = set(words(title))
    names = list(draft.steps)
    for at, name in enumerate(names[:-1]):
        step = draft.steps[name]
        made = set(words(str(step["title"])))
        if step["by"] == "applicant" or not ISSUES.match(str(step["title"])):
            continue
        if len(made - VAGUE) > 1 and made - VAGUE <= said:
            return next((later for later in names[at + 1 :] if draft.steps[later]["by"] == "applicant"), None)
    return None


LATE = Text(
    "“{what}” diminta di awal, padahal baru ada pada langkah “{step}”; diminta pada langkah itu.",
    "“{what}” is required at the start although it only arises at the step “{step}”; it is asked for there.",
)
