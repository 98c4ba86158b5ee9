"""What a provider may read of us without an account: the matters that wait for them, and the deadlines shared.

One page (HTML and Markdown) and one calendar, in a folder that both sides see. Somebody looks at a preview and
agrees to what goes and where; from then on the sync keeps it fresh. Of a record that waits for them its code,
words, severity and dates leave, and nothing else: no note, no next step, no other name. What they answer comes by
the inbox.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from cockpit import files, locale
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.publication import Chapter, DataTable, Passage, Publication, TableCell
from cockpit.domain.records.confidentiality import ROOM
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.provider import Provider
from cockpit.domain.registers.report import Report
from cockpit.locale import _, current, ngettext
from cockpit.services.desk import dates, identities, own_files
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import markdown, page
from cockpit.services.records import keyed
from cockpit.sharing.calendar import DatedLine, dated
from cockpit.store.state import memos

PAGE, TEXT, CALENDAR = "index.html", "matters.md", "deadlines.ics"
_AGREED = "partner_page:"
MOST_CONF = 2
"""What is for the chief executive alone never goes to a provider."""


@dataclass(frozen=True)
class PartnerPage:
    """What one provider is shown, before it has a format."""

    provider: str
    name: str
    matters: int
    deadlines: int
    text: str
    """As Markdown: what a preview shows."""
    contents: dict[str, bytes]
    """Name of each file, and what it holds."""


@dataclass(frozen=True)
class Agreement:
    """That a provider may read what waits for them, in that folder and up to that level."""

    provider: str
    folder: Path
    level: int
    language: str


@dataclass(frozen=True)
class Refreshed:
    """What became of one page in a sync."""

    name: str
    written: int
    """Files that changed."""
    why: str = ""
    """Why it could not be written; empty when it could."""


def compose(workspace: Workspace, who: str, level: int = ROOM) -> PartnerPage:
    """What a provider would read. Raises WrongValue for a name that none has, NotPossible for too high a level."""
    code = identities.one(workspace.names(), ("provider",), who)
    if level > MOST_CONF:
        raise NotPossible(code, _("what is for the chief executive alone goes to no provider"))
    shown = workspace.behind(level)
    try:
        return _composed(shown, code, level)
    finally:
        if shown is not workspace:
            shown.conn.close()


def publish(workspace: Workspace, found: PartnerPage, folder: Path, level: int) -> None:
    """Write the page, and agree that the sync keeps it so. Raises NotPossible, OSError with nothing agreed."""
    # The place itself is agreed to: a link that leads elsewhere later is another one.
    folder = folder.expanduser().resolve()
    for other in agreed(workspace):
        if other.folder == folder and other.provider != found.provider:
            raise NotPossible(found.provider, _("another provider reads that folder: choose one for each"))
    if strange := _strange(workspace, folder, found.contents):
        raise NotPossible(found.provider, strange)
    keyed.make_key(workspace)
    folder.mkdir(parents=True, exist_ok=True)
    _write(workspace, folder, found.contents)
    told = {"folder": str(folder), "level": level, "language": current()}
    proof = keyed.digest(workspace, _said(found.provider, told))
    memos.put(workspace.conn, _AGREED + found.provider, json.dumps({**told, "proof": proof}))


def agreed(workspace: Workspace) -> tuple[Agreement, ...]:
    """Every page that somebody agreed to; a row that was written by hand is none."""
    rows = workspace.conn.execute(
        "SELECT name, value FROM memo WHERE name >= ? AND name < ? AND value != '' ORDER BY name",
        (_AGREED, _AGREED[:-1] + ";"),
    )
    return tuple(
        each for row in rows if (each := _agreement(workspace, row["name"], row["value"])) is not None
    )


def refresh(workspace: Workspace) -> tuple[Refreshed, ...]:
    """Write each page again whose words changed; a folder that is away is told, and nothing is made in its place."""
    done = []
    for each in agreed(workspace):
        with _speaking(each.language):
            found = compose(workspace, each.provider, each.level)
        if not each.folder.is_dir():
            done.append(Refreshed(found.name, 0, _("{path} is not there").format(path=each.folder)))
            continue
        if each.folder.resolve() != each.folder:
            led = _("{path} leads to {place} now: publish the page there anew")
            done.append(Refreshed(found.name, 0, led.format(path=each.folder, place=each.folder.resolve())))
            continue
        try:
            if strange := _strange(workspace, each.folder, found.contents, agreed=True):
                done.append(Refreshed(found.name, 0, strange))
                continue
            done.append(Refreshed(found.name, _write(workspace, each.folder, found.contents)))
        except OSError as error:
            done.append(Refreshed(found.name, 0, files.why(error)))
    return tuple(done)


def withdraw(workspace: Workspace, who: str) -> Agreement:
    """Empty the page and end the agreement. Raises WrongValue, NotPossible where there is none, OSError.

    The files stay and say so: a calendar that vanished would be shown on as it was last read. While somebody else's
    file stands in their place nothing is ended, since what it tells would stay there unsaid.
    """
    code = identities.one(workspace.names(), ("provider",), who)
    found = next((each for each in agreed(workspace) if each.provider == code), None)
    if found is None:
        raise NotPossible(code, _("nothing is published for them"))
    with _speaking(found.language):
        said = _("Nothing is shared here any more, since {day}.").format(
            day=dates.whole_day(workspace.today())
        )
        title = _title(workspace)
        contents = _files(Publication("partner", title, (Passage(said),)), title, ())
    if found.folder.is_dir():
        if strange := _strange(workspace, found.folder, contents, agreed=True):
            raise NotPossible(code, strange)
        _write(workspace, found.folder, contents)
    memos.put(workspace.conn, _AGREED + code, "")
    return found


def in_words(done: tuple[Refreshed, ...]) -> str:
    """What a sync did to the pages, in a few words; empty when nothing changed."""
    fresh = sum(1 for each in done if each.written)
    said = (
        [ngettext("{n} partner page refreshed", "{n} partner pages refreshed", fresh).format(n=fresh)]
        if fresh
        else []
    )
    said += [
        _("! page of {name} not written: {why}").format(name=each.name, why=each.why)
        for each in done
        if each.why
    ]
    return " · ".join(said)


def to_json(found: PartnerPage) -> dict[str, object]:
    """With stable keys."""
    return {
        "provider": found.provider, "name": found.name, "matters": found.matters, "deadlines": found.deadlines,
        "text": found.text, "files": sorted(found.contents),
    }  # fmt: skip


def _composed(workspace: Workspace, code: str, level: int) -> PartnerPage:
    (provider,) = workspace.select(Provider, "provider", "code = ?", (code,))
    blockers, owed = _waiting(workspace, code, level), _owed(workspace, code, level)
    lines = tuple(_dated(blockers, owed))
    title = _title(workspace)
    publication = Publication(
        "partner", title, (Passage(_lead(workspace)),), tuple(_chapters(blockers, owed))
    )
    return PartnerPage(
        code, provider.name, len(blockers) + len(owed), len(lines), markdown.of_publication(publication),
        _files(publication, title, lines),
    )  # fmt: skip


def _waiting(workspace: Workspace, code: str, level: int) -> tuple[Blocker, ...]:
    """What is open and waits for the provider, or for somebody of theirs."""
    marks = (
        "EXISTS (SELECT 1 FROM json_each(waiting_on) AS w WHERE w.value = ?"
        " OR w.value IN (SELECT p.code FROM person AS p WHERE p.provider = ?))"
    )
    return workspace.select(
        Blocker, "blocker", f"closed_at IS NULL AND archived_at IS NULL AND conf <= ? AND {marks}"
        " ORDER BY severity, coalesce(since, created_at), number", (level, code, code),
    )  # fmt: skip


def _owed(workspace: Workspace, code: str, level: int) -> tuple[Report, ...]:
    """The reports that the provider, or somebody of theirs, owes next."""
    return workspace.select(
        Report, "report", "archived_at IS NULL AND due IS NOT NULL AND conf <= ? AND (source = ?"
        " OR source IN (SELECT p.code FROM person AS p WHERE p.provider = ?)) ORDER BY due, number",
        (level, code, code),
    )  # fmt: skip


def _chapters(blockers: tuple[Blocker, ...], owed: tuple[Report, ...]) -> Iterator[Chapter]:
    rows: list[tuple[TableCell, ...]] = [
        (each.code, each.title, each.severity.upper(), _day(each.since or each.created_at), _day(_due(each)))
        for each in blockers
    ]
    columns = (_("Reference"), _("What"), _("Severity"), _("Since"), _("Due"))
    waits = DataTable("matters", "", columns, tuple(rows))
    yield Chapter("matters", _("Open matters"), (waits if rows else Passage(_("Nothing waits for you.")),))
    if owed:
        dues = DataTable(
            "reports", "", (_("Reference"), _("What"), _("Due")),
            tuple((each.code, each.name, each.due) for each in owed),
        )  # fmt: skip
        yield Chapter("reports", _("Expected reports"), (dues,))


def _dated(blockers: tuple[Blocker, ...], owed: tuple[Report, ...]) -> Iterator[DatedLine]:
    for each in blockers:
        due = _due(each)
        if due is not None:
            yield DatedLine(f"{each.id}@cockpit", each.title, each.code, due, each.updated_at or due)
    for report in owed:
        if report.due is not None:
            changed = report.updated_at or report.created_at
            assert changed is not None
            yield DatedLine(f"{report.id}@cockpit", report.name, report.code, report.due, changed)


def _files(publication: Publication, title: str, lines: tuple[DatedLine, ...]) -> dict[str, bytes]:
    text = markdown.of_publication(publication)
    return {
        PAGE: page.of_markdown(title, text).encode(), TEXT: text.encode(), CALENDAR: dated(title, lines),
    }  # fmt: skip


def _strange(workspace: Workspace, folder: Path, contents: dict[str, bytes], *, agreed: bool = False) -> str:
    """That files stand there which were not left there by us, and whose they are; empty when none does.

    Where somebody agreed to a page, one that was published before files were remembered is ours.
    """
    others = [
        folder / name
        for name, content in contents.items()
        if not own_files.may_write(workspace, folder / name, content, unknown=agreed)
    ]
    if not others:
        return ""
    return _(
        "not left by this cockpit in {path} ({whose}): {names}; move it away, or name another folder"
    ).format(
        names=", ".join(each.name for each in others),
        path=folder,
        whose=own_files.whose(workspace, others[0]),
    )


def _write(workspace: Workspace, folder: Path, contents: dict[str, bytes]) -> int:
    """Write what differs; how many files did."""
    changed = 0
    for name, content in contents.items():
        place = folder / name
        if not place.is_file() or place.read_bytes() != content:
            # Whoever shares the folder may have put a link there meanwhile, to a file that is not theirs.
            files.write_among_others(place, content)
            changed += 1
        own_files.left(workspace, place, content)
    return changed


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """What is composed inside is in that language: the one in which it was agreed to."""
    spoken = current()
    locale.use(language)
    try:
        yield
    finally:
        locale.use(spoken)


def _title(workspace: Workspace) -> str:
    return _("Open with {company}").format(company=workspace.settings.company.name or workspace.my_name)


def _lead(workspace: Workspace) -> str:
    return _(
        "What waits for you, as of {day}. Answer by mail or in the shared folder, with the reference on the first line."
    ).format(day=dates.whole_day(workspace.today()))


def _due(each: Blocker) -> datetime | None:
    """What was asked for, or what was promised, whichever comes first."""
    return min((at for at in (each.due, each.sla_due) if at is not None), default=None)


def _day(at: date | datetime | None) -> date | None:
    return at.date() if isinstance(at, datetime) else at


def _said(provider: str, told: dict[str, object]) -> str:
    return json.dumps([provider, told["folder"], told["level"], told["language"]])


def _agreement(workspace: Workspace, name: str, value: str) -> Agreement | None:
    try:
        told = json.loads(value)
        provider = name.removeprefix(_AGREED)
        if not keyed.same(str(told["proof"]), keyed.digest(workspace, _said(provider, told))):
            return None
        return Agreement(provider, Path(told["folder"]), int(told["level"]), str(told["language"]))
    except (ValueError, KeyError, TypeError):
        return None
