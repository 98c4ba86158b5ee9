"""Time that is noted on a record: what it costs follows from who noted it, and when."""

from __future__ import annotations

import re

from cockpit.domain.records.record import Value
from cockpit.locale import _
from cockpit.services.desk.forms import WrongValue
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import find

MOST = 24 * 60
"""Minutes that are noted at once."""


def minutes_of(text: str) -> int:
    """`15`, `+15m`, `1h30`: minutes. Raises WrongValue."""
    found = re.fullmatch(r"\+?\s*(?:(\d{1,2})\s*h\s*)?(?:(\d{1,4})\s*(?:m|min)?)?", text.strip().lower())
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0
    if not 0 < minutes <= MOST:
        raise WrongValue(_("minutes are expected, such as 15 or 1h30"))
    return minutes


def spend(workspace: Workspace, code: str, minutes: int) -> int:
    """Add minutes to what was spent on a record; what it is in all. Raises UnknownCode."""
    register, found = find.find(workspace, code)
    spent = getattr(found, "spent_minutes", None)
    if spent is None:
        raise UnknownCode(code)
    values: dict[str, Value] = {"spent_minutes": spent + minutes}
    workspace.change(register, found, values, f"{register.name}.edit")
    return int(spent) + minutes
