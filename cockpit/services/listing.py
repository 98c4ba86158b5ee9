"""Records, deadlines and providers as lines of text and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from cockpit.domain.record import Record, Register
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.mark import Mark
from cockpit.domain.registers.policy import METRICS
from cockpit.domain.registers.priority import Priority
from cockpit.domain.severity import SEVERITIES
from cockpit.domain.state import FINE, Freshness, State
from cockpit.locale import _
from cockpit.services import as_json, dates, heat, sla
from cockpit.services.board import slas
from cockpit.services.provider_lines import notes, provider_lines
from cockpit.services.rows import ProviderLine, SlaRow
from cockpit.services.states import STATES
from cockpit.services.workspace import Workspace
from cockpit.store import records
from cockpit.store.records import instant


def records_of(workspace: Workspace, name: str, everything: bool) -> tuple[Record, ...]:
    """Records of one kind: blockers hottest first, priorities by date, the others as they were made."""
    register = REGISTERS[name]
    order = "number"
    where, args = "archived_at IS NULL", []
    if everything:
        where = "1"
    elif name in ("blocker", "priority"):
        where += " AND closed_at IS NULL AND (snoozed_until IS NULL OR snoozed_until <= ?)"
        args = [instant(workspace.clock())]
        order = "due IS NULL, due, severity, number"
    found = records.select(workspace.conn, register.type, name, f"{where} ORDER BY {order}", args)
    return _by_heat(workspace, found) if name == "blocker" and not everything else found


def line(workspace: Workspace, register: Register, record: Record, names: Mapping[str, str]) -> str:
    """One record in one line of text."""
    parts = [str(getattr(record, register.subject))]
    if isinstance(record, Blocker | Priority):
        parts += [_(SEVERITIES[record.severity])] if record.severity in ("p1", "p2") else []
        parts += [names.get(record.function, record.function)] if record.function else []
        waiting = ", ".join(names.get(name, name) for name in record.waiting_on)
        parts += [_("waits for {who}").format(who=waiting)] if waiting else []
        parts += [names.get(record.owner, record.owner)] if record.owner else []
        parts += [dates.moment(record.due, workspace.now())] if record.due else []
        parts += [_("closed")] if record.closed_at else []
    return f"{record.code:<6} {' · '.join(parts)}"


def providers(workspace: Workspace) -> tuple[ProviderLine, ...]:
    """Every provider, worst first; those without a page and without a state last."""
    lines = provider_lines(workspace, workspace.now(), slas(workspace))
    return worst_first(lines)


def worst_first(lines: Iterable[ProviderLine]) -> tuple[ProviderLine, ...]:
    """What troubles us first, then what is not known, then what is well; by name among equals."""
    return tuple(sorted(lines, key=_trouble))


_RANKS = (
    State.MAJOR_OUTAGE, State.PARTIAL_OUTAGE, State.DEGRADED, State.UNKNOWN, State.MAINTENANCE, State.QUIET,
    State.OPERATIONAL,
)  # fmt: skip


def _trouble(line: ProviderLine) -> tuple[int, str]:
    seen = State(line.ours.problem.state) if line.ours.problem else line.state
    rank = min(_RANKS.index(line.state), _RANKS.index(seen))
    if not line.has_page and line.state is State.UNKNOWN and not line.ours.problem:
        rank = _RANKS.index(State.DEGRADED) if line.slas_passed else len(_RANKS)
    return rank, line.name


def provider_line(workspace: Workspace, found: ProviderLine) -> str:
    """One provider in one line, now."""
    return provider_line_at(found, workspace.now())


def provider_line_at(found: ProviderLine, now: datetime) -> str:
    """One provider in one line: state, since when, what we say, incidents, age or failure."""
    glyph, word = STATES[found.state]
    silent = not found.has_page and found.ours.manual is None
    said = _("no page") if silent else _(word)
    text = f"{'·' if silent else glyph} {found.name:<24} {said}"
    if found.row is not None and found.row.since and found.state not in (*FINE, State.UNKNOWN):
        text += f" {dates.duration((now - found.row.since).total_seconds())}"
    if found.incidents:
        text += f" · {found.incidents[0]}"
    text += "".join(f" · {note}" for note in notes(found, now))
    if not found.has_page:
        return text
    if found.last_ok is None:
        text += " · " + _("not read yet")
    elif found.fresh is not Freshness.FRESH:
        text += " · " + _("seen {ago}").format(ago=dates.ago(found.last_ok, now))
    if found.row is not None and found.row.last_error:
        text += f" · {found.row.last_error}"
    return text


def provider_json(found: ProviderLine) -> dict[str, object]:
    """A source with stable keys."""
    row = found.row
    return {
        "key": found.key,
        "name": found.name,
        "criticality": found.criticality,
        "state": str(found.state),
        "since": as_json.plain(row.since) if row else None,
        "reported": str(row.reported) if row else None,
        "fresh": str(found.fresh),
        "last_ok": as_json.plain(found.last_ok),
        "last_error": row.last_error if row else "",
        "incidents": list(found.incidents),
        "provider": found.code,
        "has_page": found.has_page,
        "limit": found.limit,
        "failure": row.last_failure if row else None,
        "certificate_expires_at": as_json.plain(row.certificate_expiry) if row else None,
        "unstable": found.unstable,
        "acknowledged": _said(found.ours.acknowledged),
        "muted": _said(found.ours.muted),
        "problem": _said(found.ours.problem),
        "by_hand": _said(found.ours.manual),
        "last_exchange": as_json.plain(found.exchange),
    }


def _said(mark: Mark | None) -> dict[str, object] | None:
    if mark is None:
        return None
    return {"code": mark.code, "reason": mark.reason, "state": mark.state, "until": as_json.plain(mark.until)}


def sla_line(workspace: Workspace, row: SlaRow, names: Mapping[str, str]) -> str:
    """One deadline in one line."""
    now = workspace.now()
    said = sla.reading(row.record, row.calendar, now)
    who = names.get(row.record.provider, row.record.provider) or "—"
    due = f" → {dates.moment(row.due, now)}" if row.due else ""
    metric = _(METRICS[row.record.metric])
    return f"{sla.GLYPHS[said.level]} {row.code:<6} {who} · {row.record.title} · {metric} · {said.words}{due}"


def sla_json(workspace: Workspace, row: SlaRow, names: Mapping[str, str]) -> dict[str, object]:
    """A deadline with stable keys; times in seconds of business hours."""
    now = workspace.clock()
    said = sla.reading(row.record, row.calendar, now)
    provider = row.record.provider
    return {
        "code": row.code,
        "clock": row.record.code,
        "title": row.record.title,
        "metric": row.record.metric,
        "waiting_on": [names.get(provider, provider)] if provider else [],
        "started_at": as_json.plain(row.record.started_at),
        "due": as_json.plain(row.due),
        "last_on_time": as_json.plain(row.record.until),
        "target_s": row.record.target_s,
        "remaining_s": said.left_s,
        "used": round(said.used, 4),
        "state": ("running", "at_risk", "at_risk", "breached", "paused")[said.level],
        "pause": row.record.pause or None,
    }


def _by_heat(workspace: Workspace, found: tuple[Record, ...]) -> tuple[Record, ...]:
    critical = heat.criticalities(workspace.conn)
    now, me = workspace.now(), heat.called(workspace.conn, workspace.actor)

    def rank(record: Record) -> float:
        assert isinstance(record, Blocker)
        return -heat.of(record, now=now, me=me, criticality=critical.get(record.function)).total

    return tuple(sorted(found, key=rank))
