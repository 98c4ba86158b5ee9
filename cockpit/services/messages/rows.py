"""What a partner sent in, and what leaves, as rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.registers.statement import Statement
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.desk.row import ROOMY, Piece, Role, Row
from cockpit.store.outside import outbox as store
from cockpit.store.outside.outbox import Parcel

STATES: Mapping[str, str] = {
    store.HELD: N_("waits for a preview"),
    store.QUEUED: N_("to be sent"),
    store.SENT: N_("sent"),
    store.FAILED: N_("not delivered"),
    store.DROPPED: N_("dropped"),
}
_SIGNS: Mapping[str, tuple[str, Role]] = {
    store.HELD: ("◌", Role.WATCH),
    store.QUEUED: ("→", Role.PLAIN),
    store.SENT: ("✓", Role.GOOD),
    store.FAILED: ("■", Role.BAD),
    store.DROPPED: ("✗", Role.QUIET),
}
_ROLES: Mapping[str, Role] = {"p1": Role.BAD, "p2": Role.WATCH}


def statement(item: Statement, at: datetime) -> Row:
    """`P2 Tramontane The lorry is stuck      today 08:12`: how bad they say it is, who says what, when."""
    role = _ROLES.get(item.severity, Role.QUIET)
    said_at = item.said_at or item.created_at
    when = (Piece(dates.moment(said_at, at), Role.QUIET, at=ROOMY),) if said_at else ()
    left = (
        Piece(f"{item.severity.upper()} ", role),
        Piece(item.sender, Role.STRONG),
        Piece(f" {item.title}"),
    )
    return Row(left, when, code=item.code)


def parcel(item: Parcel, at: datetime) -> Row:
    """`✓ Payslips: SLA passed       slack · sent · today 08:12`."""
    when = dates.moment(datetime.fromisoformat(item.sent_at or item.created_at), at)
    said = item.error if item.error and item.state != store.SENT else _(STATES[item.state])
    return outgoing(str(item.message["title"]), f"{item.channel} · {said} · {when}", item.state)


def outgoing(title: str, note: str, state: str) -> Row:
    """Something that leaves, or waits to."""
    sign, role = _SIGNS[state]
    return Row((Piece(f" {sign} ", role), Piece(title)), (Piece(f"{note} ", Role.QUIET),))
