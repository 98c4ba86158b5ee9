"""A seat by ssh, against a real sshd on this machine: the screen comes, and nothing but the screen."""

from __future__ import annotations

import fcntl
import getpass
import os
import pty
import select
import shutil
import socket
import struct
import subprocess
import termios
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from cockpit.cli.seats import program
from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.seats import ssh
from cockpit.store import journal

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
pytestmark = [
    pytest.mark.skipif(SSHD is None or shutil.which("ssh") is None, reason="there is no OpenSSH server here"),
    pytest.mark.xdist_group("sshd"),
]
PATIENCE = 60.0
"""Seconds that anything may take on a machine that is busy."""
NOT_ALLOWED = 77
SECRET = "Zorglub"
CONFIG = """
language = "en"
me = "Claire Morel"
[[seat]]
name = "Claire Morel"
role = "chief"
[[seat]]
name = "Sophie Le Goff"
role = "assistant"
"""


@dataclass
class Office:
    """A machine with a cockpit, which one enters by ssh."""

    port: int
    folder: Path

    def ssh(self, *options: str) -> list[str]:
        """The command by which Sophie comes in."""
        return ["ssh", *self.usual("-p"), *options, f"{getpass.getuser()}@127.0.0.1"]

    def usual(self, port: str) -> list[str]:
        """What ssh, scp and sftp are told."""
        said = (
            "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "IdentitiesOnly=yes", "LogLevel=ERROR",
            "PasswordAuthentication=no", "BatchMode=yes",
        )  # fmt: skip
        options = [part for each in said for part in ("-o", each)]
        return ["-F", "none", port, str(self.port), "-i", str(self.folder / "sophie"), *options]

    def workspace(self) -> Workspace:
        """The cockpit, as its owner reads it."""
        return Workspace.open(self.folder / "cockpit.db", Settings(me="Claire Morel"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A sshd of our own, ended by its number, that lets in one key."""
    assert SSHD is not None
    folder = tmp_path_factory.mktemp("office")
    for name in ("host", "sophie"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    with closing(Workspace.open(folder / "cockpit.db", Settings(me="Claire Morel")).conn) as conn:
        here = Workspace(conn, folder / "cockpit.db", Settings(me="Claire Morel"))
        here.add(REGISTERS["blocker"], {"title": SECRET, "conf": 3, "severity": "p1"})
        here.add(REGISTERS["blocker"], {"title": "Bank account", "severity": "p1"})
    forced = [
        *program(),
        "--config",
        f"{folder}/config.toml",
        "--db",
        f"{folder}/cockpit.db",
        "--seat",
        "Sophie Le Goff",
    ]
    line = ssh.line((folder / "sophie.pub").read_text(encoding="utf-8"), forced)
    (folder / "authorized_keys").write_text(line, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    (folder / "sshd_config").write_text(
        # As open as a server may be: it is the line of the key that closes.
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized_keys\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nPidFile none\n"
        "AllowTcpForwarding yes\nAllowAgentForwarding yes\nPermitTunnel yes\nAcceptEnv COCKPIT_*\n"
        "Subsystem sftp internal-sftp\n",
        encoding="utf-8",
    )
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    server = subprocess.Popen(
        [SSHD, "-D", "-e", "-f", str(folder / "sshd_config")], stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stderr is not None
        for said in server.stderr:
            if "listening" in said:
                break
        else:
            pytest.skip("sshd does not start here")
        yield Office(port, folder)
    finally:
        server.terminate()
        server.wait(PATIENCE)


class Terminal:
    """A terminal of 100 columns, in which a program runs."""

    def __init__(self, command: list[str]) -> None:
        self.said = ""
        self.pid, self.end = pty.fork()
        if not self.pid:
            os.environ["TERM"] = "xterm-256color"
            os.execvp(command[0], command)
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))

    def until(self, words: str) -> None:
        """Read until these words were said; nothing is said by a program that is gone."""
        while words not in self.said:
            ready, _writable, _odd = select.select([self.end], [], [], PATIENCE)
            assert ready, self.said
            try:
                self.said += os.read(self.end, 65_536).decode("utf-8", "replace")
            except OSError:
                raise AssertionError(f"{words} was never said: {self.said}") from None

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.end, keys.encode())

    def leave(self) -> None:
        """Read to the end, and wait for it."""
        try:
            while chunk := os.read(self.end, 65_536):
                self.said += chunk.decode("utf-8", "replace")
        except OSError:
            pass
        os.waitpid(self.pid, 0)


def test_the_screen_comes_and_what_is_written_is_signed_by_who_sits_there(office: Office) -> None:
    screen = Terminal(office.ssh("-tt"))
    screen.until("Bank account")
    screen.type("b")
    screen.until("›")
    screen.type("Printer down p2\r")
    screen.until("B-3")
    screen.type("v")
    screen.type("q")
    screen.leave()
    assert SECRET not in screen.said
    with office.workspace().conn as conn:
        made = next(each for each in journal.entries(conn) if each.code == "B-3")
    assert (made.actor, made.action) == ("Sophie Le Goff", "blocker.add")


@pytest.mark.parametrize("command", ["cat /etc/passwd", "cockpit --seat 'Claire Morel' list"])
def test_no_other_command_is_run(office: Office, command: str) -> None:
    done = subprocess.run([*office.ssh(), "--", command], capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stdout) == (NOT_ALLOWED, "")
    assert SECRET not in done.stderr


def test_without_a_terminal_it_is_the_brief_of_the_seat_whatever_is_sent(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = office.folder / "other.toml"
    other.write_text('me = "Claire Morel"\n', encoding="utf-8")
    monkeypatch.setenv("COCKPIT_CONFIG", str(other))
    monkeypatch.setenv("COCKPIT_SIGNED_IN", "Claire Morel")
    monkeypatch.setenv("COCKPIT_DB", str(office.folder / "other.db"))
    sent = ("-o", "SendEnv=COCKPIT_*")
    done = subprocess.run(
        office.ssh("-T", *sent), capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL
    )
    assert "Bank account" in done.stdout
    assert SECRET not in done.stdout


def test_no_file_is_copied_in_or_out(office: Office, tmp_path: Path) -> None:
    here, there = tmp_path / "here", f"{getpass.getuser()}@127.0.0.1"
    # The older protocol is a command; the newer one is what sftp speaks.
    words = ["scp", "-O", *office.usual("-P"), f"{there}:{office.folder}/cockpit.db", str(here)]
    assert subprocess.run(words, capture_output=True, timeout=PATIENCE).returncode != 0
    done = subprocess.run(
        ["sftp", *office.usual("-P"), "-b", "-", there], input=f"get {office.folder}/cockpit.db {here}\n",
        capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode != 0
    assert not here.exists()


def test_no_port_is_forwarded(office: Office) -> None:
    with socket.socket() as target, socket.socket() as free:
        target.bind(("127.0.0.1", 0))
        target.listen()
        free.bind(("127.0.0.1", 0))
        goal = target.getsockname()[1]
        done = subprocess.run(
            office.ssh("-T", "-W", f"127.0.0.1:{goal}"), capture_output=True, text=True, timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    assert done.returncode != 0
    assert "forwarding failed" in done.stderr
