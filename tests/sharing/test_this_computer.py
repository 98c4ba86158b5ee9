"""Notifications and the bell of this computer."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cockpit.sharing import bell, desktop
from cockpit.sharing.channel import Delivery, deliver
from tests.sharing.samples import NOW, OUTAGE, target

pytestmark = pytest.mark.skipif(os.name != "posix", reason="programs here are shell scripts")
NASTY = replace(
    OUTAGE, level=0, title="-e $(touch pwned) `touch pwned`", body='<b>bold</b> & "quoted" \\n; rm'
)


def program(folder: Path, name: str, ending: str = "exit 0") -> Path:
    """A program on the path that writes down its arguments, each ended by a NUL; gives where."""
    heard = folder / "heard"
    script = folder / name
    script.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" > '{heard}'\n{ending}\n")
    script.chmod(0o755)
    return heard


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for."""
    only = tmp_path / "bin"
    only.mkdir()
    monkeypatch.setenv("PATH", str(only))
    return only


async def test_linux(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    heard = program(folder, "notify-send")
    assert await deliver(target("desktop"), NASTY, now=NOW) == Delivery(delivered=True)
    assert heard.read_text().split("\0")[:-1] == [
        "--app-name=cockpit",
        "--urgency=low",
        "--",
        "-e $(touch pwned) `touch pwned`",
        '&lt;b&gt;bold&lt;/b&gt; &amp; "quoted" \\\\n; rm\nSince: 09:12\nPhase: identified\n'
        "status page: https://www.notion-status.com",
    ]


async def test_macos_gets_the_text_as_arguments_of_a_fixed_script(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    heard = program(folder, "osascript")
    assert (await deliver(target("desktop"), NASTY, now=NOW)).delivered
    *script, first, title, body = heard.read_text().split("\0")[:-1]
    assert script[::2] == ["-e", "-e", "-e"]
    assert script[1::2] == [
        "on run argv",
        "display notification (item 3 of argv) with title (item 2 of argv)",
        "end run",
    ]
    assert (first, title) == ("cockpit", "-e $(touch pwned) `touch pwned`")
    assert body.startswith('<b>bold</b> & "quoted" \\n; rm')


def test_windows_gets_the_text_in_the_environment() -> None:
    command = desktop.command(NASTY, "win32")
    assert command.arguments[0] == "powershell"
    assert "pwned" not in " ".join(command.arguments)
    assert command.environment["COCKPIT_TITLE"] == NASTY.title
    assert command.environment["COCKPIT_BODY"].startswith("<b>bold</b>")


@pytest.mark.parametrize(("level", "urgency"), [(2, "critical"), (1, "normal"), (0, "low")])
def test_how_urgent(level: int, urgency: str) -> None:
    assert f"--urgency={urgency}" in desktop.command(replace(OUTAGE, level=level), "linux").arguments


@pytest.mark.parametrize(
    ("system", "name"), [("linux", "notify-send"), ("darwin", "osascript"), ("win32", "powershell")]
)
async def test_a_missing_program_is_not_tried_again(
    system: str, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    outcome = await deliver(target("desktop"), OUTAGE, now=NOW)
    assert outcome.permanent
    assert name in outcome.error


async def test_a_program_that_cannot_start(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    program(folder, "notify-send").parent.joinpath("notify-send").write_bytes(b"\x7fELF rubbish")
    assert (await deliver(target("desktop"), OUTAGE, now=NOW)).permanent


async def test_a_program_that_fails_may_be_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    program(folder, "notify-send", "exit 1")
    outcome = await deliver(target("desktop"), OUTAGE, now=NOW)
    assert (outcome.delivered, outcome.permanent) == (False, False)


async def test_a_program_that_hangs_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    heard = program(folder, "notify-send", f"echo $$ > '{folder / 'pid'}'\nread line < '{folder / 'never'}'")
    os.mkfifo(folder / "never")
    outcome = await deliver(target("desktop"), OUTAGE, now=NOW, timeout_s=1.0)
    assert not outcome.delivered
    assert outcome.error == "the desktop does not answer"
    assert heard.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int((folder / "pid").read_text()), 0)


async def test_the_bell_rings_in_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = os.openpty()
    try:
        monkeypatch.setattr(bell, "TERMINAL", os.ttyname(theirs))
        assert (await deliver(target("bell"), OUTAGE, now=NOW)).delivered
        assert os.read(ours, 10) == b"\a"
    finally:
        os.close(ours)
        os.close(theirs)


async def test_the_bell_rings_where_errors_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    monkeypatch.setattr(bell, "TERMINAL", str(tmp_path / "none"))
    with os.fdopen(theirs, "w") as stream:
        monkeypatch.setattr(sys, "__stderr__", stream)
        assert (await deliver(target("bell"), OUTAGE, now=NOW)).delivered
        assert os.read(ours, 10) == b"\a"
    os.close(ours)


async def test_without_a_terminal_no_bell_rings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bell, "TERMINAL", str(tmp_path / "none"))
    with (tmp_path / "log").open("w") as log:
        for stream in (log, None):
            monkeypatch.setattr(sys, "__stderr__", stream)
            assert not (await deliver(target("bell"), OUTAGE, now=NOW)).delivered
    assert (tmp_path / "log").read_text() == ""
