"""The four severities, p1 to p4, and their words."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.locale import N_

SEVERITIES: Mapping[str, str] = {
    "p1": N_("critical"),
    "p2": N_("high"),
    "p3": N_("medium"),
    "p4": N_("low"),
}
