"""The journal as a person reads it: who changed what, from what to what, when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Record, Register, Value
from cockpit.domain.registers import REGISTERS
from cockpit.locale import N_, _
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.store import journal
from cockpit.store.records import from_stored

VERBS: Mapping[str, str] = {
    "add": N_("added"),
    "edit": N_("changed"),
    "agenda_read": N_("read from the agenda"),
    "said": N_("said how it stands"),
    "done": N_("done"),
    "snooze": N_("snoozed"),
    "delegate": N_("delegated"),
    "wait": N_("waits for"),
    "next_step": N_("next step"),
    "link": N_("names linked"),
    "escalate": N_("escalated"),
    "pick": N_("chosen for the day"),
    "unpick": N_("no longer of the day"),
    "archive": N_("archived"),
    "restore": N_("brought back"),
    "put_back": N_("put back as the journal has it"),
    "erase": N_("name and contacts erased"),
    "copy": N_("copied"),
    "import": N_("imported"),
    "acknowledged": N_("seen"),
    "muted": N_("muted"),
    "problem": N_("we see a problem"),
    "manual": N_("state given by hand"),
    "exchange": N_("exchange"),
    "settle": N_("settled"),
    "decide": N_("decided"),
    "complete": N_("who and when said"),
    "drop": N_("dropped"),
    "holds": N_("still holds"),
    "told": N_("the team was told"),
    "take": N_("taken by hand"),
    "open": N_("deadline begun"),
    "answer": N_("answered"),
    "pause": N_("paused"),
    "resume": N_("goes on"),
    "remind": N_("reminded"),
    "verdict": N_("keep or stop said"),
    "waive": N_("excused"),
    "breached": N_("time passed"),
    "calendar": N_("counted again by the new calendar"),
    "recompute": N_("counted again"),
    "agenda": N_("agenda prepared"),
    "sign": N_("signed"),
    "share": N_("agenda shared"),
    "came": N_("report came"),
    "expect": N_("report expected"),
    "close": N_("closed"),
    "minutes": N_("minutes filed"),
    "steps": N_("steps say their kind"),
    "receive": N_("received"),
    "reopen": N_("opened again"),
    "blocker": N_("made a blocker"),
    "alert": N_("made an alert"),
    "note": N_("put as a note"),
    "refuse": N_("set aside"),
    "submit": N_("submitted"),
    "approve": N_("approved"),
    "decline": N_("not approved"),
    "ask": N_("question put"),
    "withdraw": N_("withdrawn"),
    "pass_on": N_("passed on"),
    "reword": N_("reworded: asked again"),
    "send": N_("request sent"),
    "start": N_("begun"),
    "held": N_("said held or not"),
    "shared": N_("agenda shared or not"),
    "undo": N_("undone"),
    "redo": N_("done again"),
}
_MAKING = frozenset(
    (
        "import", "copy", "undo", "redo", "acknowledged", "muted", "problem", "manual", "exchange", "put_back",
        "receive", "open",
    )
)  # fmt: skip
"""Actions that tell how a record came to be; a record that any other one makes was added."""


@dataclass(frozen=True)
class JournalLine:
    """One entry of the journal in words."""

    seq: int
    at: datetime
    actor: str
    code: str
    verb: str
    what: str
    hash: str


def history(workspace: Workspace, register: Register, record: Record) -> tuple[JournalLine, ...]:
    """The changes of one record, newest first."""
    return in_words(workspace, journal.history(workspace.conn, record.id))


def recent(workspace: Workspace, limit: int = 200, before_seq: int | None = None) -> tuple[JournalLine, ...]:
    """The newest changes of everything, newest first."""
    return in_words(workspace, journal.entries(workspace.conn, limit=limit, before_seq=before_seq))


def describe(entries: list[journal.JournalEntry]) -> str:
    """What a batch touched, in a few words: `B-41, B-42`, or how many."""
    codes = list(dict.fromkeys(entry.code for entry in entries))
    if len(codes) > 3:
        return _("{n} records").format(n=len(codes))
    return ", ".join(codes)


def to_json(entry: journal.JournalEntry) -> dict[str, object]:
    """An entry with stable keys."""
    return {
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "host": entry.host,
        "action": entry.action,
        "entity": entry.entity,
        "code": entry.code,
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
        "undoes": entry.undoes,
        "hash": entry.hash,
    }


def in_words(workspace: Workspace, entries: list[journal.JournalEntry]) -> tuple[JournalLine, ...]:
    """Entries as a person reads them."""
    names = workspace.names()
    return tuple(
        JournalLine(
            entry.seq,
            datetime.fromisoformat(entry.at).astimezone(workspace.zone),
            entry.actor,
            entry.code,
            _(_verb(entry)),
            _with_reason(entry, _what(workspace, entry, names)),
            entry.hash,
        )
        for entry in entries
    )


def _verb(entry: journal.JournalEntry) -> str:
    """What happened to this record: the action is named by what was done to another one, at times."""
    register, _dot, word = entry.action.rpartition(".")
    after = entry.after or {}
    if entry.before is None:
        # A room that may not see an entry is given no more than a title in it.
        added = "created_at" in after and word not in _MAKING
        return VERBS["add"] if added else VERBS.get(word, VERBS["add"])
    moved = word in ("archive", "restore") and "archived_at" not in after
    if moved or (word == "done" and register != entry.entity):
        return VERBS["edit"]
    return VERBS.get(word, VERBS["edit"])


def _with_reason(entry: journal.JournalEntry, what: str) -> str:
    if entry.action.endswith(".copy") and entry.reason:
        return f"{what} ← {entry.reason}"
    return f"{what} · « {entry.reason} »" if entry.reason else what


def _what(workspace: Workspace, entry: journal.JournalEntry, names: Mapping[str, str]) -> str:
    register = REGISTERS.get(entry.entity)
    if register is None:
        return ""
    if entry.before is None or entry.after is None:
        row = entry.after or entry.before or {}
        values = {field.name: from_stored(field, row.get(field.name)) for field in register.fields}
        return _title(workspace, register, values, names)
    parts = []
    for field in register.fields:
        if field.told and field.name in entry.after:
            old, new = (
                forms.show(field, from_stored(field, row.get(field.name)), names, workspace.zone)
                for row in (entry.before, entry.after)
            )
            if old == new and old:
                # A name gave way to the record that is called so: nothing else tells them apart.
                new = ", ".join(_codes(entry.after[field.name]))
            value = f"{old or '—'} → {new or '—'}"
            parts.append(_("{name}: {value}").format(name=_(field.label), value=value))
    return " · ".join(parts)


def _codes(stored: object) -> tuple[str, ...]:
    """What a field holds, as it is stored: the codes of records, not their names."""
    import json

    text = str(stored)
    return tuple(map(str, json.loads(text))) if text.startswith("[") else (text,)


def title_of(workspace: Workspace, register: Register, record: Record, names: Mapping[str, str]) -> str:
    """What names a record: its subject; of one that has none, what it is about and when."""
    return _title(
        workspace, register, {field.name: getattr(record, field.name) for field in register.fields}, names
    )


def _title(
    workspace: Workspace, register: Register, values: Mapping[str, Value], names: Mapping[str, str]
) -> str:
    fields = (
        register.field(name) for name in _NAMED_BY.get(register.name, (register.subject,)) if name != "code"
    )
    said = [forms.show(field, values.get(field.name), names, workspace.zone) for field in fields]
    if values.get("alert"):
        # The identity of an alert holds the record that it is about.
        said += [names[part] for part in str(values["alert"]).rpartition("@")[0].split(":") if part in names]
    return " · ".join(filter(None, said))


_NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "occurrence": ("ritual", "planned_at"), "attendance": ("person", "occurrence"),
    "mark": ("provider", "source", "reason"), "clock": ("title", "metric"),
    "feedback": ("interface", "side", "mark"),
}  # fmt: skip
"""What tells records apart that have no name of their own."""
