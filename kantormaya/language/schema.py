"""The JSON Schema of a definition: for editors, and for telling an author which keys are known where."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from kantormaya.language.definition import Definition

SCHEMA_FILE = Path(__file__).parents[2] / "services" / "service.schema.json"


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "service.schema.json",
        **Definition.model_json_schema(by_alias=True),
    }


def schema() -> dict[str, Any]:
    """The schema of `service.toml`."""
    return dict(_schema())


def schema_text() -> str:
    """The schema as the file beside the services holds it."""
    return json.dumps(_schema(), ensure_ascii=False, indent=1) + "\n"


def known_keys(where: Sequence[str], of: dict[str, Any] | None = None) -> list[str]:
    """The keys that may stand in the table at a key path (none where the author chooses them); `of`: another schema."""
    root = of or _schema()
    nodes = [root]
    for part in where:
        nodes = [inner for node in nodes for inner in _inside(node, part, root)]
    return list(
        dict.fromkeys(
            key for node in nodes for one in _alternatives(node, root) for key in one.get("properties", {})
        )
    )


def _inside(node: dict[str, Any], part: str, root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in _alternatives(node, root):
        if part in one.get("properties", {}):
            yield one["properties"][part]
        elif isinstance(one.get("additionalProperties"), dict):
            yield one["additionalProperties"]
        yield from one.get("patternProperties", {}).values()
        if part.isdigit() and isinstance(one.get("items"), dict):
            yield one["items"]


def _alternatives(node: dict[str, Any], root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "$ref" in node:
        yield from _alternatives(root["$defs"][node["$ref"].rsplit("/", 1)[-1]], root)
        return
    if "anyOf" in node:
        for one in node["anyOf"]:
            yield from _alternatives(one, root)
        return
    yield node


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), "utf-8")
