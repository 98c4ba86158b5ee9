"""What follows from agendas wherever it is told: leave is no free time, a cancelled meeting says so, private
words are veiled, and what is somebody else's says whose it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Result, Run
from tests.places import ROOT

CASES = ROOT / "tests" / "data" / "agenda_cases" / "sync"
AT = "2026-03-05T08:00"
PRIVATE = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:p@test
CLASS:PRIVATE
DTSTART:20260305T140000Z
DTEND:20260305T150000Z
SUMMARY:Cardiologue
LOCATION:CHU
SEQUENCE:deux
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """A company whose own agenda holds a cancelled and a private meeting, with the leave of Sophie in hers."""
    shutil.copytree(CASES, tmp_path / "sync")
    mine = (CASES / "cancelled.ics").read_bytes() + PRIVATE.encode()
    (tmp_path / "mine.ics").write_bytes(mine)
    config = tmp_path / "config.toml"
    config.write_text(
        'me = "Claire"\n\n[company]\nname = "Essai"\n\n'
        f'[[agenda]]\nkey = "mine"\nname = "Claire"\nurl = "{tmp_path / "mine.ics"}"\n\n'
        f'[[agenda]]\nkey = "sophie"\nname = "Sophie"\nurl = "{tmp_path / "sync" / "leave.ics"}"\n'
        'owner = "Sophie Le Goff"\n'
    )
    monkeypatch.setenv("COCKPIT_CONFIG", str(config))
    sheet = tmp_path / "people.csv"
    sheet.write_text("name,kind,presence\nSophie Le Goff,time_shared,thu 09:00-12:00\n")
    assert run("register", "import", "people", str(sheet), now="2026-03-04T17:00").code == 0
    assert run("sync", now="2026-03-04T17:00").code == 0
    return run


def test_days_of_leave_are_offered_to_nobody(company: Run) -> None:
    found = company(
        "slots", "Sophie Le Goff", "--for", "30", "--within", "8", "--json", now="2026-03-05T08:00"
    ).json
    assert [(slot["start"][:10], slot["missing"]) for slot in found["slots"]] == [("2026-03-12", [])]


def test_who_is_on_leave_is_not_there_in_the_week(company: Run) -> None:
    assert "there:" not in company("week", "2026-03-05", now=AT).out
    assert "there: Sophie Le Goff" in company("week", "2026-03-12", now=AT).out


def every_way_out(company: Run, *more: str) -> list[Result]:
    return [
        company("week", *more, now=AT),
        company("agenda", *more, now=AT),
        company("brief", *more, now=AT),
        company("review", *more, now=AT) if not more else company("brief", *more, now=AT),
    ]


def test_a_cancelled_meeting_says_so_wherever_it_is_told(company: Run) -> None:
    for said in every_way_out(company):
        assert "Comité · ✗ cancelled" in said.out
    days = company("week", "--json", now=AT).json
    told = [event["status"] for day in days for event in day["events"] if event["title"] == "Comité"]
    assert told == ["cancelled"]


def test_what_is_somebody_elses_says_whose_it_is(company: Run) -> None:
    for said in every_way_out(company):
        assert "Sophie · Congés" in said.out
    events = company("agenda", "--json", now=AT).json
    assert {event["title"]: event["owner"] for event in events} == {
        "Congés": "Sophie Le Goff", "Comité": "", "Cardiologue": "",
    }  # fmt: skip


def test_private_words_are_veiled_like_level_two_on_every_way_out(company: Run) -> None:
    for said in every_way_out(company):
        assert "Cardiologue" in said.out
    for said in every_way_out(company, "--level", "1"):
        assert "Cardiologue" not in said.out
        assert "restricted" in said.out
        assert "Comité" in said.out
    (private,) = [e for e in company("agenda", "--json", "--level", "1", now=AT).json if e["private"]]
    assert (private["location"], private["start"][11:16]) == ("", "15:00")
    assert "Cardiologue" in company("agenda", "--level", "2", now=AT).out


def test_a_calendar_of_free_time_only_says_so_in_the_sync_and_in_the_list(
    company: Run, tmp_path: Path
) -> None:
    shutil.copy(CASES / "freebusy.ics", tmp_path / "mine.ics")
    said = company("sync", now=AT)
    assert "only says when one is busy" in said.out + said.err or "came" in said.out
    (tmp_path / "config.toml").write_text(
        f'me = "Claire"\n\n[[agenda]]\nkey = "free"\nname = "Free"\nurl = "{CASES / "freebusy.ics"}"\n'
    )
    for _time in range(2):
        assert "only says when one is busy" in company("sync", now=AT).out
    (feed,) = company("agenda", "feeds", "--json", now=AT).json
    assert len(feed["remarks"]) == 1
    assert feed["repairs"] == []


def test_an_agenda_that_is_taken_out_leaves_nothing_of_it_as_mine(company: Run) -> None:
    assert company("settings", "remove", "agenda.sophie", now=AT).code == 0
    for said in every_way_out(company):
        assert "Comité" in said.out
        assert "Congés" not in said.out
    found = company("agenda", "--json", now=AT).json
    assert {event["title"] for event in found} == {"Comité", "Cardiologue"}


def test_a_feed_that_is_checked_says_what_i_declined_as_the_agenda_does(company: Run, tmp_path: Path) -> None:
    with (tmp_path / "config.toml").open("r+") as config:
        text = config.read()
        config.seek(0)
        config.write('emails = ["moi@essai.test"]\n' + text)
    case = CASES.parent / "59-icloud-attendee-principal-email-parameter.ics"
    said = company("agenda", "check", str(case), "--from", "2026-03-01", "--to", "2026-03-31").out
    assert "Réunion · ✗ declined" in said
