"""Two parties and all that passes between them: flows both ways, what shows them, and their history."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation.flows import Flow, FlowCell, Pair
from cockpit.domain.organisation.quality import Quality
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.contract import Contract
from cockpit.domain.registers.mark import EXCHANGE, Mark
from cockpit.domain.registers.person import Person
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import flows
from cockpit.services.records.history import JournalLine, history
from cockpit.services.records.related import Related

MOST = 40
"""Changes and exchanges at most."""


@dataclass(frozen=True)
class Between:
    """The flows between two parties, both directions, and their history."""

    title: str
    there: tuple[Flow, ...]
    """From the first to the second."""
    back: tuple[Flow, ...]
    related: tuple[Related, ...]
    """Blockers that wait, contracts that bind, exchanges that were noted."""
    changes: tuple[JournalLine, ...]
    """Of the interfaces, newest first."""
    said: Mapping[str, Quality]
    """By interface, what both sides say of it."""


def between(workspace: Workspace, pair: Pair) -> Between:
    """Read what passes between two parties, in both directions."""
    found = flows.flow_map(workspace)
    by_pair = found.by_pair
    there = by_pair.get(pair, FlowCell(pair))
    back = by_pair.get((pair[1], pair[0]), FlowCell((pair[1], pair[0])))
    every = () if pair[0] == pair[1] else back.flows
    changes: list[JournalLine] = []
    for flow in (*there.flows, *every):
        changes += history(workspace, REGISTERS["interface"], flow.record)
    changes.sort(key=lambda change: -change.seq)
    title = " ↔ ".join(map(found.name, pair))
    return Between(
        title, there.flows, every, tuple(_related(workspace, pair)), tuple(changes[:MOST]), found.said
    )


def _related(workspace: Workspace, pair: Pair) -> list[Related]:
    ends = set(pair)
    people = workspace.select(Person, "person", "archived_at IS NULL AND coalesce(provider, '') != ''")
    with_people = ends | {each.code for each in people if each.provider in ends}
    lines = [
        Related(_("Open blocker") if each.closed_at is None else _("Closed blocker"), each.title, each.code)
        for each in workspace.select(
            Blocker, "blocker", "archived_at IS NULL ORDER BY closed_at IS NOT NULL, number DESC LIMIT 500"
        )
        if each.function in ends and with_people & set(each.waiting_on)
    ]
    lines += [
        Related(_("Contract"), each.name, each.code)
        for each in workspace.select(Contract, "contract", "archived_at IS NULL")
        if each.provider in ends and ends & set(each.functions)
    ]
    lines += [
        Related(
            _("Exchange"), f"{each.created_at.astimezone(workspace.zone):%d/%m/%Y} {each.reason}", each.code
        )
        for each in workspace.select(
            Mark, "mark", "kind = ? AND archived_at IS NULL ORDER BY number DESC LIMIT ?", (EXCHANGE, MOST)
        )
        if each.provider in ends and each.created_at is not None
    ]
    return lines
