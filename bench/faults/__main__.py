"""`python -m bench.faults [NAME…] [--long]`: break a running office in every way we know, and count what was lost."""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.faults.office import Office
    from bench.faults.scene import Line

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def main() -> int:
    """Run the named faults (all by default) on one office; 0 where everything is as promised."""
    top = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    top.add_argument("names", nargs="*", metavar="NAME")
    top.add_argument(
        "--long", nargs="?", type=float, const=1.0, default=0.0, metavar="SHARE",
        help="the long form, half an hour on a quiet machine; 0.2 does a fifth of it",
    )  # fmt: skip
    top.add_argument("--json", type=Path, help="write the table there too")
    args = top.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    faulthandler.register(signal.SIGUSR1)  # where it stands, for whoever waits too long

    from bench.faults.office import Office, disk

    with disk(1500 if args.long else 700) as (folder, is_own):
        office = Office(folder / "data", web_workers=2 if args.long else 1)
        try:
            office.furnish()
            return run(office, args, is_own)
        finally:
            office.close()


def run(office: Office, args: argparse.Namespace, is_own: bool) -> int:
    """The faults one after the other, each with its line."""
    from bench.faults.client import Client
    from bench.faults.list import FAULTS
    from bench.faults.mail import MailServer
    from bench.faults.scene import Line, Scene, make_tokens
    from kantormaya.site.terminal import table

    if unknown := set(args.names) - FAULTS.keys():
        print(f"no such fault: {', '.join(unknown)}; there are {', '.join(FAULTS)}", file=sys.stderr)
        return 2
    mail = MailServer(office.mail_port)
    mail.open()
    office.open()
    client = Client(office.port, office.data / "acknowledged.jsonl")
    scene = Scene(office, client, mail, args.long, is_own, make_tokens())
    lines = []
    for name in args.names or FAULTS:
        since = time.monotonic()
        client.gave_up.clear()
        try:
            line = FAULTS[name](scene)
        except SystemExit:
            client.gave_up.set()
            raise
        except Exception as why:
            traceback.print_exc()
            line = Line(name, "", "", [f"{type(why).__name__}: {why}"])
        load = os.getloadavg()[0]
        lines.append((name, line, time.monotonic() - since, load))
        verdict = "well" if not line.wrong else "; ".join(line.wrong[:4])
        print(
            f"{name}: {verdict} ({line.tried}; {line.said}) {lines[-1][2]:.0f} s, load {load:.1f}", flush=True
        )
        if args.json:
            args.json.write_text(json.dumps([_told(*one) for one in lines], indent=1))
        if line.wrong:
            _last_words(office.data / "logs" / "web.log")
            office.open()
    mail.close()
    rows = [("fault", "tried", "as promised", "seen", "seconds", "load")]
    rows += [
        (n, line.tried, "NO" if line.wrong else "yes", line.said, f"{s:.0f}", f"{load:.1f}")
        for n, line, s, load in lines
    ]
    print("\n" + table(rows), flush=True)
    return 1 if any(line.wrong for _, line, _, _ in lines) else 0


def _told(name: str, line: Line, seconds: float, load: float) -> dict[str, object]:
    """A line for programs."""
    return {
        "name": name, "tried": line.tried, "said": line.said, "wrong": line.wrong, "seconds": round(seconds, 1),
        "load": round(load, 1),
    }  # fmt: skip


def _last_words(log: Path) -> None:
    """The last tracebacks of the web server, for whoever mends it."""
    tail = log.read_text(encoding="utf-8", errors="replace")[-200_000:].split("Traceback")
    for one in tail[1:][-2:]:
        print(f"    Traceback{one[-2500:]}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
