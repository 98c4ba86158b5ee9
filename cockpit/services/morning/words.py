"""The morning review in words: what came of it, its summary line, the text for whoever prepares the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.morning import news, review
from cockpit.domain.morning.review import ReviewProgress
from cockpit.domain.registers import register_of
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.priority import Priority
from cockpit.locale import N_, _, ngettext
from cockpit.services.alerts.promise_rules import SlaAtRisk
from cockpit.services.boards.board import Board
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.morning.prepared_lines import Prepared
from cockpit.store import records
from cockpit.store.state import reviews

TITLES: Mapping[str, str] = {
    review.NEWS: N_("What is new"),
    review.TODAY: N_("Today"),
    review.SLAS: N_("SLA"),
    review.BLOCKERS: N_("Blockers"),
    review.SIGNALS: N_("Providers and signals"),
    review.PRIORITIES: N_("My three priorities"),
}
GROUPS: Mapping[str, str] = {
    news.NEW: N_("New"),
    news.SOLVED: N_("Solved since"),
    news.WORSE: N_("Worse"),
    news.DECIDED: N_("Decisions"),
    news.RECEIVED: N_("Received from outside"),
    news.PROVIDERS: N_("Providers"),
    news.AGENDA: N_("Agenda"),
    news.COMPANY: N_("Organisation"),
}
WHY: Mapping[str, str] = {
    news.SEVERITY: N_("more severe"),
    news.ESCALATED: N_("escalated"),
    news.BREACHED: N_("SLA passed"),
    news.REOPENED: N_("open again"),
    news.DUE: N_("its date passed"),
    news.SUBMITTED: N_("submitted"),
    news.APPROVED: N_("approved"),
    news.REFUSED: N_("not approved"),
    news.WITHDRAWN: N_("withdrawn"),
    news.ADDED: N_("added"),
    news.CHANGED: N_("changed"),
    news.ARCHIVED: N_("archived"),
}
NOTHING: Mapping[str, str] = {
    review.NEWS: N_("Nothing new."),
    review.TODAY: N_("Nothing in the agenda today, and no ritual."),
    review.SLAS: N_("No deadline runs."),
    review.BLOCKERS: N_("No blocker is open."),
    review.SIGNALS: N_("No provider tells of a trouble, and no notice date comes near."),
    review.PRIORITIES: N_("No priority yet: n writes the first one."),
}
"""What is said of a step that has nothing to show."""
RESTRICTED = 2
"""Confidentiality from which a text for somebody else names no matter."""
_ENTITIES = ("blocker", "priority", "clock", "decision", "approval")
_TOLD = ("remind", "delegate", "done", "snooze", "escalate", "decision", "approve", "decline")


@dataclass(frozen=True, kw_only=True)
class Deeds:
    """What was done while a review went on, and has not been undone."""

    chosen: tuple[Priority, ...]
    counts: Mapping[str, int]
    """How many of each kind of deed."""
    codes: Mapping[str, tuple[str, ...]]
    """The records of each kind of deed, in their order."""


def deeds(workspace: Workspace, progress: ReviewProgress) -> Deeds:
    """Read from the journal, so that a crash in between loses none."""
    undone: set[int] = set()
    codes: dict[str, list[str]] = {}
    for batch, action, code, undoes in reviews.deeds(workspace.conn, workspace.actor, progress.start_seq):
        if batch in undone:
            continue
        if undoes is not None:
            undone.add(undoes)
            continue
        entity, _dot, verb = action.partition(".")
        kind = "decision" if (entity, verb) == ("decision", "add") else verb
        if kind in _TOLD and entity in _ENTITIES:
            codes.setdefault(kind, []).insert(0, code)
    today = workspace.today().isoformat()
    chosen = records.select(
        workspace.conn, Priority, "priority",
        "day = ? AND coalesce(picked_by, '') = ? AND closed_at IS NULL AND archived_at IS NULL ORDER BY rank",
        (today, workspace.picker),
    )  # fmt: skip
    return Deeds(
        chosen=chosen,
        counts={kind: len(found) for kind, found in codes.items()},
        codes={kind: tuple(dict.fromkeys(found)) for kind, found in codes.items()},
    )


def summary(done: Deeds, seconds: int) -> str:
    """`3 priorities · 2 reminders · 1 delegation · 4 min 38`: what there is none of is not said."""
    n = {kind: done.counts.get(kind, 0) for kind in _TOLD} | {"chosen": len(done.chosen)}
    parts = (
        (n["chosen"], ngettext("{n} priority", "{n} priorities", n["chosen"])),
        (n["remind"], ngettext("{n} reminder", "{n} reminders", n["remind"])),
        (n["delegate"], ngettext("{n} delegation", "{n} delegations", n["delegate"])),
        (n["done"], ngettext("{n} settled", "{n} settled", n["done"])),
        (n["snooze"], ngettext("{n} put off", "{n} put off", n["snooze"])),
        (n["escalate"], ngettext("{n} escalation", "{n} escalations", n["escalate"])),
        (n["decision"], ngettext("{n} decision", "{n} decisions", n["decision"])),
        (n["approve"], ngettext("{n} approval", "{n} approvals", n["approve"])),
        (n["decline"], ngettext("{n} not approved", "{n} not approved", n["decline"])),
    )
    return " · ".join((*(text.format(n=count) for count, text in parts if count), spent(seconds)))


def spent(seconds: int) -> str:
    """`4 min 38`, `52 s`."""
    minutes, rest = divmod(seconds, 60)
    return _("{m} min {s:02}").format(m=minutes, s=rest) if minutes else _("{s} s").format(s=rest)


def message(workspace: Workspace, done: Deeds, line: str) -> tuple[str, str]:
    """Subject and text for whoever prepares the day. What is restricted is counted, not named."""
    names = workspace.names()
    parts = [line]
    if done.chosen:
        parts += ["", _("My priorities today:"), *_named(done.chosen, numbered=True)]
    delegated = _records(workspace, done.codes.get("delegate", ()))
    if delegated:
        parts += ["", _("Delegated:"), *_named(delegated, names)]
    parts += ["", workspace.my_name]
    subject = _("Morning review, {day}").format(day=dates.long_date(workspace.today()))
    return subject, "\n".join(parts)


def no_news(board: Board, since: datetime) -> str:
    """`Nothing new since yesterday. 3 blockers open, none at risk.`"""
    day = since.date()
    when = dates.day_label(day, board.day) if day != board.day else f"{since:%H:%M}"
    said = _("Nothing new since {when}.").format(when=when)
    if not board.work.blockers_open:
        return f"{said} " + _("No blocker is open.")
    at_risk = sum(isinstance(part, SlaAtRisk) for alert in board.alerts.loud for part in alert.parts)
    count = ngettext("{n} blocker open", "{n} blockers open", board.work.blockers_open)
    risk = ngettext("{n} SLA at risk", "{n} SLAs at risk", at_risk).format(n=at_risk)
    calm = _("none at risk")
    return f"{said} {count.format(n=board.work.blockers_open)}, {risk if at_risk else calm}."


def prepared_by(known: Prepared, now: datetime) -> str:
    """`prepared by Sophie at 08:15`; empty when nobody prepared today."""
    if known.at is None:
        return ""
    return _("prepared by {who} at {hour}").format(
        who=known.by, hour=f"{known.at.astimezone(now.tzinfo):%H:%M}"
    )


def _records(workspace: Workspace, codes: Sequence[str]) -> tuple[Blocker | Priority, ...]:
    found = []
    for code in codes:
        register = register_of(code)
        each = records.get(workspace.conn, register, code) if register else None
        if isinstance(each, Blocker | Priority):
            found.append(each)
    return tuple(found)


def _named(
    found: Sequence[Blocker | Priority], names: Mapping[str, str] | None = None, *, numbered: bool = False
) -> list[str]:
    """One line each; with `names`, to whom it was given."""
    open_to_all = [each for each in found if each.conf < RESTRICTED]
    lines = []
    for each in open_to_all:
        mark = f"{each.rank}." if numbered and isinstance(each, Priority) else "-"
        given = f" → {names.get(each.delegated_to, each.delegated_to)}" if names is not None else ""
        lines.append(f"{mark} {each.title} ({each.code}){given}")
    hidden = len(found) - len(open_to_all)
    if hidden:
        count = ngettext("{n} restricted subject", "{n} restricted subjects", hidden)
        lines.append(f"- {count.format(n=hidden)}")
    return lines
