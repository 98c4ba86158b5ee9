"""Files are whole or not there, whatever happens while they are written."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cockpit import files, locale

ENDLESS = """
import sys
from pathlib import Path
from cockpit import files, locale
path, content = Path(sys.argv[1]), [bytes([65 + n]) * 300_000 for n in range(2)]
n = 0
while True:
    files.write(path, content[n % 2])
    n += 1
    print(n, flush=True)
"""


def left(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_file_is_written_for_its_owner_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    files.write(path, "é")
    assert path.read_bytes() == "é".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert left(tmp_path) == ["a.txt"]


def test_what_was_there_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    files.write(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_the_umask_of_whoever_runs_it_is_kept(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        files.write(tmp_path / "a", "x", mode=files.SHARED)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "a"
    files.write(path, "mine", new=True)
    with pytest.raises(FileExistsError):
        files.write(path, "theirs", new=True)
    with pytest.raises(FileExistsError), files.beside(tmp_path / "b", new=True):
        (tmp_path / "b").write_text("meanwhile")
    assert (path.read_text(), (tmp_path / "b").read_text()) == ("mine", "meanwhile")
    assert left(tmp_path) == ["a", "b"]


def test_a_folder_without_hard_links_takes_new_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    files.write(tmp_path / "a", "x", new=True)
    assert (tmp_path / "a").read_text() == "x"
    with pytest.raises(FileExistsError), files.beside(tmp_path / "b", new=True):
        (tmp_path / "b").write_text("meanwhile")


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "a"
    path.write_text("old")

    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(OSError, match="space"):
        files.write(path, "new")
    assert path.read_text() == "old"
    assert left(tmp_path) == ["a"]


def test_a_writer_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    process = subprocess.Popen([sys.executable, "-c", ENDLESS, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _n in range(20):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    content = path.read_bytes()
    assert len(content) == 300_000
    assert len(set(content)) == 1


class Killed(BaseException):
    """What no program catches."""


def add(folder: Path, *names: str) -> None:
    with files.added_to(folder) as fresh:
        for name in names:
            (fresh / name).write_text(name)


@pytest.mark.parametrize("at", range(5))
def test_files_added_to_a_folder_are_all_there_or_come_at_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    (folder / "mine").write_text("kept")
    calls = 0

    def link(source: Path, target: Path, real: Any = os.link) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise Killed
        real(source, target)

    def unlink(path: Path, missing_ok: bool = False, real: Any = Path.unlink) -> None:
        if at == 4 and path.name == "b" and "whole" in path.parent.name:
            raise Killed
        real(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", link)
        patch.setattr(Path, "unlink", unlink)
        try:
            add(folder, "a", "b", "c")
        except Killed:
            assert left(folder) != ["a", "b", "c", "mine"]
        else:
            assert at == 0
    came = [path.name for path in files.finish_adding(folder)]
    assert came == {0: [], 1: ["a", "b", "c"], 2: ["b", "c"], 3: ["c"], 4: ["b", "c"]}[at]
    assert left(folder) == ["a", "b", "c", "mine"]
    assert "".join((folder / name).read_text() for name in ("a", "b", "c")) == "abc"
    assert files.finish_adding(folder) == []


@pytest.mark.parametrize("wrong", [1, 2, 3])
def test_a_fault_while_files_are_added_leaves_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: int
) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    calls = 0

    def link(source: Path, target: Path, real: Any = os.link) -> None:
        nonlocal calls
        calls += 1
        if calls == wrong:
            raise OSError(errno.EIO, "broken")
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(OSError, match="broken"):
        add(folder, "a", "b", "c")
    assert left(folder) == []


def test_a_name_that_somebody_took_meanwhile_is_kept_and_so_is_the_file_that_wanted_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", killed)
        with pytest.raises(Killed):
            add(tmp_path, "a")
    (tmp_path / "a").write_text("theirs")
    with pytest.raises(FileExistsError):
        files.finish_adding(tmp_path)
    assert (tmp_path / "a").read_text() == "theirs"
    (tmp_path / "a").rename(tmp_path / "b")
    files.finish_adding(tmp_path)
    assert (tmp_path / "a").read_text() == "a"


def test_what_the_system_answers_is_said_in_the_readers_language() -> None:
    locale.use("fr")
    assert files.why(OSError(errno.EACCES, "Permission denied")) == "ce compte n’y a pas droit"
    assert files.why(OSError(errno.ENOSPC, "No space left on device")) == "le disque est plein"
    assert files.why(OSError(errno.ELOOP, "Too many levels of symbolic links")).startswith("Too many levels")
    assert files.why(OSError("?")) == "OSError"
