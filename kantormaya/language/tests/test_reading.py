"""From text to definition: shared blocks, the expanded text, the examples of the grammar."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kantormaya.language.checking import check
from kantormaya.language.reading import Refused, expanded, load, load_text, read
from kantormaya.language.tests.samples import HERE, sample, text

BLOCK = 'revision = 3\n[task.paraf]\nkind = "initials"\nstep = "tanda_tangan"\ntitle = "Paraf"\nby = "section_head"\n'


def using(use: str) -> str:
    return text().replace('kind     = "izin"', f'kind     = "izin"\nuse      = [{use}]', 1)


def test_a_shared_block_brings_its_tables() -> None:
    definition = load_text(using('"paraf@3"'), blocks={"paraf": BLOCK})
    assert list(definition.task) == ["pendapat", "paraf"]
    assert definition.use == ()


@pytest.mark.parametrize(
    ("use", "block", "code"),
    [
        ('"paraf@2"', BLOCK, "use.revision"),
        ('"lain@1"', BLOCK, "use.unknown"),
        ('"paraf"', BLOCK, "use.form"),
        ('"../../rahasia@1"', BLOCK, "use.form"),
        ('"paraf@3"', "revision = 3\n[task", "use.unreadable"),
        ('"paraf@3"', 'revision = 3\n[task.pendapat]\ntitle = "x"\n', "use.clash"),
        ('"paraf@3"', 'revision = 3\nkind = "layanan"\n', "use.clash"),
    ],
)
def test_a_block_that_is_unknown_changed_or_clashes_is_a_fault(use: str, block: str, code: str) -> None:
    source = read(using(use), blocks={"paraf": block})
    assert code in [message.code for message in source.faults]
    assert source.definition is None


def test_a_fault_inside_a_block_is_told_with_the_block_s_own_line() -> None:
    (message,) = read(using('"paraf@3"'), blocks={"paraf": BLOCK.replace("initials", "inisial")}).faults
    assert (message.path, message.line, message.where) == ("_shared/paraf.toml", 3, "task.paraf.kind")


def test_the_expanded_text_needs_no_blocks_and_is_always_written_the_same() -> None:
    source = read(using('"paraf@3"'), blocks={"paraf": BLOCK})
    whole = expanded(source)
    assert load_text(whole) == source.definition
    assert tomllib.loads(expanded(read(whole))) == tomllib.loads(whole)
    assert expanded(read(using('"paraf@3"') + "# a remark\n", blocks={"paraf": BLOCK})) == whole


def test_blocks_are_found_beside_the_services(tmp_path: Path) -> None:
    (tmp_path / "_shared").mkdir()
    (tmp_path / "pasar").mkdir()
    (tmp_path / "_shared" / "paraf.toml").write_text(BLOCK, "utf-8")
    (tmp_path / "pasar" / "service.toml").write_text(using('"paraf@3"'), "utf-8")
    assert load(tmp_path / "pasar").faults == []


def test_a_text_that_is_no_sound_definition_is_refused_with_its_messages() -> None:
    with pytest.raises(Refused) as refused:
        load_text('slug = "a"\n')
    assert {message.code for message in refused.value.messages} == {"key.missing"}


@pytest.mark.parametrize("name", ["bidan", "gor"])
def test_the_two_examples_of_the_grammar_are_sound(name: str) -> None:
    source = load(HERE / f"{name}.toml")
    assert [message.said("en") for message in check(source) if message.severity == "fault"] == []
    assert load_text(expanded(source)) == source.definition


def test_what_may_stand_alone_or_in_a_list_reads_the_same() -> None:
    definition = sample()
    assert definition.task["pendapat"].by == ("liaison_officer",)
    assert [case.when is None for case in definition.step["periksa"].by] == [True]
    assert tomllib.loads(text())["step"]["periksa"]["by"] == "front_office"
