"""Where the files of the pages are found."""

from __future__ import annotations

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]  # it says nothing of types


class Statics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Static files under names that say what is in them; while the office runs they stay, so each is looked up once."""

    @cache  # noqa: B019  there is one of it as long as the office runs
    def url(self, name: str, force: bool = False) -> str:
        return str(super().url(name, force))
