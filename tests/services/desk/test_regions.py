"""Whose public holidays count: what is mapped, what is refused and with which names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import holidays
import pytest

from cockpit.domain.time.regions import NEAR, library_name
from cockpit.services.desk import regions
from cockpit.services.desk.calendars import freeze_holidays
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import sections
from cockpit.services.settings.fault import ConfigError
from cockpit.store import holidays as stored


def test_the_table_is_that_of_the_library() -> None:
    known = holidays.list_supported_countries(include_aliases=False)
    assert {country: [part for part in known[country] if " " not in part] for country in NEAR} == {
        country: parts.split() for country, parts in NEAR.items()
    }


@pytest.mark.parametrize("region", ["FR-67", "FR-68", "FR-57"])
def test_alsace_and_moselle_have_their_two_days_more(workspace: Workspace, region: str) -> None:
    regions.check(region)
    freeze_holidays(workspace, region, [2026])
    found = stored.days(workspace.conn, region)
    assert {date(2026, 4, 3), date(2026, 12, 26), date(2026, 12, 25)} <= found


@pytest.mark.parametrize("region", ["FR-75", "FR-13", "FR-2A", "FR-01"])
def test_another_department_has_the_holidays_of_france(region: str) -> None:
    regions.check(region)
    assert library_name(region) == ("FR", "")


@pytest.mark.parametrize("region", ["", "FR", "CH-GE", "BE", "DE-BY", "BR-SP", "FR-Alsace", "CA-QC"])
def test_what_is_known_is_accepted(region: str) -> None:
    regions.check(region)


@pytest.mark.parametrize(
    ("region", "near"),
    [("fr", "FR"), ("FR-99", "FR-"), ("ZZ", ""), ("France", "FR"), ("FR-GES", "FR-"), ("CH-XX", "CH-"), ("FR-", "FR")],
)  # fmt: skip
def test_the_configuration_refuses_another_with_the_nearest_names(region: str, near: str) -> None:
    text = f'[company]\nname = "x"\nholidays = "{region}"\n'
    with pytest.raises(ConfigError) as refused:
        sections.parse(text, Path("config.toml"))
    assert (refused.value.line, refused.value.key) == (3, "company.holidays")
    assert region in refused.value.what
    assert near in refused.value.what.partition("is it")[2]


@pytest.mark.parametrize("region", ["FR-67", "CH-GE", ""])
def test_the_configuration_takes_what_is_mapped(region: str) -> None:
    found = sections.parse(f'[company]\nholidays = "{region}"\n', Path("config.toml"))
    assert found.company.holidays == region
