"""Whether two accounts of this machine can work on one database: then they share all that stands beside it, too."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cockpit.locale import _

_BESIDE = (".key", ".typing", ".here", ".sync", ".drafts", "-wal", "-shm")


def judged(path: Path) -> tuple[bool, str]:
    """Whether a database that its group may write is shared whole, and that in words, or what to do so that it is."""
    group, folder = _name(path.stat().st_gid), path.parent
    if not _is_shared(folder, path) or not folder.stat().st_mode & stat.S_ISGID:
        text = _(
            "the group {group} may write it, and not what comes beside it:"
            " chgrp {group} {folder}; chmod g+rwxs {folder}"
        )
        return False, text.format(group=group, folder=folder)
    if alone := [each for each in _beside(path) if not _is_shared(each, path)]:
        text = _(
            "the group {group} may write it, and not {path}: its owner does chgrp -R {group}, chmod -R g+rwX"
        )
        return False, text.format(group=group, path=alone[0])
    return True, _("the accounts of the group {group} share it").format(group=group)


def _beside(path: Path) -> Iterator[Path]:
    for each in (*(path.with_name(f"{path.name}{end}") for end in _BESIDE), path.parent / "backups"):
        if os.path.exists(each):
            yield each


def _is_shared(path: Path, like: Path) -> bool:
    found = path.stat()
    wanted = stat.S_IRWXG if stat.S_ISDIR(found.st_mode) else stat.S_IRGRP | stat.S_IWGRP
    return found.st_gid == like.stat().st_gid and found.st_mode & wanted == wanted


def _name(group: int) -> str:
    import grp

    try:
        return grp.getgrgid(group).gr_name
    except KeyError:
        return str(group)
