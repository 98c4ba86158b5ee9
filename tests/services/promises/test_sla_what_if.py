"""What a target would give: every vector of the oracle, and what cannot be answered, by field."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cockpit.domain.settings import Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import what_if as sla_what_if
from cockpit.services.promises.what_if import CannotAnswer, what_if
from cockpit.store import journal
from tests.conftest import TickingClock
from tests.places import DATA
from tests.services.promises.promised import every_clock, make, provider

VECTORS: dict[str, Any] = json.loads((DATA / "sla_vectors.json").read_text())
OFFICE = {"id": "x", "tz": "Europe/Paris", "week": {"mon": [["09:00", "12:00"], ["14:00", "18:00"]]}}
MONDAY = "2026-11-23T09:00"


def target_text(target: dict[str, Any]) -> str:
    if target["kind"] == "business_seconds":
        return f"{target['seconds'] // 60}min"
    cutoff = f" cutoff {target['cutoff']}" if "cutoff" in target else ""
    return f"J+{target['n']} {target['at']}{cutoff}"


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one file for each calendar of the vectors."""
    folder = tmp_path_factory.mktemp("calendars")
    for name, data in VECTORS["calendars"].items():
        (folder / f"{name}.json").write_text(json.dumps(data))
    return folder


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One cockpit for all: nothing is stored in it."""
    return Workspace.open(tmp_path_factory.mktemp("what-if") / "cockpit.db", Settings(), TickingClock())


@pytest.mark.parametrize("vector", VECTORS["due"], ids=lambda vector: vector["id"])
def test_every_vector(empty: Workspace, files: Path, vector: dict[str, Any]) -> None:
    asked = (
        target_text(vector["target"]),
        vector["start"],
        str(files / f"{vector['calendar']}.json"),
        [f"{pause['from']}/{pause['to']}" for pause in vector["pauses"]],
    )
    if "error" in vector:
        with pytest.raises(CannotAnswer) as refusal:
            what_if(empty, *asked)
        assert refusal.value.field == "calendar"
        return
    said = sla_what_if.to_json(what_if(empty, *asked))
    assert said["due_utc"] == vector["due_utc"]
    assert said["last_on_time_utc"] == vector["last_on_time_utc"]
    assert datetime.fromisoformat(str(said["due"])).isoformat(timespec="minutes") == vector["due"]
    assert said["calendar"] == vector["calendar"]


def test_nothing_is_stored(workspace: Workspace) -> None:
    what_if(workspace, "4ho", "", "company", [])
    assert every_clock(workspace) == ()
    assert journal.entries(workspace.conn) == []


def refused(
    empty: Workspace, target: str = "4ho", start: str = MONDAY, calendar: str = "company", *pauses: str
) -> CannotAnswer:
    with pytest.raises(CannotAnswer) as refusal:
        what_if(empty, target, start, calendar, pauses)
    assert refusal.value.reason
    return refusal.value


@pytest.mark.parametrize("target", ["", "soon", "-1h", "J+1 25h", "4ho; drop table clock"])
def test_a_wrong_target_is_named(empty: Workspace, target: str) -> None:
    assert refused(empty, target).field == "target"


@pytest.mark.parametrize(
    "start",
    ["someday", "2026-13-01", "2026-02-30T10:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00",
     "1969-12-31T00:00"],
)  # fmt: skip
def test_a_wrong_start_is_named(empty: Workspace, start: str) -> None:
    assert refused(empty, "J+1", start).field == "from"
    assert refused(empty, "4ho", start).field == "from"


@pytest.mark.parametrize(
    "pause",
    ["2026-11-23T10:00", "/", "a/b", "2026-11-23T11:00/2026-11-23T10:00", "2026-11-23T11:00/",
     "0001-01-01T00:00+14:00/2026-11-23T10:00", "2026-11-23T11:00/9999-12-31T23:59-12:00"],
)  # fmt: skip
def test_a_wrong_pause_is_named(empty: Workspace, pause: str) -> None:
    assert refused(empty, "4ho", MONDAY, "company", pause).field == "pause"


@pytest.mark.parametrize("name", ["Nobody", "CT-99", "B-1", "mon 09:00", "mon 12:00-09:00"])
def test_an_unknown_calendar_is_named(empty: Workspace, name: str) -> None:
    found = refused(empty, calendar=name)
    assert found.field == "calendar"
    assert name in found.reason


CALENDAR_FILES: dict[str, bytes] = {
    "no working time": json.dumps({**OFFICE, "week": {}}).encode(),
    "overlapping spans": json.dumps(
        {**OFFICE, "week": {"mon": [["09:00", "12:00"], ["11:00", "18:00"]]}}
    ).encode(),
    "backwards span": json.dumps({**OFFICE, "week": {"mon": [["12:00", "09:00"]]}}).encode(),
    "empty span": json.dumps({**OFFICE, "week": {"mon": [["09:00", "09:00"]]}}).encode(),
    "no such hour": json.dumps({**OFFICE, "week": {"mon": [["09:00", "25:00"]]}}).encode(),
    "half a span": json.dumps({**OFFICE, "week": {"mon": [["09:00"]]}}).encode(),
    "hours as a text": json.dumps({**OFFICE, "week": {"mon": "09:00-12:00"}}).encode(),
    "hours as a number": json.dumps({**OFFICE, "week": {"mon": [[9, 12]]}}).encode(),
    "week as a list": json.dumps({**OFFICE, "week": []}).encode(),
    "unknown zone": json.dumps({**OFFICE, "tz": "Mars/Olympus"}).encode(),
    "a path for a zone": json.dumps({**OFFICE, "tz": "../../etc/passwd"}).encode(),
    "a number for a zone": json.dumps({**OFFICE, "tz": 1}).encode(),
    "no zone": json.dumps({"id": "x", "week": OFFICE["week"]}).encode(),
    "wrong holiday": json.dumps({**OFFICE, "holidays": ["Christmas"]}).encode(),
    "number as a holiday": json.dumps({**OFFICE, "holidays": [20261225]}).encode(),
    "holidays as a number": json.dumps({**OFFICE, "holidays": 3}).encode(),
    "exceptions as a list": json.dumps({**OFFICE, "exceptions": [1]}).encode(),
    "wrong exception": json.dumps({**OFFICE, "exceptions": {"2026-12-24": [["09:00", "08:00"]]}}).encode(),
    "a list": b"[]",
    "a number": b"1",
    "nothing": b"null",
    "not JSON": b"mon-fri 09:00-12:00",
    "no bytes": b"",
    "not text": b"\xff\xfe\x00",
    "huge": b"[" + b" " * sla_what_if.LIMIT + b"]",
    "deeply nested": b"[" * 200_000,
    "deep week": b'{"id": "x", "tz": "Europe/Paris", "week": {"mon": '
    + b"[" * 50_000
    + b"]" * 50_000
    + b"}}",
    "a huge number": b'{"id": ' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("name", CALENDAR_FILES)
def test_a_calendar_file_that_is_none_is_refused(empty: Workspace, tmp_path: Path, name: str) -> None:
    path = tmp_path / "calendar.json"
    path.write_bytes(CALENDAR_FILES[name])
    assert refused(empty, calendar=str(path)).field == "calendar"
    assert refused(empty, "J+1", calendar=str(path)).field == "calendar"


def test_a_file_that_is_not_there_or_not_a_file_is_refused(empty: Workspace, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    for name in ("missing.json", "folder.json", "x\0y.json"):
        assert refused(empty, calendar=str(tmp_path / name)).field == "calendar"


def test_calendars_by_name_code_and_hours(workspace: Workspace) -> None:
    provider(workspace, timezone="Asia/Kolkata", hours="mon-sat 09:30-19:00", holidays="IN")
    make(workspace, "provider", name="NoContract")
    make(workspace, "person", name="Marc", presence="tue 09:00-12:00")
    start = "2026-11-23T00:00+01:00"

    def due(calendar: str) -> str:
        return what_if(workspace, "1ho", start, calendar, []).due.astimezone(workspace.zone).isoformat()[5:16]

    assert {name: due(name) for name in ("company", "Entreprise", "", "nocontract", "24x7", "lun-ven 8h-9h")} == {
        "company": "11-23T10:00", "Entreprise": "11-23T10:00", "": "11-23T10:00",
        "nocontract": "11-23T10:00", "24x7": "11-23T01:00", "lun-ven 8h-9h": "11-23T09:00",
    }  # fmt: skip
    assert {due(name) for name in ("paie+", "PR-1", "pr-1", "CT-1", "Paie+ service")} == {"11-23T06:00"}
    assert {due(name) for name in ("Marc", "PE-1")} == {"11-24T10:00"}


def test_what_was_used_and_what_pauses_took(workspace: Workspace, clock: TickingClock) -> None:
    clock.at = datetime.fromisoformat("2026-11-23T11:00+01:00")
    found = what_if(workspace, "4ho", MONDAY, "company", ["2026-11-23T09:30/2026-11-23T10:30"])
    assert (found.target_s, found.consumed_s, found.paused_s) == (4 * 3600, 3600, 3600)
    # A start to come has used nothing, and what is long due has used its target.
    assert what_if(workspace, "4ho", "2026-11-24T09:00", "company", []).consumed_s == 0
    assert what_if(workspace, "4ho", "2026-11-02T09:00", "company", []).consumed_s == 4 * 3600
    days = what_if(workspace, "J+0 12h", MONDAY, "company", [])
    assert days.target_s == 3 * 3600
    assert days.last_on_time == days.due
    lines = dict(sla_what_if.in_words(workspace, found))
    assert lines["due"] == "Monday 23 November 2026 15:30"
    assert lines["paused"] == "1 h"
