"""What is new in a part of the journal: its entries summed up as one item per record, in groups.

Only the net effect counts: what was done and undone meanwhile is no news.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cockpit.domain.dataclasses import dataclass, field

NEW, SOLVED, WORSE, DECIDED, RECEIVED = "new", "solved", "worse", "decided", "received"
PROVIDERS, AGENDA, COMPANY = "providers", "agenda", "company"
GROUPS = (WORSE, PROVIDERS, NEW, SOLVED, DECIDED, RECEIVED, AGENDA, COMPANY)
"""In the order in which they are read."""
WEIGHTS: Mapping[str, int] = {
    WORSE: 8, PROVIDERS: 7, DECIDED: 6, RECEIVED: 5, SOLVED: 4, NEW: 3, AGENDA: 2, COMPANY: 1,
}  # fmt: skip
"""What matters most, where not all is shown."""
MOST = 10
"""What is read at first; the rest is counted, and one key away."""

SEVERITY, ESCALATED, BREACHED, REOPENED, DUE = "severity", "escalated", "breached", "reopened", "due"
"""Why something is worse."""
APPROVED, REFUSED, WITHDRAWN, SUBMITTED = "approved", "refused", "withdrawn", "submitted"
"""What became of what was submitted for approval."""
ADDED, CHANGED, ARCHIVED = "added", "changed", "archived"
"""What became of any other record: a contract, a risk, a drill…"""
TELLING = ("severity", "level", "closed_at", "breached_at")
"""Fields whose change may be news of the work; any other change of such a record is none."""
_WORK = ("blocker", "priority")


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What news need of an entry of the journal.

    `before` is None when the record was made, `after` when it was taken away.
    """

    seq: int
    actor: str
    entity: str
    entity_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class NewsPiece:
    """What became of one record."""

    group: str
    entity: str
    entity_id: str
    seq: int
    """The last entry that made it news."""
    actor: str
    why: tuple[str, ...] = ()
    """Of what is worse, or what became of a record that is no work."""
    fields: tuple[str, ...] = ()
    """Those that have another value now."""


@dataclass
class _Folded:
    born: bool
    first: dict[str, Any] = field(default_factory=dict)
    last: dict[str, Any] = field(default_factory=dict)
    gone: bool = False
    seq: int = 0
    actor: str = ""


def fold(happenings: Iterable[Happening]) -> tuple[NewsPiece, ...]:
    """One `NewsPiece` for each record that changed in the end, in the order of the journal."""
    records: dict[str, tuple[str, _Folded]] = {}
    for each in happenings:
        known = records.get(each.entity_id)
        folded = known[1] if known else _Folded(born=each.before is None)
        records[each.entity_id] = (each.entity, folded)
        _apply(folded, each)
    found = (_piece(entity, id, folded) for id, (entity, folded) in records.items())
    return tuple(sorted((piece for piece in found if piece is not None), key=lambda piece: piece.seq))


def ten(pieces: Iterable[tuple[NewsPiece, str]]) -> frozenset[str]:
    """Ids of the records that matter most, of pieces with the severity of their records (`p1` is worst)."""
    ranked = sorted(pieces, key=lambda pair: (-WEIGHTS[pair[0].group], pair[1] or "p9", -pair[0].seq))
    return frozenset(piece.entity_id for piece, _severity in ranked[:MOST])


def _apply(folded: _Folded, each: Happening) -> None:
    folded.seq, folded.actor = each.seq, each.actor
    if each.after is None:
        folded.gone = True
        return
    folded.gone = False
    if each.before is not None:
        for name in each.after:
            folded.first.setdefault(name, each.before.get(name))
    folded.last.update(each.after)


def _piece(entity: str, id: str, folded: _Folded) -> NewsPiece | None:
    if folded.gone:
        return None
    group, why = "", tuple[str, ...]()
    if folded.born and entity in ("decision", "statement"):
        group = DECIDED if entity == "decision" else RECEIVED
    elif entity == "clock" and _changed(folded, "breached_at") and folded.last["breached_at"]:
        group, why = WORSE, (BREACHED,)
    elif entity == "approval":
        group, why = _of_approval(folded)
    elif entity in _WORK:
        group, why = _of_work(folded)
    elif entity not in _JUDGED:
        return _of_company(entity, id, folded)
    return NewsPiece(group, entity, id, folded.seq, folded.actor, why) if group else None


_JUDGED = frozenset({*_WORK, "clock", "decision", "statement", "approval"})
"""Registers whose changes are judged by what they mean for the work."""


def _of_company(entity: str, id: str, folded: _Folded) -> NewsPiece | None:
    """What became of a record of any other register."""
    changed = tuple(name for name in folded.last if name in folded.first and _changed(folded, name))
    if folded.last.get("archived_at"):
        why = "" if folded.born else ARCHIVED
    else:
        why = ADDED if folded.born else CHANGED if changed else ""
    if not why:
        return None
    return NewsPiece(COMPANY, entity, id, folded.seq, folded.actor, (why,), () if folded.born else changed)


def _of_approval(folded: _Folded) -> tuple[str, tuple[str, ...]]:
    """What was submitted is new; what was answered is decided."""
    if folded.last.get("closed_at"):
        state = str(folded.last.get("state", ""))
        return (DECIDED, (state,)) if state in (APPROVED, REFUSED, WITHDRAWN) else ("", ())
    return (NEW, (SUBMITTED,)) if folded.born else ("", ())


def _of_work(folded: _Folded) -> tuple[str, tuple[str, ...]]:
    if folded.last.get("closed_at"):
        # What came up and was settled meanwhile is settled; what was closed before and closed again is not.
        return (SOLVED, ()) if folded.born or not folded.first.get("closed_at") else ("", ())
    if folded.born:
        return NEW, ()
    why = []
    if _changed(folded, "closed_at"):
        why.append(REOPENED)
    if _changed(folded, "severity") and str(folded.last["severity"]) < str(folded.first["severity"]):
        why.append(SEVERITY)
    if _changed(folded, "level") and int(folded.last["level"] or 0) > int(folded.first["level"] or 0):
        why.append(ESCALATED)
    return (WORSE, tuple(why)) if why else ("", ())


def _changed(folded: _Folded, name: str) -> bool:
    """Whether a field has in the end another value than at first."""
    return name in folded.last and folded.last[name] != folded.first.get(name)
