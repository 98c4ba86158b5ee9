"""The manual into its folder: only what changed is written, what people added is kept, nothing of theirs is lost.

A page that somebody changed outside of its marks is put aside, whole, before the new one takes its place. Files
that the manual did not write are never touched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from cockpit import __version__
from cockpit import files as disk
from cockpit.domain.dataclasses import asdict, dataclass, field
from cockpit.domain.documents.publication import ToComplete
from cockpit.locale import _, current, ngettext
from cockpit.services.desk.paths import short
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import shelf
from cockpit.services.documents.folder import CannotWrite
from cockpit.services.documents.manual import chapters, pages
from cockpit.services.documents.manual.pages import FoundFile, ManualFile
from cockpit.store import journal
from cockpit.store.state import memos

LAST = "manual_last"
_SEEN = "manual_seen"
_OLD_SCRAP_S = 3600


@dataclass
class ManualWritten:
    """What one writing did. Names are those of files in `folder`."""

    folder: Path
    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    """Pages of functions that are no more, which nobody had touched."""
    set_aside: list[str] = field(default_factory=list)
    """Pages that somebody had changed, kept whole under another name."""
    copies: list[str] = field(default_factory=list)
    """Second files of one page, such as the conflicts of a synchronisation: left where they are."""
    gaps: tuple[ToComplete, ...] = ()

    @property
    def page(self) -> Path:
        """What a browser opens."""
        return self.folder / pages.html_name()


def place(workspace: Workspace) -> Path:
    """Where the manual goes when nobody says."""
    return shelf.folder(workspace) / _("manual")


def write(workspace: Workspace, folder: Path, *, level: int = chapters.SHARED) -> ManualWritten:
    """Have the folder hold the manual as the records have it now. Raises CannotWrite.

    Cut short, it leaves whole files, old or new, and the next writing goes on from there.
    """
    fingerprint = _fingerprint(workspace, level)
    if (found := _nothing_new(workspace, folder, fingerprint)) is not None:
        return found
    manual = chapters.compose(workspace, max_conf=level)
    done = ManualWritten(folder, gaps=manual.gaps)
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        _write_all(workspace, manual, done)
    except OSError as error:
        raise CannotWrite(
            _(
                "{path} cannot be written ({why}); what stands there is whole, old or new:"
                " mend it, or name another folder with --out"
            ).format(path=short(folder), why=disk.why(error))
        ) from error
    _remember(workspace, done, fingerprint)
    return done


def stale(workspace: Workspace, folder: Path, *, level: int = chapters.SHARED) -> tuple[str, ...]:
    """The names of the files in the folder that the records say otherwise of now. Nothing is written."""
    there = _there(folder)
    notes = {key: each.notes for key, (_path, each) in there.items()}
    files = pages.files(chapters.compose(workspace, max_conf=level), notes)
    return tuple(
        file.name
        for file in files
        if file.key not in there or not _holds(there[file.key][0], file.text(notes.get(file.key, "")))
    )


def _write_all(workspace: Workspace, manual: chapters.Manual, done: ManualWritten) -> None:
    there = _there(done.folder, done)
    notes = {key: each.notes for key, (_path, each) in there.items()}
    ours = {path.name.casefold() for path, _found in there.values()}
    strangers = {each.name.casefold() for each in done.folder.iterdir()} - ours
    chosen = {
        _free_name(file, strangers): (file.key, file.text(notes.get(file.key, "")))
        for file in pages.files(manual, notes)
    }
    _put_aside(workspace, there, chosen, done)
    for name, (_key, text) in chosen.items():
        target = done.folder / name
        if _holds(target, text):
            done.unchanged += 1
        else:
            disk.write(target, text, mode=disk.SHARED)
            done.written.append(name)
    names = {name.casefold() for name in chosen}
    for path, _found in there.values():
        if path.name.casefold() not in names:
            path.unlink()
            done.removed.append(path.name)


def _put_aside(
    workspace: Workspace,
    there: Mapping[str, tuple[Path, FoundFile]],
    chosen: Mapping[str, tuple[str, str]],
    done: ManualWritten,
) -> None:
    """Before anything is written: what somebody changed, and notes that would have no page or lose theirs."""
    keys = {key for key, _text in chosen.values()}
    taken = {name.casefold(): key for name, (key, _text) in chosen.items()}
    for key, (path, found) in there.items():
        name = path.name.casefold()
        is_lost = bool(found.notes) and (key not in keys or taken.get(name, key) != key)
        is_same = path.name in chosen and _holds(path, chosen[path.name][1])
        if (not found.is_ours and not is_same) or is_lost:
            _set_aside(workspace, path, done)


def _free_name(file: ManualFile, strangers: set[str]) -> str:
    """The name of a file, another one where somebody else's file has it: that is theirs."""
    if file.name.casefold() not in strangers:
        return file.name
    stem, dot, ending = file.name.rpartition(".")
    return f"{stem}-{file.key.lower()}{dot}{ending}"


def _there(folder: Path, done: ManualWritten | None = None) -> dict[str, tuple[Path, FoundFile]]:
    """The files of the manual in the folder, by page. Of two of one page, that with the shorter name is meant."""
    found: dict[str, tuple[Path, FoundFile]] = {}
    if not folder.is_dir():
        return found
    known = sorted(
        (*folder.glob("*.md"), *folder.glob("*.html")), key=lambda path: (len(path.name), path.name)
    )
    for path in known:
        with suppress(UnicodeDecodeError):
            read = pages.read(path.read_text(encoding="utf-8"))
            if read is None:
                continue
            if read.key in found:
                if done is not None:
                    done.copies.append(path.name)
                continue
            found[read.key] = (path, read)
    return found


def _set_aside(workspace: Workspace, path: Path, done: ManualWritten) -> None:
    """Keep a page as it is, in a folder of its own, under its name and the day."""
    aside = done.folder / _("set-aside")
    aside.mkdir(exist_ok=True)
    n, day = 1, workspace.today().isoformat()
    while True:
        kept = aside / f"{path.stem}-{day}{f'-{n}' if n > 1 else ''}{path.suffix}"
        try:
            disk.write(kept, path.read_bytes(), mode=disk.SHARED, new=True)
        except FileExistsError:
            n += 1
            continue
        done.set_aside.append(f"{aside.name}/{kept.name}")
        return


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8").removeprefix("\ufeff") == text
    except (OSError, UnicodeDecodeError):
        return False


def _sweep(folder: Path) -> None:
    """What a writing that was killed left behind long ago."""
    import time

    for scrap in disk.scraps(folder):
        with suppress(OSError):
            if time.time() - scrap.stat().st_mtime > _OLD_SCRAP_S:
                scrap.unlink()


def _fingerprint(workspace: Workspace, level: int) -> str:
    """What the manual depends on: records, links, the day, the language, the configuration, this program."""
    seq, head = journal.head(workspace.conn)
    links = workspace.conn.execute("SELECT max(checked_at) FROM link_check").fetchone()[0] or ""
    drill = workspace.conn.execute("SELECT max(at) FROM restore_drill").fetchone()[0] or ""
    settings = workspace.settings
    own = repr((settings.company, settings.limits.s16_days, settings.me))
    return "|".join(
        map(str, (seq, head, links, drill, workspace.today(), level, current(), __version__, own))
    )


def _files_of(folder: Path) -> dict[str, list[int]]:
    """Size and time of every file of the manual's kinds, by name."""
    found = {}
    for path in (*folder.glob("*.md"), *folder.glob("*.html")):
        stat = path.stat()
        found[path.name] = [stat.st_size, stat.st_mtime_ns]
    return found


def _nothing_new(workspace: Workspace, folder: Path, fingerprint: str) -> ManualWritten | None:
    """What the last writing there said, where neither the records nor a file have changed since."""
    try:
        known = json.loads(memos.get(workspace.conn, f"{_SEEN}:{folder.resolve()}") or "{}")
        if (
            known.get("fingerprint") != fingerprint
            or known.get("files") != _files_of(folder)
            or not known["files"]
        ):
            return None
        gaps = tuple(
            ToComplete(what, who, datetime.fromisoformat(due).date() if due else None, opens)
            for what, who, due, opens in known["gaps"]
        )
        return ManualWritten(folder, unchanged=len(known["files"]), copies=known["copies"], gaps=gaps)
    except (ValueError, TypeError, KeyError, OSError):
        return None


def _remember(workspace: Workspace, done: ManualWritten, fingerprint: str) -> None:
    gaps = [(each.what, each.who, each.due.isoformat() if each.due else "", each.opens) for each in done.gaps]
    seen = {"fingerprint": fingerprint, "files": _files_of(done.folder), "gaps": gaps, "copies": done.copies}
    memos.put(workspace.conn, f"{_SEEN}:{done.folder.resolve()}", json.dumps(seen))
    last = {
        "folder": str(done.folder.resolve()), "at": workspace.clock().isoformat(),
        "entries": journal.head(workspace.conn)[0],
    }  # fmt: skip
    memos.put(workspace.conn, LAST, json.dumps(last))


def in_words(done: ManualWritten) -> str:
    """`~/Drive/manual: 3 files written, 9 unchanged`; and what was kept aside, where somebody must know."""
    where, n = short(done.folder), len(done.written)
    if not (n or done.removed):
        return _("{path}: nothing to write, the manual is up to date").format(path=where)
    files = ngettext("{n} file written", "{n} files written", n).format(n=n)
    said = _("{path}: {what}, {rest} unchanged").format(path=where, what=files, rest=done.unchanged)
    if done.set_aside:
        said += " · " + _("changed by hand, kept aside: {names}").format(names=", ".join(done.set_aside))
    return said


def to_json(done: ManualWritten) -> dict[str, object]:
    """With stable keys."""
    return {
        "folder": str(done.folder), "page": str(done.page), "written": done.written, "unchanged": done.unchanged,
        "removed": done.removed, "set_aside": done.set_aside, "copies": done.copies,
        "gaps": [{**asdict(gap), "due": gap.due.isoformat() if gap.due else None} for gap in done.gaps],
    }  # fmt: skip
