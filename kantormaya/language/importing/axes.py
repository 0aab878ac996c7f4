"""The kinds of application and of applicant that a page lists: one axis becomes `variants`, others are asked first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kantormaya.language.importing.draft import Draft, sentence
from kantormaya.language.importing.ids import short_id, words
from kantormaya.language.texts import Text

FORMS = {
    "perorangan": ("perorangan",),
    "perseorangan": ("perorangan",),
    "individu": ("perorangan",),
    "badan usaha": ("badan_usaha",),
    "badan": ("badan_usaha",),
    "perusahaan": ("badan_usaha",),
    "badan hukum": ("badan_usaha", "lembaga"),
    "nonperseorangan": ("badan_usaha", "lembaga"),
    "nonperorangan": ("badan_usaha", "lembaga"),
    "pelaku usaha nonperseorangan": ("badan_usaha", "lembaga"),
    "lembaga": ("lembaga",),
    "instansi": ("instansi",),
    "instansi pemerintah": ("instansi",),
    "kelompok": ("kelompok",),
}
ORDER = ("perorangan", "badan_usaha", "lembaga", "instansi", "kelompok")
GROUPS = {
    "permohonan": "baru perpanjangan perubahan pencabutan penutupan pendirian daftar perluasan pergantian hilang rusak",
    "tempat": "faskes fasyankes mandiri sarana",
    "urutan": "ke kesatu kedua ketiga pertama sip",
}
SOFT = frozenset({
    "yang", "bagi", "untuk", "bila", "jika", "apabila", "khusus", "pemohon", "permohonan",
    "pengajuan", "pada", "data", "izin", "dalam", "hal", "kasus", "di", "sip",
})  # fmt: skip
BODY = re.compile(r"^(ormas|yayasan|koperasi|lembaga|organisasi)\b", re.I)
COMPANY = re.compile(
    r"akta pendirian|perusahaan|badan (usaha|hukum)|\bNIB\b|\bSIUP\b|yayasan|pengesahan akta", re.I
)


def arrange(draft: Draft) -> None:
    """Sorts what the page lists as variants; every name a condition may refer to stands in `draft.axes` afterwards."""
    listed = list(draft.record.variants or [])
    forms = [variant for variant in listed if variant.lower() in FORMS]
    rest = [variant for variant in listed if variant not in forms]
    bodies = [variant for variant in rest if BODY.search(variant)]
    if forms and rest and not bodies:
        draft.keep(f"Bentuk pemohon: {', '.join(forms)}")
        for form in forms:
            draft.axes[_key(draft, form)] = of_kind(draft, form.lower())
    else:
        rest = listed
        named = [kind for form in forms for kind in FORMS[form.lower()]] + ["lembaga"] * bool(bodies)
        if named:
            _kinds(draft, named)
    groups = _groups(rest) if draft.has("two_axis_condition") else {"": rest}
    main = next((name for name in ("", *GROUPS) if len(groups.get(name, [])) > 1), next(iter(groups), ""))
    variants = groups.pop(main, [])
    for variant in variants:
        name = short_id(variant, draft.variants)
        draft.variants[name] = variant
        if len(variants) > 1:  # an only one decides nothing: "bila perpanjangan" would always be true
            draft.axes[_key(draft, variant)] = f"variant == '{name}'"
    for group in groups.values():
        _another(draft, group)
    _default_kinds(draft)


def of_kind(draft: Draft, form: str) -> str:
    """The expression for one form of applicant; the form is offered from now on, beside a person."""
    kinds = FORMS[form]
    _kinds(draft, kinds if kinds != ("perorangan",) else ["perorangan", "badan_usaha"])
    if len(kinds) == 1:
        return f"applicant_kind == '{kinds[0]}'"
    return f"applicant_kind in [{', '.join(repr(kind) for kind in kinds)}]"


def soft_words(draft: Draft) -> frozenset[str]:
    """Words that tell nothing on this page: its own name, the abbreviation of it, and the usual fillers."""
    own = f"{draft.record.service_name} {draft.record.service_type or ''}"
    initials = "".join(word[0] for word in words(draft.record.service_type or ""))
    telling = {word for variant in draft.record.variants or [] for word in words(variant)}
    return frozenset(({*words(own), initials} | SOFT) - telling | {"sip", "izin"} - _only(draft))


def _only(draft: Draft) -> set[str]:
    """Soft words that a variant consists of, so that it would vanish without them."""
    return {
        word for variant in draft.record.variants or [] for word in words(variant) if len(words(variant)) == 1
    }


def _key(draft: Draft, variant: str) -> str:
    soft = soft_words(draft)
    return " ".join(word for word in words(variant) if word not in soft) or " ".join(words(variant))


def _groups(variants: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for variant in variants:
        found = (name for name, known in GROUPS.items() if set(words(variant)) & set(known.split()))
        groups.setdefault(next(found, "lain"), []).append(variant)
    return groups


def _another(draft: Draft, group: list[str]) -> None:
    """A second axis: a choice, or a yes/no question where the page names only one of its ends."""
    label = sentence(" / ".join(group))
    if len(group) == 1:
        name = draft.name(group[0])
        draft.fields[name] = {"type": "yes_no", "label": label, "ask_first": True}
        draft.axes[_key(draft, group[0])] = name
        return
    name = draft.name("jenis")
    choices: dict[str, str] = {}
    for variant in group:
        choices[short_id(variant, choices)] = variant
    draft.fields[name] = {"type": "choice", "label": label, "choices": choices, "ask_first": True}
    for choice, variant in choices.items():
        draft.axes[_key(draft, variant)] = f"{name} == '{choice}'"


def _kinds(draft: Draft, kinds: Iterable[str]) -> None:
    known = {*draft.applicant.get("kinds", []), "perorangan", *kinds}
    draft.applicant["kinds"] = [kind for kind in ORDER if kind in known]


def _default_kinds(draft: Draft) -> None:
    if "kinds" in draft.applicant:
        return
    if draft.has("company_applicant"):
        draft.applicant["kinds"] = ["badan_usaha"]
        return
    conditional = draft.record.conditional_requirements or []
    papers = " ".join([*(draft.record.requirements or []), *(item.condition for item in conditional)])
    _kinds(draft, ["badan_usaha"] if COMPANY.search(papers) else [])
    draft.ask(WHO_MAY, "party.applicant")


WHO_MAY = Text(
    "Siapa saja yang boleh mengajukan (perorangan, badan usaha, lembaga, instansi)? Halaman tidak menyebutnya.",
    "Who may apply (persons, businesses, institutions, agencies)? The page does not say.",
)
