"""What was decided of a contract's term, noted on the contract by one key and one command."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cockpit.domain.records.record import Register, Value
from cockpit.domain.registers.contract import NOTICE, OPEN, RENEGOTIATING, RENEWED, Contract
from cockpit.domain.text import clean, fold
from cockpit.domain.time.contract_terms import noticed_on, term_at
from cockpit.locale import _
from cockpit.services.desk import dates, forms
from cockpit.services.desk.date_phrases import understand_date
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation.standings import renewed_alone, terms_of
from cockpit.services.records.find import find

_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    RENEWED: ("renewed", "renouvele", "reconduit", "on garde", "keep"),
    NOTICE: ("notice", "preavis", "resilie", "resiliation"),
    RENEGOTIATING: ("renegotiat", "renego"),
    OPEN: ("open", "nothing", "rien"),
}
"""Folded beginnings by which each decision may be typed, in both languages."""
_ASIDE = frozenset((
    "a", "by", "cours", "dessein", "du", "en", "encore", "envoye", "envoyee", "expres", "for", "garde",
    "l'instant", "le", "now", "of", "on", "out", "pour", "purpose", "sent", "the", "yet",
))  # fmt: skip
"""Words between a decision and its day."""


def words() -> tuple[str, ...]:
    """What can be answered, in the current language."""
    return (_("renewed on purpose"), _("notice sent on"), _("renegotiating"), _("nothing yet"))


def read(workspace: Workspace, text: str) -> tuple[str, date | None]:
    """A decision and its day: `notice 12/06`, `préavis envoyé hier`, `renewed`. Raises WrongValue."""
    said = clean(text)
    folded = fold(said)
    for what, beginnings in _SYNONYMS.items():
        if not folded.startswith(beginnings):
            continue
        rest = said.split()[1:]
        while rest and fold(rest[0]) in _ASIDE:
            rest = rest[1:]
        if not rest:
            return what, None
        found = understand_date(workspace, " ".join(rest), backwards=True)
        if found is None:
            raise forms.WrongValue(
                _("“{text}” is not a past day; write for example: notice 12/06").format(text=" ".join(rest))
            )
        return what, found.date()
    raise forms.WrongValue(_("choose one of: {choices}").format(choices=", ".join(words())))


def decide(workspace: Workspace, code: str, what: str, on: date | None = None) -> str:
    """Note what becomes of the term, `what` being RENEWED, NOTICE, RENEGOTIATING or OPEN again; what it means.

    A notice sent `on` a day gives the contract its last day: that of the term, or of the next one when it
    left too late. Raises UnknownCode, and NotPossible for what is no contract or has no start.
    """
    register, found, values = _values(workspace, code, what, on)
    told = meaning(workspace, code, what, on)
    workspace.change(register, found, values, "contract.decide")
    return told


def meaning(workspace: Workspace, code: str, what: str, on: date | None = None) -> str:
    """What a decision would note, in words. Raises as `decide` does."""
    _register, found, values = _values(workspace, code, what, on)
    day = values["decided_for"]
    until = dates.whole_day(day) if isinstance(day, date) else ""
    if what == NOTICE:
        ends, sent = values["ended_on"], values["decided_on"]
        assert isinstance(ends, date)
        assert isinstance(sent, date)
        return _("{code}: notice sent on {sent}, it ends on {day}").format(
            code=found.code, sent=dates.whole_day(sent), day=dates.whole_day(ends)
        )
    if what == OPEN:
        return _("{code}: nothing decided yet").format(code=found.code)
    if what == RENEWED:
        return _("{code}: renewed on purpose after {day}").format(code=found.code, day=until or "…")
    return _("{code}: being renegotiated, term until {day}").format(code=found.code, day=until or "…")


def _values(
    workspace: Workspace, code: str, what: str, on: date | None
) -> tuple[Register, Contract, dict[str, Value]]:
    register, found = find(workspace, code)
    terms = terms_of(found) if isinstance(found, Contract) and found.archived_at is None else None
    if not isinstance(found, Contract) or terms is None or what not in _SYNONYMS:
        raise NotPossible(code, _("only a contract whose start is known can be decided on"))
    day, term = on or workspace.today(), term_at(terms, workspace.today())
    about = term
    if what in (RENEWED, RENEGOTIATING) and not term.missed:
        # What renewed itself comes first: the notice of the term that it began is still to be decided.
        about = renewed_alone(workspace, found, terms, term) or term
    values: dict[str, Value] = {"decided": what, "decided_on": day, "decided_for": about.last_day}
    if what == OPEN:
        values |= {"decided_on": None, "decided_for": None}
    if what == NOTICE:
        values["ended_on"] = noticed_on(terms, day)
    elif found.decided == NOTICE:
        values["ended_on"] = None  # the notice is taken back
    return register, found, values
