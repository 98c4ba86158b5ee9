"""The views of the Organisation place: one file each."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.locale import N_
from cockpit.ui.kit.named_view import NamedView

VIEWS: Mapping[str, NamedView] = {
    "map": NamedView(
        N_("Map"), N_("The organisation: functions by mode, who carries them, their flows"),
        "organisation.map:MapView",
    ),
    "interfaces": NamedView(
        N_("Interfaces"), N_("The organisation: who gives what to whom, and the grey zones"),
        "organisation.interfaces:InterfacesView",
    ),
    "risks": NamedView(
        N_("Risks"), N_("The organisation: the risks on the 5x5 heat maps"), "organisation.risks:RisksView"
    ),
    "continuity": NamedView(
        N_("Continuity"), N_("The organisation: plans, backups and drills"),
        "organisation.continuity:ContinuityView",
    ),
    "contracts": NamedView(
        N_("Contracts"), N_("The organisation: terms and notice dates of two years"),
        "organisation.contracts:ContractsView",
    ),
    "raci": NamedView(N_("RACI"), N_("The organisation: who does what, who decides"), "organisation.raci:RaciView"),
    "approvals": NamedView(
        N_("Approvals"), N_("What waits for a yes, of whom and since when; how long each takes"),
        "approvals.view:ApprovalsView",
    ),
    "registers": NamedView(
        N_("Registers"), N_("The organisation: its registers, as tables"), "records.registers:RegistersView"
    ),
}  # fmt: skip
"""By name, in the order of the strip."""
