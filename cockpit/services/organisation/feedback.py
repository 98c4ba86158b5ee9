"""What both sides say of an interface: marks that are given, read together, and shown with their gap and trend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation import quality as rules
from cockpit.domain.organisation.quality import Quality, SideMarks, SideQuality
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.feedback import HIGHEST, INSIDE, LOWEST, OUTSIDE, Feedback
from cockpit.domain.registers.interface import Interface
from cockpit.domain.text import fold, typed
from cockpit.locale import N_, _
from cockpit.services.desk import as_json, forms
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.store.transaction import transaction

FEEDBACK = REGISTERS["feedback"]
TRENDS: Mapping[int, str] = {1: "▲", -1: "▼", 0: ""}
WORRYING, APART = 3.0, 1.5
"""Mean under which a side is not content, and gap from which the two are too far apart (S26, unless set)."""
_THEM = frozenset({"them", "eux", "elles", "outside", "dehors"})
_LINE = re.compile(r"(?:(?P<who>[^\W\d]+)\s+)?(?P<mark>\d{1,3})(?:\s*/\s*5)?")


@dataclass(frozen=True)
class SaidMark:
    """One mark as it was typed: which side gives it, and a word on why."""

    side: str
    mark: int
    note: str


@dataclass(frozen=True)
class InterfaceQuality:
    """An interface and what both sides say of it."""

    record: Interface
    said: Quality
    waits_since: datetime | None = None
    """When the other side was asked and has not answered yet."""


def understand(text: str) -> SaidMark:
    """`4 // why` is ours; `them 3 // why` is what they say of us. Stores nothing. Raises WrongValue."""
    said, _slashes, note = typed(text).partition("//")
    found = _LINE.fullmatch(said.strip())
    who = fold(found["who"] or "") if found else ""
    if found is None or (who and who not in _THEM) or not LOWEST <= int(found["mark"]) <= HIGHEST:
        raise forms.WrongValue(_("a mark from 1 to 5: 4 // why; for what they say of us: them 3 // why"))
    return SaidMark(OUTSIDE if who else INSIDE, int(found["mark"]), note.strip())


def note(workspace: Workspace, code: str, said: SaidMark, *, by: str = "") -> str:
    """Keep a mark on an interface, given today; its code. What was asked of the other side is answered by it.

    `by` is who gave it; without one, the person at the keyboard, or the party at the other end. Raises UnknownCode.
    """
    record = interface(workspace, code)
    giver = by or (workspace.me if said.side == INSIDE else partner(workspace, record))
    values: dict[str, Value] = {
        "mark": said.mark, "given_on": workspace.today(), "given_by": giver, "note": said.note or None,
    }  # fmt: skip
    with transaction(workspace.conn):
        asked = _open(workspace, record.code) if said.side == OUTSIDE else ()
        if asked:
            workspace.change(FEEDBACK, asked[0], values, "feedback.answer")
            return asked[0].code
        made = {**values, "interface": record.code, "side": said.side, "conf": record.conf}
        return workspace.add(FEEDBACK, made, "feedback.add")


def note_asked(workspace: Workspace, code: str) -> str:
    """Write down that the other side was asked today; the code of the question. Raises UnknownCode."""
    record = interface(workspace, code)
    today: Value = workspace.today()
    with transaction(workspace.conn):
        asked = _open(workspace, record.code)
        if asked:
            workspace.change(FEEDBACK, asked[0], {"asked_on": today}, "feedback.ask")
            return asked[0].code
        values: dict[str, Value] = {
            "interface": record.code, "side": OUTSIDE, "asked_on": today, "conf": record.conf,
        }  # fmt: skip
        return workspace.add(FEEDBACK, values, "feedback.ask")


def _open(workspace: Workspace, code: str) -> Sequence[Feedback]:
    """What the other side was asked and did not answer."""
    return workspace.select(
        Feedback, "feedback",
        "interface = ? AND side = ? AND mark IS NULL AND archived_at IS NULL ORDER BY number DESC LIMIT 1",
        (code, OUTSIDE),
    )  # fmt: skip


def interface(workspace: Workspace, code: str) -> Interface:
    """The interface of that code. Raises UnknownCode."""
    found = workspace.select(Interface, "interface", "code = ? AND archived_at IS NULL", (code.upper(),))
    if not found:
        raise UnknownCode(code)
    return found[0]


def partner(workspace: Workspace, record: Interface) -> str:
    """The code of who stands outside at one end of it: a provider, or somebody who is not of the company."""
    return _partner(record, _outside(workspace))


def _partner(record: Interface, outside: frozenset[str]) -> str:
    ends = (record.source, record.target)
    providers = [code for code in ends if code.startswith("PR-")]
    return next((code for code in (*providers, *ends) if code.startswith("PR-") or code in outside), "")


def _outside(workspace: Workspace) -> frozenset[str]:
    """The people who are not of the company."""
    rows = workspace.conn.execute("SELECT code FROM person WHERE kind != 'internal' AND archived_at IS NULL")
    return frozenset(row["code"] for row in rows)


def qualities(workspace: Workspace, code: str = "") -> tuple[InterfaceQuality, ...]:
    """Every interface, or the one of that code, with what both sides say of it."""
    where, args = (
        ("archived_at IS NULL", ()) if not code else ("archived_at IS NULL AND code = ?", (code.upper(),))
    )
    found = [each for each in workspace.select(Interface, "interface", f"{where} ORDER BY number", args)
             if not workspace.hides(each)]  # fmt: skip
    marks, asked = _marks(workspace, found)
    return tuple(
        InterfaceQuality(each, rules.quality(marks.get(each.code, ())), asked.get(each.code))
        for each in found
    )


def of_provider(workspace: Workspace, code: str) -> tuple[InterfaceQuality, ...]:
    """The interfaces with a provider or its people, with what both sides say of each."""
    theirs = {code} | {
        row["code"] for row in workspace.conn.execute("SELECT code FROM person WHERE provider = ?", (code,))
    }
    return tuple(each for each in qualities(workspace) if theirs & {each.record.source, each.record.target})


def together(found: Iterable[InterfaceQuality]) -> Quality:
    """All that was said on these interfaces, as one: each occasion once."""
    return rules.quality(dict.fromkeys(each for one in found for each in one.said.counted))


def _marks(
    workspace: Workspace, found: Sequence[Interface]
) -> tuple[dict[str, list[SideMarks]], dict[str, datetime]]:
    marks: dict[str, list[SideMarks]] = {}
    asked: dict[str, datetime] = {}
    if not found:
        return marks, asked
    for given in workspace.select(Feedback, "feedback", "archived_at IS NULL ORDER BY number"):
        if workspace.hides(given):
            continue
        if given.mark is not None and given.given_on is not None:
            told = SideMarks(given.given_on, given.side, given.mark, 1, given.code)
            marks.setdefault(given.interface, []).append(told)
        elif given.side == OUTSIDE and given.created_at is not None:
            asked[given.interface] = given.created_at
    outside = _outside(workspace)
    # In a meeting, each side says how it is with the other: between two of the house there is no other side.
    met = [each for each in found if each.ritual and _partner(each, outside)]
    for ritual in sorted({each.ritual for each in met}):
        rows = workspace.conn.execute(
            "SELECT code, planned_at, roti FROM occurrence WHERE ritual = ? AND archived_at IS NULL"
            " AND coalesce(roti, '') != '' ORDER BY planned_at DESC LIMIT ?",
            (ritual, 2 * rules.LAST),
        ).fetchall()
        told_there = [
            mark
            for row in rows
            for mark in rules.of_meeting(
                datetime.fromisoformat(row["planned_at"]).astimezone(workspace.zone).date(),
                row["code"],
                row["roti"],
            )
        ]
        for each in met:
            if each.ritual == ritual:
                marks.setdefault(each.code, []).extend(told_there)
    return marks, asked


def in_words(said: Quality) -> str:
    """`us 4.0 · them 2.5 ▼ · gap 1.5`; empty while nobody gave a mark."""
    parts = [
        _(word).format(mark=f"{_figure(side.mean)}{_arrow(side)}")
        for word, side in ((N_("we say {mark}"), said.inside), (N_("they say {mark}"), said.outside))
        if side.mean is not None
    ]
    if said.gap is not None:
        parts.append(_("gap {n}").format(n=_figure(said.gap)))
    return " · ".join(parts)


def role(said: Quality) -> Role:
    """How bad it is."""
    if said.low is None:
        return Role.QUIET
    faults = int(said.low < WORRYING) + int(said.gap is not None and said.gap > APART)
    return (Role.GOOD, Role.WATCH, Role.BAD)[faults]


def row(found: InterfaceQuality, names: Mapping[str, str]) -> Row:
    """`Payroll variables   we say 4.0 · they say 2.5 ▼ · gap 1.5`."""
    record = found.record
    ends = " → ".join(names.get(code, code) for code in (record.source, record.target))
    said = in_words(found.said) or _("no mark yet")
    right = [Piece(said, role(found.said))]
    if found.waits_since is not None:
        right.append(Piece(" · " + _("they were asked"), Role.QUIET))
    return Row((Piece(record.name), Piece(f" · {ends}", Role.QUIET)), tuple(right), code=record.code)


def to_json(found: InterfaceQuality, names: Mapping[str, str]) -> dict[str, object]:
    """With stable keys."""
    said, record = found.said, found.record
    return {
        "interface": record.code, "name": record.name, "from": names.get(record.source, record.source),
        "to": names.get(record.target, record.target), "inside": _side(said.inside), "outside": _side(said.outside),
        "gap": None if said.gap is None else round(said.gap, 2), "asked_on": as_json.plain(found.waits_since),
        "records": [each.code for each in said.counted],
    }  # fmt: skip


def _side(side: SideQuality) -> dict[str, object]:
    mean = None if side.mean is None else round(side.mean, 2)
    return {"mean": mean, "n": side.count, "trend": side.trend}


def _figure(mark: float | None) -> str:
    return "–" if mark is None else forms.decimal(round(mark, 1))


def _arrow(side: SideQuality) -> str:
    sign = TRENDS[side.trend]
    return f" {sign}" if sign else ""
