"""Audits, reviews of levels, ends of handovers and days of contracts: what falls due beside the open work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.contract import Contract
from cockpit.domain.time.contract_terms import last_day_to_post, term_at
from cockpit.locale import N_, _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import phase, standings
from cockpit.services.records import in_force

AUDIT, LEVEL, HANDOVER, CONTRACT, LEGAL = "audit", "level", "handover", "contract", "legal"
WORK = "work"
"""A blocker, a priority or a decision: under its own title."""
TITLES: Mapping[str, str] = {
    AUDIT: N_("Audit: {name}"), LEVEL: N_("Right level: {name}"), HANDOVER: N_("Ends: {name}"),
    CONTRACT: "{name}", WORK: "{name}", LEGAL: N_("Last day: {name}"),
}  # fmt: skip


@dataclass(frozen=True)
class Due:
    """One thing that is due on a day; `code` opens it: the function, the handover, the record itself."""

    day: date
    kind: str
    name: str
    code: str

    @property
    def key(self) -> str:
        """The identity of the row: what is due, and on which day."""
        return f"due:{self.kind}:{self.code}:{self.day}"

    @property
    def text(self) -> str:
        """`Audit: Payroll`."""
        return _(TITLES[self.kind]).format(name=self.name)


def due(workspace: Workspace, start: date, end: date) -> tuple[Due, ...]:
    """What falls due from `start` up to, not including, `end`; by day."""
    days = (start.isoformat(), end.isoformat())
    last = (
        "SELECT max(held_on) FROM audit AS b WHERE b.function = a.function AND b.archived_at IS NULL"
        " AND verdict != 'open'"
    )
    rows = workspace.conn.execute(
        f"SELECT '{AUDIT}' AS kind, a.next_on AS day, f.name, f.code FROM audit AS a"
        " JOIN function AS f ON f.code = a.function WHERE a.next_on >= ? AND a.next_on < ?"
        f" AND a.archived_at IS NULL AND f.archived_at IS NULL AND a.held_on = ({last})"
        f" UNION ALL SELECT '{LEVEL}', review_due, name, code FROM function"
        " WHERE review_due >= ? AND review_due < ? AND archived_at IS NULL"
        f" UNION ALL SELECT '{HANDOVER}', due, name, code FROM handover"
        " WHERE due >= ? AND due < ? AND archived_at IS NULL ORDER BY day, name",
        days * 3,
    )
    found = [Due(date.fromisoformat(row["day"]), row["kind"], row["name"], row["code"]) for row in rows]
    return tuple(
        sorted(
            (*found, *_of_contracts(workspace, start, end), *_of_phase(workspace, start, end)),
            key=lambda each: (each.day, each.name),
        )
    )


def _of_phase(workspace: Workspace, start: date, end: date) -> Iterator[Due]:
    """Dates of the configuration that the phase of the company asks for, where it may be known."""
    now = phase.current(workspace)
    if now is not None:
        for each in phase.dates(workspace, now):
            if start <= each.day < end:
                yield Due(each.day, LEGAL, each.text, each.contract or now.code)


def _of_contracts(workspace: Workspace, start: date, end: date) -> Iterator[Due]:
    """Last days to post a notice, and last days of contracts that end."""
    bound = in_force.contracts(workspace)
    works = standings.working_days(workspace) if bound else None
    for contract in bound:
        terms = standings.terms_of(contract)
        if contract.ended_on is not None and start <= contract.ended_on < end:
            yield _of_contract(contract.ended_on, N_("{name}: last day of the contract"), contract)
        if terms is None or works is None or contract.ended_on is not None:
            continue
        # A notice is given within the term that it ends: two terms at most touch so few days.
        near = {term.last_day: term for term in (term_at(terms, start), term_at(terms, end))}
        for term in near.values():
            if term.notice_by is not None and start <= (day := last_day_to_post(term.notice_by, works)) < end:
                yield _of_contract(day, N_("{name}: last day to post the notice"), contract)
            if term.last_day is not None and not terms.step and start <= term.last_day < end:
                yield _of_contract(term.last_day, N_("{name}: last day of the contract"), contract)


def _of_contract(day: date, words: str, contract: Contract) -> Due:
    return Due(day, CONTRACT, _(words).format(name=contract.name), contract.code)
