"""Seats through the shell's door: who it is, what may be run, what may be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest

from cockpit.cli.kit import door
from cockpit.cli.main import cli
from cockpit.domain.seats.rights import Right
from cockpit.domain.seats.seat import SeatRole, who
from cockpit.domain.settings import SeatSetting, Settings
from tests.cli.conftest import Result, Run

CONFIG = """
me = "Claire Morel"
[[seat]]
name = "Claire Morel"
role = "chief"
[[seat]]
name = "Sophie Le Goff"
role = "assistant"
[[seat]]
name = "Marc"
role = "member"
[[seat]]
name = "Wall"
role = "reader"
"""
NOT_ALLOWED = 77
As = Callable[..., Result]


@pytest.fixture
def sits(run: Run, tmp_path: Path) -> As:
    """`sits("Marc", "list")`: a command from somebody's seat."""
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")

    def command(name: str, *words: str) -> Result:
        seat = ("--seat", name) if name else ()
        return run("--config", str(config), "--db", str(tmp_path / "cockpit.db"), *seat, *words)

    return command


def leaves(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that there is, by its whole name."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from leaves(below, (*path, name))


def everything(folder: Path) -> list[str]:
    """All that the database holds."""
    with closing(sqlite3.connect(folder / "cockpit.db")) as conn:
        return list(conn.iterdump())


def test_each_command_says_what_it_asks_for() -> None:
    unknown = {" ".join(path) for path, _command in leaves(cli)} - door.RIGHTS.keys()
    assert unknown == set(), (
        "cockpit/cli/kit/door.py: until it is named there, only the chief executive may run it"
    )


def test_what_is_asked_for_by_an_option_is_an_option() -> None:
    known = {" ".join(path): {each.name for each in command.params} for path, command in leaves(cli)}
    missing = {
        (path, name)
        for path, names in door.BY_OPTION.items()
        for name in names
        if name not in known.get(path, ())
    }
    assert missing == set()


def test_no_command_runs_from_a_seat_that_may_not_run_it(sits: As, tmp_path: Path) -> None:
    sits("", "block", "Banque", "p1")
    before = sits("", "journal", "--json").out
    for role, name in (
        (SeatRole.READER, "Wall"),
        (SeatRole.MEMBER, "Marc"),
        (SeatRole.ASSISTANT, "Sophie Le Goff"),
    ):
        seat = who(Settings(seats=(SeatSetting(key="x", name=name, role=role),)), given=name)
        for path, command in leaves(cli):
            if door.refusal(seat, " ".join(path), {}) is None or isinstance(command, click.Group):
                continue
            needed = [each for each in command.params if isinstance(each, click.Argument) and each.required]
            found = sits(name, *path, *("B-1" for _argument in needed))
            if found.code == 2 and found.err.startswith("Usage:"):
                continue  # what else it needs is read before the door
            assert found.code == NOT_ALLOWED, (name, path, found.out, found.err)
    assert sits("", "journal", "--json").out == before


def test_a_reader_writes_nothing_by_any_command_that_reads(sits: As, tmp_path: Path) -> None:
    sits("", "block", "Banque", "p1")
    sits("", "sync", "--holidays")
    before = everything(tmp_path)
    for path, command in leaves(cli):
        takes = any(isinstance(each, click.Argument) and each.required for each in command.params)
        if door.RIGHTS.get(" ".join(path)) != (Right.READ,) or takes or path in {(), ("channel",)}:
            continue
        found = sits("Wall", *path)
        assert "Traceback" not in found.err
        assert "readonly" not in found.err, (path, found.err)
    assert everything(tmp_path) == before


def test_who_writes_is_who_sits_there(sits: As) -> None:
    assert sits("Marc", "block", "Banque").code == 0
    assert sits("", "journal", "--json").json[0]["actor"] == "Marc"


def test_what_is_above_a_seat_is_neither_told_nor_written_over(sits: As) -> None:
    sits("", "block", "Zorglub", "p1", "conf:3", "//", "Zorglub")
    for words in (
        ("show", "B-1"), ("done", "B-1"), ("next", "B-1", "call"), ("delegate", "B-1", "Marc"), ("undo",),
        ("done", "Zorglub"), ("show", "Zorglub"), ("escalate", "B-1", "now"), ("list", "--level", "3"),
        ("prepare", "B-1", "line"), ("register", "export", "all"), ("journal", "--json"), ("brief",),
        ("lesson", "B-1", "x"),
    ):  # fmt: skip
        found = sits("Sophie Le Goff", *words)
        # What was typed is given back.
        assert "Zorglub" not in (found.out + found.err).replace("Zorglub:", "").replace("“Zorglub”", ""), (
            words,
            found,
        )
    shown = sits("", "show", "B-1", "--json").json
    assert "Zorglub" in str(shown)
    assert "call" not in str(shown)


def test_a_seat_makes_nothing_that_it_could_not_read(sits: As) -> None:
    assert sits("Sophie Le Goff", "block", "Banque", "conf:3").code == NOT_ALLOWED
    assert sits("", "list", "--json").json == []


@pytest.mark.parametrize(
    "words",
    [
        ("--seat", "Claire Morel", "list"), ("--db", "other.db", "list"), ("list", "--db", "other.db"),
        ("--config=other.toml", "list"), ("list", "--now", "2020-01-01"), ("--config", "x", "--lang", "fr", "brief"),
    ],
)  # fmt: skip
def test_nothing_behind_a_seat_opens_another_one(sits: As, words: tuple[str, ...]) -> None:
    found = sits("Marc", *words)
    assert found.code == NOT_ALLOWED
    assert found.out == ""


def test_the_environment_neither_lifts_a_seat_nor_opens_another_cockpit(
    sits: As, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_SIGNED_IN", "Claire Morel")
    monkeypatch.setenv("USER", "Claire Morel")
    monkeypatch.setenv("COCKPIT_DB", str(tmp_path / "other.db"))
    monkeypatch.setenv("COCKPIT_CONFIG", str(tmp_path / "other.toml"))
    monkeypatch.setenv("_COCKPIT_COMPLETE", "bash_complete")
    assert sits("Marc", "seats", "--json").json["here"] == {
        "person": "Marc", "role": "member", "level": 1, "door": "forced", "enforced": True, "read_only": False,
    }  # fmt: skip


def test_whoever_signed_in_sits_at_their_seat_and_nobody_else_comes_in(
    sits: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_SIGNED_IN", "Sophie Le Goff")
    assert sits("", "seats", "--json").json["here"]["person"] == "Sophie Le Goff"
    monkeypatch.setenv("COCKPIT_SIGNED_IN", "mallory")
    assert sits("", "list").code == NOT_ALLOWED


def test_another_command_that_ssh_was_asked_for_is_not_run(sits: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "cat /etc/passwd")
    found = sits("Marc")
    assert (found.code, found.out) == (NOT_ALLOWED, "")


def test_reading_only_writes_nothing_whoever_sits_there(sits: As, tmp_path: Path) -> None:
    sits("", "block", "Banque")
    assert sits("", "--read-only", "block", "Bank").code == NOT_ALLOWED
    assert sits("", "--read-only", "list").code == 0


def test_a_key_opens_its_seat_and_brings_no_options_of_its_own(sits: As, tmp_path: Path) -> None:
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGon9/AR40CsxEprmKjJQBeFTXt2CEwAX7rRuH5Wpcev sophie@laptop"
    said = sits("", "seats", "key", "sophie le goff", key).out
    assert said.startswith('command="')
    assert said.rstrip().endswith(f"--seat 'Sophie Le Goff'\",restrict,pty {key}")
    for wrong in (f'command="sh" {key}', "ssh-ed25519 AAAA", "ssh-rsa " + key.split()[1], f"restrict {key}"):
        assert sits("", "seats", "key", "Marc", wrong).code == 2
    assert sits("Marc", "seats", "key", "Marc", key).code == NOT_ALLOWED


def test_a_seat_is_given_and_taken_away_by_one_command_and_the_rest_of_the_file_stays(
    sits: As, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('# mine\nme = "Claire Morel"\n', encoding="utf-8")
    told = sits("", "seats", "add", "Sophie Le Goff", "--role", "assistant")
    assert told.code == 0, told.err
    assert "level 2" in told.out
    assert "authorized_keys" in told.out
    assert config.read_text(encoding="utf-8").startswith("# mine\n")
    assert sits("Sophie Le Goff", "block", "Bank").code == 0
    assert sits("Sophie Le Goff", "seats", "add", "Sophie", "--role", "chief").code == NOT_ALLOWED
    assert sits("", "seats", "add", "Sophie Le Goff").code == 2
    assert sits("", "seats", "add", "cockpit").code == 2
    assert sits("", "seats", "add", "Marc", "--may", "fly").code == 2
    assert sits("", "seats", "remove", "Nobody").code == 2
    assert sits("", "seats", "remove", "Sophie Le Goff").code == 0
    assert sits("Sophie Le Goff", "list").code == NOT_ALLOWED


def test_drafts_that_wait_are_told_to_who_typed_them(sits: As) -> None:
    sits("Marc", "block", "Banque", "conf:3")  # refused, and given back
    assert sits("", "drafts", "--json").json == []
