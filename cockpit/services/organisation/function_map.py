"""The map of functions: who carries each, who stands in, and how it is by what is open."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.organisation.what_if import CompanyFacts, backup_of
from cockpit.domain.providers.state import State
from cockpit.domain.records.confidentiality import BLANK
from cockpit.domain.registers.continuity import Continuity
from cockpit.domain.registers.function import MODES, Function
from cockpit.domain.registers.person import Person
from cockpit.locale import N_, _, ngettext
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import in_force
from cockpit.store.records import instant

COLUMNS: Mapping[str, tuple[str, ...]] = {
    N_("Internal"): ("internal",),
    N_("Time-shared, mixed"): ("time_shared", "mixed"),
    N_("External"): ("external",),
}
"""Title of each column to the modes in it."""
TROUBLE, WATCH, CALM, UNKNOWN = "trouble", "watch", "calm", "unknown"
HEALTH: Mapping[str, tuple[str, str]] = {
    TROUBLE: ("■", N_("in trouble")),
    WATCH: ("▲", N_("to watch")),
    CALM: ("●", N_("nothing open")),
    UNKNOWN: ("?", N_("not followed yet")),
}
"""Sign and word of the health of a function."""
CORE = "◆"
_ILL = (State.DEGRADED, State.PARTIAL_OUTAGE)
_NO_STATES: Mapping[str, State] = {}


@dataclass(frozen=True, kw_only=True)
class FunctionCard:
    """A function with what is open on it."""

    record: Function
    owner: str
    """Names, as they are shown."""
    backup: str
    providers: tuple[str, ...]
    blockers: int = 0
    urgent: int = 0
    """Blockers of the first severity."""
    broken: int = 0
    """Promises of service that are open and passed."""
    states: tuple[State, ...] = ()
    """What its providers that publish a status say now."""
    followed: bool = False
    """Whether anything at all could have shown trouble: a promise, a process, a flow, a blocker, a status page."""

    @property
    def health(self) -> str:
        """TROUBLE, WATCH, CALM, or UNKNOWN: green needs that something is followed and that it is heard."""
        if self.urgent or self.broken or State.MAJOR_OUTAGE in self.states:
            return TROUBLE
        if self.blockers or any(state in _ILL for state in self.states):
            return WATCH
        return CALM if self.followed and State.UNKNOWN not in self.states else UNKNOWN

    @property
    def said(self) -> str:
        """The health in words: `2 blockers, 1 critical · 1 promise broken`."""
        parts = []
        if self.blockers:
            text = ngettext("{n} blocker", "{n} blockers", self.blockers).format(n=self.blockers)
            if self.urgent:
                text += ", " + ngettext("{n} critical", "{n} critical", self.urgent).format(n=self.urgent)
            parts.append(text)
        if self.broken:
            parts.append(
                ngettext("{n} promise broken", "{n} promises broken", self.broken).format(n=self.broken)
            )
        ill = sum(state in _ILL or state is State.MAJOR_OUTAGE for state in self.states)
        if ill:
            parts.append(ngettext("{n} provider in trouble", "{n} providers in trouble", ill).format(n=ill))
        return " · ".join(parts) or _(HEALTH[self.health][1])


def function_map(workspace: Workspace, states: Mapping[str, State] = _NO_STATES) -> tuple[FunctionCard, ...]:
    """Every function, the most critical first. `states` is what providers publish, by their codes."""
    functions = workspace.select(
        Function, "function", "archived_at IS NULL ORDER BY criticality DESC, number"
    )
    live = "archived_at IS NULL"
    company = CompanyFacts(
        people=workspace.select(Person, "person", live),
        plans=workspace.select(Continuity, "continuity", live),
    )
    bound = in_force.contracts(workspace)
    names, broken = workspace.names(), _broken(workspace)
    carried = {each.code: {c.provider for c in bound if each.code in c.functions} for each in functions}
    opened = _open_blockers(workspace, carried)
    followed = _followed(workspace)
    gone = in_force.gone(workspace)
    # A backup that the room does not see is not a missing one.
    held_back = workspace.holds_back("continuity", "person")
    cards = []
    for each in functions:
        count, urgent = opened.get(each.code, (0, 0))
        providers = [names.get(c.provider, c.provider) for c in bound if each.code in c.functions]
        backup = backup_of(company, each, {each.owner} | gone) or (BLANK if held_back else "")
        cards.append(FunctionCard(
            record=each, owner=names.get(each.owner, each.owner), backup=names.get(backup, backup),
            providers=tuple(dict.fromkeys(providers)), blockers=count, urgent=urgent,
            broken=sum(n for (function, provider), n in broken.items()
                       if function == each.code or (not function and provider in carried[each.code])),
            states=tuple(states[code] for code in sorted(carried[each.code]) if code in states),
            followed=each.code in followed or any(code in states for code in carried[each.code]),
        ))  # fmt: skip
    return tuple(cards)


def in_columns(cards: tuple[FunctionCard, ...]) -> dict[str, tuple[FunctionCard, ...]]:
    """The cards of each column, by its title."""
    return {
        title: tuple(card for card in cards if card.record.mode in modes) for title, modes in COLUMNS.items()
    }


def lines(cards: tuple[FunctionCard, ...]) -> list[str]:
    """The map as text, a column after the other."""
    if not cards:
        return [_("No function yet: cockpit audit proposes the usual ones, in twenty minutes.")]
    text: list[str] = []
    for title, column in in_columns(cards).items():
        text += [_(title), *(f"  {line}" for card in column for line in _as_text(card)), ""]
    return text[:-1]


def _as_text(card: FunctionCard) -> list[str]:
    core = f" {CORE} " + _("core value") if card.record.core_value else ""
    mode = "" if card.record.mode in ("internal", "external") else f" ({_(MODES[card.record.mode])})"
    first = (
        f"{HEALTH[card.health][0]} {card.record.name}{mode}{core} · {criticality(card.record)} · {card.said}"
    )
    return [first, f"    {carriers(card)}"]


def criticality(record: Function) -> str:
    """`criticality 4/4`."""
    return _("criticality {n}/4").format(n=record.criticality)


def carriers(card: FunctionCard) -> str:
    """Who owns it, who stands in, which providers: `Nadia → Inès · Paie+`."""
    owner = card.owner or _("no owner")
    backup = card.backup or _("no backup")
    return " · ".join([f"{owner} → {backup}", *card.providers])


def to_json(cards: tuple[FunctionCard, ...]) -> list[dict[str, object]]:
    """With stable keys."""
    return [
        {
            "code": card.record.code, "name": card.record.name, "mode": card.record.mode,
            "core_value": card.record.core_value, "criticality": card.record.criticality,
            "owner": card.owner, "backup": card.backup, "providers": list(card.providers),
            "health": card.health, "blockers": card.blockers, "critical_blockers": card.urgent,
            "promises_broken": card.broken,
        }
        for card in cards
    ]  # fmt: skip


def _open_blockers(workspace: Workspace, carried: Mapping[str, set[str]]) -> dict[str, tuple[int, int]]:
    """How many are open on each function, and how many of the first severity.

    One that names no function counts on those that are carried by whom it waits for (`carried`: providers
    by function).
    """
    rows = workspace.conn.execute(
        "SELECT coalesce(function, '') AS function, iif(coalesce(function, '') = '', coalesce(waiting_on, '[]'), '[]')"
        " AS waiting_on, count(*) AS n, sum(severity = 'p1') AS urgent FROM blocker"
        " WHERE closed_at IS NULL AND archived_at IS NULL GROUP BY 1, 2"
    )
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        waiting = set(json.loads(row["waiting_on"]))
        on = [row["function"]] if row["function"] else [f for f, who in carried.items() if who & waiting]
        for function in on:
            count, urgent = found.get(function, (0, 0))
            found[function] = (count + row["n"], urgent + row["urgent"])
    return found


def _broken(workspace: Workspace) -> dict[tuple[str, str], int]:
    """Promises that are open and passed, by function and provider."""
    rows = workspace.conn.execute(
        "SELECT coalesce(function, '') AS function, coalesce(provider, '') AS provider, count(*) AS n FROM clock"
        " WHERE ended_at IS NULL AND archived_at IS NULL AND pause IS NOT 'waiting_us' AND until < ?"
        " GROUP BY 1, 2",
        (instant(workspace.clock()),),
    )
    return {(row["function"], row["provider"]): row["n"] for row in rows}


def _followed(workspace: Workspace) -> set[str]:
    """Functions about which something is written down that could show trouble."""
    found: set[str] = set()
    for query in (
        "SELECT DISTINCT function AS code FROM process WHERE archived_at IS NULL",
        "SELECT DISTINCT function AS code FROM policy WHERE archived_at IS NULL",
        "SELECT DISTINCT function AS code FROM blocker WHERE archived_at IS NULL",
        "SELECT DISTINCT source AS code FROM interface WHERE archived_at IS NULL",
        "SELECT DISTINCT target AS code FROM interface WHERE archived_at IS NULL",
    ):
        found.update(row["code"] for row in workspace.conn.execute(query) if row["code"])
    return found
