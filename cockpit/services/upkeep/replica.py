"""The copy elsewhere that Litestream keeps: how it is told to, and how its copy is brought back.

One text tells both: the configuration that runs beside the cockpit is the one by which a copy is read again.
It is written as versions 0.3 and 0.5 both read it. Litestream is another program, found by its name in PATH;
its keys (S3 and the like) come from its own environment, never from here.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cockpit.domain.refusal import Refusal
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.services.desk.paths import expand

PROGRAM = "litestream"
KEPT_HOURS = 720
"""How long what a copy went through is kept: any instant of the last thirty days can be had again."""
WHOLE_EVERY_HOURS = 24
"""How often the whole is copied anew, so that reading it again stays quick."""
PATIENCE_S = 120.0
"""How long a copy may take to come back."""
_MARKS = ("generations", "ltx")
"""What versions 0.3 and 0.5 make in a folder that holds a copy."""
_SAID = 300


class NotBroughtBack(Refusal):
    """The copy elsewhere could not be read again; the text, already translated, says why."""


def program() -> str:
    """Litestream as it is installed. Raises NotBroughtBack when it is not."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise NotBroughtBack(
            _("litestream is not installed or not in PATH: https://litestream.io/install, then again")
        )
    return found


def is_replica(text: str) -> bool:
    """Whether a text means a copy that Litestream keeps: an address, or a folder that it wrote."""
    return "://" in text or any((expand(text) / mark).is_dir() for mark in _MARKS)


def in_full(text: str) -> str:
    """An address as it was written; a folder by its whole path."""
    return text if "://" in text else str(expand(text))


def configuration(database: Path, replica: str) -> str:
    """What Litestream is to copy, and where (YAML)."""
    place = in_full(replica)
    # A folder by its path: in an address its blanks and accents would be taken for other names.
    where = "url" if "://" in place else "path"
    return (
        f"snapshot:\n  interval: {WHOLE_EVERY_HOURS}h\n  retention: {KEPT_HOURS}h\n"
        f"dbs:\n  - path: {_quoted(str(database.absolute()))}\n    replicas:\n"
        f"      - {where}: {_quoted(place)}\n"
        f"        snapshot-interval: {WHOLE_EVERY_HOURS}h\n        retention: {KEPT_HOURS}h\n"
    )


@contextmanager
def brought_back(replica: str, database: Path, patience: float = PATIENCE_S) -> Iterator[Path]:
    """The newest state of a copy, as a file that is gone after the block. Raises NotBroughtBack.

    `database` is the file that it is a copy of; nothing is written there.
    """
    with tempfile.TemporaryDirectory(prefix="cockpit-copy-") as folder:
        settings, into = Path(folder) / "litestream.yml", Path(folder) / database.name
        settings.write_text(configuration(database, replica), encoding="utf-8")
        words = [
            program(), "restore", "-config", str(settings), "-no-expand-env", "-o", str(into),
            str(database.absolute()),
        ]  # fmt: skip
        try:
            said = subprocess.run(  # noqa: S603 - the words are ours, and no shell reads them
                words, capture_output=True, text=True, timeout=patience, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise NotBroughtBack(_("no answer after {n} s").format(n=round(patience))) from error
        except OSError as error:
            raise NotBroughtBack(f"litestream: {error.strerror}") from error
        if said.returncode or not into.exists():
            raise NotBroughtBack(_why(said.stderr or said.stdout))
        yield into


def _why(said: str) -> str:
    lines = said.strip().splitlines()
    last = clean(lines[-1] if lines else "", _SAID)
    if "no matching backups found" in last:
        return _("it holds no copy yet")
    return f"litestream: {last.partition('error=')[2].strip() or last}"


def _quoted(text: str) -> str:
    # A JSON text is a YAML one.
    return json.dumps(text, ensure_ascii=False)
