"""Closing a month freezes its report; what changes later is shown as such. Reopening says why."""

from __future__ import annotations

from datetime import date

from cockpit.domain.dataclasses import replace
from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import Chapter, DataTable, Pairs, Passage, TableCell
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.closing import Closing
from cockpit.domain.text import clean, digest, typed
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.report import frozen
from cockpit.services.documents.report.compose import MonthReport, compose
from cockpit.services.documents.report.lines import MonthView
from cockpit.store import journal
from cockpit.store.state import closed_reports
from cockpit.store.transaction import transaction

CLOSING = REGISTERS["closing"]
_STANDS = "archived_at IS NULL AND reopened_at IS NULL"


def report(workspace: Workspace, month: ReportMonth) -> MonthReport:
    """The report of a month: as it was closed, with what changed since; else as it stands.

    Raises NotPossible for a month that has not begun.
    """
    if month.first > workspace.today():
        day = dates.long_date(month.first)
        raise NotPossible(
            month.key, _("that month begins on {day}: there is nothing to tell yet").format(day=day)
        )
    now = compose(workspace, month)
    closed = closing_of(workspace, month)
    return _as_closed(workspace, closed, now) if closed is not None else now


def closing_of(workspace: Workspace, month: ReportMonth) -> Closing | None:
    """The closing of a month that stands; None while it is open."""
    found = workspace.select(
        Closing, "closing", f"{_STANDS} AND month = ? ORDER BY number DESC", (month.first.isoformat(),)
    )
    return found[0] if found else None


def close(workspace: Workspace, month: ReportMonth) -> Closing:
    """Freeze the report of a month as it stands, for each level. Raises NotPossible.

    A month that is not over is not closed, nor one that was over before the first entry, nor one that is closed.
    """
    if month.last >= workspace.today():
        day = dates.long_date(month.next.first)
        raise NotPossible(month.key, _("it is not over: it can be closed from {day} on").format(day=day))
    since = MonthView(workspace, month).first_entry
    if since is None or since > month.last:
        raise NotPossible(month.key, _("nothing was kept in this cockpit then: there is nothing to close"))
    with transaction(workspace.conn):
        if closing_of(workspace, month) is not None:
            raise NotPossible(month.key, _("it is closed already; --reopen opens it again, with the reason"))
        found = compose(workspace, month)
        contents = {EVERYTHING: frozen.of_report(found)} | {
            level: _at_level(workspace, month, level) for level in range(EVERYTHING)
        }
        seq, head = journal.head(workspace.conn)
        code = workspace.add(
            CLOSING,
            {
                "name": dates.whole_month(month.first), "month": month.first, "closed_at": workspace.clock(),
                "complete": found.complete, "digest": _digest(contents), "head_seq": seq, "head": head,
            },
            "report.close",
        )  # fmt: skip
        closed_reports.keep(workspace.conn, code, contents)
    closed = closing_of(workspace, month)
    assert closed is not None
    return closed


def reopen(workspace: Workspace, month: ReportMonth, why: str) -> Closing:
    """Open a closed month again; what it said when it was closed is kept. Raises NotPossible."""
    closed = closing_of(workspace, month)
    if closed is None:
        raise NotPossible(month.key, _("it is not closed"))
    if not clean(why):
        raise NotPossible(month.key, _("say why it is opened again"))
    values: dict[str, Value] = {"reopened_at": workspace.clock(), "reopened_why": typed(why)}
    workspace.change(CLOSING, closed, values, "report.reopen", typed(why))
    return closed


def _at_level(workspace: Workspace, month: ReportMonth, level: int) -> str:
    """What the report says to a room of that level."""
    veiled = workspace.behind(level)
    try:
        return frozen.of_report(compose(veiled, month))
    finally:
        veiled.conn.close()


def _digest(contents: dict[int, str]) -> str:
    return digest("\n".join(content for _level, content in sorted(contents.items())))


def is_whole(workspace: Workspace, closed: Closing) -> bool:
    """Whether what was kept of a closing is what was closed, by its fingerprint in the journal."""
    return digest_of(workspace, closed) == closed.digest


def digest_of(workspace: Workspace, closed: Closing) -> str:
    """The fingerprint of what is kept of a closing now."""
    return _digest(closed_reports.levels(workspace.conn, closed.code))


def _as_closed(workspace: Workspace, closed: Closing, now: MonthReport) -> MonthReport:
    level = EVERYTHING if workspace.room is None else workspace.room
    content = closed_reports.read(workspace.conn, closed.code, level)
    if not content or not is_whole(workspace, closed):
        said = Passage(_(
            "What this month said when it was closed ({code}) is not what its fingerprint says: the figures are"
            " those of today. `cockpit restore` brings back a copy of the database."
        ).format(code=closed.code))  # fmt: skip
        publication = replace(now.publication, lead=(said, *now.publication.lead))
        return replace(now, publication=publication)
    then = frozen.to_report(content)
    assert closed.closed_at is not None
    at = closed.closed_at.astimezone(workspace.zone)
    words = _("{day} at {time} by {who} ({code})").format(
        day=dates.whole_day(at.date()), time=f"{at:%H:%M}", who=closed.created_by, code=closed.code
    )
    seal = Pairs(((_("Closed"), words),))
    publication = replace(
        then.publication,
        lead=(seal, *then.publication.lead),
        chapters=(_since(workspace, at.date(), then, now), *then.publication.chapters),
    )
    return replace(then, publication=publication)


def _since(workspace: Workspace, day: date, then: MonthReport, now: MonthReport) -> Chapter:
    """What the same figures would say today."""
    today = {line.key: line for line in now.lines}
    rows: list[tuple[TableCell, ...]] = []
    for line in then.lines:
        other = today.get(line.key)
        if other is not None and (line.now, line.complete) != (other.now, other.complete):
            changed = None if line.now is None or other.now is None else line.cell(other.now - line.now)
            rows.append((
                line.label, line.cell(line.now), other.cell(other.now), changed, line.complete, other.complete
            ))  # fmt: skip
    title = _("Since the close of {day}").format(day=dates.whole_day(day))
    if not rows:
        return Chapter("since", title, (Passage(_("Nothing that this report tells has changed.")),))
    columns = (
        _("What"), _("At the close"), _("By what is known today"), _("Change"), _("Complete then, %"),
        _("Complete today, %"),
    )  # fmt: skip
    table = DataTable(
        "since_the_close", _("Figures that would be others"), columns, tuple(rows), _("the journal since")
    )
    return Chapter("since", title, (table,))
