"""The views of the place of signals: what the weeks say, what we count, who was away."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.locale import N_
from cockpit.ui.kit.named_view import NamedView

VIEWS: Mapping[str, NamedView] = {
    "list": NamedView(
        N_("Signals"), N_("Weak signals, their proof, and the three gauges"), "signals.listing:SignalsView"
    ),
    "figures": NamedView(
        N_("Figures"), N_("The scorecard: thirteen weeks of each figure, and the goals of the quarter"),
        "figures.scorecard:ScorecardView",
    ),
    "absence": NamedView(
        N_("Absence test"), N_("What happened while somebody was away, and what the next absence asks for"),
        "absence.view:AbsenceView",
    ),
    "costs": NamedView(
        N_("Costs"), N_("What functions and providers cost over twelve months, with what no invoice says"),
        "costs.view:CostsView",
    ),
}  # fmt: skip
"""By name, in the order of the strip."""
