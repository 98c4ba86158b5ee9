"""The copy elsewhere that Litestream keeps: what Litestream is told to do, and how its copy is brought back.

One text tells both: the configuration that runs beside the cockpit is the one by which a copy is read again.
It is written as versions 0.3 and 0.5 both read it. Litestream is another program, found by its name in PATH.
Its keys (S3 and the like) come from its own environment, or from the file of them that the unit of the system
reads too; they are handed to it and kept nowhere else.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cockpit import files
from cockpit.domain.refusal import Refusal
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.services.desk.paths import expand
from cockpit.services.settings import copy_address

PROGRAM = "litestream"
KEPT_HOURS = 720
"""How long what a copy went through is kept: any instant of the last thirty days can be had again."""
WHOLE_EVERY_HOURS = 24
"""How often the whole is copied anew, so that reading it again stays quick."""
PATIENCE_S = 120.0
"""How long a copy may take to come back."""
GLANCE_S = 5.0
"""How long it may take where somebody only asks how old it is: a server that is away is asked again and again."""
_OLD, _NEW = "generations", "ltx"
"""What versions 0.3 and 0.5 make in a folder that holds a copy; 0.5 reads both, 0.3 only its own."""
_EMPTY = ("no matching backups found", "no matching backup files available")
_NO_KEYS = ("NoCredentialProviders", "get credentials")
_NOT_LET_IN = "no supported methods remain"
_USUAL = ("/usr/local/bin", "/usr/bin", "/opt/homebrew/bin", "~/.local/bin", "~/bin")
"""Where it is looked for as well: cron and launchd know a shorter PATH than the shell in which all was tried."""
_SAID = 300


class NotBroughtBack(Refusal):
    """The copy elsewhere could not be read again; the text, already translated, says why."""


class CopyOutOfReach(NotBroughtBack):
    """It did not come back in time: its server is away, or it takes longer than was waited."""


def program() -> str:
    """Litestream as it is installed. Raises NotBroughtBack when it is not."""
    found = shutil.which(PROGRAM) or shutil.which(
        PROGRAM, path=os.pathsep.join(map(os.path.expanduser, _USUAL))
    )
    if found is None:
        raise NotBroughtBack(
            _("litestream is not installed or not in PATH: https://litestream.io/install, then again")
        )
    return found


def is_replica(text: str) -> bool:
    """Whether a text means a copy that Litestream keeps: an address, or a folder that it wrote."""
    return "://" in text or any((expand(text) / mark).is_dir() for mark in (_OLD, _NEW))


def in_full(text: str) -> str:
    """An address as it was written; a folder by its whole path."""
    return text if "://" in text else str(expand(text))


def keys_file(config: Path) -> Path:
    """Where the keys of the copy lie beside the configuration, a line each (`NAME=value`), if anywhere."""
    return config.with_name("litestream.env")


def configuration(database: Path, replica: str) -> str:
    """What Litestream is to copy, and where (YAML)."""
    address = copy_address.read(in_full(replica))
    # A folder by its path: in an address its blanks and accents would be taken for other names.
    where = "url" if address.kind else "path"
    more = "".join(
        f"        {name}: {_quoted(str(expand(value)) if name == 'key-path' else value)}\n"
        for name, value in address.options
    )
    return (
        f"snapshot:\n  interval: {WHOLE_EVERY_HOURS}h\n  retention: {KEPT_HOURS}h\n"
        f"dbs:\n  - path: {_quoted(str(database.absolute()))}\n    replicas:\n"
        f"      - {where}: {_quoted(address.place)}\n{more}"
        f"        snapshot-interval: {WHOLE_EVERY_HOURS}h\n        retention: {KEPT_HOURS}h\n"
    )


@contextmanager
def brought_back(
    replica: str, database: Path, config: Path | None, patience: float = PATIENCE_S
) -> Iterator[Path]:
    """The newest state of a copy, as a file that is gone after the block. Raises NotBroughtBack.

    `database` is the file that it is a copy of; nothing is written there. The keys beside `config` are used.
    """
    with tempfile.TemporaryDirectory(prefix="cockpit-copy-") as folder:
        settings, into = Path(folder) / "litestream.yml", Path(folder) / database.name
        settings.write_text(configuration(database, replica), encoding="utf-8")
        words = [
            program(), "restore", "-config", str(settings), "-no-expand-env", "-o", str(into),
            str(database.absolute()),
        ]  # fmt: skip
        keys = keys_file(config) if config is not None else None
        try:
            said = subprocess.run(  # noqa: S603 - the words are ours, and no shell reads them
                words, capture_output=True, text=True, timeout=patience, check=False,
                env=environment(config),
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise CopyOutOfReach(_("no answer after {n} s").format(n=round(patience))) from error
        except OSError as error:
            raise NotBroughtBack(f"litestream: {files.why(error)}") from error
        if said.returncode or not into.exists():
            raise NotBroughtBack(_why(said.stderr or said.stdout, replica, keys))
        yield into


def environment(config: Path | None) -> dict[str, str]:
    """What Litestream is given to run in: what is here, and the file of keys as systemd and a shell read it."""
    found = dict(os.environ)
    file = keys_file(config) if config is not None else None
    if file is None or not file.exists():
        return found
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        name, sign, value = line.strip().removeprefix("export ").partition("=")
        if sign and name.isidentifier():
            found[name] = _unquoted(value)
    return found


def _unquoted(value: str) -> str:
    try:
        words = shlex.split(value)
    except ValueError:
        return value
    return words[0] if len(words) == 1 else value


def _why(said: str, replica: str, keys: Path | None) -> str:
    lines = said.strip().splitlines()
    last = lines[-1] if lines else ""
    if any(words in last for words in _EMPTY):
        return _holds_none(replica)
    if any(words in last for words in _NO_KEYS):
        return _(
            "litestream has no keys for it: they are looked for in its environment and in {path}"
        ).format(path=keys or "litestream.env")
    if _NOT_LET_IN in last:
        return _(
            "the server lets nobody in without a key: write ?key-path=~/.ssh/id_ed25519 behind the address"
        )
    told = last.partition("error=")[2].strip() or last.removeprefix("Error: ")
    if told.startswith('"'):
        # 0.3 writes what went wrong between quotes, with its ends of lines escaped.
        told = re.sub(r"\\[nt]", " ", told.strip('"')).replace('\\"', '"')
    return f"litestream: {clean(told, _SAID)}"


def _holds_none(replica: str) -> str:
    try:
        answer = subprocess.run(  # noqa: S603 - the words are ours, and no shell reads them
            [program(), "version"], capture_output=True, text=True, timeout=GLANCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return _("it holds no copy yet")
    version = answer.stdout.strip().removeprefix("v")
    is_address = bool(copy_address.read(replica).kind)
    if version.startswith("0.3.") and (is_address or (expand(replica) / _NEW).is_dir()):
        return _(
            "it holds no copy that litestream {version} reads; what 0.5 wrote is read by 0.5 alone"
        ).format(version=version)
    return _("it holds no copy yet")


def _quoted(text: str) -> str:
    # A JSON text is a YAML one.
    return json.dumps(text, ensure_ascii=False)
