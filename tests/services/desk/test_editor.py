"""The editor that a person chose, and the file that it works on: no text is lost, whatever goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.services.desk import editor
from cockpit.services.desk.editor import EditorFailed, NoEditor

WRITES = ["sh", "-c", 'printf more >> "$0"']
"""An editor that adds a word: the file is the name that it is started with."""


def test_visual_goes_before_editor_and_both_may_have_arguments() -> None:
    assert editor.chosen({"EDITOR": "nano", "VISUAL": "code --wait"}) == ["code", "--wait"]
    assert editor.chosen({"EDITOR": "'my editor' -x", "VISUAL": " "}) == ["my editor", "-x"]


@pytest.mark.parametrize("environ", [{}, {"EDITOR": ""}, {"EDITOR": "vi 'unclosed"}])
def test_without_an_editor_it_says_what_to_set(environ: dict[str, str]) -> None:
    with pytest.raises(NoEditor, match="EDITOR"):
        editor.chosen(environ)


def test_a_text_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = editor.file_for(tmp_path / "a.db", "B-1", "note")
    assert editor.begin(path, "first\nsecond") == "first\nsecond"
    assert path.stat().st_mode & 0o077 == 0, "for its owner alone"
    editor.run(WRITES, path)
    assert editor.read(path) == "first\nsecond\nmore"
    editor.done_with(path)
    assert editor.leftover(path) is None


def test_what_a_crash_left_goes_before_what_is_stored(tmp_path: Path) -> None:
    path = editor.file_for(tmp_path / "a.db", "B-1", "note")
    editor.begin(path, "stored")
    editor.run(WRITES, path)
    assert editor.begin(path, "stored") == "stored\nmore"


def test_an_editor_that_is_absent_or_fails_says_so_and_the_file_stays(tmp_path: Path) -> None:
    path = editor.file_for(tmp_path / "a.db", "B-1", "note")
    editor.begin(path, "stored")
    with pytest.raises(NoEditor, match="no-such-editor"):
        editor.run(["no-such-editor"], path)
    with pytest.raises(EditorFailed, match="error 3"):
        editor.run(["sh", "-c", "exit 3"], path)
    assert editor.read(path) == "stored"


@pytest.mark.parametrize("left", [b"\xff\xfe\x00", b"x" * (editor.MOST + 1)])
def test_what_is_no_text_of_a_note_is_not_taken(tmp_path: Path, left: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(left)
    with pytest.raises(EditorFailed, match="stays in"):
        editor.read(path)
    assert path.read_bytes() == left
