"""The week, the slots, the feeds and what we say of providers, from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

FEED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//tests//EN
BEGIN:VEVENT
UID:board@test
DTSTAMP:20261101T080000Z
DTSTART;TZID=Europe/Paris:20261124T090000
DTEND;TZID=Europe/Paris:20261124T103000
SUMMARY:Board meeting
END:VEVENT
BEGIN:VEVENT
UID:fair@test
DTSTAMP:20261101T080000Z
DTSTART;VALUE=DATE:20261125
SUMMARY:Trade fair
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """A company with one agenda from a file, a shared finance director and an accountant without a page."""
    feed = tmp_path / "claire.ics"
    feed.write_bytes(FEED.replace("\n", "\r\n").encode())
    config = tmp_path / "config.toml"
    config.write_text(
        f'me = "Claire"\n\n[company]\nname = "Atelier Mistral"\n\n'
        f'[[agenda]]\nkey = "claire"\nname = "Claire"\nurl = "{feed}"\n'
    )
    monkeypatch.setenv("COCKPIT_CONFIG", str(config))
    for register, rows in {
        "people": "name,kind,presence\nMarc,time_shared,tue 09:00-12:00\n",
        "providers": "name\nCompta+\n",
    }.items():
        sheet = tmp_path / f"{register}.csv"
        sheet.write_text(rows)
        assert run("register", "import", register, str(sheet)).code == 0
    assert run("sync").code == 0
    return run


def test_the_week_as_text_and_as_json(company: Run) -> None:
    said = company("week")
    assert "09:00–10:30 Board meeting" in said.out
    assert "all day Trade fair" in said.out
    assert "there: Marc" in said.out
    days = company("week", "2026-11-25", "--json").json
    assert [day["day"] for day in days][:2] == ["2026-11-23", "2026-11-24"]
    assert [event["title"] for event in days[1]["events"]] == ["Board meeting"]
    refused = company("week", "someday")
    assert (refused.code, "is not a date" in refused.err) == (2, True)


def test_a_slot_avoids_the_agenda_and_keeps_to_presence(company: Run) -> None:
    found = company("slots", "Marc", "--for", "30", "--within", "3", "--json").json
    assert found["slots"][0]["start"].startswith("2026-11-24T10:30")
    assert found["presence_only"] == ["Marc"]
    refused = company("slots", "Zoe")
    assert (refused.code, "nobody's name" in refused.err) == (2, True)


def test_the_feeds_and_a_doubt_that_does_not_exist(company: Run) -> None:
    (feed,) = company("agenda", "feeds", "--json").json
    assert (feed["key"], feed["events"]) == ("claire", 2)
    assert "Claire (claire)" in company("agenda", "feeds").out
    assert company("agenda", "accept", "claire").code == 1
    assert company("agenda", "accept", "other").code == 2


def test_what_we_say_of_a_provider_without_a_page(company: Run) -> None:
    said = company("provider", "state", "Compta+", "degraded", "two", "late", "closes", "--until", "friday")
    assert said.code == 0
    assert "two late closes" in company("provider", "show", "compta").out
    assert company("provider", "spoke", "compta", "called", "about", "October").code == 0
    assert "called about October" in company("provider", "show", "compta").out
    assert company("provider", "settle", "compta").code == 0
    assert "two late closes" not in company("provider", "show", "compta").out.split("\n")[0]
    assert company("provider", "settle", "compta").code == 1
    assert company("provider", "mute", "compta", "--until", "yesterday").code == 2
    assert company("provider", "show", "nobody").code == 2


def test_the_catalogue_proposes_the_usual_tools(company: Run) -> None:
    for word in ("slack", "teams", "drive", "notion", "ovh", "pennylane"):
        assert company("provider", "catalogue", word).out, word
    assert company("provider", "catalogue", "zzz").code == 1
