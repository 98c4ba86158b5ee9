"""Decisions: made in one line, on a blocker or not, judged against their circuit, superseded and never edited."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.records.record import Value, fields_of
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.scope import Scope
from cockpit.domain.text import TYPED_LIMIT, clean, typed
from cockpit.domain.work.authority import OUTSIDE, Authority, authority_of, limit_of, who_may
from cockpit.domain.work.entry import Entry
from cockpit.locale import N_, _
from cockpit.services.desk import forms, identities
from cockpit.services.desk.refusal import NotPossible, closed
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.services.records.find import find
from cockpit.services.work import entry, escalation, ladder
from cockpit.store.transaction import transaction

AUTHORITY: Mapping[Authority, str] = {
    Authority.OK: N_("within the circuit"),
    Authority.NOT_THE_DECIDER: N_("{who} decides: outside the circuit"),
    Authority.ABOVE_THRESHOLD: N_("above {amount}: outside the circuit; {other} could"),
    Authority.ABOVE_SCOPE: N_("above what {decider} decides alone ({limit}); {other} could"),
    Authority.NO_CIRCUIT: N_("no circuit"),
}
_AMOUNT = re.compile(
    r"(?<![\w,.])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[,.](\d{1,2}))?[ \u00a0\u202f]?(?:€|EUR\b)"
)


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a line does not say of a decision. Empty: worked out, or left open."""

    question: str = ""
    options: tuple[str, ...] = ()
    motive: str = ""
    decider: str = ""
    amount: int | None = None
    """Cents."""
    review_on: date | None = None
    supersedes: str = ""
    origin: str = ""
    """The meeting it is made in."""


def amount_in(text: str) -> int | None:
    """The one amount in euros that a text gives, in cents; None when it gives none or several."""
    found = _AMOUNT.findall(text)
    if len(found) != 1:
        return None
    whole, part = found[0]
    return int(re.sub(r"\D", "", whole)) * 100 + int(part.ljust(2, "0") or 0)


def make(
    workspace: Workspace,
    said: Entry,
    details: Details | None = None,
    also: Mapping[str, Value] | None = None,
) -> str:
    """Make a decision of a line and of what else is known; it ends the escalations of what it settles.

    Its code. Raises NotPossible when what it supersedes is no decision, or was superseded already.
    """
    with transaction(workspace.conn):
        values = {**_values(workspace, said, details or Details()), **(also or {})}
        return escalation.add_decision(workspace, values, reason=outside(workspace, _unsaved(values)))


def arbitrate(workspace: Workspace, code: str, said: Entry, details: Details | None = None) -> str:
    """Decide what an open blocker waits for: the decision is its next step, and it is open again.

    One batch: undone together. The code of the decision. Raises UnknownCode, NotPossible.
    """
    with transaction(workspace.conn):
        blocker = _open_blocker(workspace, code)
        values = _values(workspace, said, details or Details(), blocker)
        moved: dict[str, Value] = {
            "status": "waiting" if blocker.waiting_on else "open",
            "next_step": values["title"],
        }
        changes = clocks.with_changed(workspace, blocker, moved)
        return escalation.add_decision(workspace, values, changes, outside(workspace, _unsaved(values)))


def supersede(workspace: Workspace, code: str, said: Entry, details: Details | None = None) -> str:
    """Decide anew: the new decision takes the place of that one and keeps what it does not say. Its code.

    Raises UnknownCode, NotPossible.
    """
    given = details or Details()
    kept = Details(**{**given.__dict__, "supersedes": code.upper()})
    return make(workspace, said, kept)


def holds(workspace: Workspace, code: str, again: date | None) -> None:
    """A decision that was looked at again still holds; it is looked at `again` on a day, or no more.

    Raises UnknownCode, NotPossible.
    """
    register, found = find(workspace, code)
    if not isinstance(found, Decision):
        raise NotPossible(code, _("it is no decision"))
    if found.code in superseded_by(workspace):
        raise NotPossible(code, _("another decision took its place"))
    workspace.change(register, found, {"review_on": again}, "decision.holds")


def question_of(workspace: Workspace, blocker: Blocker) -> str:
    """What is to be decided: what was asked of somebody last, else the next step, else the title."""
    asked = ladder.open_of(workspace, blocker.code)
    return asked[-1].question if asked else blocker.next_step or blocker.title


def options_of(blocker: Blocker) -> tuple[str, ...]:
    """The options that the note of a blocker lists: its lines that begin with a dash."""
    lines = (line.strip() for line in blocker.note.splitlines())
    return tuple(line[1:].strip() for line in lines if line[:1] in ("-", "•") and line[1:].strip())


def superseded_by(workspace: Workspace) -> dict[str, str]:
    """Code of each decision that was superseded to that of the one in its place."""
    rows = workspace.conn.execute(
        "SELECT supersedes, code FROM decision WHERE coalesce(supersedes, '') != '' AND archived_at IS NULL"
        " ORDER BY number"
    )
    return {row["supersedes"]: row["code"] for row in rows}


def chain(workspace: Workspace, code: str) -> tuple[Decision, ...]:
    """The decisions that took each other's place, the first one first; one alone is a chain too."""
    every = {each.code: each for each in workspace.select(Decision, "decision")}
    later = {each.supersedes: each.code for each in every.values() if each.supersedes}
    first, seen = code.upper(), {code.upper()}
    while (before := every[first].supersedes if first in every else "") and before not in seen:
        first = before
        seen.add(first)
    found = []
    at: str | None = first
    while at in every and every[at] not in found:
        found.append(every[at])
        at = later.get(at)
    return tuple(found)


@dataclass(frozen=True)
class Judging:
    """What decisions are judged by: read once for a list of them."""

    circuits: Sequence[Circuit]
    scopes: Sequence[Scope]
    names: Mapping[str, str]
    chief: str


def judging(workspace: Workspace, level: int = EVERYTHING) -> Judging:
    """The circuits and the scopes of posts as they are now, none more confidential than `level`."""
    scopes = workspace.select(
        Scope, "scope", "archived_at IS NULL AND decides_up_to IS NOT NULL AND conf <= ?", (level,)
    )
    circuits = tuple(each for each in ladder.circuits(workspace) if each.conf <= level)
    return Judging(circuits, scopes, workspace.names(), workspace.chief)


def authority(
    workspace: Workspace, decision: Decision, known: Judging | None = None
) -> tuple[Authority, str]:
    """Whether its decider had the authority, and that in words: with who could decide, where they had not."""
    by = known or judging(workspace)
    circuit = next((each for each in by.circuits if each.code == decision.circuit), None)
    said = authority_of(decision, circuit, by.names, by.scopes)
    if said is Authority.NO_CIRCUIT or said is Authority.OK:
        return said, _(AUTHORITY[said])
    threshold = circuit.threshold if circuit else None
    limit = limit_of(decision.decider, decision.function, by.scopes, by.names)
    other = who_may(decision, circuit, by.names, by.scopes, by.chief)
    return said, _(AUTHORITY[said]).format(
        who=by.names.get(circuit.decider, circuit.decider) if circuit and circuit.decider else "—",
        amount=forms.money(threshold) if threshold is not None else "",
        limit=forms.money(limit) if limit is not None else "",
        decider=by.names.get(decision.decider, decision.decider), other=by.names.get(other, other),
    )  # fmt: skip


def notes(workspace: Workspace, found: Sequence[Decision]) -> dict[str, str]:
    """What a list says beside a decision: what took its place, and that it is outside its circuit."""
    later, known = superseded_by(workspace), judging(workspace)
    told: dict[str, str] = {}
    for each in found:
        parts = [_("superseded by {code}").format(code=later[each.code])] if each.code in later else []
        said, words = authority(workspace, each, known)
        if said in OUTSIDE:
            parts.append(words)
        if parts:
            told[each.code] = " · ".join(parts)
    return told


def marks(workspace: Workspace, found: Sequence[Decision]) -> dict[str, str]:
    """The same in a few signs, where a column has no room: what took its place, or a warning sign."""
    later, known = superseded_by(workspace), judging(workspace)
    return {
        each.code: f"→ {later[each.code]} " if each.code in later else "⚠ "
        for each in found
        if each.code in later or authority(workspace, each, known)[0] in OUTSIDE
    }


def preview(workspace: Workspace, said: Entry, details: Details, blocker: str = "") -> str:
    """What the circuit and the scope would say of the decision that a line makes."""
    found = _open_blocker(workspace, blocker) if blocker else None
    return authority(workspace, _unsaved(_values(workspace, said, details, found)))[1]


def warning(workspace: Workspace, said: Entry, blocker: str = "") -> str:
    """The same where whoever decides has not the authority; empty where nothing is to be said."""
    found = _open_blocker(workspace, blocker) if blocker else None
    judged, words = authority(workspace, _unsaved(_values(workspace, said, Details(), found)))
    return words if judged in OUTSIDE else ""


def _unsaved(values: Mapping[str, Any]) -> Decision:
    known = {field.name for field in fields_of(Decision)}
    return Decision(**{k: v for k, v in values.items() if k in known and v is not None})


def outside(workspace: Workspace, decision: Decision) -> str:
    """That it was taken outside the circuit or the scope, as whoever may read the decision may be told; else empty."""
    judged, words = authority(workspace, decision, judging(workspace, decision.conf))
    return words if judged in OUTSIDE else ""


def _values(
    workspace: Workspace, said: Entry, details: Details, blocker: Blocker | None = None
) -> dict[str, Value]:
    values = entry.values_of(workspace, "decision", said)
    before = _superseded(workspace, details.supersedes)
    about = blocker or before
    names = workspace.names()
    decider = identities.identity(names, ("person",), typed(details.decider))
    values["decider"] = decider or workspace.me
    values["function"] = values.get("function") or (about.function if about else "") or None
    circuit = ladder.circuit_of(ladder.circuits(workspace), str(values["function"] or ""))
    values["circuit"] = circuit.code
    values["amount"] = details.amount if details.amount is not None else amount_in(said.title)
    values["review_on"] = details.review_on
    values["supersedes"] = before.code if before else ""
    values["origin"] = details.origin
    asked = question_of(workspace, blocker) if blocker else before.question if before else ""
    values["question"] = typed(details.question) or asked
    options = details.options or (options_of(blocker) if blocker else ())
    values["options"] = "\n".join(filter(None, map(typed, options))) or (before.options if before else "")
    motive = clean(details.motive, TYPED_LIMIT, lines=True)
    values["note"] = " // ".join(filter(None, (motive, str(values.get("note") or ""))))
    if about is not None:
        values["case"] = values.get("case") or about.case
        values["conf"] = max(int(str(values["conf"])), about.conf)
    settled = said.blocks or ((blocker.code,) if blocker else before.blocks if before else ())
    values["blocks"] = tuple(dict.fromkeys((*((blocker.code,) if blocker else ()), *settled)))
    return {name: value for name, value in values.items() if value is not None}


def _superseded(workspace: Workspace, code: str) -> Decision | None:
    if not code:
        return None
    _register, found = find(workspace, code)
    if not isinstance(found, Decision):
        raise NotPossible(code, _("it is no decision"))
    if other := superseded_by(workspace).get(found.code):
        raise NotPossible(code, _("it is replaced already, by {code}").format(code=other))
    return found


def _open_blocker(workspace: Workspace, code: str) -> Blocker:
    _register, found = find(workspace, code)
    if not isinstance(found, Blocker):
        raise NotPossible(code, _("it is no blocker"))
    if found.closed_at is not None:
        raise closed(code)
    return found
