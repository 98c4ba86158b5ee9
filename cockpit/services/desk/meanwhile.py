"""Two people, one field: whoever writes second is told what the first wrote and when, and chooses.

Who begins to answer notes how far the journal was (`Workspace.written`); what is then written under
`Workspace.as_of` is refused once where somebody else gave one of the same fields another value since. Fields
that nobody else touched are written as ever: they do not collide.
"""

from __future__ import annotations

from datetime import datetime

from cockpit.domain.records.confidentiality import BLANK, is_above
from cockpit.domain.records.record import FieldKind
from cockpit.domain.registers import REGISTERS
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.services.desk import dates, forms
from cockpit.services.desk.workspace import Workspace
from cockpit.store import journal, records
from cockpit.store.journal import JournalEntry, Overtaken

_WORDS = frozenset({FieldKind.TEXT, FieldKind.LONG, FieldKind.NAMES, FieldKind.REF, FieldKind.LINK})
"""What somebody wrote, and that another text takes the place of."""
_SHOWN = 120
"""Characters of what the other one wrote: the record's page has all of it."""


def in_words(workspace: Workspace, error: Overtaken) -> str:
    """Who wrote what there meanwhile, and when."""
    field, theirs = _shown(workspace, error.wrote, error.field)
    return _("{code}, {field}: {who} wrote “{theirs}” meanwhile ({when})").format(
        code=error.wrote.code,
        field=field,
        theirs=theirs,
        who=error.wrote.actor,
        when=_when(workspace, error.wrote),
    )


def before(workspace: Workspace, entry: JournalEntry) -> list[str]:
    """What a change took the place of: each field with its value, who had written it and when."""
    earlier = [each for each in journal.history(workspace.conn, entry.entity_id) if each.seq < entry.seq]
    told = []
    for name, value in (entry.before or {}).items():
        declared = any(each.name == name and each.kind in _WORDS for each in REGISTERS[entry.entity].fields)
        wrote = next((each for each in earlier if name in (each.after or {})), None)
        if declared and wrote is not None and value not in (None, "", "[]"):
            field, theirs = _shown(workspace, wrote, name)
            said = _("before, {field}: “{theirs}” ({who}, {when})")
            told.append(
                said.format(field=field, theirs=theirs, who=wrote.actor, when=_when(workspace, wrote))
            )
    return told


def _when(workspace: Workspace, wrote: JournalEntry) -> str:
    return dates.moment(datetime.fromisoformat(wrote.at).astimezone(workspace.zone), workspace.now())


def _shown(workspace: Workspace, wrote: JournalEntry, name: str) -> tuple[str, str]:
    """The label of a field, and what was written there as the room may read it."""
    field = next((each for each in REGISTERS[wrote.entity].fields if each.name == name), None)
    if field is None:
        return name, str((wrote.after or {})[name])
    room = workspace.shown.room
    if room is not None and is_above(wrote.conf, room):
        return _(field.label), BLANK
    value = records.from_stored(field, (wrote.after or {})[name])
    shown = forms.show(field, value, workspace.shown.names(), workspace.zone)
    return _(field.label), clean(shown, _SHOWN) or _("empty")
