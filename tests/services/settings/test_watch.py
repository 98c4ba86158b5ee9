"""A configuration that was written is read anew once it stands still; one that is being written is not."""

from __future__ import annotations

from pathlib import Path

from cockpit.services.settings.watch import ConfigWatch


def test_a_file_is_another_one_once_it_stands_still_and_until_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('me = "A"\n')
    watch = ConfigWatch(path)
    assert not watch.has_changed()
    path.write_text("")
    assert not watch.has_changed()
    path.write_text('me = "Zoé"\n')
    assert not watch.has_changed()
    assert watch.has_changed()
    assert watch.read().me == "Zoé"
    assert not watch.has_changed()


def test_a_file_that_is_away_for_a_moment_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('me = "A"\n')
    watch = ConfigWatch(path)
    text = path.read_text()
    path.unlink()
    assert [watch.has_changed(), watch.has_changed()] == [False, False]
    path.write_text(text + "# again\n")
    assert not watch.has_changed()
    assert watch.has_changed()


def test_without_a_file_nothing_is_ever_changed(tmp_path: Path) -> None:
    watch = ConfigWatch(None)
    assert [watch.has_changed(), watch.has_changed()] == [False, False]
    late = ConfigWatch(tmp_path / "config.toml")
    (tmp_path / "config.toml").write_text('me = "A"\n')
    late.has_changed()
    assert late.has_changed()
