"""The inbox and its search as the cases grow: first page, a page in the middle, a whole number, beginnings of number and name."""

from __future__ import annotations

from statistics import median

from bench.client import Request
from bench.comparing import PRODUCT, Bench, Comparison, Goal, Result, count, once


def run(bench: Bench) -> list[Result]:
    """At the size the office has now; `growth` compares sizes afterwards."""
    cookies = bench.office.cookies["back_office"]
    pages = {"inbox": "/meja/", "inbox, middle": f"/meja/?sesudah={_middle(bench)}"} | {
        f"search {name}": f"/meja/cari/?q={typed}"
        for name, typed in (("number", _number(bench)), ("number…", "P-2025-00001"), ("name…", "R%C4%81")) if typed
    }  # fmt: skip
    pages["search name…"] = "/meja/cari/?q=Rudi+B"
    rounds = bench.shape.rounds if bench.cases == bench.shape.sizes[0] else bench.shape.rounds_later
    found = []
    for name, path in pages.items():
        result = Result(f"{name}, {bench.cases:,} cases")
        is_one = name == "search number"
        asked = Request(path, cookies, expected=(302,) if is_one else (200,))
        comparison = Comparison(result.name, 1)
        for _ in range(rounds + 1):
            comparison.product.append(once(bench, iter([asked] * max(4, bench.shape.requests // 2)), 1))
            result.take(comparison.product[-1].seen, PRODUCT)
        comparison.product.pop(0)  # the first one warmed it up
        result.comparisons.append(comparison)
        if name == "inbox":
            count(result, iter([asked, asked]), 5)
        found.append(result)
    return found


def p95(result: Result) -> float:
    """The median over the rounds of their 95th percentile."""
    return median(one.seen.percentile(0.95) for one in result.comparisons[0].product)


def cpu(result: Result) -> float:
    """The median over the rounds of what a request cost server and database."""
    return median(one.cpu_ms for one in result.comparisons[0].product)


def growth(small: list[Result], large: list[Result], cases: int) -> list[Goal]:
    """What the issue asks of the larger office beside the smaller one."""
    goals = []
    for before, after in zip(small, large, strict=True):
        most = 1.3 if after.name.startswith("inbox") else 2.0
        ratio = p95(after) / max(0.001, p95(before))
        words = f"{after.name}: p95 / that at {cases:,} ≤ {most:g}"
        goals.append(Goal(words, f"{ratio:.2f} (CPU {cpu(before):.1f} → {cpu(after):.1f} ms)", ratio <= most))
    middle = p95(large[1]) / max(0.001, p95(large[0]))
    goals.append(Goal(f"{large[1].name}: p95 / first page ≤ 1.1", f"{middle:.2f}", middle <= 1.1))
    return goals


def _middle(bench: Bench) -> str:
    """The cursor in the middle of the open seats of the back office."""
    from kantormaya.cases.queries import STAMP

    row = bench.database.execute(
        "SELECT p.due_at AT TIME ZONE 'UTC', p.case_id FROM cases_party p JOIN people_agency a ON a.id = p.agency_id"
        " WHERE p.open AND p.role = 'back_office' AND NOT p.waits AND a.slug = 'dpmptsp' AND p.due_at IS NOT NULL ORDER BY p.due_at, p.case_id"
        " OFFSET (SELECT count(*) / 2 FROM cases_party p JOIN people_agency a ON a.id = p.agency_id"
        " WHERE p.open AND p.role = 'back_office' AND NOT p.waits AND a.slug = 'dpmptsp' AND p.due_at IS NOT NULL) LIMIT 1"
    ).fetchone()
    return f"{row[0]:{STAMP}}_{row[1]}" if row else ""


def _number(bench: Bench) -> str:
    row = bench.database.execute(
        "SELECT c.number FROM cases_case c JOIN cases_party p ON p.case_id = c.id JOIN people_agency a ON a.id = p.agency_id"
        " WHERE a.slug = 'dpmptsp' AND c.number LIKE 'P-2025-%' ORDER BY c.id DESC LIMIT 1"
    ).fetchone()
    return str(row[0]) if row else ""
