"""What the office needs is away, slow or full: mail, disk, patience, the right time."""

from __future__ import annotations

import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

from django.db import connection

from bench.faults.client import new_key, picture
from bench.faults.killing import _looked
from bench.faults.scene import Line, Scene
from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case
from kantormaya.casework import deciding
from kantormaya.casework.sweeping import sweep
from kantormaya.outbox.models import Message, MessageState
from kantormaya.outbox.sending import deliver_due
from kantormaya.people.models import Post
from kantormaya.people.scopes import scope_agency, scope_system, scoped

LARGEST = 200 * 1024
FULL = (503, 507)


def mailing(scene: Scene) -> Line:
    """The mail server refuses, takes and hangs up, and is away for two days; then every message arrives."""
    count = scene.much(6, 50)
    scene.office.kill("worker")
    scene.client.apply_many(count, first=500_000)
    connection.close()
    before, at = scene.mail.took.copy(), now()
    said = {}
    for mood in ("refuses", "drops"):
        scene.mail.mood = mood
        with simulated(at := at + timedelta(minutes=30)):
            deliver_due()
        said[mood] = sum((scene.mail.took - before).values())
    scene.mail.mood = "takes"
    scene.mail.close()
    for _ in range(24):  # two days, each two hours another try
        with simulated(at := at + timedelta(hours=2)):
            deliver_due()
    scene.mail.open()
    with simulated(at + timedelta(hours=5)):
        deliver_due()
    came = scene.mail.took - before
    with scoped(scope_system("fault injection")):
        unsent = Message.objects.exclude(state=MessageState.SENT).count()
    line = Line(
        "mail refused, cut off, away two days",
        f"{count} messages",
        f"{len(came)} came, {sum(came.values()) - len(came)} of them twice",
    )
    if unsent or len(came) < count:
        line.wrong.append(f"{unsent} not sent, {count - len(came)} never came")
    if sum(came.values()) > len(came) + said["drops"]:
        line.wrong.append("more came twice than were cut off")
    scene.office.start("worker")
    return _looked(scene, line)


def files(scene: Scene) -> Line:
    """The disk takes no large file any more: uploads are refused with a sentence, everything else goes on."""
    scene.office.kill("web")
    scene.office.start("web", largest_file=LARGEST)
    begun = scene.client.until_answered("POST", "/api/v1/applications", {"service": "uji-ketahanan"})
    code = begun.said["code"]
    big = picture(0, 400)  # some 480 KB
    refused = [
        scene.client.ask(
            "POST",
            f"/api/v1/applications/{code}/files",
            {"requirement": "berkas"},
            file=big,
            key=new_key(),
            timeout=60,
        ).status
        for _ in range(scene.much(2, 20))
    ]
    page = scene.client.ask("GET", "/layanan/uji-ketahanan/").status
    scene.client.apply(600_000)
    scene.office.kill("web")
    scene.office.start("web")
    again = scene.client.ask(
        "POST",
        f"/api/v1/applications/{code}/files",
        {"requirement": "berkas"},
        file=big,
        key=new_key(),
        timeout=60,
    )
    line = Line("no room for uploads", f"{len(refused)} large files", f"answers {sorted(set(refused))}")
    if set(refused) - {507}:
        line.wrong.append(f"answered {sorted(set(refused))} instead of 507")
    if page != 200 or again.status != 201:
        line.wrong.append(f"reading: {page}; after there was room: {again.status}")
    left = [path for path in (scene.office.data / "uploads" / "incoming").rglob("*") if path.is_file()]
    if left:
        line.said += f"; {len(left)} cleaned files wait for the sweep"
    return _looked(scene, line)


def full(scene: Scene) -> Line:
    """The disk of the database is full to the last byte: writing is refused, reading goes on, with room all is well again."""
    line = Line("no room for the database", "the whole disk filled")
    if not scene.disk_is_own:
        line.said = "not tried: this machine lets us mount no small disk"
        return line
    ballast = scene.office.data / "ballast"
    _fill(ballast)
    statuses: dict[str, set[int]] = {"write": set(), "read": set()}
    for _ in range(scene.much(12, 120)):
        written = scene.client.ask(
            "POST", "/api/v1/applications", {"service": "uji-ketahanan"}, key=new_key()
        )
        statuses["write"].add(written.status)
        statuses["read"].add(scene.client.ask("GET", "/api/v1/services").status)
        _fill(ballast)
    ballast.unlink()
    if "database" in scene.office.fell():  # without room for its log PostgreSQL stops rather than promise
        scene.office.kill("database")
        scene.office.start_database()
    back = scene.office.wait_until_well()
    scene.client.apply(610_000)
    line.said = (
        f"writing {sorted(statuses['write'])}, reading {sorted(statuses['read'])}; well after {back:.1f} s"
    )
    if (statuses["write"] | statuses["read"]) - {200, 201, *FULL}:
        line.wrong.append(line.said)
    return _looked(scene, line)


def slow(scene: Scene) -> Line:
    """Clients that send a byte now and then, beside normal ones: the normal ones are served.

    Slow heads are held by the server itself. A slow body holds a thread of it, so whole requests are what a proxy
    hands on (nginx does by default, docs/operations.md): how it goes without one is measured and said, not judged.
    """
    lazy, normal, seconds = scene.much(20, 50), 20, scene.much(2, 30)
    head = b"POST /api/v1/applications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n"
    came = _beside(scene, [head] * lazy, normal, seconds)
    took = sorted(seconds for _, seconds in came)
    failed = sum(status != 200 for status, _ in came)
    line = Line(
        "slow clients beside normal ones",
        f"{lazy} slow, {normal} normal",
        f"{len(came)} pages, p50 {took[len(took) // 2]:.2f} s, slowest {took[-1]:.1f} s, {failed} not served",
    )
    if failed:
        line.wrong.append(f"{failed} of {len(came)} normal requests were not served")
    if scene.is_long:
        bare = _beside(scene, [head + b"\r\n{"] * lazy, normal, seconds)
        line.said += (
            f"; slow bodies without a proxy: {sum(s != 200 for s, _ in bare)} of {len(bare)} not served"
        )
    return line


def _beside(scene: Scene, slow_ones: list[bytes], normal: int, seconds: float) -> list[tuple[int, float]]:
    """Status and time of every page that normal clients got while the slow ones held their connections."""
    held = []
    for sent in slow_ones:
        one = socket.create_connection(("127.0.0.1", scene.office.port))
        one.sendall(sent)
        held.append(one)
    until = time.monotonic() + seconds

    def ask(_: int) -> list[tuple[int, float]]:
        seen = []
        while time.monotonic() < until:
            since = time.monotonic()
            status = scene.client.ask("GET", "/layanan/", timeout=10).status
            seen.append((status, time.monotonic() - since))
            for one in held[::7]:
                with suppress(OSError):
                    one.sendall(b"X")
        return seen

    with ThreadPoolExecutor(normal) as pool:
        came = [pair for pairs in pool.map(ask, range(normal)) for pair in pairs]
    for one in held:
        one.close()
    return came


def clock(scene: Scene) -> Line:
    """The clock jumps 40 days ahead and a day back: what is due happens once, and every history still replays."""
    already = len(scene.client.of("submitted"))
    scene.client.apply_many(3, first=700_000)
    scene.client.apply_many(2, "uji-bayar", first=710_000, with_file=False)
    numbers = [line["number"] for line in scene.client.of("submitted")][already:]
    post = Post.objects.select_related("account", "agency").get(
        role="front_office", agency__slug="dpmptsp", until_on=None
    )
    scope = scope_agency(post.agency_id, post.account_id)
    connection.close()
    with simulated(now() - timedelta(days=1)), scoped(scope):
        back = Case.objects.get(
            number__in=numbers[:3], version=1, service_slug="uji-ketahanan", number=numbers[0]
        )
        deciding.check(back.pk, post, fits=("berkas",), key=new_key())
    with simulated(now() + timedelta(days=40)):  # for every case there is
        first, again = sweep(), sweep()
    with simulated(now() - timedelta(days=1)):
        earlier = sweep()
    with scoped(scope_system("fault injection")):
        # what was said in forty days leaves today, for whoever counts messages next
        Message.objects.filter(due_at__gt=now() + timedelta(days=1)).update(due_at=now())
        lapsed = Case.objects.filter(number__in=numbers[3:], outcome="lapsed").count()
        ended = list(Case.objects.filter(number__in=numbers[3:]).values_list("at", flat=True))
    line = Line(
        "the clock +40 days and -1 day",
        f"{len(numbers)} cases",
        f"{first} events fell due, then {again}, {earlier}",
    )
    if again or earlier or first == 0:
        line.wrong.append(f"{first}, {again}, {earlier} events")
    if len(ended) != 2 or lapsed != 2:
        line.wrong.append(f"unpaid cases stand at {ended}")
    return _looked(scene, line)


def _fill(ballast: os.PathLike[str]) -> None:
    """Take what room is left, to the last page."""
    with open(ballast, "ab", buffering=0) as file, suppress(OSError):  # noqa: PTH123
        for size in (1 << 20, 4096):
            with suppress(OSError):
                while True:
                    file.write(b"\0" * size)
