"""What a shell is told: help that reads whole, and numbers in `$?` of which each has one meaning."""

from __future__ import annotations

import ast
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import cockpit
from cockpit.cli.kit import help_lines
from cockpit.cli.kit.exit_codes import MEANINGS, ExitCode
from cockpit.cli.main import COMMANDS, cli
from cockpit.ui.app import CockpitApp
from tests.cli.conftest import Run

ROOT = Path(cockpit.__file__).parent
DOCS = ROOT.parent / "docs"


def numbers(node: ast.AST) -> set[int]:
    """The exit codes that a file writes as numbers: what ends the program, and what its functions give back as one."""
    found: set[int] = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "fail":
            found |= {arg.value for arg in each.args[1:2] if isinstance(arg, ast.Constant)}  # type: ignore[misc]
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "SystemExit":
            found |= {arg.value for arg in each.args if isinstance(arg, ast.Constant)}  # type: ignore[misc]
        if (
            isinstance(each, ast.FunctionDef)
            and isinstance(each.returns, ast.Name)
            and each.returns.id == "int"
        ):
            found |= {
                one.value.value
                for one in ast.walk(each)
                if isinstance(one, ast.Return) and isinstance(one.value, ast.Constant)
                and isinstance(one.value.value, int)
            }  # fmt: skip
    return found


def test_no_command_ends_with_a_number_that_has_no_meaning() -> None:
    used = {
        number
        for path in [*(ROOT / "cli").rglob("*.py"), ROOT / "__main__.py"]
        for number in numbers(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert used <= {int(code) for code in ExitCode}
    assert {0, 1, 2, 3, 130} <= used
    assert CockpitApp.LEFT_BEHIND == ExitCode.WINDOW_GONE
    assert f"return_code={ExitCode.FAULT}" in (ROOT / "ui" / "app.py").read_text(encoding="utf-8")


def test_each_number_stands_on_the_pages_of_both_languages() -> None:
    assert set(MEANINGS) == set(ExitCode)
    for name in ("commands.md", "fr/commandes.md"):
        text = (DOCS / name).read_text(encoding="utf-8")
        assert re.findall(r"^\| (\d+) \|", text, re.MULTILINE) == [str(int(code)) for code in ExitCode]
    for name in ("cockpit.1", "fr/cockpit.1"):
        text = (DOCS / name).read_text(encoding="utf-8")
        assert re.findall(r"^\\fB(\d+)\\fR$", text, re.MULTILINE) == [str(int(code)) for code in ExitCode]


@pytest.mark.parametrize("name", ["cockpit.1", "fr/cockpit.1"])
def test_the_manual_page_has_every_command_and_is_right_for_man(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    for command, (_target, alias, _help) in COMMANDS.items():
        assert f"\n.SS {command}, {alias}\n" in text
    # Only macros of man(7) stand at the beginning of a line: no word of ours is taken for one.
    told = {line.split(" ")[0] for line in text.splitlines() if line[:1] in (".", "'")}
    assert told <= {'.\\"', ".TH", ".SH", ".SS", ".TP", ".PP", ".RS", ".RE"}
    assert not [line for line in text.splitlines() if not line.strip()]
    if groff := shutil.which("groff"):
        checked = subprocess.run(
            [groff, "-man", "-Kutf8", "-ww", "-z", str(DOCS / name)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "warning" not in checked.stderr
        assert checked.returncode == 0


def metavars(command: click.Command, context: click.Context) -> Iterator[str]:
    """What stands for a word of one's own in the usage of a command and of its parts."""
    for part in command.params:
        is_flag = isinstance(part, click.Option) and (part.is_flag or part.count)
        yield "" if is_flag else part.make_metavar(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from metavars(found, click.Context(found, parent=context, info_name=name))


def test_every_word_of_a_usage_has_its_own_in_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    # Named in the language of the command that ran last in this process.
    for kind in (click.INT, click.IntRange):
        monkeypatch.setattr(kind, "name", "integer")
    said = " ".join(metavars(cli, click.Context(cli, info_name="cockpit")))
    left = {
        word for word in re.findall(r"(?<![\w-])[A-Z][A-Z_]+(?!\w)", said) if word not in help_lines._PLACES
    }
    assert left == set(), "add them in cockpit/cli/kit/help_lines.py"


def test_help_in_french_is_french_and_cut_nowhere(run: Run) -> None:
    shown = run("ritual", "--help", lang="fr").out
    assert "FICHIER" in shown
    assert "COMMANDE" in shown
    assert "FILE" not in shown
    assert "..." not in shown.partition("Commandes :")[2]


def test_commands_end_with_what_the_table_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("Titre;Gravité\nx;énorme\n", encoding="utf-8")
    assert run("next").code == ExitCode.DONE
    assert run("import", str(wrong), "--into", "blockers").code == ExitCode.BAD_NEWS
    assert run("show", "B-99").code == ExitCode.WRONG
    assert run("nonsense").code == ExitCode.WRONG
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database" * 100)
    assert run("--db", str(broken), "list").code == ExitCode.DATABASE
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run("restore", str(broken)).code == ExitCode.STOPPED
