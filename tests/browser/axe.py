"""What axe-core finds wrong with a page: WCAG 2.2 A and AA, in sentences that a test can show."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).with_name("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page) -> list[str]:
    """Every fault on the page as it stands, as `rule: what to do (where)`; an empty list is a pass.

    The page needs its script: where it is turned off, axe would wait for ever.
    """
    assert not page.evaluate("matchMedia('(scripting: none)').matches"), (
        "axe cannot read a page without script"
    )
    page.evaluate(SOURCE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    return [
        f"{fault['id']}: {fault['help']} ({node['target'][0]})"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def sticks_out(page: Page) -> int:
    """How many pixels the page is wider than the screen; nothing but a table that says so may scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def too_wide(page: Page) -> list[str]:
    """What makes the page wider than the screen: the innermost elements that reach beyond its right edge."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter(it => it.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                .filter((it, _, all) => !all.some(other => other !== it && it.contains(other)))
                .map(it => it.outerHTML.slice(0, 160))"""
        )
    )
