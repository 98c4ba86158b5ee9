"""The views of the Organisation place: one file each."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_

if TYPE_CHECKING:
    from cockpit.ui.kit.view import View


@dataclass(frozen=True)
class Named:
    """A view as the strip, the palette and the help name it; where its class is."""

    title: str
    help: str
    where: str


VIEWS: Mapping[str, Named] = {
    "map": Named(
        N_("Map"), N_("The organisation: functions by mode, who carries them, their flows"),
        "organisation.map:MapView",
    ),
    "interfaces": Named(
        N_("Interfaces"), N_("The organisation: who gives what to whom, and the grey zones"),
        "organisation.interfaces:InterfacesView",
    ),
    "risks": Named(
        N_("Risks"), N_("The organisation: the risks on the 5x5 heat maps"), "organisation.risks:RisksView"
    ),
    "continuity": Named(
        N_("Continuity"), N_("The organisation: plans, backups and drills"),
        "organisation.continuity:ContinuityView",
    ),
    "contracts": Named(
        N_("Contracts"), N_("The organisation: terms and notice dates of two years"),
        "organisation.contracts:ContractsView",
    ),
    "raci": Named(N_("RACI"), N_("The organisation: who does what, who decides"), "organisation.raci:RaciView"),
    "registers": Named(
        N_("Registers"), N_("The organisation: its registers, as tables"), "records.registers:RegistersView"
    ),
}  # fmt: skip
"""By name, in the order of the strip."""


def make(name: str) -> View:
    """A view, imported when it is first looked at."""
    module, _colon, found = VIEWS[name].where.partition(":")
    made: type[View] = getattr(import_module(f"cockpit.ui.{module}"), found)
    return made(id=f"view-{name}")
