"""The contracts of the next two years: terms, last days to post a notice, renewals, certificates that run out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

import arrow

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.contract import NOTICE as SENT
from cockpit.domain.registers.contract import OPEN, RENEGOTIATING, RENEWED, Contract
from cockpit.domain.time.contract_terms import Term, last_day_to_post, term_at
from cockpit.locale import N_, NC_, _, ngettext, pgettext
from cockpit.services.desk import dates
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import standings
from cockpit.services.organisation.standings import ContractStanding, bound_words

MONTHS = 24
NOTICE, RENEWAL, TERM, CERTIFICATE = "notice", "renewal", "term", "certificate"
SIGNS: Mapping[str, tuple[tuple[str, str], str]] = {
    NOTICE: (NC_("letter of a notice", "N"), N_("last day to post the notice")),
    RENEWAL: (NC_("letter of a renewal", "R"), N_("last day, then renewed")),
    TERM: (NC_("letter of an end", "E"), N_("end")),
    CERTIFICATE: (NC_("letter of a certificate", "C"), N_("certificate runs out")),
}
"""A letter for each kind of day on the timeline, and its words."""
EACH = 2
"""Days of one kind that the list tells of a contract."""
SOON_DAYS, NEAR_DAYS = 30, 90
"""From so many days before on, a day is urgent, and is near."""
_WHEN = 11
"""Cells for `in 25 d`."""


@dataclass(frozen=True)
class ContractDay:
    """Something that happens to a contract on a day."""

    on: date
    kind: str
    contract: Contract
    words: str
    """What to decide, or what comes of deciding nothing."""


@dataclass(frozen=True)
class ContractLine:
    """A contract on the timeline."""

    contract: Contract
    provider: str
    standing: ContractStanding | None
    """None while its start is not known."""
    days: tuple[ContractDay, ...]
    """Within the window, in order."""

    @property
    def term(self) -> Term | None:
        """The term in force."""
        return self.standing.term if self.standing else None

    @property
    def next(self) -> ContractDay | None:
        """The next day of this contract that asks for something."""
        return self.days[0] if self.days else None


@dataclass(frozen=True)
class ContractTimeline:
    """Every contract in force, the first day to decide on top."""

    start: date
    """First day of the first month."""
    today: date
    lines: tuple[ContractLine, ...]

    @property
    def days(self) -> tuple[ContractDay, ...]:
        """What comes, in order: of a contract that is renewed often, the next two days of each kind."""
        found: list[ContractDay] = []
        for line in self.lines:
            for kind in SIGNS:
                found += [day for day in line.days if day.kind == kind][:EACH]
        return tuple(sorted(found, key=lambda day: (day.on, day.kind, day.contract.code)))

    def month(self, on: date) -> int:
        """The month of a day, counted from the first one shown."""
        return (on.year - self.start.year) * 12 + on.month - self.start.month


def timeline(workspace: Workspace) -> ContractTimeline:
    """The next MONTHS months of every contract that has not ended."""
    today = workspace.today()
    start = today.replace(day=1)
    until = arrow.get(start).shift(months=MONTHS).date()
    names = workspace.names()
    works = standings.working_days(workspace)
    found = []
    for contract in workspace.select(Contract, "contract", "archived_at IS NULL ORDER BY number"):
        if contract.ended_on is not None and contract.ended_on < today:
            continue
        standing = standings.standing(workspace, contract, works)
        days = tuple(
            sorted(_days(contract, standing, today, until, works), key=lambda day: (day.on, day.kind))
        )
        provider = names.get(contract.provider, contract.provider)
        found.append(ContractLine(contract, provider, standing, days))
    found.sort(key=lambda line: (line.next.on if line.next else date.max, line.contract.code))
    return ContractTimeline(start, today, tuple(found))


def _days(
    contract: Contract,
    standing: ContractStanding | None,
    today: date,
    until: date,
    works: Callable[[date], bool],
) -> Iterator[ContractDay]:
    if contract.vigilance_expiry is not None and today <= contract.vigilance_expiry < until:
        yield ContractDay(
            contract.vigilance_expiry, CERTIFICATE, contract, _("ask for a new compliance certificate")
        )
    if contract.ended_on is not None:
        yield ContractDay(contract.ended_on, TERM, contract, contract.end_reason or _("it ends for good"))
        return
    if standing is None or standing.term.over:
        return
    term = standing.term
    while term.last_day is not None and term.starts < until:
        if term.notice_by is not None:
            post_by = last_day_to_post(term.notice_by, works)
            if today <= post_by < until:
                yield ContractDay(post_by, NOTICE, contract, _decide(standing, term))
        if term.last_day >= until:
            return
        yield _end(standing, term)
        if not standing.terms.step:
            return
        term = term_at(standing.terms, term.last_day + timedelta(days=1))


def _decide(standing: ContractStanding, term: Term) -> str:
    assert term.last_day is not None
    assert term.notice_by is not None
    after = term_at(standing.terms, term.last_day + timedelta(days=1)).last_day
    return _("sure until {sure}; without notice, bound until {day}").format(
        sure=day_words(term.notice_by), day=day_words(after or term.last_day)
    )


def _end(standing: ContractStanding, term: Term) -> ContractDay:
    assert term.last_day is not None
    contract, step = standing.contract, standing.terms.step
    if standing.asks_for_renewal:
        return ContractDay(term.last_day, TERM, contract, _("ask for the renewal, else it ends"))
    if not step:
        return ContractDay(term.last_day, TERM, contract, _("it ends, nothing follows"))
    words = ngettext("for {n} month", "for {n} months", step)
    return ContractDay(term.last_day, RENEWAL, contract, words.format(n=step))


day_words = dates.whole_day


def standing(line: ContractLine, today: date) -> str:
    """Where a contract stands: its term, what was decided, and what missing its notice has led to."""
    found, ended = line.standing, line.contract.ended_on
    if ended is not None:
        sent = line.contract.decided_on
        if line.contract.decided == SENT and sent is not None:
            return _("ends on {day}, notice sent on {sent}").format(
                day=day_words(ended), sent=day_words(sent)
            )
        return _("ends on {day}, notice was given").format(day=day_words(ended))
    if found is None:
        return _("start not known: no notice date can be told")
    term = found.term
    if term.last_day is None:
        ends = term.bound_until
        assert ends is not None
        return _("runs on; notice given today ends it on {day}").format(day=day_words(ends))
    if term.over:
        return _("over since {day}: what binds us now?").format(day=day_words(term.last_day))
    if found.is_missed:
        return _("notice missed: {words}").format(words=bound_words(found))
    said = _("runs until {day}").format(day=day_words(term.bound_until or term.last_day))
    return f"{said}, {_(_DECIDED[found.decided])}" if found.decided in _DECIDED else said


_DECIDED = {RENEWED: N_("renewed on purpose"), RENEGOTIATING: N_("renegotiating")}


def in_days(on: date, today: date) -> str:
    """`in 25 d`, `today`."""
    away = (on - today).days
    return _("in {n} d").format(n=away) if away > 0 else _("today")


def nearness(day: ContractDay, today: date) -> Role:
    """Red within a month, orange within three; what only follows, such as a renewal, asks for nothing."""
    left = (day.on - today).days
    if day.kind == RENEWAL or left > NEAR_DAYS:
        return Role.QUIET
    return Role.BAD if left <= SOON_DAYS else Role.WATCH


def day_row(day: ContractDay, today: date, provider: str) -> Row:
    """`   in 25 d N Payroll · Paie+ · give notice, else…   18 Dec 2026`; printed, the letter is said in words."""
    pressing = nearness(day, today)
    return Row(
        (
            Piece(in_days(day.on, today), pressing, column=-_WHEN),
            Piece(f" · {_(SIGNS[day.kind][1])} · ", pressing, drawn=f" {letter(day.kind)} "),
            Piece(day.contract.name, Role.STRONG if pressing is Role.BAD else Role.PLAIN),
            *((Piece(f" · {provider}", Role.QUIET),) if provider else ()),
            *((Piece(f" · {day.words}"),) if day.words else ()),
        ),
        (Piece(day_words(day.on), Role.QUIET),),
    )


def doubt_row(line: ContractLine, today: date) -> Row:
    """`▲ Payroll · start not known: no notice date can be told`."""
    said = standing(line, today)
    return Row(
        (Piece("▲ ", Role.WATCH), Piece(line.contract.name, Role.STRONG), Piece(f" · {said}", Role.WATCH))
    )


def in_doubt(line: ContractLine) -> bool:
    """Whether its dates call for a word: no start, over, or a notice that was missed; not once its end is known."""
    if line.contract.ended_on is not None:
        return False
    return line.standing is None or line.standing.term.over or line.standing.is_missed


def _bounds(line: ContractLine) -> dict[str, object]:
    ended, found = line.contract.ended_on, line.standing
    if ended is not None:
        return {
            "ends": ended.isoformat(), "notice_by": None, "post_by": None, "notice_missed": False,
            "bound_until": ended.isoformat(), "decided": line.contract.decided,
        }  # fmt: skip
    term = line.term
    return {
        "ends": _iso(term.last_day) if term else None,
        "notice_by": _iso(term.notice_by) if term else None,
        "post_by": _iso(found.post_by) if found else None,
        "notice_missed": term.missed if term else None,
        "bound_until": _iso(term.bound_until) if term and term.last_day else None,
        "decided": found.decided if found else OPEN,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def bar(found: ContractTimeline, line: ContractLine) -> list[tuple[str, Role]]:
    """A sign a month: what happens in it, `─` while the contract runs, a blank once it is over."""
    last = line.contract.ended_on or (line.term.last_day if line.term and not _renews(line) else None)
    signs: list[tuple[str, Role]] = []
    for month in range(MONTHS):
        mine = [day for day in line.days if found.month(day.on) == month]
        runs = line.term is not None and not line.term.over and (last is None or month <= found.month(last))
        first = min(mine, key=lambda day: list(SIGNS).index(day.kind), default=None)
        if first is not None:
            signs.append((letter(first.kind), nearness(first, found.today)))
        else:
            signs.append(("─" if runs else "?" if line.term is None else " ", Role.QUIET))
    return signs


def _signs(found: ContractTimeline, line: ContractLine) -> str:
    return "".join(sign for sign, _role in bar(found, line))


def _renews(line: ContractLine) -> bool:
    return line.standing is not None and line.standing.terms.step > 0


def lines(found: ContractTimeline) -> list[str]:
    """The timeline and the days to come, as text."""
    if not found.lines:
        return [_("No contract yet: its start, term and notice give the days to decide.")]
    width = max(len(line.contract.name) for line in found.lines)
    text = [f"{'':<{width}}  {years(found)}", f"{'':<{width}}  {month_letters(found)}"]
    text += [f"{line.contract.name:<{width}}  {_signs(found, line)}".rstrip() for line in found.lines]
    text += ["", legend(), ""]
    providers = {line.contract.code: line.provider for line in found.lines}
    text += [day_row(day, found.today, providers[day.contract.code]).printed for day in found.days]
    doubts = [line for line in found.lines if in_doubt(line)]
    return [*text, *(doubt_row(line, found.today).printed for line in doubts)]


def years(found: ContractTimeline, cell: int = 1) -> str:
    """Each year above its January, and above the first month where there is room; `cell` signs a month."""
    shown, following = "", (13 - found.start.month) % 12
    for month, first in enumerate(months(found)):
        if first.month == 1 or (month == 0 and following * cell > len("2026")):
            shown = shown.ljust(month * cell) + str(first.year)
    return shown


def month_letters(found: ContractTimeline) -> str:
    """The first letter of each month shown."""
    return "".join(dates.short_month(first)[0].upper() for first in months(found))


def months(found: ContractTimeline) -> list[date]:
    """The first day of each month shown."""
    return [month.date() for month in arrow.Arrow.range("month", arrow.get(found.start), limit=MONTHS)]


def legend() -> str:
    """What the letters mean."""
    return " · ".join(letter(kind) + " " + _(word) for kind, (_letter, word) in SIGNS.items())


def letter(kind: str) -> str:
    """The letter of a kind of day, in the current language."""
    return pgettext(*SIGNS[kind][0])


def to_json(found: ContractTimeline) -> list[dict[str, object]]:
    """With stable keys."""
    return [
        {
            "code": line.contract.code, "name": line.contract.name, "provider": line.provider,
            **_bounds(line),
            "days": [{"on": day.on.isoformat(), "kind": day.kind, "what": day.words} for day in line.days],
        }
        for line in found.lines
    ]  # fmt: skip
