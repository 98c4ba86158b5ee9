"""Several files that belong together, as one new folder: all of them, or none."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from cockpit import files
from cockpit.locale import _
from cockpit.services.desk.paths import short

CHECKSUMS = "SHA256SUMS"


class CannotWrite(ValueError):
    """The documents could not be written; the message, already translated, says why and what to do."""


def write_new(folder: Path, content: Mapping[str, bytes]) -> list[Path]:
    """Make `folder` with those files (names may lead into folders of it). Returns their paths, sorted.

    Whoever reads it, a crash or a full disk meets the whole folder or none. Raises CannotWrite, also when the
    folder is there already: what was given out is never written over.
    """
    if os.path.lexists(folder):
        raise CannotWrite(
            _("{path} exists already and is kept; name another folder with --out").format(path=short(folder))
        )
    try:
        with files.new_folder(folder) as fresh:
            for name, each in content.items():
                place = fresh / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(each)
    except OSError as error:
        raise CannotWrite(
            _(
                "{path} cannot be written ({why}); nothing was kept:"
                " mend it or name another folder with --out"
            ).format(path=short(folder), why=files.why(error))
        ) from error
    return sorted(folder / name for name in content)


def checksums(content: Mapping[str, bytes]) -> bytes:
    """What `sha256sum --check` reads: a digest and a name a line, sorted by name."""
    return "".join(
        f"{hashlib.sha256(each).hexdigest()}  {name}\n" for name, each in sorted(content.items())
    ).encode()
