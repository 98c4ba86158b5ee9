"""What time does to approvals: reworded ones are asked again, late ones pass to the deputy, and so do those of
somebody who left. Signed by the program; run twice in a row, it does nothing the second time.
"""

from __future__ import annotations

from datetime import timedelta

from cockpit.domain.approvals import routing
from cockpit.domain.registers.approval import ABOUT, APPROVED, WAITING, Approval
from cockpit.locale import _
from cockpit.services.approvals import rewording
from cockpit.services.approvals.cases import Cases
from cockpit.services.approvals.submitting import APPROVAL, handed
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.store.records import instant
from cockpit.store.transaction import transaction

LOOKED_BACK = timedelta(days=365)
"""How long after an approval it is compared with what it is about now."""
_LIVE = "archived_at IS NULL"


def sweep(workspace: Workspace) -> int:
    """Note what time did; how many approvals it changed."""
    if not workspace.conn.execute("SELECT 1 FROM approval LIMIT 1").fetchone():
        return 0
    with workspace.as_program():
        return _reworded(workspace) + _passed_on(workspace)


def _reworded(workspace: Workspace) -> int:
    found = _touched(workspace)
    open_ones = {each.about: each.code for each in found if each.closed_at is None}
    count = 0
    for each in found:
        # What was asked anew already by somebody is not asked twice.
        if open_ones.get(each.about, each.code) == each.code:
            with transaction(workspace.conn):
                count += bool(rewording.ask_again(workspace, each))
    return count


def _touched(workspace: Workspace) -> tuple[Approval, ...]:
    """Approvals, open or given within a year, of which the record was written since they were asked."""
    since = instant(workspace.clock() - LOOKED_BACK)
    written = " UNION ALL ".join(
        f"SELECT a.code FROM approval AS a JOIN {name} AS r ON r.code = a.about WHERE r.updated_at >= a.submitted_at"
        for name in ABOUT
    )
    return workspace.select(
        Approval, "approval",
        f"{_LIVE} AND (closed_at IS NULL OR (state = ? AND closed_at >= ?)) AND code IN ({written}) ORDER BY number",
        (APPROVED, since),
    )  # fmt: skip


def _passed_on(workspace: Workspace) -> int:
    waiting = workspace.select(
        Approval, "approval", f"{_LIVE} AND closed_at IS NULL AND state = ? ORDER BY number", (WAITING,)
    )
    if not waiting:
        return 0
    now, cases, count = workspace.clock(), Cases(workspace), 0
    for each in waiting:
        case, name = cases.of_approval(each), cases.names.get(each.approver, each.approver)
        if case.is_gone(each.approver):
            who, why = routing.route(case).who, _("{who} left")
        elif each.answer_by is not None and each.answer_by < now:
            who, why = routing.stand_in(case, each.approver), _("{who} did not answer in time")
        else:
            continue
        if who and who != each.approver:
            values = {**handed(workspace, case, who), "passed_at": now}
            workspace.change_all(
                [(APPROVAL, each, values)], "approval.pass_on", by=PROGRAM, reason=why.format(who=name)
            )
            count += 1
    return count
