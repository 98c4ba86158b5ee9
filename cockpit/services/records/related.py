"""One related line on the page of a record, below its fields."""

from __future__ import annotations

from cockpit.domain.dataclasses import dataclass


@dataclass(frozen=True)
class Related:
    """One line: what it is to the record, its words, and the code that opens it."""

    label: str
    text: str
    code: str = ""
    group: str = ""
    """The heading that it stands under."""
