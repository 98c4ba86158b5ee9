"""The absence test: what happened while somebody was away, over a year, and what stops without them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from cockpit.domain.absence import proof as rules
from cockpit.domain.absence.proof import Days, DaysCompared
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.absence import Absence
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.person import Person
from cockpit.services.absence import intake
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import what_if
from cockpit.services.records import find
from cockpit.store.people import called

YEAR = timedelta(days=365)
ALONE = timedelta(days=90)


@dataclass(frozen=True)
class Meanwhile:
    """One absence that began: what was closed and decided without them, and what waited for them."""

    record: Absence
    days: Days
    working: int
    closed: tuple[str, ...]
    decided: tuple[str, ...]
    """By somebody else."""
    in_circuit: tuple[str, ...]
    """Of those, what whoever the circuit names decided."""
    waited: tuple[str, ...]
    """Blockers that waited for them on one of these days."""


@dataclass(frozen=True)
class AbsenceTest:
    """All that is known of one person's absences."""

    person: Person
    since: date
    """From when on it looks: a year ago, or the first day that was written down."""
    until: date
    absences: tuple[Meanwhile, ...]
    to_come: tuple[Absence, ...]
    compared: DaysCompared
    alone: tuple[str, ...]
    """What they decided by themselves, outside any meeting, in the last ninety days."""
    decided: int
    """All that was decided in them."""
    waiting: tuple[str, ...]
    """Blockers that wait for them now."""
    stops: tuple[tuple[str, str], ...]
    """What is critical, not ready, and breaks without them: code and why."""


def tested(workspace: Workspace) -> tuple[str, ...]:
    """Codes of those whose absence is tested: the chief executive, and whoever is declared a pillar."""
    rows = workspace.conn.execute(
        "SELECT code FROM person WHERE pillar = 1 AND archived_at IS NULL ORDER BY number"
    )
    return tuple(dict.fromkeys(filter(None, (intake.chief(workspace), *(row["code"] for row in rows)))))


def test(workspace: Workspace, code: str) -> AbsenceTest:
    """The absence test of one person. Raises UnknownCode."""
    _register, person = find.find(workspace, code)
    assert isinstance(person, Person)
    names = called(workspace.conn, person.name) | {code}
    decisions = _decisions(workspace, since := max(workspace.today() - YEAR, _begun(workspace)))
    year = _Year(names, _closed(workspace, since), decisions, _waited(workspace, names), _deciders(workspace))
    today = workspace.today()
    found = workspace.select(
        Absence, "absence", "person = ? AND archived_at IS NULL AND last_on >= ? ORDER BY first_on, number",
        (code, since.isoformat()),
    )  # fmt: skip
    spans = rules.within(rules.joined(_days(each) for each in found), since, today)
    calendar = company_calendar(workspace)
    recent = [each for each in decisions if _day(each.decided_at, workspace) >= today - ALONE]
    begun = [each for each in found if each.first_on is not None and each.first_on <= today]
    return AbsenceTest(
        person=person,
        since=since,
        until=today,
        absences=tuple(_meanwhile(workspace, each, year, calendar.is_business_day) for each in begun),
        to_come=tuple(each for each in found if each.first_on is not None and each.first_on > today),
        compared=rules.compared(
            [day for _code, day in year.closed], spans, calendar.is_business_day, since, today
        ),
        alone=tuple(each.code for each in recent if each.decider in names and not each.origin),
        decided=len(recent),
        waiting=tuple(code for code, _lo, hi in year.waited if hi is None),
        stops=_stops(workspace, code),
    )


@dataclass(frozen=True)
class _Year:
    """What was read once for every absence of a person."""

    names: frozenset[str]
    closed: Sequence[tuple[str, date]]
    decisions: Sequence[Decision]
    waited: Sequence[tuple[str, date, date | None]]
    deciders: Mapping[str, frozenset[str]]
    """Circuit to whom it names."""

    def decided(self, days: Days, day_of: Callable[[Decision], date]) -> list[Decision]:
        """What others decided on those days."""
        return [
            each
            for each in self.decisions
            if days[0] <= day_of(each) <= days[1] and each.decider and each.decider not in self.names
        ]


def _meanwhile(
    workspace: Workspace, record: Absence, year: _Year, works: Callable[[date], bool]
) -> Meanwhile:
    days = _days(record)
    until = min(days[1], workspace.today())
    past = (days[0], until)
    decided = year.decided(past, lambda each: _day(each.decided_at, workspace))
    count = (until - days[0]).days + 1
    return Meanwhile(
        record=record,
        days=days,
        working=sum(works(days[0] + timedelta(days=n)) for n in range(count)),
        closed=tuple(code for code, day in year.closed if days[0] <= day <= until),
        decided=tuple(each.code for each in decided),
        in_circuit=tuple(
            each.code for each in decided if each.decider in year.deciders.get(each.circuit, frozenset())
        ),
        waited=tuple(code for code, lo, hi in year.waited if lo <= until and (hi is None or hi >= days[0])),
    )


def _deciders(workspace: Workspace) -> dict[str, frozenset[str]]:
    """Whom each circuit names, by its code: codes and names, as decisions hold one or the other."""
    names = workspace.names()
    return {
        each.code: frozenset(
            known for who in (each.decider, each.deputy) if who for known in (who, names.get(who, who))
        )
        for each in workspace.select(Circuit, "circuit", "archived_at IS NULL")
    }


def _days(record: Absence) -> Days:
    assert record.first_on is not None
    assert record.last_on is not None
    return record.first_on, record.last_on


def _begun(workspace: Workspace) -> date:
    """The day on which the first thing was written down."""
    row = workspace.conn.execute("SELECT at FROM journal ORDER BY seq LIMIT 1").fetchone()
    return datetime.fromisoformat(row["at"]).astimezone(workspace.zone).date() if row else workspace.today()


def _closed(workspace: Workspace, since: date) -> list[tuple[str, date]]:
    """What was settled or done since then, with its day."""
    rows = workspace.conn.execute(
        "SELECT code, closed_at FROM blocker WHERE archived_at IS NULL AND status = 'solved' AND closed_at >= :lo"
        " UNION ALL"
        " SELECT code, closed_at FROM priority WHERE archived_at IS NULL AND status = 'done' AND closed_at >= :lo"
        " ORDER BY closed_at",
        {"lo": since.isoformat()},
    )
    return [(row["code"], _day(datetime.fromisoformat(row["closed_at"]), workspace)) for row in rows]


def _decisions(workspace: Workspace, since: date) -> Sequence[Decision]:
    return workspace.select(
        Decision,
        "decision",
        "archived_at IS NULL AND decided_at >= ? ORDER BY decided_at",
        (since.isoformat(),),
    )


def _waited(workspace: Workspace, names: frozenset[str]) -> list[tuple[str, date, date | None]]:
    """Blockers that wait or waited for them: code, since when, until when."""
    rows = workspace.conn.execute(
        "SELECT code, waiting_on, coalesce(since, created_at) AS lo, closed_at FROM blocker"
        " WHERE archived_at IS NULL AND waiting_on != '[]' ORDER BY number"
    )
    return [
        (
            row["code"],
            _day(datetime.fromisoformat(row["lo"]), workspace),
            _day(datetime.fromisoformat(row["closed_at"]), workspace) if row["closed_at"] else None,
        )
        for row in rows
        if names & set(json.loads(row["waiting_on"]))
    ]


def _stops(workspace: Workspace, code: str) -> tuple[tuple[str, str], ...]:
    found = what_if.what_if(workspace, code)
    return tuple((each.code, what_if.why(each)) for each in found.breaks if each.critical and not each.ready)


def _day(at: datetime | None, workspace: Workspace) -> date:
    assert at is not None
    return at.astimezone(workspace.zone).date()
