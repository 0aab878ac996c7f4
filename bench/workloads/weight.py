"""Weight: what a first visit to a citizen's page carries over the wire, with all it links to, and what the next page does."""

from __future__ import annotations

import gzip
import re
import urllib.request

from bench.comparing import Bench, Result

PAGES = (
    "/",
    "/layanan/",
    "/layanan/izin-reklame/",
    "/layanan/izin-reklame/standar/",
    "/lacak/",
    "/cek/",
    "/ajukan/izin-reklame/",
)
LINKED = re.compile(rb'(?:href|src)="(/static/[^"]+)"')
WITHIN = re.compile(rb"url\(([^)]+)\)")


def run(bench: Bench) -> list[Result]:
    """The heaviest of the pages that anyone can open."""
    result = Result("weight")
    base, first, after = f"http://127.0.0.1:{bench.office.port}", {}, {}
    for path in PAGES:
        size, body = _carried(base + path)
        assets = set(LINKED.findall(body))
        for one in [a for a in assets if a.endswith(b".css")]:
            _, css = _carried(base + one.decode())
            folder = one.rpartition(b"/")[0]
            assets |= {
                folder + b"/" + u.strip(b"\"'")
                for u in WITHIN.findall(css)
                if not u.strip(b"\"'").startswith((b"data:", b"/"))
            }
        first[path] = size + sum(_carried(base + one.decode())[0] for one in assets)
        after[path] = size
    worst, next_ = max(first, key=first.__getitem__), max(after, key=after.__getitem__)
    result.at_most(f"first visit, {worst}", first[worst] / 1024, 100, " KB")
    result.at_most(f"afterwards, {next_}", after[next_] / 1024, 15, " KB")
    return [result]


def _carried(address: str) -> tuple[int, bytes]:
    """Bytes over the wire (compressed as the server sends it; what it sends plain counts as a proxy would compress it)."""
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        body: bytes = answer.read()
        if answer.headers.get("Content-Encoding") == "gzip":
            return len(body), gzip.decompress(body)
    is_text = b"<html" in body[:400].lower() or address.endswith((".css", ".js", ".svg"))
    return (len(gzip.compress(body)) if is_text else len(body)), body
