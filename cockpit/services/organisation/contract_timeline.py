"""The contracts of the next two years: terms, last days to give notice, renewals, certificates that run out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import arrow

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.contract import Contract
from cockpit.domain.time.contract_terms import EXPRESS, NONE, Term, term_at
from cockpit.locale import N_, NC_, _, ngettext, pgettext
from cockpit.services.desk import dates
from cockpit.services.desk.workspace import Workspace

MONTHS = 24
NOTICE, RENEWAL, TERM, CERTIFICATE = "notice", "renewal", "term", "certificate"
SIGNS: Mapping[str, tuple[tuple[str, str], str]] = {
    NOTICE: (NC_("letter of a notice", "N"), N_("last day to give notice")),
    RENEWAL: (NC_("letter of a renewal", "R"), N_("renewed by itself")),
    TERM: (NC_("letter of an end", "E"), N_("end")),
    CERTIFICATE: (NC_("letter of a certificate", "C"), N_("certificate runs out")),
}
"""A letter for each kind of day on the timeline, and its words."""
EACH = 2
"""Days of one kind that the list tells of a contract."""
SOON_DAYS = 30
"""From so many days before on, a day is urgent."""


@dataclass(frozen=True)
class Day:
    """Something that happens to a contract on a day."""

    on: date
    kind: str
    contract: Contract
    words: str
    """What to decide, or what comes of deciding nothing."""


@dataclass(frozen=True)
class Line:
    """A contract on the timeline."""

    contract: Contract
    provider: str
    term: Term | None
    """None while its start is not known."""
    days: tuple[Day, ...]
    """Within the window, in order."""

    @property
    def next(self) -> Day | None:
        """The first of them."""
        return self.days[0] if self.days else None


@dataclass(frozen=True)
class Timeline:
    """Every contract in force, the first day to decide on top."""

    start: date
    """First day of the first month."""
    today: date
    lines: tuple[Line, ...]

    @property
    def days(self) -> tuple[Day, ...]:
        """What comes, in order: of a contract that is renewed often, the next two days of each kind."""
        found: list[Day] = []
        for line in self.lines:
            for kind in SIGNS:
                found += [day for day in line.days if day.kind == kind][:EACH]
        return tuple(sorted(found, key=lambda day: (day.on, day.kind, day.contract.code)))

    def month(self, on: date) -> int:
        """The month of a day, counted from the first one shown."""
        return (on.year - self.start.year) * 12 + on.month - self.start.month


def timeline(workspace: Workspace) -> Timeline:
    """The next MONTHS months of every contract that has not ended."""
    today = workspace.today()
    start = today.replace(day=1)
    until = arrow.get(start).shift(months=MONTHS).date()
    names = workspace.names()
    found = []
    for contract in workspace.select(Contract, "contract", "archived_at IS NULL ORDER BY number"):
        if contract.ended_on is not None and contract.ended_on < today:
            continue
        days = tuple(sorted(_days(contract, today, until), key=lambda day: (day.on, day.kind)))
        provider = names.get(contract.provider, contract.provider)
        found.append(Line(contract, provider, _term(contract, today), days))
    found.sort(key=lambda line: (line.next.on if line.next else date.max, line.contract.code))
    return Timeline(start, today, tuple(found))


def _term(contract: Contract, on: date) -> Term | None:
    if contract.starts_on is None:
        return None
    try:
        return term_at(
            contract.starts_on, contract.initial_months, contract.renewal, contract.renewal_months,
            contract.notice_months, on,
        )  # fmt: skip
    except ValueError:
        return None


def _days(contract: Contract, today: date, until: date) -> Iterator[Day]:
    if contract.vigilance_expiry is not None and today <= contract.vigilance_expiry < until:
        yield Day(contract.vigilance_expiry, CERTIFICATE, contract, _("ask for a new compliance certificate"))
    if contract.ended_on is not None:
        yield Day(contract.ended_on, TERM, contract, contract.end_reason or _("it ends for good"))
        return
    on = today
    term = _term(contract, on)
    while term is not None and term.ends < until:
        if term.over:
            return
        if term.notice_by is not None and today <= term.notice_by:
            yield Day(term.notice_by, NOTICE, contract, _decide(contract, term))
        yield _end(contract, term)
        if contract.renewal in (EXPRESS, NONE) or not contract.renewal_months:
            return
        term = _term(contract, term.ends)
    if term is not None and not term.over and term.notice_by is not None and today <= term.notice_by < until:
        yield Day(term.notice_by, NOTICE, contract, _decide(contract, term))


def _decide(contract: Contract, term: Term) -> str:
    if contract.renewal == EXPRESS:
        return _("ask for a renewal, else it ends on {day}").format(day=day_words(term.ends))
    after = _term(contract, term.ends)
    return _("give notice, else bound until {day}").format(day=day_words(after.ends if after else term.ends))


def _end(contract: Contract, term: Term) -> Day:
    if contract.renewal in (EXPRESS, NONE) or not contract.renewal_months:
        return Day(term.ends, TERM, contract, _("it ends, nothing renews it"))
    return Day(
        term.ends,
        RENEWAL,
        contract,
        ngettext("for {n} month", "for {n} months", contract.renewal_months).format(
            n=contract.renewal_months
        ),
    )


def day_words(on: date) -> str:
    """`18 Dec 2026`."""
    return f"{on.day} {dates.short_month(on)} {on.year}"


def standing(line: Line, today: date) -> str:
    """Where a contract stands: its term, and what missing its notice has led to."""
    term, ended = line.term, line.contract.ended_on
    if ended is not None:
        return _("ends on {day}, notice was given").format(day=day_words(ended))
    if term is None:
        return _("start not known: no notice date can be told")
    if term.over:
        return _("over since {day}: what binds us now?").format(day=day_words(term.ends))
    if term.missed and term.next_notice_by is not None:
        return _("notice missed: bound until {day}, next notice by {notice}").format(
            day=day_words(term.committed_until), notice=day_words(term.next_notice_by)
        )
    return _("runs until {day}").format(day=day_words(term.ends))


def in_days(on: date, today: date) -> str:
    """`in 25 d`, `today`."""
    away = (on - today).days
    return _("in {n} d").format(n=away) if away > 0 else _("today")


def day_line(day: Day, today: date, provider: str) -> str:
    """`in 25 d · 18 Dec 2026 · last day to give notice · Payroll · Paie+ · give notice, else…`."""
    said = (
        in_days(day.on, today),
        day_words(day.on),
        _(SIGNS[day.kind][1]),
        day.contract.name,
        provider,
        day.words,
    )
    return " · ".join(filter(None, said))


def in_doubt(line: Line) -> bool:
    """Whether its dates call for a word: no start, over, or a notice that was missed; not once its end is known."""
    if line.contract.ended_on is not None:
        return False
    return line.term is None or line.term.over or line.term.missed


def _bounds(line: Line) -> dict[str, object]:
    ended, term = line.contract.ended_on, line.term
    if ended is not None:
        day = ended.isoformat()
        return {"ends": day, "notice_by": None, "notice_missed": False, "bound_until": day}
    return {
        "ends": term.ends.isoformat() if term else None,
        "notice_by": term.notice_by.isoformat() if term and term.notice_by else None,
        "notice_missed": term.missed if term else None,
        "bound_until": term.committed_until.isoformat() if term else None,
    }


def bar(found: Timeline, line: Line) -> str:
    """A sign a month: what happens in it, `─` while the contract runs, a blank once it is over."""
    last = line.contract.ended_on or (line.term.ends if line.term and not _renews(line.contract) else None)
    signs = []
    for month in range(MONTHS):
        mine = [day for day in line.days if found.month(day.on) == month]
        runs = line.term is not None and not line.term.over and (last is None or month <= found.month(last))
        kinds = [kind for kind in SIGNS if any(day.kind == kind for day in mine)]
        signs.append(letter(kinds[0]) if kinds else "─" if runs else "?" if line.term is None else " ")
    return "".join(signs)


def _renews(contract: Contract) -> bool:
    return contract.renewal not in (EXPRESS, NONE) and contract.renewal_months > 0


def lines(found: Timeline) -> list[str]:
    """The timeline and the days to come, as text."""
    if not found.lines:
        return [_("No contract yet: its start, term and notice give the days to decide.")]
    width = max(len(line.contract.name) for line in found.lines)
    text = [f"{'':<{width}}  {years(found)}", f"{'':<{width}}  {month_letters(found)}"]
    text += [f"{line.contract.name:<{width}}  {bar(found, line)}".rstrip() for line in found.lines]
    text += ["", legend(), ""]
    providers = {line.contract.code: line.provider for line in found.lines}
    text += [day_line(day, found.today, providers[day.contract.code]) for day in found.days]
    doubts = [line for line in found.lines if in_doubt(line)]
    return [*text, *(f"▲ {line.contract.name} · {standing(line, found.today)}" for line in doubts)]


def years(found: Timeline, cell: int = 1) -> str:
    """Each year above its January, and above the first month where there is room; `cell` signs a month."""
    shown, following = "", (13 - found.start.month) % 12
    for month, first in enumerate(months(found)):
        if first.month == 1 or (month == 0 and following * cell > len("2026")):
            shown = shown.ljust(month * cell) + str(first.year)
    return shown


def month_letters(found: Timeline) -> str:
    """The first letter of each month shown."""
    return "".join(dates.short_month(first)[0].upper() for first in months(found))


def months(found: Timeline) -> list[date]:
    """The first day of each month shown."""
    return [month.date() for month in arrow.Arrow.range("month", arrow.get(found.start), limit=MONTHS)]


def legend() -> str:
    """What the letters mean."""
    return " · ".join(letter(kind) + " " + _(word) for kind, (_letter, word) in SIGNS.items())


def letter(kind: str) -> str:
    """The letter of a kind of day, in the current language."""
    return pgettext(*SIGNS[kind][0])


def to_json(found: Timeline) -> list[dict[str, object]]:
    """With stable keys."""
    return [
        {
            "code": line.contract.code, "name": line.contract.name, "provider": line.provider,
            **_bounds(line),
            "days": [{"on": day.on.isoformat(), "kind": day.kind, "what": day.words} for day in line.days],
        }
        for line in found.lines
    ]  # fmt: skip
