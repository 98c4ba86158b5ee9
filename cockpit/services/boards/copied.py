"""What is under the cursor, or selected, for wherever it is pasted: as text, as Markdown, as JSON, as a link.

Where the terminal is known to keep nothing that a program copies, it is also written into a file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path

from cockpit import files
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Record, Register
from cockpit.domain.registers import register_of
from cockpit.domain.text import safe_link
from cockpit.locale import _
from cockpit.services.boards import listing
from cockpit.services.desk import as_json, forms
from cockpit.services.desk.refusal import NotPossible, UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import links
from cockpit.services.records.find import find

DEAF = frozenset({"Apple_Terminal"})
"""Terminals, by TERM_PROGRAM, that let no program write the clipboard (OSC 52)."""


class CopyForm(Enum):
    """How it is copied."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    LINK = "link"


@dataclass(frozen=True)
class Copied:
    """A row: the record of its code, where it has one, what it says, and the address that it leads to."""

    code: str
    text: str
    link: str = ""


def written(workspace: Workspace, rows: Sequence[Copied], form: CopyForm) -> str:
    """The rows in that form, as much as the room may read. Raises NotPossible where nothing leads anywhere."""
    found = [(each, _record(workspace, each.code)) for each in rows]
    if form is CopyForm.TEXT:
        return "\n".join(_line(workspace, each, record) for each, record in found)
    if form is CopyForm.MARKDOWN:
        if len(found) == 1:
            return _page(workspace, *found[0])
        return "\n".join(f"- {_line(workspace, each, record)}" for each, record in found)
    if form is CopyForm.LINK:
        addresses = [address for each, record in found if (address := link_of(workspace, each, record))]
        if not addresses:
            raise NotPossible(rows[0].code if rows else "", _("it leads to no address"))
        return "\n".join(dict.fromkeys(addresses))
    import json

    values = [_plain(workspace, each, record) for each, record in found]
    return json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False, indent=2)


def link_of(workspace: Workspace, row: Copied, found: tuple[Register, Record] | None) -> str:
    """Where a row leads: its own address, that of its document, else the first one that its words name."""
    if row.link:
        return row.link
    if found is None or workspace.hides(found[1]):
        return ""
    register, record = found
    if own := links.link_of(record):
        return own
    for field in register.fields:
        value = getattr(record, field.name)
        if isinstance(value, str) and "://" in value:
            for word in value.split():
                if (address := safe_link(word.strip(".,;()<>"))) is not None:
                    return address
    return ""


def kept_aside(workspace: Workspace, text: str, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The file into which it is written where the terminal keeps nothing; None where it does."""
    if environment.get("TERM_PROGRAM") not in DEAF and environment.get("TERM") != "linux":
        return None
    # Under the name of the database: a `copied.txt` there may be somebody's.
    path = workspace.path.with_name(f"{workspace.path.name}.copied.txt")
    files.write(path, text + "\n")
    return path


def _record(workspace: Workspace, code: str) -> tuple[Register, Record] | None:
    if register_of(code) is None:
        return None
    try:
        return find(workspace, code)
    except UnknownCode:
        return None


def _line(workspace: Workspace, row: Copied, found: tuple[Register, Record] | None) -> str:
    if found is None:
        return " ".join(row.text.split())
    return " ".join(listing.row(workspace, *found, workspace.names()).printed.split())


def _page(workspace: Workspace, row: Copied, found: tuple[Register, Record] | None) -> str:
    """A record with what is filled in of it, as a person reads it."""
    if found is None or workspace.hides(found[1]):
        return f"- {_line(workspace, row, found)}"
    register, record = found
    names = workspace.names()
    lines = [f"### {record.code} {getattr(record, register.subject)}", ""]
    for field in register.fields:
        said = forms.show(field, getattr(record, field.name), names, workspace.zone) if field.told else ""
        if said and field.name != register.subject:
            lines.append(f"- **{_(field.label)}** {' '.join(said.split())}")
    return "\n".join(lines)


def _plain(workspace: Workspace, row: Copied, found: tuple[Register, Record] | None) -> Mapping[str, object]:
    if found is None:
        return {"text": " ".join(row.text.split()), **({"link": row.link} if row.link else {})}
    register, record = found
    return {"kind": register.name, **as_json.of_record(record, register)}
