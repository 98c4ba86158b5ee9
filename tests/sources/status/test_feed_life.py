"""A history in RSS: what an item tells of now, by its age, its words and whether it is a planned work."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import StatusReading
from tests.sources.status.hostile import NOW, read

DOWN = "<p><small>Nov <var>20</var>, <var>09:00</var> UTC</small><br><strong>{word}</strong> - Words.</p>"


def feed(*items: tuple[str, str, datetime]) -> StatusReading:
    """The reading of items: title, word of the latest message (may be empty) and date."""
    told = "".join(
        f"<item><title>{title}</title><guid>{title}{n}</guid><pubDate>{format_datetime(at)}</pubDate>"
        f"<description><![CDATA[{DOWN.format(word=word) if word else 'Words.'}]]></description></item>"
        for n, (title, word, at) in enumerate(items)
    )
    return read("feed", f'<rss version="2.0"><channel><title>Acme</title>{told}</channel></rss>'.encode())


@pytest.mark.parametrize(
    ("age", "state", "open_"),
    [
        (timedelta(hours=2), State.PARTIAL_OUTAGE, True),
        (timedelta(days=6), State.PARTIAL_OUTAGE, True),
        (timedelta(days=8), State.UNKNOWN, False),
        (timedelta(days=220), State.UNKNOWN, False),
    ],
)
def test_what_nobody_closed_is_not_told_as_going_on_for_ever(
    age: timedelta, state: State, open_: bool
) -> None:
    found = feed(("API outage", "Investigating", NOW - age))
    assert found.state is state
    assert [each.open for each in found.incidents] == [open_]
    assert bool(found.warnings) is not open_


@pytest.mark.parametrize(
    "title",
    ["[RESOLVED] API outage", "API outage - Resolved", "Resolved: API outage", "[Résolu] Panne d'API"],
)
def test_a_title_that_says_so_ends_it(title: str) -> None:
    (incident,) = feed((title, "", NOW - timedelta(hours=2))).incidents
    assert not incident.open


@pytest.mark.parametrize("title", ["Unresolved API outage", "API outage: not resolved yet, we go on"])
def test_a_word_inside_a_sentence_ends_nothing(title: str) -> None:
    (incident,) = feed((title, "", NOW - timedelta(hours=2))).incidents
    assert incident.open


@pytest.mark.parametrize(
    ("word", "age", "phases", "state"),
    [
        ("Scheduled", timedelta(days=-3), ["scheduled"], State.UNKNOWN),
        ("In progress", timedelta(hours=1), ["in_progress"], State.MAINTENANCE),
        ("In progress", timedelta(days=9), ["in_progress"], State.MAINTENANCE),
        ("Completed", timedelta(hours=1), [], State.UNKNOWN),
        ("Scheduled", timedelta(days=40), [], State.UNKNOWN),
    ],
)
def test_a_planned_work_is_no_trouble_whatever_its_phase(
    word: str, age: timedelta, phases: list[str], state: State
) -> None:
    found = feed(("Database upgrade", word, NOW - age))
    assert [each.open for each in found.incidents] in ([], [False])
    assert [each.phase for each in found.maintenances] == phases
    assert found.state is state


def test_a_work_under_way_without_a_word_for_a_week_says_how_long() -> None:
    (said,) = feed(("Database upgrade", "In progress", NOW - timedelta(days=9))).warnings
    assert "9" in said


def test_a_recent_trouble_shows_beside_old_ones_that_nobody_closed() -> None:
    found = feed(
        ("Old outage", "Investigating", NOW - timedelta(days=200)),
        ("Slow pages", "Identified", NOW - timedelta(hours=1)),
    )
    assert found.state is State.DEGRADED
    assert [each.title for each in found.incidents if each.open] == ["Slow pages"]


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        (
            "rss",
            "<item><title>Outage</title><guid>{n}</guid><link>{link}</link><pubDate>{rfc}</pubDate></item>",
        ),
        (
            "atom",
            "<entry><title>Outage</title><id>{n}</id><link href='{link}'/><updated>{iso}</updated></entry>",
        ),
    ],
)
def test_items_that_lead_to_one_page_are_one_incident_and_keep_its_link(kind: str, item: str) -> None:
    address = "https://status.acme.example/incidents/4711"
    items = "".join(
        item.format(n=n, link=address, rfc=format_datetime(at), iso=at.isoformat())
        for n, at in enumerate((NOW - timedelta(hours=1), NOW - timedelta(minutes=5)))
    )
    feed = (
        f'<rss version="2.0"><channel><title>Acme</title>{items}</channel></rss>'
        if kind == "rss"
        else f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title>{items}</feed>'
    )
    (incident,) = read("feed", feed.encode()).incidents
    assert incident.link == address


@pytest.mark.parametrize(
    ("word", "age", "kept", "told"),
    [
        ("Scheduled", timedelta(days=30), ["scheduled"], ()), ("Scheduled", timedelta(days=30, seconds=1), [], ()),
        ("In progress", timedelta(days=7), ["in_progress"], ()),
        ("In progress", timedelta(days=7, seconds=1), ["in_progress"],
         ("“Database upgrade” is said to be under way without a word for 7 days",)),
        ("Investigating", timedelta(days=7), [], ()),
        ("Investigating", timedelta(days=7, seconds=1), [],
         ("an old item of the feed that nobody closed is not shown as going on",)),
    ],
)  # fmt: skip
def test_what_is_old_is_told_from_the_second_on_at_which_it_is(
    word: str, age: timedelta, kept: list[str], told: tuple[str, ...]
) -> None:
    found = feed(("Database upgrade", word, NOW - age))
    assert [each.phase for each in found.maintenances] == kept
    assert [each.open for each in found.incidents] == ([not told] if word == "Investigating" else [])
    assert found.warnings == told


@pytest.mark.parametrize(
    ("title", "phase"),
    [
        ("[Monitoring] API", "monitoring"), ("API (Identified)", "identified"), ("API – Résolu", "resolved"),
        ("Identified: API", "identified"), ("Completed", "resolved"), ("API is monitoring nothing", "investigating"),
        ("[API] slow", "investigating"), ("API: under investigation", "investigating"),
    ],
)  # fmt: skip
def test_a_title_carries_its_phase_at_its_begin_or_its_end(title: str, phase: str) -> None:
    (incident,) = feed((title, "", NOW - timedelta(hours=1))).incidents
    assert incident.phase == phase


@pytest.mark.parametrize(
    ("title", "word", "planned"),
    [
        ("Maintenance of disks", "", True), ("Entretien des disques", "", True), ("Maintenance outage", "", False),
        ("Disks", "Verifying", True), ("Disks", "Monitoring", False), ("Maintenance of disks", "Monitoring", False),
        ("Maintenance of disks", "Identified", False), ("Disks", "Planifié", True), ("Maintained disks", "", False),
    ],
)  # fmt: skip
def test_a_planned_work_is_told_by_its_words(title: str, word: str, planned: bool) -> None:
    found = feed((title, word, NOW - timedelta(hours=1)))
    assert (len(found.maintenances), len(found.incidents)) == ((1, 0) if planned else (0, 1))


@pytest.mark.parametrize(
    ("first", "then", "phase"),
    [
        ("Jun 30, 08:00", "Jul 01, 07:00", "monitoring"), ("Dec 31, 08:00", "Jan 01, 07:00", "monitoring"),
        ("Jan 01, 08:00", "Dec 31, 07:00", "identified"), ("Jan 01, 00:00", "Jul 02, 00:00", "monitoring"),
        ("Jan 01, 00:00", "Jul 03, 00:00", "identified"), ("Feb 29, 08:00", "Mar 01, 08:00", "monitoring"),
        ("Nov 20, 08:00", "Nov 20, 08:01", "monitoring"), ("Nov 20, 08:00", "Nov 20, 07:59", "identified"),
    ],
)  # fmt: skip
def test_of_two_messages_without_a_year_the_later_one_counts_over_new_year_too(
    first: str, then: str, phase: str
) -> None:
    stamps = "".join(
        f"<p><small>{at} UTC</small><br><strong>{word}</strong> - x</p>"
        for at, word in ((first, "Identified"), (then, "Monitoring"))
    )
    body = (
        f'<rss version="2.0"><channel><item><title>Slow</title><pubDate>{format_datetime(NOW)}</pubDate>'
        f"<description><![CDATA[{stamps}]]></description></item></channel></rss>"
    )
    (incident,) = read("feed", body.encode()).incidents
    assert incident.phase == phase


@pytest.mark.parametrize(
    ("links", "keys"),
    [
        (("https://a.test/news", "https://a.test/news"), ["g0", "g1"]),
        (("https://a.test", "https://a.test"), ["g0", "g1"]),
        (("https://a.test/i/1", "https://a.test/i/1/"), ["/i/1"]),
        (("https://a.test/i/1", "https://a.test/i/2"), ["/i/1", "/i/2"]),
        (("https://a.test/x/status", "https://a.test/x/status/"), ["g0", "g1"]), (("", ""), ["g0", "g1"]),
    ],
)  # fmt: skip
def test_items_are_one_incident_where_they_lead_to_one_page_of_its_own(
    links: tuple[str, str], keys: list[str]
) -> None:
    items = "".join(
        f"<item><title>Slow</title><guid>g{n}#{n}</guid><link>{link}</link>"
        f"<pubDate>{format_datetime(NOW - timedelta(hours=1))}</pubDate></item>"
        for n, link in enumerate(links)
    )
    found = read("feed", f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
    assert [each.key for each in found.incidents] == keys


def test_of_several_links_of_an_entry_the_first_of_a_page_counts() -> None:
    links = "".join(
        f"<link {rel}href='https://a.test/i/{name}'/>"
        for rel, name in (("rel='self' ", "self"), ("", "one"), ("rel='alternate' ", "two"))
    )
    entry = f"<entry><title>Slow</title><id>g</id>{links}<updated>{NOW.isoformat()}</updated></entry>"
    found = read("feed", f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode())
    assert [each.link for each in found.incidents] == ["https://a.test/i/one"]
