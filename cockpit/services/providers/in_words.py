"""Providers as lines of text and as JSON with stable keys, the worst first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cockpit.domain.providers.state import Freshness, State
from cockpit.domain.registers.mark import Mark
from cockpit.locale import _
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises.open import slas
from cockpit.services.providers.lines import notes, provider_lines
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.providers.state_words import STATES


def providers(workspace: Workspace) -> tuple[ProviderLine, ...]:
    """Every provider, worst first; those without a page and without a state last."""
    lines = provider_lines(workspace, workspace.now(), slas(workspace))
    return worst_first(lines)


def worst_first(lines: Iterable[ProviderLine]) -> tuple[ProviderLine, ...]:
    """What troubles us first, then what is not known, then what is well; by name among equals."""
    return tuple(sorted(lines, key=_trouble))


_RANKS = (
    State.MAJOR_OUTAGE, State.PARTIAL_OUTAGE, State.DEGRADED, State.UNKNOWN, State.MAINTENANCE, State.OPERATIONAL,
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
    if found.row is not None and found.row.since and found.state not in (State.OPERATIONAL, State.UNKNOWN):
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
