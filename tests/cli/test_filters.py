"""Lists keep what a line asks for; due dates leave as a calendar; a prompt has its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.conftest import Run


@pytest.fixture
def company(run: Run, tmp_path: Path) -> Run:
    """Three blockers and a priority."""
    (tmp_path / "providers.csv").write_text("name\nInfoSud\nPaie+\n", encoding="utf-8")
    run("register", "import", "providers", str(tmp_path / "providers.csv"))
    run("block", "VPN down @InfoSud p1 owner:Sophie due:tomorrow")
    run("block", "Gaps in payslips @Paie+ p2 owner:Sophie due:friday")
    run("block", "Printer p4")
    run("priority", "Sign the amendment p1 due:thursday")
    return run


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (("blocker", "@InfoSud"), ["B-1"]),
        (("blocker", "owner:Sophie"), ["B-1", "B-2"]),
        (("blocker", "owner:Sophie", "payslips"), ["B-2"]),
        (("p1",), ["B-1", "P-1"]),
        (("due:thursday",), ["B-1", "P-1"]),
        (("blocker", "PRÏNTER"), ["B-3"]),
        (("blocker", "@Paie+", "p1"), []),
        (("blocker", "!sophie"), ["B-3"]),
        (("blocker", "!@InfoSud", "!p4"), ["B-2"]),
        (("blocker", "%pyslps"), ["B-2"]),
        (("blocker", "!%prntr", "@info"), ["B-1"]),
        (("blocker", "@nobody"), ["B-3"]),
        (("blocker", "!@nobody", "sophie"), ["B-1", "B-2"]),
        (("%amndmt",), ["P-1"]),
    ],
)
def test_a_list_keeps_what_has_all_that_the_line_asks_for(
    company: Run, asked: tuple[str, ...], codes: list[str]
) -> None:
    said = company("list", *asked, "--json").json
    assert sorted(each["code"] for each in said) == codes
    assert ("Nothing fits" in company("list", *asked).out) == (not codes)


def test_a_mark_by_which_nothing_is_told_apart_is_refused(company: Run) -> None:
    said = company("list", "blocker", "sla:4ho")
    assert said.code == 2
    assert "sla:4ho" in said.err


def test_what_is_due_leaves_as_a_calendar(company: Run, tmp_path: Path) -> None:
    assert company("export", "calendar", "--out", str(tmp_path / "due.ics")).code == 0
    assert company("export", "calendar", "--out", str(tmp_path / "due.ics")).code == 0, "it is read again"
    theirs = tmp_path / "theirs.ics"
    theirs.write_text("BEGIN:VCALENDAR", encoding="utf-8")
    for words in (("export", "calendar", "--out"), ("ritual", "ics")):
        refused = company(*words, str(theirs))
        assert refused.code != 0
        assert "no calendar of Cockpit" in refused.err
    assert theirs.read_text(encoding="utf-8") == "BEGIN:VCALENDAR"
    found = Calendar.from_ical((tmp_path / "due.ics").read_bytes())
    due = {str(event["summary"]): str(event.decoded("dtstart")) for event in found.walk("VEVENT")}
    assert set(due) == {"VPN down", "Gaps in payslips", "Sign the amendment"}
    assert due["VPN down"].startswith("2026-11-24 ")
    company("done", "B-1")
    assert "VPN down" not in company("export", "calendar").out
    refused = company("export", "calendar", "--out", str(tmp_path / "none" / "due.ics"))
    assert refused.code == 2
    assert "cannot be written" in refused.err


def test_a_prompt_has_its_line_and_nothing_where_all_is_well(run: Run) -> None:
    assert run("resume").out == ""
    run("block", "VPN down owner:Sophie next:call sla:1ho")
    assert run("resume", now="2026-11-23T12:00").out.startswith("■ VPN down late")
    said = run("resume", "--json", now="2026-11-23T12:00").json
    assert said["troubles"][0].startswith("VPN down late")
    assert said["next"] is None
    assert said["alerts"] >= 1


def test_the_journal_is_asked_by_who_what_kind_and_when(company: Run) -> None:
    company("done", "B-3", now="2026-11-24T09:00")
    said = company("journal", "--what", "B-3", "--json").json
    assert [each["action"] for each in said] == ["blocker.done", "blocker.add"]
    assert len(company("journal", "--kind", "provider", "--json").json) == 2
    today = company("journal", "--since", "today", "--json", now="2026-11-24T10:00").json
    assert [each["code"] for each in today] == ["B-3"]
    assert company("journal", "--words", "payslips !amendment", "--who", "me").out.count("B-2") == 1
    assert company("journal", "--kind", "nonsense").code == 2


def test_a_list_is_shown_by_a_view_that_was_kept(company: Run) -> None:
    assert company("views", "payroll", "@InfoSud").out == "view “payroll” kept\n"
    assert company("views", "payroll", "@Paie+").out.startswith("view “payroll” kept, in place of: @InfoSud")
    assert [each["code"] for each in company("list", "--view", "payroll", "--json").json] == ["B-2"]
    assert [each["code"] for each in company("list", "--view", "waits", "p1", "--json").json] == ["B-1"]
    assert company("views", "payroll", "--rename", "pay").code == 0
    assert company("views", "pay", "--json").json[0]["line"] == "@Paie+"
    company("views", "pay", "--remove")
    assert company("list", "--view", "pay").code == 2
    company("views", "--undo")
    assert "pay" in company("views").out
    assert "attend quelqu’un" in company("vues", lang="fr").out


def test_the_three_of_the_day_are_chosen_among_priorities_and_blockers(company: Run) -> None:
    assert "Nothing is chosen" in company("today").out
    company("today", "P-1")
    assert "VPN down B-1" in company("today", "B-1").out
    company("today", "B-2")
    full = company("today", "B-3")
    assert full.code == 2
    assert "three are chosen" in full.err
    assert [each["title"] for each in company("today", "B-3", "--instead", "P-1", "--json").json] == [
        "Printer", "VPN down", "Gaps in payslips",
    ]  # fmt: skip
    assert "Printer" not in company("today", "B-3").out, "said again, it is taken off"
    company("done", "B-1")
    assert "VPN down" not in company("jour", lang="fr").out
    company("undo")
    assert "VPN down" in company("today").out
