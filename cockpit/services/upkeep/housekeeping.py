"""What is kept fresh beside a sync: holidays, the agenda's window, heat, the week's signals; and when it is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from cockpit.services.desk.calendars import look_ahead
from cockpit.services.desk.workspace import Workspace
from cockpit.store.outside import provider_history, sources
from cockpit.store.state import heat, memos

TIDY_EVERY = timedelta(hours=1)
TELL_EVERY = timedelta(minutes=1)
TOLD = "told_at"
_TIDIED = "tidied_at"


def tidy(workspace: Workspace) -> None:
    """Bring up to date what time alone changes: breached promises, owed reports, heat."""
    from cockpit.services.absence import intake
    from cockpit.services.agenda.windows import roll_window
    from cockpit.services.approvals import sweep as approvals_sweep
    from cockpit.services.changes import linking
    from cockpit.services.promises import sweep
    from cockpit.services.signals import measure
    from cockpit.services.upkeep import notify

    linking.tidy(workspace)
    look_ahead(workspace)
    sweep.sweep(workspace)
    approvals_sweep.sweep(workspace)
    settings = workspace.settings
    weeks = settings.weeks_back, settings.weeks_ahead
    roll_window(workspace.conn, workspace.clock(), settings.company.timezone, weeks, apart=True)
    intake.take_in(workspace)
    heat.refresh(workspace.conn, now=workspace.now(), me=workspace.chief_name)
    measure.measure(workspace)
    provider_history.prune(workspace.conn, workspace.clock())
    notify.note(workspace)
    memos.put(workspace.conn, _TIDIED, workspace.clock().isoformat())


def _must_tell(workspace: Workspace, now: datetime) -> bool:
    """Whether a minute has passed since what partners sent was taken and alerts were told."""
    settings = workspace.settings
    if not (settings.channels or settings.inbox.is_open):
        return False
    told = memos.get(workspace.conn, TOLD)
    return not told or not timedelta() <= now - datetime.fromisoformat(told) < TELL_EVERY


def is_due(workspace: Workspace) -> bool:
    """Whether a source's time has come, or an hour has passed since the last tidying. Cheap: asked often."""
    now = workspace.clock()
    tidied = memos.get(workspace.conn, _TIDIED)
    if not tidied or not timedelta() <= now - datetime.fromisoformat(tidied) < TIDY_EVERY:
        return True
    if _must_tell(workspace, now):
        return True
    known = {
        "agenda": sources.source_states(workspace.conn, "agenda"),
        "status": sources.source_states(workspace.conn, "status"),
        "figure": sources.source_states(workspace.conn, "figure"),
    }
    wanted = [("agenda", source.key) for source in workspace.settings.agendas]
    wanted += [("status", source.key) for source in workspace.settings.statuses]
    wanted += [("figure", source.key) for source in workspace.settings.figures]
    states = [known[kind].get(key) for kind, key in wanted]
    return any(state is None or state.next_try is None or state.next_try <= now for state in states)
