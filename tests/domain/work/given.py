"""One line of work as a test reads it: on a Monday morning in Paris, with a few names that the registers know."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from cockpit.domain.time.business_time import calendar_from_mapping
from cockpit.domain.time.dates import DayContext
from cockpit.domain.work.quick_entry import Entry, KnownName, KnownNames, parse, to_json
from tests.places import DATA

CASES: dict[str, Any] = json.loads((DATA / "quick_entry.json").read_text())
META = CASES["meta"]
NOW = datetime.fromisoformat(META["now"]).astimezone(ZoneInfo(META["tz"]))
CONTEXT = DayContext(
    time.fromisoformat(META["day_start"]),
    time.fromisoformat(META["day_end"]),
    calendar_from_mapping(json.loads((DATA / "sla_vectors.json").read_text())["calendars"]["FR_35H"]),
)
KNOWN = KnownNames(
    functions=(KnownName("Ressources humaines", "rh"), KnownName("Paie", "paye"), KnownName("Informatique")),
    people=(KnownName("Sophie Martin"), KnownName("Sylvie Roux")),
    providers=(KnownName("Silae"), KnownName("Cabinet Dupont"), KnownName("Paie+")),
    policies=(KnownName("Paie standard"),),
)


def read(line: str, known: KnownNames = KNOWN, refused: frozenset[tuple[int, int]] = frozenset()) -> Entry:
    return parse(line, now=NOW, context=CONTEXT, known=known, refused=refused)


def said(line: str, known: KnownNames = KNOWN) -> dict[str, Any]:
    """The fields that the line gives."""
    return {
        field: value for field, value in to_json(read(line, known)).items() if value not in (None, [], "")
    }
