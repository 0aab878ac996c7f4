"""Words in two languages, kept side by side so that neither can be forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Slip(ValueError):
    """A value that can't be taken, said in both languages."""

    def __init__(self, id: str, en: str) -> None:
        super().__init__(en)
        self.id = id
        self.en = en


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Indonesian and, where it exists, in English. In a definition: a string, or `{ id, en }`."""

    id: str
    en: str | None = None

    def said(self, language: str = "id") -> str:
        """The text in `language` ("id" or "en"); Indonesian where the English is missing."""
        return self.en if language == "en" and self.en else self.id

    def format(self, **values: object) -> Text:
        """The same text with `{name}` filled in; a value that is itself a Text is said in each language."""
        said = self.id.format(**{k: v.id if isinstance(v, Text) else v for k, v in values.items()})
        if not self.en:
            return Text(said)
        return Text(
            said,
            self.en.format(**{k: v.said("en") if isinstance(v, Text) else v for k, v in values.items()}),
        )

    def __str__(self) -> str:
        return self.id

    @classmethod
    def read(cls, raw: Any) -> Text:
        """A Text from what a definition holds; raises ValueError in words an author understands."""
        if isinstance(raw, Text):
            return raw
        if isinstance(raw, str):
            if not raw.strip():
                raise Slip(
                    "teks kosong: tulis kata-katanya, atau hapus kuncinya",
                    "an empty text: write the words, or leave the key out",
                )
            return cls(raw.strip())
        is_pair = isinstance(raw, dict) and "id" in raw and set(raw) <= {"id", "en"}
        if is_pair and all(isinstance(v, str) and v.strip() for v in raw.values()):
            return cls(raw["id"].strip(), raw["en"].strip() if "en" in raw else None)
        raise Slip(
            'sebuah teks ditulis "kata-kata" atau { id = "kata-kata", en = "words" }',
            'a text is written "kata-kata" or { id = "kata-kata", en = "words" }',
        )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(cls.written)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        words = {"type": "string", "minLength": 1}
        pair = {"id": words, "en": words}
        both = {"type": "object", "properties": pair, "required": ["id"], "additionalProperties": False}
        return {"anyOf": [words, both]}

    def written(self) -> Any:
        """The shortest way a definition would write it."""
        return {"id": self.id, "en": self.en} if self.en else self.id


def joined(texts: Iterable[Text], by: str | Text = "; ") -> Text:
    """Several texts as one."""
    said, between = list(texts), by if isinstance(by, Text) else Text(by)
    return Text(*(between.said(to).join(text.said(to) for text in said) for to in ("id", "en")))
