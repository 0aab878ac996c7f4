"""What the documents say is so: paths, functions, commands, excerpts, messages and walks are held against the house."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from kantormaya.__main__ import parser
from kantormaya.engine.telling import walk_paths
from kantormaya.language.checking import check
from kantormaya.language.reading import read

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
OURS = ("kantormaya/", "services/", "docs/", "tests/", "bench/")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(
    r"^(?:<!-- (?P<of>\S[^\n]*?) -->\n)?```[a-z]*\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL
)
INDENTED = re.compile(r"^    (\S.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")


def name(page: Path) -> str:
    """A page as test names show it."""
    return str(page.relative_to(ROOT))


def said(page: Path) -> str:
    """The words of a page."""
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """The words of a page without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", said(page), flags=re.MULTILINE | re.DOTALL)


def excerpts(kind: str = "") -> Iterator[tuple[Path, str, str]]:
    """Fenced blocks that say where they are from: page, source, text."""
    for page in PAGES:
        for block in FENCE.finditer(said(page)):
            if block["of"] and block["of"].startswith(kind):
                yield page, block["of"], block["text"]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_path_that_is_named_exists(page: Path) -> None:
    named = {
        word.rstrip("/:") for word in CODE.findall(prose(page)) if word.startswith(OURS) and " " not in word
    }
    near = (ROOT, ROOT / "kantormaya" / page.stem)  # the page of a package may speak of its own tests/
    assert not [word for word in named if "<" not in word and not any(any(at.glob(word)) for at in near)]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = {link for link in LINK.findall(prose(page)) if "://" not in link}
    assert not [link for link in targets if not (page.parent / link).exists()]


def test_every_function_of_the_tour_is_in_a_file_its_stop_names() -> None:
    for stop in re.split(r"^## ", said(ROOT / "docs" / "tour.md"), flags=re.MULTILINE)[1:]:
        words = CODE.findall(stop)
        files = [ROOT / word for word in words if word.startswith("kantormaya/") and word.endswith(".py")]
        text = "\n".join(said(file) for file in files)
        for word in words:
            if function := re.fullmatch(r"(\w+)\(\)", word):
                assert re.search(rf"^(?:    )?def {function[1]}\(", text, re.MULTILINE), (
                    stop.splitlines()[0],
                    word,
                )


def commands(page: Path) -> Iterator[list[str]]:
    """Every command of ours that a page shows."""
    blocks = "\n".join(block["text"] for block in FENCE.finditer(said(page)))
    lines = [*CODE.findall(prose(page)), *INDENTED.findall(prose(page)), *blocks.splitlines()]
    for line in lines:
        if shown := re.match(r"\s*(?:\S+=\S+ )*(?:\./)?kantor ([a-z][^#`|]*)", line):
            yield shlex.split(re.sub(r"[\[\]…]", " ", shown[1]))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_that_is_shown_can_be_given(page: Path) -> None:
    subcommands = parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    for words in commands(page):
        assert words[0] in subcommands, words
        options = {option for action in subcommands[words[0]]._actions for option in action.option_strings}
        assert not [word for word in words[1:] if word.startswith("--") and word not in options], words


@pytest.mark.parametrize(("page", "of", "text"), list(excerpts("services/")))
def test_an_excerpt_stands_in_the_service_it_is_from(page: Path, of: str, text: str) -> None:
    lines = iter((ROOT / of).read_text(encoding="utf-8").splitlines())
    for line in text.splitlines():
        assert not line.strip() or line in lines, line  # `in` an iterator: in this order


@pytest.mark.parametrize(("page", "of", "text"), list(excerpts("kantor walk ")))
def test_a_walk_that_is_shown_is_what_the_command_prints(page: Path, of: str, text: str) -> None:
    told, is_well = walk_paths([ROOT / of.removeprefix("kantor walk ")], language="en")
    printed = iter("\n".join(told).splitlines())
    assert is_well
    for line in text.splitlines():
        assert line in printed, line


OFFICE, DEPOT = "surat-keterangan-domisili-usaha", "surat-laik-sehat-depot-air"
SLIPS = (
    (OFFICE, '"4 jam kerja"', '"4 jam kerj"'),
    (OFFICE, 'label = { id = "Bidang usaha"', 'labels = { id = "Bidang usaha"'),
    (OFFICE, 'when  = "usaha"', 'when  = "usahaa"'),
    (OFFICE, "== 'sewa'", "== 'sewaa'"),
    (OFFICE, 'when  = "usaha"', "when  = \"applicant_kind = 'badan_usaha'\""),
    (OFFICE, "[field.bidang]", "[field.bidang"),
    (OFFICE, '"kecamatan-sekayu"', "kecamatan"),
    (OFFICE, '"konsep"', '"konsepp"'),
    (OFFICE, "free = true", 'free = true\nline.a = { title = { id = "A", en = "A" }, amount = 5 }'),
    (
        OFFICE,
        '{ id = "KTP pemilik atau pengurus", en = "Identity card of the owner or manager" }',
        '"KTP pemilik"',
    ),
    (DEPOT, '"8 hari kerja"', '"8 hari"'),
    (DEPOT, 'silence = "lapsed"\nthen    = "paraf"', 'then    = "paraf"'),
)


@pytest.mark.parametrize(("service", "right", "wrong"), SLIPS, ids=[slip[2] for slip in SLIPS])
def test_the_guide_shows_what_the_checker_says_of_a_slip(service: str, right: str, wrong: str) -> None:
    text = (ROOT / "services" / service / "service.toml").read_text(encoding="utf-8")
    assert right in text
    blocks = {
        file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "services/_shared").glob("*.toml")
    }
    messages = check(read(text.replace(right, wrong, 1), blocks=blocks))
    guide = said(ROOT / "docs" / "definition-guide.md")
    assert any(message.said("en") in guide for message in messages), [
        message.said("en") for message in messages
    ]


def test_every_decision_says_what_why_and_at_what_price_and_is_listed() -> None:
    index = said(ROOT / "docs" / "README.md")
    for page in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        assert all(part in said(page) for part in ("**Decided.**", "**Why.**")), page.name
        assert f"decisions/{page.name}" in index, page.name


def test_every_package_page_is_listed() -> None:
    index = said(ROOT / "docs" / "README.md")
    missing = [p.name for p in (ROOT / "docs" / "packages").glob("*.md") if f"packages/{p.name}" not in index]
    assert not missing


def test_every_setting_of_ours_is_told() -> None:
    told = said(ROOT / "docs" / "packages" / "site.md")
    settings = re.findall(r"^(KANTOR_[A-Z_]+) =", said(ROOT / "kantormaya/site/settings.py"), re.MULTILINE)
    assert not [setting for setting in settings if f"`{setting}`" not in told]
