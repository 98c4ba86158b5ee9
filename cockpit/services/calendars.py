"""Working-time calendars of the company and of each contract, with public holidays frozen once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from cockpit.domain.business_time import Calendar, parse_hours
from cockpit.services.workspace import Workspace
from cockpit.store import holidays as stored

if TYPE_CHECKING:
    from cockpit.domain.registers.contract import Contract


class UnknownRegion(ValueError):
    """The `holidays` library knows no such country or region."""


def freeze_holidays(workspace: Workspace, region: str, years: Iterable[int]) -> None:
    """Ask the library for the years of `region` that are not frozen yet. Raises UnknownRegion."""
    missing = set(years) - stored.frozen_years(workspace.conn, region)
    if not missing or not region:
        return
    import holidays

    country, _dash, part = region.partition("-")
    for year in sorted(missing):
        try:
            found = holidays.country_holidays(country, subdiv=part or None, years=year)
        except NotImplementedError as error:
            raise UnknownRegion(region) from error
        stored.freeze(workspace.conn, region, year, ((day, name) for day, name in found.items()))


def company_calendar(workspace: Workspace, *, freeze: bool = False) -> Calendar:
    """The company's working hours. With `freeze`, this year's and next year's holidays are asked first."""
    company = workspace.settings.company
    return _calendar(workspace, company.hours, company.timezone, company.holidays, freeze)


def contract_calendar(workspace: Workspace, contract: Contract, *, freeze: bool = False) -> Calendar:
    """The hours in which a contract's service counts; what it leaves open follows the company."""
    company = workspace.settings.company
    return _calendar(
        workspace,
        contract.hours or company.hours,
        contract.timezone or company.timezone,
        contract.holidays or company.holidays,
        freeze,
    )


def _calendar(workspace: Workspace, hours: str, zone: str, region: str, freeze: bool) -> Calendar:
    if freeze:
        year = workspace.today().year
        # A region that the library does not know closes no day; the doctor says so.
        with suppress(UnknownRegion):
            freeze_holidays(workspace, region, (year - 1, year, year + 1))
    days = stored.days(workspace.conn, region)
    try:
        return parse_hours(hours, zone, holidays=days)
    except ValueError:
        # A row written by other hands must not close the cockpit: the company's hours stand in.
        company = workspace.settings.company
        return parse_hours(company.hours, company.timezone, holidays=days)
