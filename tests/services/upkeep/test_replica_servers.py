"""A copy on a server that speaks S3, and on one that lets in by SFTP: kept, killed, told, brought back."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.settings import CopySettings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import backups, comparing, drill, health, replica
from cockpit.store import journal
from cockpit.store.connection import connect
from tests import litestream as real
from tests.services.upkeep.test_backups import add
from tests.services.upkeep.test_replica import head_elsewhere
from tests.web.door import free_port

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
MOTO = shutil.which(os.environ.get("MOTO_SERVER", "moto_server"))
KEYS = 'LITESTREAM_ACCESS_KEY_ID=of-the-bucket\nLITESTREAM_SECRET_ACCESS_KEY="not a secret"\n'


@contextmanager
def s3(folder: Path) -> Iterator[str]:
    """A server that speaks S3, with a bucket; where a copy may lie in it."""
    assert MOTO is not None
    port = free_port()
    server = subprocess.Popen([MOTO, "-H", "127.0.0.1", "-p", str(port)], stderr=subprocess.PIPE, text=True)
    at = f"http://127.0.0.1:{port}"
    try:
        assert server.stderr is not None
        assert any("Running on" in said for said in server.stderr)
        signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=x/20261123/us-east-1/s3/aws4_request"}
        urlopen(Request(f"{at}/cockpit", headers=signed, method="PUT")).close()
        yield f"s3://cockpit/copies?endpoint={at}&region=us-east-1"
    finally:
        server.kill()
        server.wait()
        assert server.stderr is not None
        server.stderr.close()


@contextmanager
def sftp(folder: Path) -> Iterator[str]:
    """A sshd that lets one key in; where a copy may lie behind it."""
    assert SSHD is not None
    for name in ("host", "claire"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    port = free_port()
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/claire.pub\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nPidFile none\n"
        "Subsystem sftp internal-sftp\n",
        encoding="utf-8",
    )
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    server = subprocess.Popen(
        [SSHD, "-D", "-e", "-f", str(folder / "sshd_config")], stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stderr is not None
        assert any("listening" in said for said in server.stderr)
        kind, key, *_rest = (folder / "host.pub").read_text(encoding="utf-8").split()
        where = f"root@127.0.0.1:{port}{folder}/nas"
        yield f"sftp://{where}?key-path={folder}/claire&host-key={kind}%20{key}"
    finally:
        server.kill()
        server.wait()
        assert server.stderr is not None
        server.stderr.close()


_S3 = pytest.mark.skipif(MOTO is None, reason="no moto_server: have it in PATH, or say where in MOTO_SERVER")
_SFTP = pytest.mark.skipif(SSHD is None, reason="no OpenSSH server here")
_VERSIONS = range(len(real.programs()))


@real.needed
@pytest.mark.parametrize(
    ("server", "litestream"),
    [
        *(pytest.param(s3, number, marks=_S3) for number in _VERSIONS),
        *(pytest.param(sftp, number, marks=_SFTP) for number in _VERSIONS[-1:]),
    ],
)
def test_a_copy_on_a_server_is_kept_killed_told_and_brought_back(
    server: Callable[[Path], AbstractContextManager[str]],
    workspace: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    litestream: int,
) -> None:
    real.in_path(monkeypatch, litestream)
    # What a machine says for all programs of that kind is of no use for a server of this test.
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    workspace.config_path = tmp_path / "config.toml"
    with server(tmp_path) as place:
        workspace.settings = replace(workspace.settings, copies=CopySettings(replica=place))
        if server is s3:
            assert "has no keys" in told(workspace).text
            replica.keys_file(workspace.config_path).write_text(KEYS, encoding="utf-8")
        settings = tmp_path / "litestream.yml"
        settings.write_text(replica.configuration(workspace.path, place), encoding="utf-8")
        assert "not a secret" not in settings.read_text(encoding="utf-8")
        add(workspace, "one")
        copier = subprocess.Popen(
            [replica.program(), "replicate", "-no-expand-env", "-config", str(settings)],
            env=replica.environment(workspace.config_path),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until(workspace, 1)
        copier.kill()
        copier.wait()
        assert told(workspace).text == "up to entry 1, just now; nothing is missing"
        add(workspace, "two")
        (tried,) = drill.hold(workspace)
        assert (tried.fault, tried.entries, tried.missing) == ("", 1, 1)
        elsewhere = tmp_path / "another host" / "cockpit.db"
        with replica.brought_back(place, workspace.path, workspace.config_path) as found:
            with backups.opened(found) as conn:
                assert comparing.compared(workspace, conn).missing == 1
            backups.restore(found, elsewhere, workspace.now())
    with closing(connect(elsewhere)) as conn:
        assert journal.verify(conn) is None
        assert journal.head(conn)[0] == 1
    assert b"not a secret" not in workspace.path.read_bytes()


def told(workspace: Workspace) -> health.Finding:
    """What the doctor says of the copy."""
    (found,) = [each for each in health.examine(workspace) if each.subject == "copy elsewhere"]
    return found


def until(workspace: Workspace, entry: int) -> None:
    """Wait until the copy goes so far."""
    deadline = time.monotonic() + 30
    while head_elsewhere(workspace) < entry:
        assert time.monotonic() < deadline
