"""A person's right to be forgotten: their name and contacts leave everything that is kept here, for good.

It is shown first and asked once. What was approved or closed with the name in it stays approved and closed, under
a new fingerprint. What lies outside the database (backups, copies, documents) is listed with what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from cockpit import files
from cockpit.domain.approvals.content import Wording
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.erasure import Erased, around
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.approval import Approval
from cockpit.domain.registers.closing import Closing
from cockpit.domain.registers.person import Person
from cockpit.locale import _, ngettext
from cockpit.services.approvals import contents
from cockpit.services.desk import editor, ground, identities
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.report import closing
from cockpit.services.meetings import minutes_folder
from cockpit.store import erasure, journal
from cockpit.store.connection import backups_of
from cockpit.store.state import memos, typed
from cockpit.store.transaction import transaction

_EXAMPLES = 8
_READ_FILES = frozenset({".md", ".html", ".csv", ".json", ".ics", ".txt", ".toml", ".log"})
_MOST_READ = 20_000_000
_VERIFIED = "verified"


@dataclass(frozen=True)
class ErasurePreview:
    """What an erasure would change."""

    code: str
    name: str
    erased: Erased
    texts: dict[str, int]
    """How many texts, by the table that holds them."""
    entries: int
    """How many entries of the journal."""
    examples: tuple[str, ...]
    """Free texts that hold the name, a few letters around it."""
    alone: int
    """Texts that would still hold one word of the name alone."""
    alone_examples: tuple[str, ...]
    near: tuple[str, ...]
    """The name without its middle or with initials, as it stands there: probably this person, and it would stay."""
    beside: tuple[str, ...]
    """Addresses of mail that stand behind the name and would stay."""


@dataclass(frozen=True)
class ErasureDone:
    """What an erasure changed, and whether nothing of it is left in the files of the database."""

    texts: int
    entries: int
    seq: int
    """The entry of the journal that tells of it."""
    compact: bool


def preview(workspace: Workspace, who: str, also: tuple[str, ...] = ()) -> ErasurePreview:
    """What would be erased.

    Raises WrongValue for a name that nobody has, NotPossible for who asks, and from a seat that reads not everything.
    """
    if workspace.room is not None:
        raise NotPossible(who, _("only a seat that reads everything may erase, or something would be left"))
    code = identities.one(workspace.names(), ("person",), who)
    (person,) = workspace.select(Person, "person", "code = ?", (code,))
    if code == workspace.me:
        raise NotPossible(code, _("this is you: another person erases whoever sits here"))
    erased = Erased(code, "" if person.name == code else person.name, person.contact, also)
    texts: Counter[str] = Counter()
    examples: list[str] = []
    beside: dict[str, None] = {}
    for each in erasure.found(workspace.conn, erased.out_of):
        texts[each.table] += 1
        beside |= dict.fromkeys(erased.beside(each.text))
        if each.table != "person" and len(examples) < _EXAMPLES:
            examples += islice(around(each.text, erased.pattern), 1)
    entries = sum(1 for _each in erasure.told(workspace.conn, erased.out_of, (person.id, "contact")))
    near, alone = _near(workspace, erased), list(_alone(workspace, erased))
    return ErasurePreview(
        code, person.name, erased, dict(sorted(texts.items())), entries, tuple(examples), len(alone),
        tuple(alone[:_EXAMPLES]), near, tuple(beside)[:_EXAMPLES],
    )  # fmt: skip


def erase(workspace: Workspace, found: ErasurePreview, asked_by: str) -> ErasureDone:
    """Erase what was shown. It cannot be undone. `asked_by` says who asked, and is kept without the name.

    Where nothing is left to erase, what another Cockpit that was open then kept in the side file goes now.
    """
    if not (found.texts or found.entries):
        return ErasureDone(0, 0, 0, erasure.compact(workspace.conn))
    (person,) = workspace.select(Person, "person", "code = ?", (found.code,))
    reason = found.erased.out_of(asked_by)
    stamp = workspace.stamp(journal.ERASE, reason)
    with transaction(workspace.conn):
        approved = [
            each for each in workspace.select(Approval, "approval", "1")
            if contents.wording(workspace, each) is Wording.SAME
        ]  # fmt: skip
        closed = [
            each for each in workspace.select(Closing, "closing", "1") if closing.is_whole(workspace, each)
        ]
        texts, entries = erasure.erase(
            workspace.conn, stamp, found.erased.out_of, ("person", person.id, person.code), "contact"
        )
        seq = workspace.written
        for was in approved:
            (now,) = workspace.select(Approval, "approval", "code = ?", (was.code,))
            if contents.wording(workspace, now) is Wording.CHANGED:
                told = {"content": contents.of_approval(workspace, now)}
                workspace.change(REGISTERS["approval"], now, told, journal.ERASE, reason)
        for month in closed:
            (still,) = workspace.select(Closing, "closing", "code = ?", (month.code,))
            if not closing.is_whole(workspace, still):
                told = {"digest": closing.digest_of(workspace, still)}
                workspace.change(REGISTERS["closing"], still, told, journal.ERASE, reason)
        # The next verification reads all of it again.
        memos.put(workspace.conn, _VERIFIED, "")
    return ErasureDone(texts, entries, seq, erasure.compact(workspace.conn))


def elsewhere(workspace: Workspace, erased: Erased) -> list[str]:
    """What may still hold the name outside the database, each with what to do."""
    said = []
    beside = workspace.path.parent
    copies = [
        *backups_of(workspace.path), *beside.glob(f"{workspace.path.stem}-replaced-*"),
        *files.scraps(beside), *files.scraps(beside / "backups"),
    ]  # fmt: skip
    if copies:
        older = ngettext(
            "{n} older copy in {folder} holds the name: make a new backup, then remove it",
            "{n} older copies in {folder} hold the name: make a new backup, then remove them",
            len(copies),
        )
        said.append(older.format(n=len(copies), folder=workspace.path.parent))
    if workspace.settings.copies.replica:
        said.append(
            _(
                "the copy elsewhere holds it for thirty days more: stop Litestream, empty {place}, start it"
            ).format(place=workspace.settings.copies.replica)
        )
    written = [path for path in _files(workspace) if erased.pattern.search(_read(path))]
    said += [
        _("{path} holds the name: remove it or write it again").format(path=path)
        for path in written[:_EXAMPLES]
    ]
    if len(written) > _EXAMPLES:
        rest = len(written) - _EXAMPLES
        said.append(ngettext("and {n} more file", "and {n} more files", rest).format(n=rest))
    if workspace.settings.agendas:
        said.append(_("agendas are read again as others write them: what names the person there comes back"))
    said.append(_("what was sent (messages, documents handed out) is with those who received it: ask them"))
    return said


def _near(workspace: Workspace, erased: Erased) -> tuple[str, ...]:
    """What of it stands anywhere, in the journal too, the most frequent first."""
    seen: Counter[str] = Counter()

    def look(text: str) -> str:
        seen.update(" ".join(each.split()) for each in erased.near.findall(erased.out_of(text)))
        return text

    for _each in erasure.found(workspace.conn, look):
        pass
    for _entry in erasure.told(workspace.conn, look, ("", "")):
        pass
    return tuple(form for form, _n in seen.most_common(_EXAMPLES))


def _alone(workspace: Workspace, erased: Erased) -> Iterator[str]:
    """Texts that hold a word of the name and not the whole of it."""
    if not erased.name:
        return

    def marked(text: str) -> str:
        return erased.alone.sub("\0", rest(text))

    def rest(text: str) -> str:
        return erased.near.sub("", erased.out_of(text))

    for each in erasure.found(workspace.conn, marked):
        if erased.alone.search(rest(each.text)):
            yield next(around(rest(each.text), erased.alone), "")


def _files(workspace: Workspace) -> Iterator[Path]:
    given = workspace.settings.documents.folder
    folders = {
        minutes_folder.folder(workspace),
        Path(given).expanduser() if given else workspace.path.parent / "documents",
    }
    # The configuration first: a seat that is named there writes the name again.
    config = workspace.config_path
    if config is not None:
        kept = (
            config,
            config.with_name(f"{config.name}.before"),
            *config.parent.glob(f"{config.name}.*.old"),
        )
        yield from (path for path in kept if path.exists())
    for folder in sorted(folders):
        yield from (
            path for path in sorted(folder.rglob("*")) if path.suffix in _READ_FILES and path.is_file()
        )
    beside = [
        ground.drafts_file(workspace.path),
        *typed.folder(workspace.path).glob("*"),
        *editor.left_over(workspace.path),
    ]
    yield from (path for path in beside if path.exists())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path.stat().st_size < _MOST_READ else ""
    except OSError:
        return ""
