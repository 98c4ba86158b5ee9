"""A shared folder gives up complete files of the right kind, and nothing else is touched."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cockpit.domain.messages.statement import SIZE_LIMIT
from cockpit.sources.inbox.folder import CannotMove, CannotRead, FileStamp, Scan, scan, settle, take

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def scanned(folder: Path, *, after: float = 5) -> Scan:
    """The second of two scans, some seconds apart."""
    first = scan(folder, {}, NOW)
    assert first.ready == ()
    return scan(folder, first.pending, NOW + timedelta(seconds=after))


def names(found: tuple[Path, ...]) -> list[str]:
    return [path.name for path in found]


def test_a_file_is_ready_when_two_scans_five_seconds_apart_saw_it_unchanged(inbox: Path) -> None:
    (inbox / "a.json").write_bytes(b"{}")
    early = scanned(inbox, after=4.9)
    assert (early.ready, list(early.pending)) == ((), ["a.json"])
    # The first sighting counts, however often one looks in between.
    late = scan(inbox, early.pending, NOW + timedelta(seconds=5))
    assert (late.ready, late.pending) == ((inbox / "a.json",), {})
    assert take(late.ready[0]) == b"{}"


def test_a_half_written_file_waits_until_it_has_stopped_growing(inbox: Path) -> None:
    path, seen = inbox / "a.json", dict[str, FileStamp]()
    at = NOW
    for part in (b'{"version"', b": 1", b"}"):
        with path.open("ab") as file:
            file.write(part)
        found = scan(inbox, seen, at)
        assert found.ready == ()
        seen, at = dict(found.pending), at + timedelta(seconds=10)
    assert names(scan(inbox, seen, at).ready) == ["a.json"]


def test_a_file_rewritten_at_the_same_size_waits(inbox: Path) -> None:
    path = inbox / "a.json"
    path.write_bytes(b"[1]")
    os.utime(path, ns=(0, 1_000))
    first = scan(inbox, {}, NOW)
    path.write_bytes(b"[2]")
    os.utime(path, ns=(0, 2_000))
    assert scan(inbox, first.pending, NOW + timedelta(seconds=9)).ready == ()


def test_a_clock_set_back_does_not_hold_files_for_ever(inbox: Path) -> None:
    (inbox / "a.json").write_bytes(b"{}")
    future = scan(inbox, {}, NOW + timedelta(days=30))
    back = scan(inbox, future.pending, NOW)
    assert back.ready == ()
    assert names(scan(inbox, back.pending, NOW + timedelta(seconds=5)).ready) == ["a.json"]


def test_what_programs_put_there_for_themselves_is_left_alone(inbox: Path) -> None:
    taken = ["B.JSON", "a.md", "c.eml", "f.txt", "g", "report.docx", "été 🚨 (conflicted copy).json"]
    for name in (
        *taken,
        "d.json.tmp",
        "e.md.part",
        ".hidden.json",
        ".~lock.a.md#",
        "~$report.docx",
        "Thumbs.db",
    ):
        (inbox / name).write_text("x")
    (inbox / "folder.json").mkdir()
    assert sorted(names(scanned(inbox).ready)) == sorted(taken)


def test_a_name_that_is_no_text_is_taken(inbox: Path) -> None:
    path = os.fsencode(inbox) + b"/\xff\xe9.json"
    try:
        with open(path, "wb") as file:
            file.write(b"{}")
    except OSError:
        pytest.skip("this file system wants names in UTF-8")
    (found,) = scanned(inbox).ready
    assert take(found) == b"{}"
    assert settle(found, inbox, reason="x").parent.name == "rejected"


def test_links_pipes_and_folders_are_never_taken(inbox: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text("mine")
    (inbox / "link.json").symlink_to(secret)
    (inbox / "dangling.json").symlink_to(tmp_path / "none")
    os.mkfifo(inbox / "pipe.json")
    assert scanned(inbox) == Scan()
    for name in ("link.json", "dangling.json", "pipe.json", "none.json", "."):
        with pytest.raises(CannotRead):
            take(inbox / name)


def test_a_file_that_becomes_a_link_after_the_scan_is_not_read(inbox: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text("mine")
    (inbox / "a.json").write_text("{}")
    (ready,) = scanned(inbox).ready
    ready.unlink()
    ready.symlink_to(secret)
    with pytest.raises(CannotRead, match=r"a\.json"):
        take(ready)
    # Moved, it is the link that moves.
    settle(ready, inbox, reason="a link")
    assert secret.read_text() == "mine"


def test_the_folder_itself_must_be_one(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(inbox)
    (tmp_path / "file").write_text("x")
    for name in ("link", "file", "none"):
        with pytest.raises(CannotRead, match=name):
            scan(tmp_path / name, {}, NOW)


def test_a_file_too_big_is_told_apart_once_complete(inbox: Path) -> None:
    (inbox / "big.json").write_bytes(b"x" * (SIZE_LIMIT + 1))
    (inbox / "full.json").write_bytes(b"x" * SIZE_LIMIT)
    found = scanned(inbox)
    assert (names(found.ready), names(found.too_big)) == (["full.json"], ["big.json"])
    assert len(take(found.ready[0])) == SIZE_LIMIT
    with pytest.raises(CannotRead, match="256 kB"):
        take(found.too_big[0])


def test_one_scan_takes_a_hundred_files_and_the_next_the_others(inbox: Path) -> None:
    for number in range(130):
        (inbox / f"{number:03}.md").write_text("x")
        (inbox / f"!{number:03}.md").symlink_to(inbox / "000.md")
    found = scanned(inbox)
    assert len(found.ready) == 100
    for path in found.ready:
        settle(path, inbox)
    assert names(scanned(inbox).ready) == [f"{number:03}.md" for number in range(100, 130)]


def test_files_are_settled_without_overwriting_any(inbox: Path) -> None:
    places = []
    for content in ("one", "two", "three"):
        (inbox / "a.json").write_text(content)
        places.append(settle(inbox / "a.json", inbox))
    assert [place.relative_to(inbox).as_posix() for place in places] == [
        "processed/a.json", "processed/a (2).json", "processed/a (3).json",
    ]  # fmt: skip
    assert [place.read_text() for place in places] == ["one", "two", "three"]
    assert scanned(inbox) == Scan()


def test_a_rejected_file_lies_beside_its_reason(inbox: Path) -> None:
    for number, name in ((1, "a.json"), (2, "a (2).json")):
        (inbox / "a.json").write_text("{")
        place = settle(inbox / "a.json", inbox, reason=f"not\x1b[2J valid {number}")
        assert place == inbox / "rejected" / name
        reason = inbox / "rejected" / f"{name}.reason.txt"
        assert reason.read_text(encoding="utf-8") == f"not valid {number}\n"
    assert not (inbox / "a.json").exists()


def test_a_reason_never_replaces_a_file_that_was_there(inbox: Path, tmp_path: Path) -> None:
    (inbox / "rejected").mkdir()
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    (inbox / "rejected" / "a.json.reason.txt").symlink_to(mine)
    (inbox / "a.json").write_text("{")
    assert settle(inbox / "a.json", inbox, reason="no").name == "a (2).json"
    assert mine.read_text() == "mine"


@pytest.mark.parametrize(("stem", "kept"), [("é" * 124, "é" * 90), ("x" * 249, "x" * 180)])
def test_a_name_as_long_as_the_system_allows_still_gets_its_reason(inbox: Path, stem: str, kept: str) -> None:
    path = inbox / f"{stem}.json"
    path.write_text("{")
    place = settle(path, inbox, reason="no")
    assert place.name == f"{kept}.json"
    assert place.read_text() == "{"
    assert place.with_name(f"{place.name}.reason.txt").read_text() == "no\n"


@pytest.mark.parametrize("reason", ["", "no"])
def test_a_planted_link_gets_nothing_from_us(inbox: Path, tmp_path: Path, reason: str) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (inbox / ("rejected" if reason else "processed")).symlink_to(away)
    (inbox / "a.json").write_text("{}")
    with pytest.raises(CannotMove, match=r"a\.json"):
        settle(inbox / "a.json", inbox, reason=reason)
    assert list(away.iterdir()) == []
    assert (inbox / "a.json").read_text() == "{}"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_keeps_its_files_and_says_so(inbox: Path) -> None:
    (inbox / "a.json").write_text("{}")
    inbox.chmod(0o555)
    try:
        with pytest.raises(CannotMove, match=r"a\.json cannot be moved"):
            settle(inbox / "a.json", inbox, reason="no")
    finally:
        inbox.chmod(0o755)
    assert [path.name for path in inbox.iterdir()] == ["a.json"]


@pytest.mark.parametrize("reason", ["", "no"])
def test_a_move_that_fails_leaves_no_trace(inbox: Path, monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    def read_only(*_paths: object) -> None:
        raise OSError(30, "Read-only file system")

    (inbox / "a.json").write_text("{}")
    monkeypatch.setattr(os, "replace", read_only)
    with pytest.raises(CannotMove, match="that disk can only be read"):
        settle(inbox / "a.json", inbox, reason=reason)
    assert (inbox / "a.json").read_text() == "{}"
    assert [path for path in inbox.rglob("*") if path.is_file()] == [inbox / "a.json"]
    # It is offered again, since it is still there.
    assert names(scanned(inbox).ready) == ["a.json"]


def test_a_file_that_went_away_is_no_fault_of_a_scan(inbox: Path) -> None:
    seen: Mapping[str, FileStamp] = {"gone.json": FileStamp(2, 0, NOW)}
    assert scan(inbox, seen, NOW + timedelta(seconds=9)) == Scan()
    with pytest.raises(CannotMove):
        settle(inbox / "gone.json", inbox)
    assert list((inbox / "processed").iterdir()) == []
