"""What is missing from the map of a function: what must be known of it before it leaves the house."""

from __future__ import annotations

from collections.abc import Sequence

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation.readiness import CRITICAL
from cockpit.domain.records.identities import in_short
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.process import Process
from cockpit.locale import N_, _

INSIDE, OUTSIDE = "internal", "external"


@dataclass(frozen=True)
class Mapped:
    """A function and what is written down about it, archived records left out."""

    function: Function
    interfaces: Sequence[Interface] = ()
    """From it or to it."""
    processes: Sequence[Process] = ()
    documents: int = 0
    """Of the function itself or of its processes."""
    plans: Sequence[Continuity] = ()
    """Those whose backup has not left."""


def missing(known: Mapped) -> tuple[str, ...]:
    """What its map lacks, in words and in the order in which it is best filled in; empty when it is complete."""
    found = [] if known.function.owner else [_("an owner")]
    found += _interfaces(known.interfaces)
    found += _processes(known.processes)
    if not known.documents:
        found.append(_("a document"))
    if known.function.criticality >= CRITICAL and not any(plan.backup for plan in known.plans):
        found.append(_("a continuity plan with a backup"))
    return tuple(found)


def turns_outside(before: Function, mode: object) -> bool:
    """Whether a change of mode moves a function outside: partly or wholly from internal, or wholly from partly."""
    if not isinstance(mode, str) or mode == before.mode:
        return False
    return before.mode == INSIDE or mode == OUTSIDE


def _interfaces(interfaces: Sequence[Interface]) -> list[str]:
    if not interfaces:
        return [_("an interface from it or to it")]
    lacks = (
        (N_("an owner of {codes}"), [each.code for each in interfaces if not each.owner]),
        (N_("a cadence of {codes}"), [each.code for each in interfaces if not each.cadence_days]),
        (N_("a channel of {codes}"), [each.code for each in interfaces if not each.channel]),
    )
    return [_(words).format(codes=in_short(codes)) for words, codes in lacks if codes]


def _processes(processes: Sequence[Process]) -> list[str]:
    if not processes:
        return [_("a process")]
    nobody = [each.code for each in processes if not each.accountable]
    undone = [each.code for each in processes if not each.responsible]
    found = [_("an A for {codes}").format(codes=in_short(nobody))] if nobody else []
    return found + ([_("an R for {codes}").format(codes=in_short(undone))] if undone else [])
