"""The map of flows as it stands: interfaces, the exchanges that show them alive, and those that nobody declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation import flows as rules
from cockpit.domain.organisation.flows import Flow, FlowCell, FlowPulse, Pair
from cockpit.domain.organisation.quality import Quality
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.feedback import OUTSIDE
from cockpit.domain.registers.interface import Interface
from cockpit.domain.registers.mark import EXCHANGE
from cockpit.domain.registers.person import Person
from cockpit.locale import N_, _
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import feedback
from cockpit.services.records import in_force
from cockpit.store.records import instant, select_some

RECENT = timedelta(days=90)
"""How far back an exchange shows that a flow exists."""
PULSES: Mapping[str, tuple[str, str]] = {
    FlowPulse.KEPT: ("●", N_("kept")),
    FlowPulse.LATE: ("▲", N_("late")),
    FlowPulse.SILENT: ("■", N_("gone silent")),
    FlowPulse.UNKNOWN: ("?", N_("not heard")),
}
"""Sign and word of each state of a flow."""
WRITTEN, GREY = "≡", "░"
"""Second sign of a cell: documented and owned, or a grey zone."""
GAPS: Mapping[str, str] = {
    rules.OWNER: N_("no owner"),
    rules.DOCUMENT: N_("not documented"),
    rules.CADENCE: N_("no cadence"),
    rules.CHANNEL: N_("no channel"),
}
_ORDER = ("FN", "PR", "PE")


@dataclass(frozen=True)
class FlowMap:
    """Who exchanges with whom."""

    parties: tuple[str, ...]
    """Codes: functions, then providers, then people."""
    cells: tuple[FlowCell, ...]
    names: Mapping[str, str]
    today: date
    said: Mapping[str, Quality]
    """By interface, what both sides say of it."""

    @property
    def by_pair(self) -> dict[Pair, FlowCell]:
        """The cells by their pair."""
        return {cell.pair: cell for cell in self.cells}

    def low(self, cell: FlowCell) -> Quality | None:
        """What is said of a cell: of the worst of its interfaces; None while nobody gave a mark."""
        known = [self.said[flow.record.code] for flow in cell.flows if flow.record.code in self.said]
        return min((each for each in known if each.low is not None), key=lambda e: e.low or 0, default=None)

    def name(self, code: str) -> str:
        """A party as it is shown."""
        return self.names.get(code, code)


def flow_map(workspace: Workspace) -> FlowMap:
    """Every declared flow, and every exchange that shows one which is not declared."""
    every = workspace.select(Interface, "interface", "archived_at IS NULL ORDER BY number")
    records = [each for each in every if not workspace.hides(each)]
    heard = _heard(workspace, records)
    today = workspace.today()
    flows = [rules.flow(each, heard.get(each.code, ()), today) for each in records]
    people = workspace.select(Person, "person", "archived_at IS NULL")
    homes = {each.code: each.provider for each in people if each.provider}
    found = rules.cells(flows, _seen(workspace, homes), homes)
    parties = {code for cell in found for code in cell.pair}
    said = {each.record.code: each.said for each in feedback.qualities(workspace)}
    return FlowMap(tuple(sorted(parties, key=_rank)), found, workspace.names(), today, said)


def of_party(found: FlowMap, code: str) -> tuple[tuple[Flow, ...], tuple[Flow, ...], tuple[FlowCell, ...]]:
    """What comes in to somebody, what goes out, and the exchanges with them that nobody declared."""
    into = [each for cell in found.cells if cell.pair[1] == code for each in cell.flows]
    out = [each for cell in found.cells if cell.pair[0] == code for each in cell.flows]
    missing = [cell for cell in found.cells if cell.undeclared and code in cell.pair]
    return tuple(into), tuple(out), tuple(missing)


def to_mend(found: FlowMap) -> list[FlowCell]:
    """The cells that call for something: not declared, gone silent, late, then grey zones."""
    order = {FlowPulse.SILENT: 1, FlowPulse.LATE: 2}
    ranks = {cell.pair: 0 if cell.undeclared else order.get(cell.pulse, 3) for cell in found.cells}
    doubtful = [cell for cell in found.cells if cell.is_grey or ranks[cell.pair] < 3]
    return sorted(doubtful, key=lambda cell: ranks[cell.pair])


def note_exchange(workspace: Workspace, codes: Sequence[str]) -> int:
    """An exchange took place today on those interfaces; how many were noted anew."""
    wanted = [each for each in workspace.select(Interface, "interface") if each.code in codes]
    today: Value = workspace.today()
    changes = [(REGISTERS["interface"], each, {"last_on": today}) for each in wanted]
    return len(workspace.change_all(changes, "interface.exchange"))


def sign(cell: FlowCell) -> str:
    """Two signs: how alive it is, and whether it is a grey zone; `░░` where nothing is declared."""
    if not cell.flows:
        return GREY * 2
    return PULSES[cell.pulse][0] + (GREY if cell.is_grey else WRITTEN)


def mark_sign(said: Quality | None) -> str:
    """The third sign of a cell: the lower of both sides' means, to the next whole mark; a space without one."""
    return " " if said is None or said.low is None else str(round(said.low))


def words(flow: Flow, today: date) -> str:
    """What the moment says of a flow: `late · every 7 d, last 16 d ago · no owner`."""
    parts = [_(PULSES[flow.pulse][1])]
    every = flow.record.cadence_days
    if every:
        parts.append(_("every {n} d").format(n=every))
    if flow.last_on is not None:
        away = (today - flow.last_on).days
        parts.append(_("last {n} d ago").format(n=away) if away else _("last today"))
    parts += [_(GAPS[gap]) for gap in flow.gaps if gap != rules.CADENCE or not every]
    return " · ".join(parts)


def to_json(found: FlowMap) -> dict[str, object]:
    """With stable keys."""
    share = rules.grey_share(found.cells)
    return {
        "grey_share": None if share is None else round(share, 3),
        "flows": [
            {
                "code": flow.record.code, "name": flow.record.name, "from": found.name(cell.pair[0]),
                "to": found.name(cell.pair[1]), "channel": flow.record.channel,
                "cadence_days": flow.record.cadence_days, "state": str(flow.pulse),
                "last_on": flow.last_on.isoformat() if flow.last_on else None, "gaps": list(flow.gaps),
                **_said_json(found.said.get(flow.record.code, Quality())),
            }
            for cell in found.cells for flow in cell.flows
        ],
        "undeclared": [
            {"from": found.name(cell.pair[0]), "to": found.name(cell.pair[1]), "seen_in": list(cell.undeclared)}
            for cell in found.cells if cell.undeclared
        ],
    }  # fmt: skip


ROLES: Mapping[FlowPulse, Role] = {
    FlowPulse.KEPT: Role.GOOD,
    FlowPulse.LATE: Role.WATCH,
    FlowPulse.SILENT: Role.BAD,
    FlowPulse.UNKNOWN: Role.QUIET,
}
"""What each pulse is there for."""


def _said_json(said: Quality) -> dict[str, object]:
    rounded = {"inside": said.inside.mean, "outside": said.outside.mean, "gap": said.gap}
    return {name: None if mark is None else round(mark, 2) for name, mark in rounded.items()}


QUALITY_AT = 110
"""Cells from which a row has room for what both sides say; below, only what is worrying is told, and the page."""


def pulse_role(pulse: FlowPulse, *, is_grey: bool) -> Role:
    """What the sign of a flow is there for: green only where somebody answers for what is written, too."""
    return Role.QUIET if is_grey and pulse is FlowPulse.KEPT else ROLES[pulse]


def _words_role(flow: Flow) -> Role:
    """Health is silence: only what is late or gone silent is said in its colour."""
    return ROLES[flow.pulse] if flow.pulse in (FlowPulse.LATE, FlowPulse.SILENT) else Role.QUIET


def row(flow: Flow, arrow: str, other: str, today: date, said: Quality | None = None) -> Row:
    """`●≡ ← Paie+ · payroll variables · e-mail   we say 4 · they say 3   kept · every 30 d`; signs as in a cell."""
    channel = f" · {flow.record.channel}" if flow.record.channel else ""
    return Row(
        (
            Piece(PULSES[flow.pulse][0], pulse_role(flow.pulse, is_grey=flow.is_grey)),
            Piece(GREY if flow.is_grey else WRITTEN, Role.QUIET),
            Piece(f" {arrow}" if arrow else "", Role.QUIET),
            Piece(f" {other}"),
            Piece(" · ", Role.QUIET),
            Piece(flow.record.name),
            Piece(channel, Role.QUIET),
        ),
        (
            *_said_pieces(said),
            Piece(words(flow, today), _words_role(flow)),
        ),
    )


def _said_pieces(said: Quality | None) -> tuple[Piece, ...]:
    """What both sides say, where there is room or where it is worrying."""
    words_of = feedback.in_words(said) if said is not None else ""
    if said is None or not words_of:
        return ()
    role = feedback.role(said)
    return (Piece(f"{words_of} · ", role, at=0 if role in (Role.WATCH, Role.BAD) else QUALITY_AT),)


def undeclared_row(cell: FlowCell, ends: str) -> Row:
    """An exchange that nobody declared."""
    return Row((Piece(f"{GREY * 2} ", Role.QUIET), Piece(ends)), (Piece(undeclared(cell), Role.QUIET),))


def lines(found: FlowMap) -> list[str]:
    """The matrix as text: a letter for each party, then every flow in words."""
    if not found.parties:
        return [
            _("No interface yet: each says what passes from whom to whom. cockpit register fields interface")
        ]
    by_pair, width = found.by_pair, max(len(found.name(code)) for code in found.parties)
    marks = [letters(at) for at in range(len(found.parties))]
    text = [" " * (width + 3) + " ".join(f"{mark:<3}" for mark in marks)]
    for mark, giver in zip(marks, found.parties, strict=True):
        given = (by_pair.get((giver, taker)) for taker in found.parties)
        signs = " ".join(sign(cell) + mark_sign(found.low(cell)) if cell else ("╲  " if taker == giver else "·  ")
                         for cell, taker in zip(given, found.parties, strict=True))  # fmt: skip
        text.append(f"{mark:>2} {found.name(giver):<{width}}{signs}".rstrip())
    text += ["", legend(), ""]
    for cell in found.cells:
        ends = f"{found.name(cell.pair[0])} → {found.name(cell.pair[1])}"
        text += [
            row(flow, "", ends, found.today, found.said.get(flow.record.code)).printed for flow in cell.flows
        ]
        if cell.undeclared:
            text.append(undeclared_row(cell, ends).printed)
    return text


def undeclared(cell: FlowCell) -> str:
    """What is said of an exchange that was seen and that no interface declares."""
    return _("not declared, seen in {codes}").format(codes=", ".join(cell.undeclared))


def legend() -> str:
    """What the signs of a cell mean."""
    signs = [f"{glyph} {_(word)}" for glyph, word in PULSES.values()]
    return "  ".join([
        *signs, WRITTEN + " " + _("written, owned"), GREY + " " + _("grey zone"), "1-5 " + _("the lower side's mark"),
    ])  # fmt: skip


def letters(at: int) -> str:
    """The mark of the n-th party: A, B, … Z, AA…"""
    head, rest = divmod(at, 26)
    return (chr(64 + head) if head else "") + chr(65 + rest)


def _rank(code: str) -> tuple[int, int, str]:
    prefix, _dash, number = code.partition("-")
    known = _ORDER.index(prefix) if prefix in _ORDER else len(_ORDER)
    return known, int(number) if number.isdecimal() else 0, code


def _heard(workspace: Workspace, records: Sequence[Interface]) -> dict[str, list[date]]:
    """Days on which a flow took place, by what we noted of its provider, its ritual and what the other side said."""
    conn, met = workspace.conn, sorted({each.ritual for each in records if each.ritual})
    rows = conn.execute(
        "SELECT provider AS code, max(created_at) AS at FROM mark WHERE kind = ? AND archived_at IS NULL"
        " AND coalesce(provider, '') != '' GROUP BY provider",
        (EXCHANGE,),
    ).fetchall()
    for ritual in met:
        rows += conn.execute(
            "SELECT ritual AS code, max(planned_at) AS at FROM occurrence WHERE ritual = ? AND status = 'held'"
            " AND archived_at IS NULL GROUP BY ritual",
            (ritual,),
        ).fetchall()
    last = {row["code"]: datetime.fromisoformat(row["at"]).astimezone(workspace.zone).date() for row in rows}
    rows = conn.execute(
        "SELECT interface AS code, max(given_on) AS day FROM feedback WHERE side = ? AND mark IS NOT NULL"
        " AND archived_at IS NULL GROUP BY interface",
        (OUTSIDE,),
    ).fetchall()
    last |= {row["code"]: date.fromisoformat(row["day"]) for row in rows if row["day"]}
    found: dict[str, list[date]] = {}
    for each in records:
        days = [last.get(code) for code in (each.code, each.source, each.target, each.ritual)]
        found[each.code] = [day for day in days if day is not None]
    return found


def _seen(workspace: Workspace, homes: Mapping[str, str]) -> dict[Pair, list[str]]:
    """Pairs that exchange, by what is stored of them: who a function's blockers wait for, who its contracts bind."""
    since = instant(workspace.clock() - RECENT)
    blockers = select_some(
        workspace.conn, Blocker, "blocker", ("function", "waiting_on"),
        where="archived_at IS NULL AND coalesce(function, '') != '' AND coalesce(waiting_on, '[]') != '[]'"
        " AND (closed_at IS NULL OR closed_at >= ?) ORDER BY number DESC LIMIT 500",
        args=(since,),
    )  # fmt: skip
    found: dict[Pair, list[str]] = {}
    for each in blockers:
        for code in each.waiting_on:
            if code.startswith(("PR-", "PE-")):
                found.setdefault((each.function, homes.get(code, code)), []).append(each.code)
    for contract in in_force.contracts(workspace):
        for function in contract.functions:
            if function.startswith("FN-"):
                found.setdefault((function, contract.provider), []).append(contract.code)
    return found
