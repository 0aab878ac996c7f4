"""Memory of a worker after many mixed requests, beside a bare Django on the same server."""

from __future__ import annotations

from itertools import cycle, islice

from bench import requests
from bench.client import Request, send
from bench.comparing import Bench, Goal, Result
from bench.measuring import memory_of, workers
from bench.office import serving
from bench.workloads.case_page import with_events


def run(bench: Bench) -> list[Result]:
    """Fresh, after the first mixture, and after as much again five times over; the bare one after as many."""
    result, number = Result("memory"), bench.shape.memory
    pages = _mixture(bench)
    with serving(bench.office.house, "fresh") as (port, pid):
        send(port, iter(pages[:1]), 1)
        fresh = _largest(pid)
        wrong = send(port, islice(cycle(pages), number), 8).failed
        used = _largest(pid)
        wrong += send(port, islice(cycle(pages), number * 4), 8).failed
        later = _largest(pid)
    with serving(bench.office.house, "bare", "bench.bare:application") as (port, pid):
        send(port, islice(cycle([Request("/banding/baris/1/")]), number), 8)
        bare = _largest(pid)
    result.wrong += wrong[:3]
    figure = f"{used / bare:.2f} × ({fresh:.0f} → {used:.0f} MiB after {number:,}; bare {bare:.0f} MiB)"
    result.goals.append(Goal("a worker / a bare one ≤ 2.5", figure, used <= 2.5 * bare))
    growth = later / used - 1
    result.goals.append(
        Goal(f"growth to {number * 5:,} ≤ 5 %", f"{growth:.1%} ({later:.0f} MiB)", growth <= 0.05)
    )
    return [result]


def _largest(server: int) -> float:
    return max(map(memory_of, workers(server)), default=0.0)


def _mixture(bench: Bench) -> list[Request]:
    cookies = bench.office.cookies["front_office"]
    cases = with_events(bench, 5)
    return [
        *(requests.follow(code) for _, code in cases[:6]),
        *(requests.page(path) for path in ("/", "/layanan/", "/layanan/izin-reklame/", "/cek/")),
        *(requests.page(f"/meja/perkara/{number}/", cookies) for number, _ in cases[:3]),
        requests.page("/meja/", cookies),
        requests.page("/meja/cari/?q=P-2025-00001", cookies),
    ]
