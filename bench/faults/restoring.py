"""The running office is backed up; one flipped byte is found; an empty office becomes the same, and no other is overwritten."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

from bench.faults.client import Client
from bench.faults.office import free_port, tree
from bench.faults.scene import Line, Scene
from kantormaya.site.embedded import Server, embedded_binaries


def backup(scene: Scene) -> Line:
    """Backed up while people hand in, refused where a byte is flipped, restored into an empty office with the same counts."""
    folder, fresh, again = (scene.office.data.parent / name for name in ("backup", "restored", "backup-2"))
    kantor = partial(_kantor, scene.office.program)
    scene.client.apply_many(3, first=800_000)
    line = Line("backup and restore", "while the office runs")
    wrong = line.wrong

    made = kantor("backup", folder)
    if made.returncode:
        wrong.append(made.stderr[-300:])
        return line
    manifest = json.loads((folder / "manifest.json").read_text())
    for name in ("database.dump", "manifest.json", _first(manifest, "uploads"), _first(manifest, "keys")):
        with _flipped(folder / name):
            refused = kantor("restore", folder, data=fresh)
        if refused.returncode != 1 or name not in refused.stderr or fresh.exists():
            wrong.append(f"a flipped byte in {name} was not refused by name: {refused.stderr[-200:]}")
    if kantor("restore", folder, data=scene.office.data).returncode != 1:
        wrong.append("an office that is not empty was overwritten")
    restored = kantor("restore", folder, data=fresh)
    if restored.returncode:
        wrong.append(restored.stderr[-300:])
        return line
    if (second := kantor("backup", again, data=fresh)).returncode:
        wrong.append(second.stderr[-300:])
        return line
    other = json.loads((again / "manifest.json").read_text())
    for what in ("rows", "migrations"):
        if manifest[what] != other[what]:
            wrong.append(f"{what} differ after the restore")
    if _files(manifest) != _files(other):
        wrong.append("files differ after the restore")
    if not all(manifest["rows"][t] for t in ("cases_case", "documents_upload", "cases_event")):
        wrong.append("there was nothing to back up")
    wrong += _serves(scene, fresh)
    line.said = f"{sum(manifest['rows'].values())} rows in {len(manifest['rows'])} tables, {len(manifest['files'])} files, the same after"
    return line


def _serves(scene: Scene, data: Path) -> list[str]:
    """The restored office opens: its front page comes, and a citizen's code and PIN open the application they opened before."""
    database = Server(embedded_binaries(), data / "database")
    port, known = free_port(), scene.client.of("submitted")[-1]
    environment = os.environ | {"DATABASE_URL": database.start(), "KANTOR_DATA": str(data)}
    web = subprocess.Popen(
        [sys.executable, "-m", "kantormaya", "serve", "--port", str(port), "--workers", "1"],
        cwd=scene.office.program,
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    restored = Client(port, data / "asked.jsonl")
    try:
        until = time.monotonic() + 60
        while restored.ask("GET", "/healthz").status != 200 and time.monotonic() < until:
            time.sleep(0.1)
        page = restored.ask("GET", "/").status
        proof = base64.b64encode(f"{known['code']}:{known['pin']}".encode()).decode()
        case = restored.ask("GET", "/api/v1/application", Authorization=f"Basic {proof}")
        if page != 200 or case.status != 200 or case.said["number"] != known["number"]:
            return [f"the restored office answers {page}, and {case.status} to code and PIN"]
        return []
    finally:
        for pid in tree(web.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        web.wait()
        database.stop()


def _kantor(
    program: Path, command: str, folder: Path, *, data: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """The command as an administrator runs it; with `data` on the embedded database of that folder."""
    environment = os.environ | {"KANTOR_LANGUAGE": "en"}
    words = [sys.executable, "-m", "kantormaya", command, str(folder)]
    if data is not None:
        environment = {k: v for k, v in environment.items() if k not in ("DATABASE_URL", "KANTOR_DATA")}
        words += ["--data", str(data)]
    return subprocess.run(
        words, cwd=program, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


class _flipped:
    """One bit in the middle of a file is another, for a while."""

    def __init__(self, path: Path) -> None:
        self.path, self.before = path, path.read_bytes()

    def __enter__(self) -> None:
        middle = len(self.before) // 2
        self.path.write_bytes(
            self.before[:middle] + bytes([self.before[middle] ^ 1]) + self.before[middle + 1 :]
        )

    def __exit__(self, *_: object) -> None:
        self.path.write_bytes(self.before)


def _first(manifest: dict[str, dict[str, str]], folder: str) -> str:
    return next(name for name in manifest["files"] if name.startswith(f"{folder}/"))


def _files(manifest: dict[str, dict[str, str]]) -> dict[str, str]:
    """All but the dump, which tells its own time."""
    return {name: digest for name, digest in manifest["files"].items() if name != "database.dump"}
