"""An alert as a row, and as JSON with stable keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.alerts.alerts import Alert, AlertLevel, ShownAlerts
from cockpit.locale import N_, _, ngettext
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.store.state.alert_log import Over

SIGNS: Mapping[AlertLevel, Piece] = {
    AlertLevel.RED: Piece("■ ", Role.BAD),
    AlertLevel.ORANGE: Piece("▲ ", Role.WATCH),
    AlertLevel.TO_COMPLETE: Piece("○ ", Role.QUIET),
}
LEVELS: Mapping[AlertLevel, str] = {
    AlertLevel.RED: "red", AlertLevel.ORANGE: "orange", AlertLevel.TO_COMPLETE: "to_complete",
}  # fmt: skip
"""The word of each level for a program."""


def alert(item: Alert, names: Mapping[str, str]) -> Row:
    """`■ SLA passed: Payslips`: how bad by sign and colour, what is wrong and what to do."""
    return Row((SIGNS[item.level], Piece(item.line(names))))


def rest(n: int) -> Row:
    """The line behind which the alerts stand that do not fit."""
    said = ngettext("{n} other alert", "{n} other alerts", n).format(n=n)
    return Row((Piece("… ", Role.QUIET), Piece(said, Role.QUIET)))


def told(n: int) -> Row:
    """The line behind which the alerts stand that the rows of the cockpit tell already."""
    said = ngettext("{n} told on its own row", "{n} told on their own rows", n).format(n=n)
    return Row((Piece("… ", Role.QUIET), Piece(said, Role.QUIET)))


def to_complete(n: int) -> Row:
    """The line behind which everything stands that is missing from what is written down."""
    said = ngettext("To complete: {n} point", "To complete: {n} points", n).format(n=n)
    return Row((SIGNS[AlertLevel.TO_COMPLETE], Piece(said, Role.QUIET)))


OVER: Mapping[str, str] = {
    "provider": N_("Works again: {subject}"),
    "sla_at_risk": N_("No longer at risk: {subject}"),
    "sla_breached": N_("No longer late: {subject}"),
    "report_late": N_("Has come: {subject}"),
    "stale": N_("Read again: {subject}"),
    "never_read": N_("Read again: {subject}"),
    "stale_status": N_("Read again: {subject}"),
    "provider_seen": N_("No problem seen any more: {subject}"),
    "unstable": N_("Steady again: {subject}"),
    "name_lost": N_("Found again: {subject}"),
    "certificate_ends": N_("Certificate renewed: {subject}"),
    "connection": N_("Connected again: {subject}"),
    "portal": N_("The network answers again"),
    "inbox_unread": N_("What partners send is read again"),
    "partner": N_("Settled: {subject}"),
    "notice_missed": N_("Settled: {subject}"),
    "report_owed": N_("Has come: {subject}"),
}
"""What is said of an alert that is over, by its kind: the end of a trouble, told where its beginning was told.
Kinds that are not here ask for a deed, and whoever did it knows."""


_OVER_OTHER = N_("Over: {subject}")


def over_words(kind: str, subject: str) -> str:
    """The sentence that says that an alert of that kind is over."""
    return _(OVER.get(kind, _OVER_OTHER)).format(subject=subject)


def over(item: Over, at: datetime) -> Row:
    """`✓ Works again: Paie+            08:12`."""
    said = over_words(item.kind, item.subject)
    when = f"{item.at.astimezone(at.tzinfo):%H:%M}"
    return Row((Piece("✓ ", Role.GOOD), Piece(said, Role.QUIET)), (Piece(when, Role.QUIET),))


def folds(found: ShownAlerts, said: int = 0) -> list[tuple[str, Row]]:
    """The lines that stand for what is not shown, each with a key; `said` are told by other rows."""
    lines = [("rest", rest(found.rest))] if found.rest else []
    lines += [("told", told(said))] if said else []
    return lines + ([("to_complete", to_complete(found.to_complete))] if found.to_complete else [])


def count(found: ShownAlerts, said: int = 0) -> str:
    """`7 shown of 9, 4 told on their own rows`; what is to complete is counted on its own line."""
    whole = len(found.lines) + found.rest + said
    if not whole:
        return ""
    if found.rest:
        words = _("{n} shown of {all}").format(n=len(found.lines), all=whole)
    else:
        words = ngettext("{n} alert", "{n} alerts", whole).format(n=whole)
    if said:
        words += ", " + ngettext("{n} told on its own row", "{n} told on their own rows", said).format(n=said)
    return words


def to_json(item: Alert, names: Mapping[str, str], me: str) -> dict[str, object]:
    """With stable keys."""
    return {
        "key": item.key,
        "level": LEVELS[item.level],
        "kind": item.kind,
        "text": item.line(names),
        "also": [each.kind for each in item.also],
        "next": item.next(names, me),
        "target": item.target,
    }
