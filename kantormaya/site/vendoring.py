"""Puts the front-end files of others into the repository: cut to what we use, with licence and checksum.

Run `python -m kantormaya.site.vendoring FOLDER`, where FOLDER holds the unpacked npm packages of PACKAGES
(`npm pack NAME@VERSION`, each unpacked into a folder of the package's name without the scope).
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
VENDOR = HERE / "static" / "vendor"
TESTS = HERE.parent.parent / "tests" / "browser"
PACKAGES = {  # package: (its file, where it stands here)
    "bootstrap": ("dist/css/bootstrap.min.css", VENDOR / "bootstrap.layered.css"),
    "plus-jakarta-sans": (
        "files/plus-jakarta-sans-latin-wght-normal.woff2",
        VENDOR / "plus-jakarta-sans.woff2",
    ),
    "htmx.org": ("dist/htmx.min.js", VENDOR / "htmx.min.js"),
    "axe-core": ("axe.min.js", TESTS / "axe.min.js"),
}

# Families of Bootstrap that no page of ours uses; the theme has its own parts for what they do.
UNUSED = re.compile(
    r"""\.(accordion|alert|badge|breadcrumb|btn-close|btn-group|btn-toolbar|card|carousel|collaps|dropdown|dropup
    |dropend|dropstart|figure|form-floating|form-range|form-switch|img-thumbnail|is-valid|valid-|invalid-|is-invalid
    |was-validated|list-group|modal|nav\b|nav-|navbar|offcanvas|page-|pagination|placeholder|popover|progress|spinner
    |tab-|table|toast|tooltip|text-bg-|link-|icon-link|focus-ring|ratio|vr\b|object-fit|blockquote|initialism
    |btn-(?!primary|link|check|sm|lg)|bg-(?!transparent)|border-(?!0|top|bottom|start|end)|text-(?!start|center|end
    |wrap|nowrap|break|decoration-none)|fst-|lh-|font-|user-select|pe-none|pe-auto|shadow|float-|translate-middle
    |rounded-(?!0|circle|pill)|opacity-|offset-|g[xy]?-(xxl|xl)-|[mp][tbsexy]?-(xxl|xl|sm)-|z-|fixed-|overflow-[xyvs]
    |order-(sm|xl|xxl)|justify-content-(sm|xl|xxl)|align-(items|content|self)-(sm|xl|xxl)|flex-(sm|xl|xxl)
    |gap-(sm|xl|xxl)|row-gap|column-gap|row-cols|float|d-(xl|xxl)|col-xxl|align-(?!items|self)|top-|bottom-|start-|end-
    |[a-z-]+-rtl)|data-bs-theme=dark""",
    re.VERBOSE,
)


def layered(css: str) -> str:
    """Bootstrap inside `@layer bootstrap`, so that the theme wins over it, less what we don't use."""
    notice = re.search(r"/\*!.*?\*/", css, re.DOTALL)
    bare = re.sub(r"/\*.*?\*/|@charset[^;]+;", "", css, flags=re.DOTALL)
    return f"{notice[0] if notice else ''}\n@layer bootstrap {{\n{cut(bare)}}}\n"


def cut(css: str) -> str:
    """The rules of `css`, one a line, without selectors of unused families and without emptied blocks."""
    kept = []
    for head, body in blocks(css):
        if head.startswith("@media") or head.startswith("@supports"):
            if inner := cut(body):
                kept.append(f"{head}{{\n{inner}}}\n")
        elif head.startswith("@"):  # keyframes serve only the families left out
            continue
        elif selectors := [one for one in re.split(r",(?![^(]*\))", head) if not UNUSED.search(one)]:
            kept.append(f"{','.join(selectors)}{{{body}}}\n")
    return "".join(kept)


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each top-level `head{body}` of a stylesheet."""
    start = depth = opened = 0
    for place, sign in enumerate(css):
        if sign == "{":
            depth += 1
            if depth == 1:
                opened = place
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : place]
                start = place + 1


def vendor(folder: Path) -> None:
    """Write every vendored file, its licence, and VENDORED.md with version and SHA-256 of each."""
    lines = [HEAD]
    for name, (path, here) in PACKAGES.items():
        package = folder / name
        about = json.loads((package / "package.json").read_text("utf-8"))
        content = (package / path).read_bytes()
        if name == "bootstrap":
            content = layered(content.decode("utf-8")).encode("utf-8")
        here.write_bytes(content)
        licence = here.with_name(f"LICENSE-{name}.txt")
        licence.write_bytes((package / "LICENSE").read_bytes())
        checksum = hashlib.sha256(content).hexdigest()
        where = here.relative_to(HERE.parent.parent).as_posix()
        origin = f"{about['name']} {about['version']} | {about['license']}, `{licence.name}`"
        lines.append(f"| `{where}` | {origin} | `{checksum}` |")
    (VENDOR / "VENDORED.md").write_text("\n".join(lines) + "\n", "utf-8")


HEAD = """# Files of others, kept here

Nothing is fetched from elsewhere when a page is shown. Made by `python -m kantormaya.site.vendoring FOLDER`;
a test compares the checksums. Bootstrap is cut to the families we use and wrapped in `@layer bootstrap`; the
rest is unchanged.

| File | Package and version | Licence | SHA-256 |
|---|---|---|---|"""

if __name__ == "__main__":
    vendor(Path(sys.argv[1]))
