"""What contracts ask for now: a notice to post, one that was missed, a renewal to ask for, an end, a certificate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from cockpit.domain.alerts import alerts as rules
from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.registers.contract import OPEN, RENEGOTIATING, Contract
from cockpit.locale import N_
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import standings
from cockpit.services.organisation.standings import Standing, bound_words
from cockpit.services.records import in_force

RED_DAYS = 30
"""Days before the last day to post a notice from which on it is red."""
TEXTS: Mapping[str, str] = {
    "notice": N_("Notice to post by {detail}: {subject}"),
    "notice_by_hand": N_("Too late to post, hand the notice over by {detail}: {subject}"),
    "notice_missed": N_("Notice missed, {detail}: {subject}"),
    "renewal_ask": N_("Ask for the renewal, else it ends on {detail}: {subject}"),
    "contract_ends": N_("Ends on {detail}, nothing follows: {subject}"),
    "contract_over": N_("Over since {detail}, what binds us now? {subject}"),
}
_DECIDE = N_("{me}: decide, p says it: renewed on purpose, notice sent on…, renegotiating")
NEXT: Mapping[str, str] = {
    "notice": _DECIDE,
    "notice_by_hand": N_("{me}: have it handed over against a receipt, then p: notice sent on…"),
    "notice_missed": _DECIDE,
    "renewal_ask": N_(
        "{me}: ask in writing for the renewal; it ends by itself otherwise (p says what was decided)"
    ),
    "contract_ends": N_("{me}: say who does the work afterwards, sign anew or prepare the end (p)"),
    "contract_over": N_("{me}: write down its last day, or the new term"),
}


def of_contracts(workspace: Workspace, today: date) -> list[Alert]:
    """One alert at most of the term of each contract in force, and one of its certificate."""
    found: list[Alert] = []
    bound = in_force.contracts(workspace)
    works = standings.working_days(workspace) if bound else None
    for contract in bound:
        # Once its end is known there is nothing left to decide by a notice.
        if contract.ended_on is None and works is not None:
            standing = standings.standing(workspace, contract, works)
            found += _of_term(standing, today) if standing else ()
        if contract.vigilance_expiry is not None:
            expiry = contract.vigilance_expiry
            expires = rules.due_alert("certificate", contract.code, contract.name, expiry, today)
            found += [expires] if expires else []
    return found


def _of_term(standing: Standing, today: date) -> Iterator[Alert]:
    contract, term = standing.contract, standing.term
    if term.last_day is None:
        return
    if term.over:
        yield _alert(contract, "contract_over", 1, term.last_day, today)
    elif standing.is_missed:
        assert term.bound_until is not None
        yield _alert(contract, "notice_missed", 2, term.bound_until, today, words=bound_words(standing))
    elif standing.post_by is None:
        near = today >= term.last_day - standing.lead
        if near and standing.decided == OPEN:
            kind = "renewal_ask" if standing.asks_for_renewal else "contract_ends"
            yield _alert(contract, kind, _level(term.last_day, today), term.last_day, today)
    elif standing.decided in (OPEN, RENEGOTIATING) and not term.missed:
        assert term.notice_by is not None
        if today > standing.post_by:
            yield _alert(contract, "notice_by_hand", 2, term.notice_by, today)
        elif today >= standing.post_by - standing.lead:
            level = 1 if standing.decided == RENEGOTIATING else _level(standing.post_by, today)
            yield _alert(contract, "notice", level, standing.post_by, today)


def _level(by: date, today: date) -> int:
    return 2 if by - today <= timedelta(days=RED_DAYS) else 1


def _alert(contract: Contract, kind: str, level: int, on: date, today: date, *, words: str = "") -> Alert:
    # The day is a part of what the alert is: what was said of one term is not said of the next.
    return Alert(
        level, kind, contract.name, words or dates.whole_day(on), contract.code, max(0, (on - today).days),
        stage=f":{on.isoformat()}", conf=contract.conf,
    )  # fmt: skip
