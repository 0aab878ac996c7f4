"""Processes are killed, stopped and told to end while people hand in, sign and get their messages."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection

from bench.faults.client import new_key
from bench.faults.scene import Line, Scene
from bench.faults.truth import examine
from kantormaya.audit.together import together
from kantormaya.outbox.channels.email import message_id
from kantormaya.outbox.models import Message, MessageState
from kantormaya.outbox.sending import deliver_due, enqueue
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.site.demo_office import PASSPHRASE

OUT_OF_ORDER = (503, 507)


def submitting(scene: Scene) -> Line:
    """kill -9 of the whole tree while applications are handed in."""
    times, count = scene.much(3, 50), scene.much(60, 2000)

    def kill_all() -> bool:
        busy = scene.client.in_hand > 0
        died = scene.office.kill("web", "worker", "database")
        scene.office.start_database()
        scene.lapse()
        scene.office.open()
        return busy and died == {"web", "worker", "database"}

    line, kills = _while_applying(scene, "kill -9 of everything, while handing in", count, times, kill_all)
    return _looked(scene, _settled(scene, line, kills))


def stopping_database(scene: Scene) -> Line:
    """PostgreSQL is stopped `immediate`, and comes back while web and worker go on."""
    times, count, waited, reads = scene.much(1, 10), scene.much(12, 300), list[float](), list[int]()

    def stop() -> bool:
        busy = scene.client.in_hand > 0
        scene.office.send("database", signal.SIGQUIT)
        reads.extend(
            scene.client.ask("GET", path).status for path in ("/layanan/", "/api/v1/services", "/healthz")
        )
        scene.office.start_database()
        waited.append(scene.office.wait_until_well())
        return busy

    line, kills = _while_applying(scene, "PostgreSQL stopped immediate", count, times, stop)
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
    return _looked(scene, _settled(scene, line, kills))


def ending(scene: Scene) -> Line:
    """SIGTERM to the web server under load, as an update does."""
    times, count = scene.much(2, 10), scene.much(24, 300)

    def end() -> bool:
        busy = scene.client.in_hand > 0
        scene.office.send("web", signal.SIGTERM)
        scene.office.start("web")
        return busy

    line, kills = _while_applying(scene, "SIGTERM to the web server", count, times, end)
    return _looked(scene, _settled(scene, line, Kills(extra=kills.extra)))  # no worker was killed


def signing(scene: Scene) -> Line:
    """kill -9 of web and worker while papers get their numbers and signatures."""
    count, times, batch = scene.much(12, 300), scene.much(2, 50), scene.much(4, 10)
    scene.client.apply_many(count, first=100_000)
    numbers = [line["number"] for line in scene.client.of("submitted")][-count:]
    with ThreadPoolExecutor(4) as pool:
        for wrong in pool.map(lambda number: _to_signature(scene, number), numbers):
            assert wrong is None, wrong

    def work() -> None:
        for i in range(0, count, batch):
            _sign(scene, numbers[i : i + batch])

    def kill() -> bool:
        busy = scene.client.in_hand > 0
        died = scene.office.kill("web", "worker")
        scene.lapse()
        scene.office.start("worker", "web")
        return busy and died == {"web", "worker"}

    kills = _while(scene, work, lambda: len(scene.client.of("signed")), count, times, kill, early=0.6)
    line = Line("kill -9 of web and worker, while signing", f"{count} papers, {kills}")
    return _looked(scene, _settled(scene, line, kills))


def delivering(scene: Scene) -> Line:
    """kill -9 of web and worker while people hand in and messages go out: each arrives, at most one extra for each kill."""
    letters, count, times = scene.much(30, 600), scene.much(8, 200), scene.much(2, 50)
    before = len(scene.mail.took)
    with scoped(scope_system("fault injection")), together():
        for n in range(letters):
            enqueue(f"faults-letter-{before + n}", to=f"uji{n}@contoh.example", subject="Uji", body="Uji.")
    scene.mail.pause = 0.05

    def came() -> int:
        return len(scene.mail.took) - before

    def work() -> None:
        scene.client.apply_many(count, first=200_000, each=10)
        seen, since = came(), time.monotonic()
        while seen < letters + count and time.monotonic() - since < 90:  # as long as some still come
            time.sleep(0.02)
            if came() > seen:
                seen, since = came(), time.monotonic()

    def kill() -> bool:
        died = scene.office.kill("web", "worker")
        held = scene.lapse()
        scene.office.start(
            "web"
        )  # first, so that applications go on before the letters that bring the next kill
        scene.office.start("worker")
        return held > 0 and died == {"web", "worker"}

    kills = _while(scene, work, came, letters, times, kill, early=0.1)
    scene.mail.pause = 0
    line = Line("kill -9 of web and worker, while delivering", f"{letters + count} messages, {kills}")
    return _looked(scene, _settled(scene, line, kills))


def _settled(scene: Scene, line: Line, kills: Kills) -> Line:
    """Five minutes later: every message left and arrived, and at most one came twice for each kill."""
    scene.office.send("worker", signal.SIGTERM)  # what it holds it gives back
    scene.lapse()
    deliver_due()
    with scoped(scope_system("fault injection")):
        unsent = Message.objects.exclude(state=MessageState.SENT).count()
        sent = set(Message.objects.filter(state=MessageState.SENT).values_list("key", flat=True))
    connection.close()
    scene.office.start("worker")
    line.wrong += [f"{unsent} messages not sent"] * bool(unsent)
    line.wrong += [f"message {key} never came" for key in sent if message_id(key) not in scene.mail.took]
    extra = scene.mail.extra - kills.extra
    line.said = "; ".join(filter(None, (line.said, f"{extra} messages came twice")))
    if extra > kills.done:
        line.wrong.append(f"{extra} extra messages for {kills.done} kills")
    return line


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


def _while_applying(
    scene: Scene, name: str, count: int, times: int, fault: Callable[[], bool]
) -> tuple[Line, Kills]:
    already = len(scene.client.of("submitted"))
    before = scene.client.seen.copy()
    since, first = time.monotonic(), already + 1000
    kills = _while(
        scene,
        lambda: scene.client.apply_many(count, first=first, each=6),
        lambda: len(scene.client.of("submitted")) - already,
        count,
        times,
        fault,
        early=0.2,
    )
    seen = scene.client.seen - before
    line = Line(
        name,
        f"{count} applications, {kills}",
        f"{time.monotonic() - since:.0f} s, answers {dict(sorted(seen.items()))}",
    )
    return line, kills


@dataclass
class Kills:
    """How often the fault was done, how often to those that lived and had work in hand; extra messages before it."""

    done: int = 0
    landed: int = 0
    extra: int = 0

    def __str__(self) -> str:
        return f"{self.done} times, {self.landed} of them with work in hand"


def _while(
    scene: Scene, work: Callable[[], None], done: Callable[[], int], count: int, times: int, fault: Callable[[], bool], early: float
) -> Kills:  # fmt: skip
    """Run the work, and the fault each time another part of it is acknowledged; `fault` says whether it hit work in hand."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as why:
            failed.append(why)

    worker = threading.Thread(target=run)
    worker.start()
    kills = Kills(extra=scene.mail.extra)
    try:
        for n in range(times):
            while worker.is_alive() and done() < count * (n + 0.25) / (times + 1):
                time.sleep(0.005)
            if not worker.is_alive():
                break
            time.sleep(early * (n % 7) / 7)  # not always between the same two acts
            kills.landed += fault()
            kills.done += 1
    except BaseException:
        scene.client.gave_up.set()
        raise
    finally:
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
