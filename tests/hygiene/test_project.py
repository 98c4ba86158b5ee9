"""What the project promises of itself: layers, sizes, text sinks, translations, README, wheel."""

from __future__ import annotations

import ast
import io
import itertools
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests.hygiene.parsed import SOURCES, tree
from tests.locked import LOCK, written_for
from tests.places import ROOT

Where = tuple[str, int]
"""File and line."""

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CATALOGUE = ROOT / "cockpit" / "locale" / "fr" / "LC_MESSAGES"


def test_each_storey_imports_only_from_those_below() -> None:
    said = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stdout


def test_a_type_has_a_name_of_its_own() -> None:
    """A name that several files give to a type says nothing without its file: it carries its wing."""
    found: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(path.relative_to(ROOT).as_posix())
    # Our decorator has the standard's names.
    standard = {"Field"}
    assert {name: files for name, files in found.items() if len(files) > 1 and name not in standard} == {}


def test_only_the_two_named_boundaries_catch_everything() -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
        )
    ]
    # One source's sync; the rollback of a transaction, which raises again. The app's last resort is a method.
    assert sorted(found) == ["cockpit/services/upkeep/sync.py", "cockpit/store/transaction.py"]


def test_no_handler_calls_the_one_above() -> None:
    """Textual runs the handler of every class: called by hand as well, a screen does its work twice."""
    pattern = re.compile(r"super\(\)\._?on_(?!event)\w+\(")
    for path in (ROOT / "cockpit" / "ui").rglob("*.py"):
        assert not pattern.search(path.read_text(encoding="utf-8")), path


def test_data_never_becomes_markup() -> None:
    """Widgets get Content; nothing builds it from markup, and nothing hands a formatted string to Static."""
    for path in (ROOT / "cockpit" / "ui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "from_markup" not in text, path
        assert not re.search(r"\.notify\(", text), path
        for call in re.findall(r"Static\([^)]*\)", text):
            assert "markup=False" in call, (path, call)


READ = ("_", "N_", "NC_", "ngettext", "pgettext")
"""What marks a string that a person reads."""


def test_no_message_hides_in_a_format_string() -> None:
    """Babel reads no call inside an f-string: such a message would never reach the catalogue."""
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr):
                for call in ast.walk(node):
                    if (
                        isinstance(call, ast.Call)
                        and isinstance(call.func, ast.Name)
                        and call.func.id in READ
                    ):
                        assert not isinstance(call.args[0], ast.Constant), (path, node.lineno)


Message = tuple[tuple[str, ...], str | None]
"""The singular and, where there is one, the plural; the context."""


@pytest.fixture(scope="module")
def messages() -> dict[Message, Where]:
    """Every string of the sources that a person may read."""
    from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

    keywords = {**DEFAULT_KEYWORDS, "NC_": ((1, "c"), 2)}
    found = extract_from_dir(ROOT / "cockpit", [("**.py", "python")], {}, keywords=keywords)
    return {
        ((message,) if isinstance(message, str) else message, context): (file, line)
        for file, line, message, _comments, context in found
        if message
    }


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The French catalogue as it is committed."""
    from babel.messages.pofile import read_po

    return read_po(io.BytesIO((CATALOGUE / "cockpit.po").read_bytes()), locale="fr")


def test_the_french_catalogue_is_complete(messages: dict[Message, Where], catalogue: Catalog) -> None:
    for (message, context), where in messages.items():
        entry = catalogue.get(message[0], context)
        assert entry is not None, (message, where)
        assert not entry.fuzzy, message
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        assert all(strings), message


def test_translations_keep_the_places_to_fill(messages: dict[Message, Where], catalogue: Catalog) -> None:
    for message, context in messages:
        entry = catalogue.get(message[0], context)
        assert entry is not None
        wanted = {tuple(sorted(re.findall(r"\{[^}]*\}", source))) for source in message}
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        for string in strings:
            assert tuple(sorted(re.findall(r"\{[^}]*\}", str(string)))) in wanted, (message, string)


def test_no_compiled_catalogue_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files", "*.mo"], cwd=ROOT, capture_output=True, text=True)
    assert listed.stdout == ""


def test_the_recipe_for_the_catalogue_changes_nothing_on_an_untouched_clone(tmp_path: Path) -> None:
    """The lines of the contributor's page, as they stand there."""
    recipe = re.findall(r"^pybabel .*$", CONTRIBUTING, re.MULTILINE)
    assert [line.split()[1] for line in recipe] == ["extract", "update"]
    shutil.copytree(ROOT / "cockpit", tmp_path / "cockpit", ignore=shutil.ignore_patterns("__pycache__"))
    for line in recipe:
        command = [sys.executable, "-m", "babel.messages.frontend", *line.split()[1:]]
        subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
    after = tmp_path / (CATALOGUE / "cockpit.po").relative_to(ROOT)
    assert after.read_text("utf-8") == (CATALOGUE / "cockpit.po").read_text("utf-8"), written_for("babel")


def test_the_lock_holds_names_and_versions_alone() -> None:
    """No host, no path, no digest; and every package that the project names is in it."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []
    held = {re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower() for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    anywhere = [each for each in named if "sys_platform" not in each]
    names = {re.sub(r"[-_.]+", "-", re.split(r"[<>=\[ ]", each)[0]).lower() for each in anywhere}
    assert names - held == set()


def test_every_dependency_of_the_program_has_an_upper_bound() -> None:
    """But for the rules of time zones, which are data: the newest are wanted."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    named = [*project["dependencies"], *extras["caldav"], *extras["xlsx"]]
    assert [each for each in named if "<" not in each and not each.startswith("tzdata")] == []


def test_the_readme_gives_the_commands_that_ci_runs() -> None:
    line = next(line for line in (ROOT / ".ci" / "run").read_text().splitlines() if "pytest" in line)
    words = line.replace("--quiet --disable-pip-version-check ", "")
    assert words in README
    set_up, _and, tests = words.rpartition(" && ")
    assert set_up in CONTRIBUTING
    assert tests in CONTRIBUTING


def test_the_readme_is_read_in_two_minutes() -> None:
    """What a newcomer needs, on a screen and a half; the rest is in docs/."""
    assert len(README.splitlines()) <= 66


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    previous = ""
    for line in block.splitlines()[1:]:
        if line.strip().startswith('"'):
            assert previous.strip().startswith("#"), line
        previous = line


def test_the_wheel_runs_from_another_directory(tmp_path: Path) -> None:
    """Styles, fixtures and catalogues travel in it; it is built from the source archive, as a packager would.

    What builds it is what stands in this environment: fetching it anew, twice, took most of the time.
    """
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(ROOT)],
        check=True, capture_output=True,
    )  # fmt: skip
    (archive,) = (tmp_path / "dist").glob("*.tar.gz")
    with tarfile.open(archive) as file:
        assert [name for name in file.getnames() if name.endswith(".mo")] == []
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "cockpit/locale/fr/LC_MESSAGES/cockpit.mo" in names
    assert [name for name in names if name.endswith((".po", "build.py"))] == []
    place = tmp_path / "venv"
    # The dependencies of this environment serve; only the package itself comes from the wheel.
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    library = next((place / "lib").glob("python*")) / "site-packages"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-compile",
            "--target",
            str(library),
            str(wheel),
        ],
        check=True,
    )
    here = next(Path(p) for p in sys.path if p.endswith("site-packages"))
    (library / "borrowed.pth").write_text(f"{here}\n")
    code = (
        "from cockpit.assets import asset_dir; import cockpit;"
        "assert 'site-packages' in cockpit.__file__, cockpit.__file__;"
        "assert (asset_dir('styles') / 'base.tcss').is_file(); assert (asset_dir('fixtures') / 'demo').is_dir();"
        "from cockpit import locale; locale.use('fr'); assert locale._('Blockers') == 'Blocages'"
    )
    away = tmp_path / "away"
    away.mkdir()
    subprocess.run([str(python), "-P", "-c", code], check=True, cwd=away)
    said = subprocess.run(
        [str(python), "-P", "-m", "cockpit", "--lang", "fr", "demo"],
        cwd=away, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert "Atelier Mistral" in said.stdout


def test_what_builds_it_imports_nothing_but_what_is_declared_to_build_it() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"][
        "requires"
    ]
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree(ROOT / "cockpit" / "locale" / "build.py"))
        for name in _imported(node)
    }
    assert imported - sys.stdlib_module_names == {re.split("[<>=]", each)[0] for each in declared}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or "."]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_the_version_is_in_the_changelog() -> None:
    from cockpit import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["name"] == "cockpit"


def test_each_engine_is_declared_once_and_has_its_module() -> None:
    from importlib.util import find_spec

    from cockpit.sources.engines import DIALECTS, ENGINES

    aliases = [alias for each in DIALECTS.values() for alias in each.aliases]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & set(DIALECTS)
    assert set(DIALECTS) | set(aliases) == ENGINES
    modules = {each.reader for each in DIALECTS.values()}
    assert all(find_spec(f"cockpit.sources.status.{name}") for name in modules)
    helpers = {"__init__", "authorization", "detect", "payload"}
    assert modules == {p.stem for p in (ROOT / "cockpit/sources/status").glob("*.py")} - helpers
