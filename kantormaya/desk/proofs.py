"""Pictures of a remote inspection as the desk shows them: with the code that had to be seen, the time and the fingerprint."""

from __future__ import annotations

from typing import Any

from kantormaya.desk.opened import UPLOAD, Opened
from kantormaya.engine.state import TaskState


def proofs(opened: Opened, task: TaskState) -> list[dict[str, Any]]:
    """Everything shown for a task, in the order in which it came."""
    return [
        {"file": opened.uploads.get(int(one.file.removeprefix(UPLOAD))), "code": one.code, "at": one.at, "sha256": one.sha256}
        for one in task.proofs
    ]  # fmt: skip
