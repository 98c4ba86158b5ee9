"""The documentation says what is: made pages, JSON keys, examples and links are held to the program."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from cockpit.services.demo import company
from cockpit.services.demo.server import serve
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import sections, themes
from cockpit.services.upkeep import sync
from cockpit.services.upkeep.housekeeping import tidy
from tests.cli import conftest as shell
from tests.places import ROOT

run = shell.run
"""Commands as they are typed, in this process."""

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
Ask = Callable[..., Any]


def test_the_pages_of_keys_and_commands_are_what_the_code_says() -> None:
    said = subprocess.run(
        [sys.executable, str(DOCS / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("storey", ["cockpit.services", "cockpit.domain"])
def test_the_drawing_of_the_house_has_every_wing_in_its_order(storey: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(each["layers"] for each in contracts if each.get("containers") == [storey])
    inside = {"refusal", "dataclasses"}
    wings = [{wing for wing in layer.split(" | ") if wing not in inside} for layer in layers]
    drawing = (DOCS / "architecture.md").read_text(encoding="utf-8").partition("```")[2].partition("```")[0]
    begins = next(
        n for n, line in enumerate(drawing.splitlines()) if line.startswith(f" {storey.partition('.')[2]} ")
    )
    words = [
        word
        for line in drawing.splitlines()[begins : begins + 6]
        for word in re.findall(r"[a-z]+|▸", line[42:])
    ]
    told = [set(part.split()) for part in " ".join(words).split("▸")]
    assert [each & set().union(*wings) for each in told][: len(wings)] == wings, (
        "docs/architecture.md: draw it"
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Where the demo company is kept, as a command is told."""
    folder = tmp_path_factory.mktemp("demo")
    with serve(lambda: NOW) as base_url:
        settings = company.settings(base_url)
        workspace = Workspace.open(folder / "demo.db", settings, lambda: NOW)
        company.seed(workspace)
        asyncio.run(sync.sync(workspace.conn, settings, now=lambda: NOW, progress=lambda _report: None))
        tidy(workspace)
        workspace.conn.close()
    (folder / "config.toml").write_text(company.to_toml(settings), encoding="utf-8")
    return ["--db", str(folder / "demo.db"), "--config", str(folder / "config.toml")]


@pytest.fixture
def ask(demo: list[str], run: shell.Run) -> Ask:
    """What a command answers in JSON about the demo company."""

    def ask(*words: str) -> Any:
        said = run(*demo, *words, "--json", now="2026-11-23T08:42")
        assert said.out, said.err
        return said.json

    return ask


ROWS = re.findall(r"^\| `(.+?)`.*? \| (.+) \|$", (DOCS / "json.md").read_text(encoding="utf-8"), re.MULTILINE)
"""Of the page of JSON: the first command of each row, and its keys."""
ASKED = {
    "block": ("block", "a", "word", "--dry-run"), "brief": (), "resume": (), "views": (), "review": (),
    "next": ("next", "--again"),
    "prepare": (), "agenda": (),
    "agenda feeds": (), "week": (), "flash": (), "ritual templates": (), "providers": (), "map": (),
    "interfaces": (), "feedback": (), "figures": (), "goals": (), "costs": (), "absence": (),
    "risks": (), "continuity": (), "contracts": (), "raci": (), "alerts": (), "approvals": (), "sla": (),
    "sla report": (), "journal": (), "journal verify": (), "journal head": (), "doctor": (), "audit": (),
    "slots NAMES": ("slots", "Sophie"), "what-if NAME": ("what-if", "Sophie"),
    "signals show NUMBER": ("signals", "show", "S21"), "signals": (), "phase": (), "dossier": (),
    "sla due TARGET": ("sla", "due", "4ho"), "sign": (),
    "report MONTH": ("report", "2026-10"),
}  # fmt: skip
"""How each row is tried; without words, as it stands."""


@pytest.mark.parametrize("row", ASKED)
def test_json_has_the_keys_that_its_page_names(ask: Ask, row: str) -> None:
    said = dict(ROWS)[row]
    found = ask(*(ASKED[row] or row.split()))
    if said.startswith("[…]"):
        assert found, "an empty list shows no key"
        found = found[0]
    outer = re.sub(r" \(`.*?`\)", "", said)
    assert _words(*re.findall("`(.*?)`", outer)) - set(found) == set()
    for key, inner in re.findall(r"(\w+)` \(`(.*?)`\)", said):
        of_key = found[key][0] if isinstance(found[key], list) and found[key] else found[key]
        assert not of_key or _words(inner) - set(of_key) == set(), key


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in text.split()}


def test_the_example_of_the_configuration_is_read() -> None:
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    example, theme = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    settings = sections.parse(example, Path("config.toml"))
    assert settings.company.name == "Atelier Mistral SAS"
    assert len(settings.statuses) == len(settings.agendas) == len(settings.channels) == 1
    assert set(tomllib.loads(theme)) == {"dark", *themes.COLOURS}


def test_the_script_that_verifies_a_journal_needs_nothing_of_this_program(
    workspace: Workspace, tmp_path: Path
) -> None:
    from cockpit.domain.registers import REGISTERS

    for title in ("Écarts de paie", "Accès banque"):
        workspace.add(REGISTERS["blocker"], {"title": title}, "blocker.add")
    workspace.undo()
    (script,) = re.findall(
        r"```python\n(.*?)```", (DOCS / "journal.md").read_text(encoding="utf-8"), re.DOTALL
    )
    script = script.replace("file:cockpit.db", f"file:{workspace.path}")
    sound = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    assert sound.returncode == 0, sound.stderr
    workspace.conn.execute("DROP TRIGGER journal_never_changes")
    workspace.conn.execute("UPDATE journal SET actor = 'nobody' WHERE seq = 2")
    broken = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    assert "AssertionError: 2" in broken.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text(encoding="utf-8")):
        name, _hash, part = target.partition("#")
        found = page.parent / name if name else page
        assert found.exists(), target
        if part:
            headings = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert part in {_anchor(each) for each in headings}, target


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


PATH = re.compile(r"`((?:cockpit|tests|docs|styles|fixtures)/[\w./*-]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_files_that_pages_name_are_there(page: Path) -> None:
    missing = [
        name
        for name in PATH.findall(page.read_text(encoding="utf-8"))
        if not (list(ROOT.glob(name)) if "*" in name else (ROOT / name).exists())
    ]
    assert missing == []


def test_pages_that_the_code_cites_are_there() -> None:
    cited = {
        name
        for folder in ("cockpit", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"docs/[\w/-]+\.md", path.read_text(encoding="utf-8"))
    }
    assert cited
    assert [name for name in sorted(cited) if not (ROOT / name).is_file()] == []


def test_the_licences_of_what_is_installed_are_listed() -> None:
    """`python docs/licences.py` writes them; what only other systems need may be missing here."""
    spec = spec_from_file_location("licences", ROOT / "docs" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    licences = module_from_spec(spec)
    spec.loader.exec_module(licences)
    listed = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    missing = [
        f"{name} | {said}"
        for name, said in licences.packages().items()
        if f"| {name} | {said} |" not in listed
    ]
    assert missing == []
    assert "GPL-3.0-only" not in listed, "what Cockpit needs may be used as Cockpit is"
