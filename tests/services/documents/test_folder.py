"""A document's folder is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.services.documents import folder


def test_a_new_folder_holds_every_file_and_nothing_stays_beside(tmp_path: Path) -> None:
    made = folder.write_new(tmp_path / "out" / "report", {"a.md": b"a", "tables/t.csv": b"t"})
    assert [each.read_bytes() for each in made] == [b"a", b"t"]
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["report"]


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    with pytest.raises(folder.CannotWrite, match="--out"):
        folder.write_new(tmp_path / "report", {"a.md": b"a"})
    assert list((tmp_path / "report").iterdir()) == []


def test_a_fault_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    # The second name cannot be made where the first is a file.
    with pytest.raises(folder.CannotWrite, match="nothing was kept"):
        folder.write_new(tmp_path / "out" / "report", {"a": b"a", "a/b": b"b"})
    assert list((tmp_path / "out").iterdir()) == []


def test_a_place_that_cannot_be_written_says_why_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(folder.CannotWrite, match="nothing was kept"):
        folder.write_new(tmp_path / "file" / "report", {"a.md": b"a"})


def test_checksums_read_as_sha256sum_writes_them() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert folder.checksums({"b": b"", "a": b""}) == f"{empty}  a\n{empty}  b\n".encode()
