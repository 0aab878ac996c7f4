"""What holds for the whole house: a lock on every page, floors that are kept, one mover, no loose ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

from kantormaya.__main__ import parser
from kantormaya.api.door import door
from kantormaya.site import commands

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "kantormaya"
GUARDS = {
    "public",
    "link_holder",
    "case_holder",
    "address_holder",
    "official",
    "system_callback",
    "holder_token",
    "official_token",
}
# From the bottom up; packages of one floor do not know each other.
FLOORS = (
    ("audit",),
    ("outbox",),
    ("people",),
    ("catalogue",),
    ("cases",),
    ("documents", "payments", "permits", "messages", "bookings", "handoff", "surveys"),
    ("casework",),
    ("portal", "desk", "api"),
)
FLOOR = {name: height for height, names in enumerate(FLOORS) for name in names}


def sources(*kinds: str) -> list[Path]:
    """Our own source files of these kinds."""
    skipped = {"migrations", "static", "__pycache__"}
    return [p for kind in kinds for p in sorted(HOUSE.rglob(f"*.{kind}")) if not skipped & set(p.parts)]


def program() -> list[Path]:
    """Our own Python without the tests."""
    return [p for p in sources("py") if "tests" not in p.parts]


def pages(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every address with its view."""
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, here)
        else:
            yield here, pattern.callback


def test_every_page_has_a_lock() -> None:
    open_doors = [
        address
        for address, view in pages(get_resolver().url_patterns)
        if getattr(view, "guard", None) not in GUARDS and not view.__module__.startswith("allauth.")
    ]
    assert not open_doors, (
        "say who may open them: @public, @link_holder, @case_holder, @official or @system_callback"
    )


def test_every_operation_of_the_interface_declares_its_guard() -> None:
    operations = [
        (f"{one.methods} {where}", getattr(one.view_func, "guard", None))
        for bound in door._get_bound_routers()
        for where, view in bound.path_operations.items()
        for one in view.operations
    ]
    assert operations
    assert not [name for name, guard in operations if guard not in GUARDS]


def test_pages_of_the_accounts_library_live_only_under_the_officials_paths() -> None:
    for address, view in pages(get_resolver().url_patterns):
        if view.__module__.startswith("allauth."):
            assert f"/{address}".startswith(settings.KANTOR_OFFICIAL_PATHS)


def test_pages_for_officials_live_where_the_officials_stack_runs() -> None:
    for address, view in pages(get_resolver().url_patterns):
        if getattr(view, "guard", None) == "official":
            assert f"/{address}".startswith(settings.KANTOR_OFFICIAL_PATHS), address


def test_tables_point_down_the_floors_only() -> None:
    for model in apps.get_models():
        if not model.__module__.startswith("kantormaya."):
            continue
        here = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            other = field.related_model if field.concrete and field.is_relation else None
            if other and other.__module__.startswith("kantormaya."):
                there = other.__module__.split(".")[1]
                assert there == here or FLOOR[there] < FLOOR[here], f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("path", program(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_conventions_of_a_source_file(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    package = path.relative_to(HOUSE).parts[0]
    assert "@receiver" not in text, "no signals of our own"
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text), "finish it, or write it into the report"
    if package not in ("casework", "engine", "language"):
        writes = re.findall(r"\bcase\.(?:state|at|outcome) = ", text)
        assert not writes, "only casework moves a case"
    assert len(text.splitlines()) <= 400, "a room that wants a wall"
    # a certificate of the test authority is as old as the machine says, whatever day is played
    if package in FLOOR and package != "audit" and path.parent.name != "local":
        assert not re.search(r"(datetime\.now|timezone\.now)\(", text), "time comes from audit.time.now()"
    assert '"""' in text[:200] or not text.strip(), "a file says what it promises"


def test_no_column_has_a_database_default_for_time() -> None:
    for model in apps.get_models():
        if model.__module__.startswith("kantormaya."):
            for field in model._meta.concrete_fields:
                automatic = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
                assert not automatic, f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("package", sorted(p.parent.name for p in HOUSE.glob("*/__init__.py")))
def test_every_package_has_a_page_in_the_docs(package: str) -> None:
    assert (ROOT / "docs" / "packages" / f"{package}.md").exists()


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_django_finds_nothing_to_mend() -> None:
    call_command("check", fail_level="WARNING")


@pytest.mark.parametrize("path", sources("html"), ids=lambda p: str(p.relative_to(HOUSE)))
def test_every_template_compiles(path: Path) -> None:
    name = str(path).partition("/templates/")[2]
    assert engines["django"].get_template(name)


def test_the_lock_pins_every_package_with_hashes_and_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "--hash=sha256:" in lock
    names = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    wanted = re.findall(r'^  "([A-Za-z0-9-]+)', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    layers = {
        "audit",
        "outbox",
        "people",
        "catalogue",
        "cases",
        "casework",
        "site",
        "portal",
        "engine",
        "language",
    }
    missing = {w.lower() for w in wanted} - names - layers - {"documents", "expressions", "db", "browser"}
    assert not missing, "make the lock again (CONTRIBUTING.md says how)"


def test_every_command_is_wired_and_told_in_the_docs() -> None:
    docs = "\n".join(
        p.read_text(encoding="utf-8") for p in [ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/packages/*.md")]
    )
    subcommands = parser()._subparsers._group_actions[0].choices
    for name in subcommands:
        assert callable(getattr(commands, name.replace("-", "_")))
        assert f"kantor {name}" in docs, f"docs/packages/site.md says nothing about `kantor {name}`"


def test_every_variable_of_the_environment_is_told_in_the_docs() -> None:
    told = (ROOT / "docs" / "packages" / "site.md").read_text(encoding="utf-8")
    read = {name for p in program() for name in re.findall(r'"(KANTOR_[A-Z_]+|DATABASE_URL)"', p.read_text())}
    assert not {name for name in read if name not in told}
