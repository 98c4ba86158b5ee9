"""Providers as rows and as JSON with stable keys, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from cockpit.domain.providers.state import FINE, Freshness, State
from cockpit.domain.registers.mark import Mark
from cockpit.locale import _
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.row import ROOMY, Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises.open import slas
from cockpit.services.providers.lines import notes, provider_lines
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.providers.state_words import STATES


def providers(workspace: Workspace) -> tuple[ProviderLine, ...]:
    """Every provider, worst first; those without a page and without a state last."""
    return worst_first(provider_lines(workspace, workspace.now(), slas(workspace)))


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


ROLES: Mapping[State, Role] = {
    State.OPERATIONAL: Role.GOOD,
    State.QUIET: Role.QUIET,
    State.MAINTENANCE: Role.PLAN,
    State.DEGRADED: Role.WATCH,
    State.PARTIAL_OUTAGE: Role.BAD,
    State.MAJOR_OUTAGE: Role.BAD,
    State.UNKNOWN: Role.QUIET,
}
"""What each state is there for: its colour, beside its sign and its word."""


def provider(found: ProviderLine, now: datetime) -> Row:
    """One provider: its state, since when, what we say of it, incidents; its age or failure when it is not fresh.

    One without a page has the state given by hand, else a word that there is none.
    """
    glyph, word = STATES[found.state]
    role, said = ROLES[found.state], _(word)
    if not found.has_page and found.ours.manual is None:
        glyph, said = "·", _("no page")
    stale = found.has_page and found.fresh is not Freshness.FRESH
    shown = Role.QUIET if stale else role
    left = [Piece(f"{glyph} ", shown), Piece(found.name)]
    ours = Role.WATCH if found.has_page or found.slas_passed or found.ours.problem else Role.QUIET
    left += [Piece(f" · {note}", ours) for note in notes(found, now)]
    left += [Piece(f" · {title}", Role.QUIET) for title in found.incidents[:1]]
    why = found.row.last_error if found.row is not None else ""
    if found.has_page and found.last_ok is None:
        # Nothing was ever heard of it: there is no figure to compare, and its story takes the whole line.
        heard = why or _("not read yet")
        left.append(Piece(f" · {said} · {heard}", Role.WATCH if why else Role.QUIET))
        return Row(tuple(left))
    left += [Piece(f" · {why}", Role.QUIET, at=ROOMY)] if why else []
    since = found.row.since if found.row else None
    if since is not None and found.state not in (*FINE, State.UNKNOWN):
        said += f" {dates.duration((now - since).total_seconds())}"
    right = [Piece(said, shown)]
    if stale:
        heard = _("seen {ago}").format(ago=dates.ago(found.last_ok, now))
        right.append(Piece(f" · {heard}", Role.QUIET))
    return Row(tuple(left), tuple(right))


def to_json(found: ProviderLine) -> dict[str, object]:
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
        "moved_to": (row.moved_to or None) if row else None,
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
