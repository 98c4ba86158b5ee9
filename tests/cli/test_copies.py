"""Copies from the shell: what Litestream needs, a restore that says what would be lost, a drill."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def litestream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of that name in PATH; nothing here runs it."""
    program = tmp_path / "bin" / "litestream"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return program


def test_what_litestream_needs_is_printed_for_each_system(run: Run, litestream: Path, tmp_path: Path) -> None:
    said = run("schedule", "--with", "systemd", "--replica", str(tmp_path / "à part"))
    assert said.code == 0
    assert f'      - path: "{tmp_path / "à part"}"' in said.out
    assert f'  - path: "{tmp_path / "cockpit.db"}"' in said.out
    assert f'ExecStart="{litestream}" "replicate" "-no-expand-env" "-config"' in said.out
    assert "EnvironmentFile" not in said.out
    said = run("schedule", "--with", "launchd", "--replica", "s3://bucket/cockpit")
    assert '      - url: "s3://bucket/cockpit"' in said.out
    keys = Path.home() / ".config/cockpit/litestream.env"
    assert f"# save its keys as {keys}" in said.out
    assert "LITESTREAM_ACCESS_KEY_ID=…" in said.out
    assert f"set -a; . {keys}; exec {litestream} replicate" in said.out
    assert (
        f"\nEnvironmentFile={keys}\n"
        in run("schedule", "--with", "systemd", "--replica", "s3://bucket/x").out
    )
    assert "@reboot" in run("schedule", "--with", "cron", "--replica", "~/copy").out


@pytest.mark.usefixtures("litestream")
def test_what_a_server_needs_stands_behind_its_address_and_is_given_to_litestream(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("schedule", "--replica", "s3://seau/cockpit?endpoint=https://s3.example&region=fr-par")
    assert (
        '- url: "s3://seau/cockpit"\n        endpoint: "https://s3.example"\n        region: "fr-par"'
        in said.out
    )
    said = run("schedule", "--replica", "sftp://claire@nas/copies")
    assert said.code == 2
    assert "?key-path=" in said.err
    said = run("schedule", "--replica", "sftp://claire@nas/copies?key-path=/k&host-key=ssh-ed25519%20AA+B")
    assert 'key-path: "/k"\n        host-key: "ssh-ed25519 AA+B"' in said.out
    assert "EnvironmentFile" not in said.out
    said = run("schedule", "--replica", "s3://seau/cockpit?secret-access-key=x")
    assert said.code == 2
    assert "choose one of: endpoint, region, key-path, host-key" in said.err
    # In a shell, a folder that is not whole stands where one is.
    assert f'path: "{tmp_path}/part"' in run("schedule", "--replica", "part").out
    (tmp_path / "part" / "ltx").mkdir(parents=True)
    said = run("restore", "part", "--yes")
    assert f"{tmp_path}/part" not in said.err
    assert "part cannot be read" in said.err


@pytest.mark.usefixtures("litestream")
def test_no_secret_is_taken_in_an_address_and_a_place_must_be_said(run: Run) -> None:
    for hidden in ("sftp://me:sec?ret@host/copy", "s3://b/c?endpoint=https://me:secret@host"):
        said = run("schedule", "--replica", hidden)
        assert "a secret is never written here" in said.err
        assert "ret@host" not in said.err
    said = run("schedule", "--replica", "sftp://me:secret@host/copy")
    assert said.code == 2
    assert "a secret is never written here" in said.err
    assert run("schedule", "--replica").code == 2


def test_a_restore_says_in_words_what_would_be_lost_and_no_answer_changes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("block", "kept")
    backup = tmp_path / "saved.db"
    run("backup", str(backup))
    run("block", "written since")
    monkeypatch.setattr("click.prompt", lambda *_args, **_more: False)
    said = run("restore", str(backup))
    assert "The copy goes up to entry 1, written today 09:00." in said.out
    assert "1 entry written since would be lost:" in said.out
    assert "B-2    added written since" in said.out
    assert "written since" in run("list").out
    assert "Restored" in run("restore", str(backup), "--yes").out
    assert "written since" not in run("list").out
    assert run("restore", str(tmp_path / "nothing")).code == 2


def test_a_drill_tells_what_it_found_in_both_languages(run: Run) -> None:
    run("block", "kept")
    assert "there is no copy to try" in run("drill").err
    assert "none yet: cockpit drill" in run("drill", "--log").err
    run("backup")
    said = run("drill")
    assert said.code == 0
    assert said.out.startswith("✓ backup, tried 23 Nov 2026: 1 entry, same head, ")
    assert "sauvegarde, essai du 23 nov. 2026 : 1 entrée, tête égale" in run(
        "exercice", lang="fr"
    ).out.replace("\xa0", " ")
    (found,) = run("drill", "--json", now="2026-11-24T09:00").json
    log = run("drill", "--log").out.splitlines()
    assert [line[:29] for line in log] == ["✓ backup, tried 24 Nov 2026: ", "✓ backup, tried 23 Nov 2026: "]
    assert [each["copy"] for each in run("drill", "--log", "--json").json] == ["backup"] * 2
    assert (found["copy"], found["entries"], found["missing"], found["fault"]) == ("backup", 1, 0, None)
    assert "restore drill" in run("doctor").out


def test_a_file_that_another_machine_has_open_is_refused_with_a_way_out(run: Run, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    run("block", "before")
    with closing(sqlite3.connect(tmp_path / "cockpit.db", isolation_level=None)) as conn:
        at = "2026-11-23T07:58:00+00:00"
        said = f'{{"host": "atelier", "machine": "0123", "pid": 7, "since": "{at}", "renewed": "{at}"}}'
        conn.execute("INSERT INTO memo VALUES ('lease', ?)", (said,))
    run("backup", str(tmp_path / "saved.db"), "--take-over", now="2026-11-23T08:00")
    with closing(sqlite3.connect(tmp_path / "cockpit.db", isolation_level=None)) as conn:
        conn.execute("INSERT OR REPLACE INTO memo VALUES ('lease', ?)", (said,))
    for words in (
        ("block", "meanwhile"),
        ("list",),
        ("brief",),
        ("restore", str(tmp_path / "saved.db"), "--yes"),
    ):
        refused = run(*words)
        assert refused.code == 3
        assert "is open on atelier since" in refused.err
        assert "--take-over" in refused.err
    assert run("--take-over", "list").code == 0
    assert "Opened" not in run("list").err
    assert run("list").code == 0, "it is this machine's now"
