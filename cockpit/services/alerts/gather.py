"""What needs somebody now, gathered from every rule; and what we said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

from cockpit.domain.agenda.events import midnight
from cockpit.domain.alerts.alerts import (
    Alert,
    AlertLevel,
    ShownAlerts,
    as_confidential,
    folded,
    ranked,
    together,
    within_budget,
)
from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.mark import ACKNOWLEDGED, MUTED, Mark
from cockpit.domain.text import typed
from cockpit.locale import _
from cockpit.services.agenda.feeds import FeedLine
from cockpit.services.alerts import (
    agenda_rules,
    approval_rules,
    contract_rules,
    copy_rules,
    day_rules,
    figure_rules,
    meeting_rules,
    month_rules,
    organisation_rules,
    outside_rules,
    phase_rules,
    promise_rules,
    provider_rules,
    signal_rules,
)
from cockpit.services.alerts.endings import is_over
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings.rituals import Weeks
from cockpit.services.promises.open import SlaRow
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.store import records
from cockpit.store.records import instant
from cockpit.store.state import alert_log
from cockpit.store.state.alert_log import Over

PAST_DUE_APART = 3
"""Blockers past their date that stand each on a line; more become one."""
OVER = 3
"""How many alerts that ended today are said."""
MOST_OVER = 30
"""How many of them are looked at."""
YOUNG = timedelta(days=7)
"""Until a company is that old, what its map lacks is to complete and asks for nobody."""


@dataclass(frozen=True)
class AlertsNow:
    """The alerts of a moment, worst first."""

    loud: tuple[Alert, ...]
    """Every one that asks for somebody; the screen shows a handful (`urgent`)."""
    taken_up: tuple[Alert, ...]
    """Those that hold too, but that somebody took up or muted."""
    over: tuple[Over, ...]
    """Some of those that ended today."""

    @property
    def urgent(self) -> ShownAlerts:
        """The alerts that fit the attention budget, and how many stand behind the others."""
        return within_budget(self.loud)


def gather(
    workspace: Workspace,
    *,
    slas: Sequence[SlaRow],
    providers: Sequence[ProviderLine],
    feeds: Sequence[FeedLine],
    meetings: Weeks,
    connection: str,
) -> AlertsNow:
    """Every alert that holds now, worst first and one line a case, and some of those that ended today.

    `slas` are all the open clocks, however many: nothing is cut before it is ranked.
    """
    now, today = workspace.now(), workspace.today()
    costs = contract_rules.costs(workspace)
    # What is missing from the map of a company that was entered this week is no alarm.
    map_lacks = [
        *organisation_rules.gather(workspace, today),
        *folded(list(contract_rules.of_missing_certificates(workspace))),
        *folded(list(meeting_rules.of_unsaid((*meetings.last, *meetings.this), now)), apart=1),
    ]
    if _is_young(workspace, now):
        map_lacks = [
            replace(each, level=AlertLevel.TO_COMPLETE) if each.level == AlertLevel.ORANGE else each
            for each in map_lacks
        ]
    # A missed ritual of last week is past; minutes that were never made still wait.
    unclosed = (each for each in meetings.last if each.status == "unclosed")
    found = [
        *promise_rules.of_slas(workspace, slas, now, costs),
        *promise_rules.of_escalations(workspace, now),
        *folded(list(approval_rules.of_approvals(workspace))),
        *provider_rules.of_providers(providers, now, costs, offline=bool(connection)),
        *day_rules.of_decisions(workspace, today),
        *day_rules.of_commitments(workspace),
        *outside_rules.of_inbox(workspace),
        *folded(list(outside_rules.of_ways_in(workspace))),
        *day_rules.of_blockers(workspace, now),
        *folded(list(day_rules.past_due(workspace, now)), apart=PAST_DUE_APART),
        *day_rules.of_reminders(workspace, now),
        *contract_rules.of_contracts(workspace, today),
        *phase_rules.of_phase(workspace, today),
        *meeting_rules.of_meetings(
            (*unclosed, *meetings.this, *meetings.next), now, company_calendar(workspace)
        ),
        *day_rules.of_priorities(workspace, today),
        *signal_rules.of_signals(workspace),
        *outside_rules.of_outbox(workspace),
        *outside_rules.of_network(workspace, connection),
        *copy_rules.of_copies(workspace),
        *agenda_rules.of_feeds(feeds, now),
        *folded(figure_rules.of_figures(workspace)),
        *folded(figure_rules.of_goals(workspace)),
        *month_rules.of_months(workspace),
        *map_lacks,
    ]
    taken_up = _taken_up(workspace, now)
    codes = {f"status:{line.key}": line.code for line in providers}
    every = ranked(as_confidential(found, _confidentialities(workspace, found, codes)))
    loud: list[Alert] = []
    quiet: list[Alert] = []
    for alert in every:
        known = taken_up.get(alert.key) if taken_up else None
        (quiet if known is not None and alert.weight <= known else loud).append(alert)
    return AlertsNow(together(loud), tuple(quiet), over_today(workspace, providers, feeds))


def over_today(
    workspace: Workspace, providers: Sequence[ProviderLine], feeds: Sequence[FeedLine]
) -> tuple[Over, ...]:
    """What needed somebody and does not any more, since the day began; nothing behind a veil, where the
    words of what is over would not be hidden."""
    if workspace.room is not None:
        return ()
    now, morning = workspace.now(), midnight(workspace.today(), workspace.zone)
    ended = alert_log.over_since(workspace.conn, instant(morning), AlertLevel.ORANGE * 1000, MOST_OVER)
    over = (
        each for each in ended if is_over(each.kind, each.target, providers=providers, feeds=feeds, now=now)
    )
    return tuple(islice(over, OVER))


def _is_young(workspace: Workspace, now: datetime) -> bool:
    first = workspace.conn.execute("SELECT at FROM journal ORDER BY seq LIMIT 1").fetchone()
    return first is None or now - datetime.fromisoformat(first["at"]) < YOUNG


def _confidentialities(
    workspace: Workspace, found: Sequence[Alert], codes: Mapping[str, str]
) -> dict[str, int]:
    """How confidential the records are that alerts open and name; a status page is as its provider is."""
    named = {code for each in found for code in (codes.get(each.target, each.target), each.who)}
    conf = dict(records.confidentialities(workspace.conn, named))
    return conf | {target: conf[code] for target, code in codes.items() if code in conf}


def _taken_up(workspace: Workspace, now: datetime) -> dict[str, int]:
    """The alerts that somebody acknowledged, or muted until later, and how bad each was by then."""
    rows = workspace.conn.execute(
        "SELECT alert FROM mark WHERE coalesce(alert, '') != '' AND closed_at IS NULL AND archived_at IS NULL"
        " AND (until IS NULL OR until > ?)",
        (instant(now),),
    )
    found: dict[str, int] = {}
    for row in rows:
        key, _at, weight = row["alert"].rpartition("@")
        if key and weight.isdecimal():
            found[key] = max(found.get(key, 0), int(weight))
    return found


def acknowledge(workspace: Workspace, item: Alert, reason: str) -> str:
    """Somebody takes care of it: it is quiet until it is over, or worse. The code of what was noted."""
    return _say(workspace, item, ACKNOWLEDGED, reason or _("seen"), None)


def mute(workspace: Workspace, item: Alert, reason: str, until: datetime) -> str:
    """No word of it until then. The code of what was noted."""
    return _say(workspace, item, MUTED, reason or _("muted"), until)


def settle_over(workspace: Workspace, over: Iterable[str]) -> None:
    """What was acknowledged and is over no longer is: the next time is news again."""
    register = REGISTERS["mark"]
    for key in over:
        for mark in workspace.select(
            Mark, "mark", "substr(alert, 1, ?) = ? AND kind = ? AND closed_at IS NULL",
            (len(key) + 1, f"{key}@", ACKNOWLEDGED),
        ):  # fmt: skip
            values: dict[str, Value] = {"closed_at": workspace.clock()}
            workspace.change_all([(register, mark, values)], "mark.settle", by="cockpit")


def _say(workspace: Workspace, item: Alert, kind: str, reason: str, until: datetime | None) -> str:
    register = REGISTERS["mark"]
    changes = [
        (register, None, {
            "kind": kind, "alert": f"{each.key}@{each.weight}", "reason": typed(reason), "until": until,
            "conf": each.conf,
        })
        for each in item.parts
    ]  # fmt: skip
    return workspace.change_all(changes, f"alert.{kind}")[0].code
