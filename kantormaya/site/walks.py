"""`kantor walk`: example cases played on the pure core and told like a diary."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kantormaya.engine import telling
from kantormaya.language.checking import service_files
from kantormaya.language.texts import Text
from kantormaya.site.terminal import complain, spoken


def walk_paths(paths: Iterable[Path], *, quiet: bool = False) -> int:
    """Print every walk below the paths (with `quiet` only what failed); 0 well, 1 a failure, 2 where nothing is found."""
    paths = list(paths)
    if not any(service_files(path) for path in paths):
        complain(Text("Tidak ada service.toml di sana.", "There is no service.toml there."))
        return 2
    lines, is_well = telling.walk_paths(paths, language=spoken(), quiet=quiet)
    print("\n".join(lines), flush=True)
    return 0 if is_well else 1
