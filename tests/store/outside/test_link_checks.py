"""What is known of the links of documents: of the address that stands there now."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cockpit.domain.documents.link_state import LinkState
from cockpit.store import journal
from cockpit.store.connection import connect
from cockpit.store.journal import Put, Stamp
from cockpit.store.outside import link_checks
from cockpit.store.outside.link_checks import KnownLink, LinkCheck

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
STAMP = Stamp(at="2026-11-23T08:00:00+00:00", actor="claire", action="x")


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = connect(tmp_path / "a.db")
    yield opened
    opened.close()


def check(code: str, link: str = "https://x.test/a", **more: object) -> LinkCheck:
    given = {"state": LinkState.SILENT, "checked_at": NOW, "next_try": NOW, **more}
    return LinkCheck(code=code, link=link, **given)  # type: ignore[arg-type]


def test_web_addresses_of_records_in_force_are_links(conn: sqlite3.Connection) -> None:
    made = [("1", "https://x.test/a", None), ("2", "R:\\\\share", None), ("3", "https://x.test/b", STAMP.at)]
    for id, link, archived in made:
        journal.write(
            conn, STAMP, [Put("document", id, {"name": id, "link": link, "archived_at": archived}, "DO")]
        )
    journal.write(conn, STAMP, [Put("provider", "p", {"name": "Paie+"}, "PR")])
    for id, ended in (("4", None), ("5", "2026-01-01")):
        values = {"name": id, "provider": "PR-1", "document": "http://x.test/c", "ended_on": ended}
        journal.write(conn, STAMP, [Put("contract", id, values, "CT")])
    assert set(link_checks.links(conn)) == {
        KnownLink("DO-1", "https://x.test/a"), KnownLink("CT-1", "http://x.test/c"),
    }  # fmt: skip


def test_the_last_try_of_each_comes_back_and_only_of_those_that_are_asked(conn: sqlite3.Connection) -> None:
    first, second = check("DO-1"), check("DO-2", ok_at=NOW, fails=2, error="x.test", state=LinkState.DEAD)
    assert (first.fails, first.error, first.ok_at) == (0, "", None)
    for each in (check("DO-1", fails=9), first, second):
        link_checks.save(conn, each)
    assert link_checks.checks(conn) == {"DO-1": first, "DO-2": second}
    assert link_checks.checks(conn, ["DO-2", "DO-9"]) == {"DO-2": second}
    assert link_checks.checks(conn, []) == {}


def test_what_is_known_of_an_address_that_stands_nowhere_any_more_is_forgotten(
    conn: sqlite3.Connection,
) -> None:
    for each in (check("DO-1"), check("DO-2"), check("DO-3")):
        link_checks.save(conn, each)
    link_checks.forget_others(
        conn, [KnownLink("DO-1", "https://x.test/a"), KnownLink("DO-2", "https://x.test/b")]
    )
    assert set(link_checks.checks(conn)) == {"DO-1"}
