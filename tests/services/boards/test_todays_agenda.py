"""What is free today, by the working hours of the company."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.services.boards.board import board
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import health


def with_company(workspace: Workspace, **says: Any) -> Workspace:
    company = replace(workspace.settings.company, **says)
    return replace(workspace, settings=replace(workspace.settings, company=company))


def free(workspace: Workspace) -> list[str]:
    return [f"{gap.start:%H:%M}-{gap.end:%H:%M}" for gap in board(workspace).today.gaps]


@pytest.mark.parametrize(
    ("hours", "exceptions", "told"),
    [
        ("mon-fri 09:00-12:30 14:00-18:00", "", ["09:00-12:30", "14:00-18:00"]),
        ("tue-sun 05:00-13:00", "", []),
        ("mon-fri 09:00-18:00", "23/11/2026 10:00-12:00", ["10:00-12:00"]),
        ("mon-fri 09:00-18:00", "23/11/2026 closed", []),
    ],
)
def test_only_working_hours_are_free(
    workspace: Workspace, hours: str, exceptions: str, told: list[str]
) -> None:
    assert free(with_company(workspace, hours=hours, exceptions=exceptions)) == told


def test_working_hours_are_told_in_the_zone_of_whoever_travels(workspace: Workspace) -> None:
    workspace.travel("America/New_York")
    assert free(workspace) == ["03:00-06:30", "08:00-12:00"]


def test_an_older_configuration_that_says_another_day_is_told_what_holds(workspace: Workspace) -> None:
    former = with_company(workspace, day_start=time(7), hours="mon-fri 08:00-17:00")
    told = [each.text for each in health.examine(former) if "day_" in each.text]
    assert told == ["day_start is not read any more: the working hours say 08:00; take this line away"]
