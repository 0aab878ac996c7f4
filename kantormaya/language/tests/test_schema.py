"""The schema for editors is up to date and knows every key."""

from __future__ import annotations

import json

from kantormaya.language.definition import Definition
from kantormaya.language.schema import SCHEMA_FILE, known_keys, schema, schema_text


def test_the_schema_file_beside_the_services_is_up_to_date() -> None:
    assert SCHEMA_FILE.read_text("utf-8") == schema_text(), "run: python -m kantormaya.language.schema"


def test_every_key_of_the_model_is_known_at_its_place() -> None:
    aliases = [info.alias or name for name, info in Definition.model_fields.items()]
    assert known_keys(()) == aliases
    assert "then" in known_keys(("step", "periksa"))
    assert known_keys(("promise", "within", "0")) == ["when", "otherwise", "is"]
    assert known_keys(("step", "a", "move")) == []


def test_the_schema_says_that_one_value_may_stand_for_a_list() -> None:
    by = schema()["$defs"]["Task"]["properties"]["by"]
    assert [one["type"] for one in by["anyOf"]] == ["string", "array"]
    assert json.loads(schema_text()) == schema()
