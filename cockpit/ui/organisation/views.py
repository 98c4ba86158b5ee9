"""The views of the Organisation place: one file each."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from cockpit.locale import N_

if TYPE_CHECKING:
    from cockpit.ui.organisation.view import View

VIEWS: Mapping[str, str] = {
    "map": N_("Map"),
    "interfaces": N_("Interfaces"),
    "risks": N_("Risks"),
    "continuity": N_("Continuity"),
    "contracts": N_("Contracts"),
    "raci": N_("RACI"),
    "registers": N_("Registers"),
}
"""Name to title, in the order of the strip; the file of that name, beside this one, has the class."""
_HOME = {"registers": "records"}
"""The wing of a view that is about more than the organisation."""


def make(name: str) -> View:
    """A view, imported when it is first looked at."""
    module = import_module(f"cockpit.ui.{_HOME.get(name, 'organisation')}.{name}")
    found: type[View] = getattr(module, "".join(part.capitalize() for part in name.split("_")))
    return found(id=f"view-{name}")
