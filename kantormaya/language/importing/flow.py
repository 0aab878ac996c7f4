"""The page's steps as steps that run: one after another, with the ways back and out that the page names."""

from __future__ import annotations

import re

from kantormaya.language.importing.draft import Draft, Table, both
from kantormaya.language.importing.ids import short_id, slug
from kantormaya.language.importing.limits import duration
from kantormaya.language.importing.records import Stage
from kantormaya.language.importing.roles import OFFICE
from kantormaya.language.importing.stages import LAPSES, PAYS, Found, sort_stages
from kantormaya.language.texts import Text

CHECKS = re.compile(r"verifi|periksa|meneliti|penelitian|\bcek\b|mengecek|lengkap|mengkaji|evaluasi", re.I)
REFUSES = re.compile(
    r"tolak|menolak|penolakan|menyetujui|persetujuan|keputusan|tidak (memenuhi|benar|sesuai)", re.I
)
SENT_BACK = re.compile(r"tidak.*embali|embali.*(tidak|bila)|direvisi|kekurangan", re.I)
SIGNS = re.compile(
    r"(?<!mengajukan )(?<!pengajuan )(?<!sudah )(?<!setelah )(?<!foto, )"
    r"\b(tanda tangan|menandatangani|penandatanganan|ditandatangani|tte)\b|^pengesahan\b",
    re.I,
)
IF_NEEDED = re.compile(r"\((bila|jika) (di)?perlu(kan)?\)$", re.I)
DECIDES = re.compile(r"keputusan: (.+)$", re.I)


def lay_steps(draft: Draft) -> None:
    """Fills the steps, and remembers which accepts, which takes the payment and which signs."""
    found = sort_stages(draft.record.steps or [])
    if not any(one.kind == "work" for one in found):
        _unknown_flow(draft)
    lapse = next((one for one in found if one.kind == "lapse"), None)
    for one in found:
        if one.kind == "work":
            _work(draft, one, _titled(one, found))
        elif one.kind == "turn":
            _turn(draft, one, lapse)
    names = list(draft.steps)
    for name, following in zip(names, [*names[1:], ""], strict=True):
        draft.steps[name]["then"] = following
    _mark(draft)
    _leftovers(draft, found)


def _titled(one: Found, found: list[Found]) -> str:
    """The page's name; where it names two steps alike, with the actor or a number behind it."""
    name = one.stage.name
    twins = [other for other in found if other.kind == "work" and other.stage.name == name]
    if len(twins) == 1:
        return name
    actor = one.stage.actor
    if actor and [twin.stage.actor for twin in twins].count(actor) == 1:
        return f"{name} ({actor})"
    return f"{name} ({actor or 'petugas'}, {twins.index(one) + 1})"


def _work(draft: Draft, one: Found, title: str) -> None:
    name = short_id(one.stage.name, draft.steps, also=one.stage.actor or "")
    step: Table = {"title": title, "by": one.role}
    elsewhere = _other_agency(draft, one.stage.actor)
    if elsewhere:
        step["at"] = elsewhere
        draft.ask(WHICH_AGENCY.format(actor=one.stage.actor, slug=elsewhere), f"step.{name}.at")
    limit = _within(one.stage)
    if limit:
        step["within"] = limit
    before = [known for known, other in draft.steps.items() if other["by"] != "applicant"]
    if IF_NEEDED.search(one.stage.name) and before:
        step["when"] = _fact(draft, f"Perlu: {IF_NEEDED.sub('', one.stage.name).strip()}", before[-1])
    decides = DECIDES.search(one.stage.name)
    if SENT_BACK.search(one.stage.name):
        step["correction"] = True
    if one.stage.actor is None:
        draft.ask(WHO_WORKS.format(step=one.stage.name), f"step.{name}")
    draft.steps[name] = step
    if decides:
        _decision(draft, name, one.stage.name, decides[1])
    if REFUSES.search(one.stage.name):
        step["move"] = {"tolak": {"to": "ditolak"}}


def _turn(draft: Draft, one: Found, lapse: Found | None) -> None:
    """A step of the applicant; how long it may take and what silence does is rarely said."""
    name = short_id(one.stage.name, draft.steps)
    limit: str | None = _within(one.stage)
    told = LAPSES.search(lapse.stage.name) if lapse else None
    step: Table = {
        "title": one.stage.name,
        "by": "applicant",
        "within": limit or "not_stated",
        "silence": "remind",
    }
    ends = duration(int(told[1]), told[2].lower()) if told else "not_stated"
    if ends != "not_stated" and "memenuhi" in one.stage.name.lower():
        step |= {"within": ends, "silence": "lapsed"}
    elif not limit:
        draft.ask(APPLICANT_TIME.format(step=one.stage.name), f"step.{name}")
    if re.search("diperhitungkan|dihitung", one.stage.note or "") and "tidak" in (one.stage.note or ""):
        step["clock"] = "stops"
    draft.steps[name] = step
    if PAYS.search(one.stage.name):
        draft.paying = name


def _within(stage: Stage) -> str | None:
    if stage.duration_value is None or stage.duration_unit is None:
        return None
    limit = duration(stage.duration_value, stage.duration_unit)
    return None if limit == "not_stated" else limit


def _other_agency(draft: Draft, actor: str | None) -> str | None:
    """The agency an actor belongs to, where it is not the one that publishes the page."""
    found = OFFICE.search(actor or "")
    office = found[1].lower() if found else ""
    known = (draft.record.agency or "").lower()
    if not office or office in ("oss", "bpn", "dinas teknis", "dinas dan") or office in known:
        return None
    return slug(f"{found[1] if found else ''} {draft.record.region or ''}")


def _fact(draft: Draft, label: str, step: str) -> str:
    name = draft.name(label)
    draft.fields[name] = {"type": "yes_no", "label": label, "filled_at": f"step.{step}"}
    return name


def _decision(draft: Draft, step: str, title: str, listed: str) -> None:
    """A step that ends in one of several findings: the officer chooses one."""
    label = f"Keputusan: {title.split(';')[0]}"
    choices: dict[str, str] = {}
    for finding in listed.split(","):
        choices[short_id(finding, choices)] = finding.strip()
    name = draft.name(label)
    draft.fields[name] = {"type": "choice", "label": label, "choices": choices, "filled_at": f"step.{step}"}
    draft.ask(WHICH_FINDINGS.format(step=title), f"field.{name}")


def _mark(draft: Draft) -> None:
    """The step that accepts the file, and the one that signs; a question where the page leaves it open."""
    office = [name for name, step in draft.steps.items() if step["by"] != "applicant"]
    published = [name for name in office if name != "diproses"]
    checking = [name for name in published if CHECKS.search(str(draft.steps[name]["title"]))]
    draft.accepting = (checking or office)[0]
    step = draft.steps[draft.accepting]
    step["accepts"] = True
    step["correction"] = True
    step.setdefault("move", {"tolak": {"to": "ditolak"}})
    signing = [name for name in published if SIGNS.search(str(draft.steps[name]["title"]))]
    draft.signing = (signing or office)[-1]
    if not signing:
        draft.ask(WHO_SIGNS, f"step.{draft.signing}")
    draft.ask(CORRECTION_TIME)
    if not any(REFUSES.search(str(draft.steps[name]["title"])) for name in office):
        draft.ask(REFUSAL)


def _unknown_flow(draft: Draft) -> None:
    draft.steps["diproses"] = {
        "title": both("Diproses dan diputuskan", "Worked on and decided"),
        "by": "petugas",
    }
    draft.ask(NO_STEPS, "step.diproses")


def _leftovers(draft: Draft, found: list[Found]) -> None:
    """What is no step here stays readable as the page says it, and does what it can."""
    said = [one.said for one in found if one.kind in ("said", "lapse")]
    if said:
        draft.keep("Langkah yang juga tertulis: " + "; ".join(said))
    done: list[str] = []
    for one in found:
        if one.kind == "work":
            done.append(next(n for n in draft.steps if n not in done and draft.steps[n]["by"] != "applicant"))
            if _tells_more(one.stage):
                draft.keep(f"Keterangan langkah: {one.said}")
        elif one.kind in ("return", "mend") and done:
            draft.steps[done[-1]]["correction"] = True
            draft.keep(f"Pengembalian berkas: {one.said}")
        elif one.kind == "public" and done:
            _objections(draft, one, done[-1])
        elif one.kind == "turn" and _tells_more(one.stage):
            draft.keep(f"Keterangan langkah: {one.said}")
        elif one.kind == "afterwards":
            draft.afterwards.append((one.stage.name, one.role))
            draft.keep(f"Sesudah selesai: {one.said}")


def _tells_more(stage: Stage) -> bool:
    return bool(stage.note) or (stage.duration_value is not None and _within(stage) is None)


def _objections(draft: Draft, one: Found, step: str) -> None:
    """The public's turn is parallel work on the step that announces."""
    name = draft.name(one.stage.name)
    draft.tasks[name] = {
        "kind": "announcement",
        "step": step,
        "title": one.stage.name,
        "by": draft.steps[step]["by"],
        "silence": "no_objection",
        "objections": {"from": ["public"]},
    }
    draft.ask(HOW_LONG_ANNOUNCED.format(step=one.stage.name), f"task.{name}")


WHO_WORKS = Text(
    "Siapa yang mengerjakan langkah “{step}”? Halaman tidak menyebutnya; sementara “petugas”.",
    "Who does the step “{step}”? The page does not say; until then “petugas” (an officer).",
)
WHO_SIGNS = Text(
    "Siapa yang menandatangani? Halaman tidak menyebutnya; sementara langkah kerja yang terakhir.",
    "Who signs? The page does not say; until then the last step of the office.",
)
WHICH_AGENCY = Text(
    "“{actor}” termasuk instansi mana? Sementara “{slug}”.",
    "To which agency does “{actor}” belong? Until then “{slug}”.",
)
WHICH_FINDINGS = Text(
    "Hasil mana pada “{step}” yang mengakhiri permohonan? Halaman hanya mendaftarnya.",
    "Which findings of “{step}” end the application? The page only lists them.",
)
APPLICANT_TIME = Text(
    "Berapa lama waktu pemohon untuk “{step}”, dan apa akibatnya bila diam? Sementara hanya diingatkan.",
    "How long has the applicant for “{step}”, and what follows from silence? Until then only a reminder.",
)
CORRECTION_TIME = Text(
    "Berapa lama waktu pemohon untuk memperbaiki berkas, berapa kali, dan apa akibatnya bila diam?",
    "How long has the applicant to correct the file, how many times, and what follows from silence?",
)
REFUSAL = Text(
    "Kapan permohonan ditolak dan siapa yang memutuskan? Halaman tidak menyebut penolakan; sementara pada pemeriksaan.",
    "When is an application refused and who decides? The page names no refusal; until then at the check.",
)
NO_STEPS = Text(
    "Apa saja langkahnya? Halaman tidak menyebut langkah petugas; sementara satu langkah mewakilinya.",
    "What are the steps? The page names no step of the office; until then one step stands for them.",
)
HOW_LONG_ANNOUNCED = Text(
    "Berapa lama masa “{step}”? Halaman tidak menyebutnya.",
    "How long does “{step}” last? The page does not say.",
)
