"""Processes are killed, stopped and told to end while people hand in, sign and get their messages."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection

from bench.faults.client import new_key
from bench.faults.scene import Line, Scene
from bench.faults.truth import examine
from kantormaya.audit.time import now, simulated
from kantormaya.site.demo_office import PASSPHRASE

OUT_OF_ORDER = (503, 507)


def submitting(scene: Scene) -> Line:
    """kill -9 of the whole tree while applications are handed in."""
    times, count = scene.much(3, 50), scene.much(60, 2000)

    def kill_all() -> None:
        scene.office.kill("web", "worker", "database")
        scene.office.open()

    return _while_applying(scene, "kill -9 of everything, while handing in", count, times, kill_all)


def stopping_database(scene: Scene) -> Line:
    """PostgreSQL is stopped `immediate`, and comes back while web and worker go on."""
    times, count, waited, reads = scene.much(1, 10), scene.much(12, 300), [], []

    def stop() -> None:
        scene.office.send("database", signal.SIGQUIT)
        reads.extend(
            scene.client.ask("GET", path).status for path in ("/layanan/", "/api/v1/services", "/healthz")
        )
        scene.office.start_database()
        waited.append(scene.office.wait_until_well())

    line = _while_applying(scene, "PostgreSQL stopped immediate", count, times, stop)
    if any(status >= 500 and status not in OUT_OF_ORDER for status in reads):
        line.wrong.append(f"without a database: {sorted(set(reads))}")
    line.said += (
        f"; without it {sorted(set(reads))}; pages again after {max(waited):.1f} s, nothing started anew"
    )
    if fell := scene.office.fell():
        line.wrong.append(f"{fell} ended by itself")
        for name in fell:
            scene.office.running.pop(name)
        scene.office.open()
    else:
        line.wrong += _worker_works(scene)
    return line


def ending(scene: Scene) -> Line:
    """SIGTERM to the web server under load, as an update does."""
    times, count = scene.much(2, 10), scene.much(24, 300)

    def end() -> None:
        scene.office.send("web", signal.SIGTERM)
        scene.office.start("web")

    return _while_applying(scene, "SIGTERM to the web server", count, times, end)


def signing(scene: Scene) -> Line:
    """kill -9 of web and worker while papers get their numbers and signatures."""
    count, times, batch = scene.much(12, 500), scene.much(2, 50), scene.much(4, 10)
    scene.client.apply_many(count, first=100_000)
    numbers = [line["number"] for line in scene.client.of("submitted")][-count:]
    with ThreadPoolExecutor(4) as pool:
        for wrong in pool.map(lambda number: _to_signature(scene, number), numbers):
            assert wrong is None, wrong
    batches = [numbers[i : i + batch] for i in range(0, count, batch)]

    def work() -> None:
        for one in batches:
            _sign(scene, one)

    kills = _kill_while(
        scene, work, lambda: len(scene.client.of("signed")), count, times, ("web", "worker"), early=0.15
    )
    line = Line("kill -9 of web and worker, while signing", f"{count} papers, {kills} kills")
    return _looked(scene, line)


def delivering(scene: Scene) -> Line:
    """kill -9 of the worker while messages go out: each arrives, at most one extra for each kill."""
    from kantormaya.outbox.models import Message, MessageState
    from kantormaya.outbox.sending import deliver_due
    from kantormaya.people.scopes import scope_system, scoped

    count, times = scene.much(12, 300), scene.much(1, 20)
    scene.office.kill("worker")
    scene.client.apply_many(count, first=200_000)
    before = sum(scene.mail.took.values())

    def work() -> None:
        last, seen = time.monotonic() + 30, before  # it may take a while to begin
        while seen < before + count and time.monotonic() - last < scene.much(
            3, 10
        ):  # what a killed one held comes later
            time.sleep(0.02)
            if (came := sum(scene.mail.took.values())) > seen:
                last, seen = time.monotonic(), came

    scene.office.start("worker")
    kills = _kill_while(
        scene, work, lambda: sum(scene.mail.took.values()) - before, count, times, ("worker",), early=0.2
    )
    connection.close()
    with simulated(now() + timedelta(minutes=6)):  # the lease of whoever was killed has run out
        deliver_due()
    extra = sum(scene.mail.took.values()) - len(scene.mail.took) - scene.mail.dropped
    with scoped(scope_system("fault injection")):
        unsent = Message.objects.exclude(state=MessageState.SENT).count()
    line = Line(
        "kill -9 of the worker, while delivering",
        f"{count} messages, {kills} kills",
        f"{extra} came twice in all, for {scene.office.workers_killed} kills of a worker so far",
        [f"{unsent} not sent"] * bool(unsent),
    )
    if (
        extra > scene.office.workers_killed * 2
    ):  # two jobs run at once in a worker; what one held comes minutes later
        line.wrong.append(f"{extra} extra messages for {scene.office.workers_killed} kills so far")
    return _looked(scene, line)


def _to_signature(scene: Scene, number: str) -> str | None:
    for body in ({"act": "check", "fits": ["berkas"]}, {"act": "move", "of": "forward"}):
        answer = scene.do("front_office", number, body)
        if answer.status != 200:
            return f"{number}: {answer.status} {answer.body!r}"
    return None


def _sign(scene: Scene, numbers: list[str]) -> None:
    """Until every one of them is signed: a call that was cut off is made again under a new key, as one presses again."""
    left, until = list(numbers), time.monotonic() + 240
    secret = PASSPHRASE.get_secret_value()
    while left and time.monotonic() < until:
        answer = scene.client.ask(
            "POST", "/api/v1/signatures", {"numbers": left, "passphrase": secret}, key=new_key(),
            **scene.bearer("head_of_office"),
        )  # fmt: skip
        if answer.status == 200:
            for one in answer.said["results"]:
                if one["is_signed"]:
                    scene.client.keep("signed", number=one["number"])
                    left.remove(one["number"])
        else:
            time.sleep(0.1)
    assert not left, f"never signed: {left}"


def _while_applying(scene: Scene, name: str, count: int, times: int, fault: Callable[[], None]) -> Line:
    already = len(scene.client.of("submitted"))
    before = scene.client.seen.copy()
    since, first = time.monotonic(), already + 1000
    kills = _while(
        lambda: scene.client.apply_many(count, first=first),
        lambda: len(scene.client.of("submitted")) - already,
        count,
        times,
        fault,
    )
    seen = scene.client.seen - before
    line = Line(
        name,
        f"{count} applications, {kills} times",
        f"{time.monotonic() - since:.0f} s, answers {dict(sorted(seen.items()))}",
    )
    return _looked(scene, line)


def _kill_while(
    scene: Scene, work: Callable[[], None], done: Callable[[], int], count: int, times: int, names: tuple[str, ...], early: float
) -> int:  # fmt: skip
    def kill() -> None:
        scene.office.kill(*names)
        scene.office.start(*names)

    return _while(work, done, count, times, kill, early=early)


def _while(
    work: Callable[[], None], done: Callable[[], int], count: int, times: int, fault: Callable[[], None], early: float = 0.05
) -> int:  # fmt: skip
    """Run the work, and the fault each time another part of it is acknowledged; how often it was done."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as why:
            failed.append(why)

    worker = threading.Thread(target=run)
    worker.start()
    kills = 0
    for n in range(times):
        while worker.is_alive() and done() < count * (n + 0.5) / times:
            time.sleep(0.005)
        if not worker.is_alive():
            break
        time.sleep(early * (n % 4) / 4)  # not always between the same two acts
        fault()
        kills += 1
    worker.join()
    if failed:
        raise failed[0]
    return kills


def _looked(scene: Scene, line: Line) -> Line:
    """The list held against what is there."""
    connection.close()
    found = examine(scene.client)
    line.wrong += [f"lost: {one}" for one in found.lost] + [f"doubled: {one}" for one in found.doubled]
    line.wrong += [f"half: {one}" for one in found.half]
    line.wrong += [f"bare answer: {one}" for one in scene.client.ugly[:3]]
    if scene.client.seen[500]:
        line.wrong.append(f"{scene.client.seen.pop(500)} × 500")
    scene.client.ugly.clear()
    return line


def _worker_works(scene: Scene) -> list[str]:
    """A message written now leaves by the worker that was there before."""
    before = sum(scene.mail.took.values())
    scene.client.apply_many(1, first=900_000 + before)
    until = time.monotonic() + 75
    while time.monotonic() < until:
        if sum(scene.mail.took.values()) > before:
            return []
        time.sleep(0.1)
    return ["the worker does not deliver any more"]
