"""Twelve real standards kept here with their sources; all the others where KANTOR_STANDARDS names the file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

KEPT = json.loads((Path(__file__).parent / "records.json").read_text("utf-8"))
NAMED = os.environ.get("KANTOR_STANDARDS", "")


def every_record() -> list[dict[str, Any]]:
    """The kept ones, and the rest of the named file."""
    others = json.loads(Path(NAMED).read_text("utf-8")) if NAMED else []
    kept = {record["id"] for record in KEPT}
    return KEPT + [record for record in others if record["id"] not in kept]
