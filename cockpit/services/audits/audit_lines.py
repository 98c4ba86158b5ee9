"""What an audit and a self-audit say on their page: scores, open answers, actions; the map and its zones."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.domain.audits import function_audit as rules
from cockpit.domain.audits.questionnaire import ANSWERS, YES
from cockpit.domain.registers.audit import AXES, Audit
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.selfaudit import Selfaudit
from cockpit.locale import _
from cockpit.services.audits import function_audit, self_audit_view
from cockpit.services.desk.workspace import Workspace

AuditLine = tuple[str, str, str]
"""Label, words, and the code that opens."""


def lines(workspace: Workspace, record: Audit | Selfaudit) -> Iterator[AuditLine]:
    """Nothing for one whose words the room may not read."""
    if workspace.hides(record):
        return iter(())
    return _of_audit(workspace, record) if isinstance(record, Audit) else _of_self_audit(workspace, record)


def _of_audit(workspace: Workspace, audit: Audit) -> Iterator[AuditLine]:
    given = function_audit.given(audit)
    for each in actions(workspace, audit.code):
        yield _("Action"), f"{each.code} {each.title}", each.code
    for axis, score in rules.scores(given).items():
        said = f"{score.percent} %" if score.percent is not None else _("not enough data")
        yield _(AXES[axis]), said + " · " + _("{n} % answered").format(n=score.coverage), ""
    for question in rules.QUESTIONS:
        answer = given.get(question.key, "unknown")
        if answer != YES:
            yield f"  {_(ANSWERS.get(answer, answer))}", _(question.text), ""


def actions(workspace: Workspace, code: str) -> tuple[Priority, ...]:
    """The priorities that follow of an audit or a review."""
    return workspace.select(
        Priority, "priority", "origin = ? AND archived_at IS NULL ORDER BY number", (code,)
    )


def _of_self_audit(workspace: Workspace, record: Selfaudit) -> Iterator[AuditLine]:
    found = self_audit_view.of_record(workspace, record)
    names = workspace.names()
    for part in found.parts:
        yield _("Function"), self_audit_view.map_line(part, names), part.code
    for zone in found.zones:
        title, why = self_audit_view.zone_text(found, zone, names)
        yield _("Zone"), _("{name}: {value}").format(name=title, value=why), zone.key
    for line in self_audit_view.difference(found):
        yield _("Since {day}").format(day=found.before), line, ""
