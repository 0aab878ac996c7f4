"""Every fault by its name."""

from __future__ import annotations

from collections.abc import Callable

from bench.faults import killing, outages, restoring, rivals
from bench.faults.scene import Line, Scene

FAULTS: dict[str, Callable[[Scene], Line]] = {
    "submitting": killing.submitting,
    "signing": killing.signing,
    "delivering": killing.delivering,
    "database": killing.stopping_database,
    "sigterm": killing.ending,
    "officials": rivals.officials,
    "payments": rivals.payments,
    "bookings": rivals.bookings,
    "mail": outages.mailing,
    "files": outages.files,
    "full": outages.full,
    "slow": outages.slow,
    "clock": outages.clock,
    "backup": restoring.backup,
}
