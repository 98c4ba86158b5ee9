"""What the project promises of itself: layers, sizes, text sinks, translations, README, wheel."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

from tests.places import ROOT

Message = str | tuple[str, ...]
Where = tuple[str, int]

SOURCES = sorted((ROOT / "cockpit").rglob("*.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
CATALOGUE = ROOT / "cockpit" / "locale" / "fr" / "LC_MESSAGES"


def test_each_storey_imports_only_from_those_below() -> None:
    said = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stdout


def test_only_the_two_named_boundaries_catch_everything() -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
        )
    ]
    # One source's sync; the rollback of a transaction, which raises again. The app's last resort is a method.
    assert sorted(found) == ["cockpit/services/sync.py", "cockpit/store/connection.py"]


def test_modules_stay_small() -> None:
    long = {
        p.relative_to(ROOT).as_posix(): n
        for p in SOURCES
        if (n := len(p.read_text("utf-8").splitlines())) > 330
    }
    assert long == {}


def test_data_never_becomes_markup() -> None:
    """Widgets get Content; nothing builds it from markup, and nothing hands a formatted string to Static."""
    for path in (ROOT / "cockpit" / "ui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "from_markup" not in text, path
        assert not re.search(r"\.notify\(", text), path
        for call in re.findall(r"Static\([^)]*\)", text):
            assert "markup=False" in call, (path, call)


READ = ("_", "N_", "ngettext")
"""What marks a string that a person reads."""


def test_no_message_hides_in_a_format_string() -> None:
    """Babel reads no call inside an f-string: such a message would never reach the catalogue."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                for call in ast.walk(node):
                    if (
                        isinstance(call, ast.Call)
                        and isinstance(call.func, ast.Name)
                        and call.func.id in READ
                    ):
                        assert not isinstance(call.args[0], ast.Constant), (path, node.lineno)


@pytest.fixture(scope="module")
def messages() -> dict[Message, Where]:
    """Every string of the sources that a person may read."""
    from babel.messages.extract import extract_from_dir

    keywords = {"_": None, "N_": None, "ngettext": (1, 2)}
    found = extract_from_dir(ROOT / "cockpit", [("**.py", "python")], {}, keywords=keywords)
    return {message: (file, line) for file, line, message, _comments, _context in found if message}


def test_the_french_catalogue_is_complete(messages: dict[Message, Where]) -> None:
    from babel.messages.pofile import read_po

    catalogue = read_po(io.BytesIO((CATALOGUE / "cockpit.po").read_bytes()), locale="fr")
    for message, where in messages.items():
        entry = catalogue.get(message[0] if isinstance(message, tuple) else message)
        assert entry is not None, (message, where)
        assert not entry.fuzzy, message
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        assert all(strings), message


def test_translations_keep_the_places_to_fill(messages: dict[Message, Where]) -> None:
    from babel.messages.pofile import read_po

    catalogue = read_po(io.BytesIO((CATALOGUE / "cockpit.po").read_bytes()), locale="fr")
    for message in messages:
        entry = catalogue.get(message[0] if isinstance(message, tuple) else message)
        assert entry is not None
        sources = message if isinstance(message, tuple) else (message,)
        wanted = {tuple(sorted(re.findall(r"\{[^}]*\}", str(source)))) for source in sources}
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        for string in strings:
            assert tuple(sorted(re.findall(r"\{[^}]*\}", str(string)))) in wanted, (message, string)


def test_the_compiled_catalogue_is_that_of_the_sources() -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO((CATALOGUE / "cockpit.po").read_bytes()), locale="fr"))
    assert compiled.getvalue() == (CATALOGUE / "cockpit.mo").read_bytes()


def test_the_readme_gives_the_commands_that_ci_runs() -> None:
    line = next(line for line in (ROOT / ".ci" / "run").read_text().splitlines() if "pytest" in line)
    words = line.replace("--quiet --disable-pip-version-check ", "")
    assert words in README


def test_the_readme_lists_every_key() -> None:
    from cockpit.ui.kit.keys import printed
    from cockpit.ui.registry import every

    for action in every():
        row = f"| `{action.id}` | {', '.join(f'`{printed(key)}`' for key in dict.fromkeys(action.keys))} |"
        assert row in README, row


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    previous = ""
    for line in block.splitlines()[1:]:
        if line.strip().startswith('"'):
            assert previous.strip().startswith("#"), line
        previous = line


def test_the_wheel_runs_from_another_directory(tmp_path: Path) -> None:
    """Styles, fixtures and catalogues travel in it."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path / "dist"), str(ROOT)],
        check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = (tmp_path / "dist").glob("*.whl")
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


def test_the_version_is_in_the_changelog() -> None:
    from cockpit import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["name"] == "cockpit"


def test_the_names_of_dialects_are_those_that_are_written() -> None:
    from cockpit.domain.settings import ENGINES
    from cockpit.sources import status

    assert set(status.DIALECTS) | set(status._ALIASES) == ENGINES
