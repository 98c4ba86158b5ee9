"""`cockpit demo --into`: a company that is kept, with which every command can be tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_company_is_a_database_and_a_configuration_of_their_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mistral"
    said = run("demo", "--into", str(folder))
    assert said.code == 0, said.err
    assert f"COCKPIT_DB={folder / 'cockpit.db'}" in said.out
    kept = [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "minutes"]
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}, "minutes alone are for others too"
    monkeypatch.setenv("COCKPIT_CONFIG", str(folder / "config.toml"))
    monkeypatch.setenv("COCKPIT_DB", str(folder / "cockpit.db"))
    assert run("sync").code == 0
    assert "Atelier Mistral" in run("brief").out
    for command in ("signals", "figures", "goals", "absence", "costs"):
        assert run(command, "--json").json
    assert run("journal", "verify").code == 0
    before = (folder / "config.toml").read_bytes()
    again = run("demo", "--into", str(folder))
    assert again.code == 2
    assert "not empty" in again.err
    assert (folder / "config.toml").read_bytes() == before
