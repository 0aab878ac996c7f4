"""The office's own settings, with the twins beside its pages; mail goes into the demo's mailbox and leaves nobody."""

from __future__ import annotations

from kantormaya.site.settings import *  # noqa: F403
from kantormaya.site.settings import INSTALLED_APPS as OFFICE
from kantormaya.site.settings import KANTOR_CHANNELS as CHANNELS

ROOT_URLCONF = "bench.twins"
INSTALLED_APPS = [*OFFICE, "bench"]
KANTOR_CHANNELS = CHANNELS | {"email": "kantormaya.outbox.channels.demo_mailbox"}
