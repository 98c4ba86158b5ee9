"""The gate: a function leaves the house when its map is complete, or for a reason that the journal keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cockpit.domain.dataclasses import replace
from cockpit.domain.organisation.mapping import Mapped, missing, turns_outside
from cockpit.domain.records.record import Record, Register, Value
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.process import Process
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import in_force
from cockpit.store import records


class MapIncomplete(Refusal):
    """Functions would leave the house while their map lacks something: a reason lets them go."""

    def __init__(self, lacks: Mapping[str, tuple[str, ...]]) -> None:
        self.lacks = lacks
        """Code of the function to what its map lacks."""
        line = _("{name}: {value}")
        self.listed = " · ".join(
            line.format(name=code, value=", ".join(what)) for code, what in lacks.items()
        )
        """The same, in one line of words."""
        super().__init__(_("the map lacks {what}; a reason is needed").format(what=self.listed))


def lacks(workspace: Workspace, function: Function) -> tuple[str, ...]:
    """What the map of a function lacks, in words."""
    return missing(mapped(workspace, function))


def mapped(workspace: Workspace, function: Function) -> Mapped:
    """What is written down about a function."""
    code, live = function.code, "archived_at IS NULL"
    processes = workspace.select(Process, "process", f"function = ? AND {live} ORDER BY number", (code,))
    named = [code, *(each.code for each in processes)]
    marks = ", ".join("?" * len(named))
    gone = in_force.gone(workspace)
    plans = workspace.select(Continuity, "continuity", f"function = ? AND {live}", (code,))
    return Mapped(
        function,
        interfaces=workspace.select(
            Interface, "interface", f"(source = ? OR target = ?) AND {live} ORDER BY number", (code, code)
        ),
        processes=processes,
        documents=records.count(
            workspace.conn, "document", f"(function IN ({marks}) OR process IN ({marks})) AND {live}",
            (*named, *named),
        ),
        plans=[plan for plan in plans if plan.backup not in gone],
    )  # fmt: skip


def check(
    workspace: Workspace,
    changes: Iterable[tuple[Register, Record | None, Mapping[str, Value]]],
    reason: str = "",
) -> None:
    """Raises MapIncomplete when one of those changes turns a function external before its map is complete.

    A function that is new to the cockpit passes: it may well have left the house long ago.
    """
    if reason.strip():
        return
    found: dict[str, tuple[str, ...]] = {}
    for _register, before, values in changes:
        if isinstance(before, Function) and turns_outside(before, values.get("mode")):
            said = {name: value for name, value in values.items() if name in ("owner", "criticality")}
            lacking = lacks(workspace, replace(before, **said))  # type: ignore[arg-type]
            if lacking:
                found[before.code] = lacking
    if found:
        raise MapIncomplete(found)
