"""Working calendars of the company, of each contract and person; public holidays are asked once and stored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from cockpit.domain.dataclasses import replace
from cockpit.domain.time.business_time import (
    Calendar,
    NoBusinessTime,
    calendar_from_mapping,
    calendar_to_mapping,
    parse_hours,
)
from cockpit.domain.time.opening_hours import parse_exceptions
from cockpit.domain.time.regions import library_name
from cockpit.locale import current
from cockpit.services.desk.regions import UnknownRegion
from cockpit.services.desk.workspace import Workspace
from cockpit.store import calendar_versions
from cockpit.store import holidays as stored
from cockpit.store.records import instant

if TYPE_CHECKING:
    from cockpit.domain.registers.contract import Contract
    from cockpit.domain.registers.person import Person


def freeze_holidays(workspace: Workspace, region: str, years: Iterable[int]) -> None:
    """Ask the library for the years of `region` that are not frozen yet. Raises UnknownRegion."""
    missing = set(years) - stored.frozen_years(workspace.conn, region)
    if not missing or not region:
        return
    if workspace.room is not None:
        # A veiled connection never writes, and holidays are no secret.
        with replace(workspace, room=None).beside() as writing:
            freeze_holidays(writing, region, missing)
        return
    language = workspace.settings.language or current()
    for year in sorted(missing):
        stored.freeze(workspace.conn, region, year, _asked(region, year, language))


@lru_cache(maxsize=64)
def _asked(region: str, year: int, language: str = "") -> tuple[tuple[date, str], ...]:
    """What the library says of a year, for those who may not write it down. Raises UnknownRegion.

    The days have their names in `language`, else in the country's.
    """
    import holidays

    country, part = library_name(region)
    try:
        known = holidays.country_holidays(country)
        named = next((each for each in known.supported_languages if each.partition("_")[0] == language), None)
        found = holidays.country_holidays(
            country, subdiv=part or None, years=year, language=named or known.default_language
        )
    except NotImplementedError as error:
        raise UnknownRegion(region) from error
    return tuple(found.items())


def years_ahead(workspace: Workspace, *, only_missing: bool = False) -> tuple[int, ...]:
    """The years whose holidays are to be known before they are needed: last year to the one after next."""
    year = workspace.today().year
    wanted = tuple(range(year - 1, year + 3))
    known = stored.frozen_years(workspace.conn, workspace.settings.company.holidays) if only_missing else ()
    return tuple(each for each in wanted if each not in known)


def look_ahead(workspace: Workspace) -> None:
    """Keep the holidays of every calendar in use for the years to come, so that nobody waits for them later."""
    rows = workspace.conn.execute(
        "SELECT DISTINCT holidays FROM contract WHERE coalesce(holidays, '') != '' AND archived_at IS NULL"
    )
    for region in {workspace.settings.company.holidays, *(row["holidays"] for row in rows)}:
        with suppress(UnknownRegion):
            freeze_holidays(workspace, region, years_ahead(workspace))


def company_calendar(workspace: Workspace, *, freeze: bool = False, ask: bool = False) -> Calendar:
    """The company's working hours. With `freeze`, this year's and next year's holidays are asked first.

    With `ask` they are asked too where they are not known yet, and nothing is written.
    """
    company = workspace.settings.company
    return _calendar(
        workspace,
        company.hours,
        company.timezone,
        company.holidays,
        exceptions=company.exceptions,
        freeze=freeze,
        ask=ask,
    )


def contract_calendar(
    workspace: Workspace, contract: Contract, *, hours: str = "", freeze: bool = False, ask: bool = False
) -> Calendar:
    """The hours in which a contract's service counts; what it leaves open follows the company.

    The company's own closings count only for a contract without hours of its own; its dated hours win.
    """
    company = workspace.settings.company
    own = hours or contract.hours
    return _calendar(
        workspace,
        own or company.hours,
        contract.timezone or company.timezone,
        contract.holidays or company.holidays,
        exceptions="" if own else company.exceptions,
        over=contract.exceptions,
        freeze=freeze,
        ask=ask,
    )


def working_day(workspace: Workspace, day: date) -> date:
    """`day` when the company works on it, else the next day on which it does."""
    try:
        return company_calendar(workspace).first_business_day(day)
    except NoBusinessTime:
        return day


def person_calendar(workspace: Workspace, person: Person) -> Calendar:
    """The hours in which a person who is there only on some days is there."""
    company = workspace.settings.company
    return _calendar(
        workspace,
        person.presence or company.hours,
        company.timezone,
        company.holidays,
        exceptions=company.exceptions,
        freeze=False,
    )


class Calendars:
    """Every calendar in which clocks count (the company's, a contract's, a person's), each built once.

    Names tell them apart: `company`, the code of a contract or person, and the hours of a policy after them.
    """

    def __init__(self, workspace: Workspace, *, freeze: bool = False, ask: bool = False) -> None:
        """With `ask`, holidays that are not known yet are looked up and not kept; see `company_calendar`."""
        from cockpit.domain.registers.contract import Contract
        from cockpit.domain.registers.person import Person

        self.workspace, self.freeze, self.ask = workspace, freeze, ask
        # Archived ones too: their clocks still run in their hours.
        contracts = workspace.select(Contract, "contract", "1 ORDER BY number")
        self.contracts = {contract.code: contract for contract in contracts}
        shared = workspace.select(Person, "person", "coalesce(presence, '') != ''")
        self._presence = {person.code: person.presence for person in shared}
        self._known: dict[str, Calendar] = {}
        self._versions: dict[int, Calendar] = {}

    @property
    def company(self) -> Calendar:
        """The company's working hours."""
        return self.named("company")

    def contract(self, waiting_on: Iterable[str], function: str = "") -> Contract | None:
        """A contract of the first provider waited for that has one.

        Of several: the one that covers the function, then one that gives a target, then the oldest.
        """
        for provider in waiting_on:
            of_them = [
                each
                for each in self.contracts.values()
                if each.provider == provider and each.archived_at is None
            ]
            if of_them:
                return min(of_them, key=lambda each: (function not in each.functions, not each.sla))
        return None

    def name(self, waiting_on: Iterable[str], contract: Contract | None, hours: str = "") -> str:
        """The calendar of a case: its contract's, else the presence of the person waited for, else ours."""
        person = next((code for code in waiting_on if code in self._presence), "")
        base = contract.code if contract else person or "company"
        return f"{base} {hours}" if hours else base

    def named(self, name: str) -> Calendar:
        """The calendar of that name, in the version that holds today."""
        if name not in self._known:
            self._known[name] = self._work_out(name)
        return self._known[name]

    def keep(self, name: str) -> int:
        """Store the calendar of that name as it is now; the number of that version. Within a transaction."""
        spec = calendar_to_mapping(self.named(name))
        return calendar_versions.keep(self.workspace.conn, name, spec, instant(self.workspace.clock()))

    def version(self, number: str | int) -> Calendar:
        """The calendar of a stored version; the company's of today when there is none of that number."""
        number = int(number)
        if number not in self._versions:
            found = calendar_versions.spec(self.workspace.conn, number)
            self._versions[number] = _frozen(found[1]) if found else self.company
        return self._versions[number]

    def _work_out(self, name: str) -> Calendar:
        base, _space, hours = name.partition(" ")
        company = self.workspace.settings.company
        contract = self.contracts.get(base)
        if contract is not None:
            return contract_calendar(self.workspace, contract, hours=hours, freeze=self.freeze, ask=self.ask)
        return _calendar(
            self.workspace,
            hours or self._presence.get(base) or company.hours,
            company.timezone,
            company.holidays,
            exceptions=company.exceptions,
            freeze=self.freeze,
            ask=self.ask,
        )


@lru_cache(maxsize=256)
def _frozen(spec: str) -> Calendar:
    return calendar_from_mapping(json.loads(spec))


def _calendar(
    workspace: Workspace,
    hours: str,
    zone: str,
    region: str,
    *,
    exceptions: str,
    over: str = "",
    freeze: bool,
    ask: bool = False,
) -> Calendar:
    """The dated hours of `over` replace those of `exceptions`."""
    company = workspace.settings.company
    year = workspace.today().year
    if freeze:
        # A region that the library does not know closes no day; the doctor says so.
        with suppress(UnknownRegion):
            freeze_holidays(workspace, region, (year - 1, year, year + 1))
    days = stored.days(workspace.conn, region)
    if ask and region and year not in stored.frozen_years(workspace.conn, region):
        with suppress(UnknownRegion):
            days |= {day for each in (year - 1, year, year + 1) for day, _name in _asked(region, each)}
    try:
        found = parse_hours(hours, zone, days, exceptions=exceptions)
        return replace(found, exceptions={**found.exceptions, **parse_exceptions(over)}) if over else found
    except ValueError:
        # A row written by other hands must not close the cockpit: the company's hours stand in.
        return parse_hours(company.hours, company.timezone, days)
