"""Searching the journal: who, what, which kind, when, and words as a person reads them."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from cockpit import locale
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import journal_search
from cockpit.services.work import capture, entry, moves
from cockpit.store import journal, records
from tests.conftest import TickingClock


@pytest.fixture
def company(workspace: Workspace, clock: TickingClock) -> Workspace:
    """Two people, two blockers, over three days; a review ended on the second."""
    workspace.add(REGISTERS["provider"], {"name": "Paie+"})
    sophie = replace(workspace, settings=replace(workspace.settings, me="Sophie Le Goff"))
    capture.save(workspace, "blocker", entry.understand(workspace, "Écarts de paie"))
    clock.forward(days=1)
    capture.save(sophie, "blocker", entry.understand(sophie, "VPN down"))
    clock.forward(hours=1)
    at = workspace.clock()
    workspace.add(REGISTERS["review"], {"by": workspace.actor, "started_at": at, "ended_at": at})
    clock.forward(days=1)
    moves.wait_for(sophie, "B-1", ("PR-1",))
    moves.done(workspace, ["B-2"])
    return workspace


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", ["B-2 done", "B-1 waits for", "RV-1 added", "B-2 added", "B-1 added", "PR-1 added"]),
        ("who:goff", ["B-1 waits for", "B-2 added"]),
        ("qui:moi kind:blocker", ["B-2 done", "B-1 added"]),
        ("what:b-1", ["B-1 waits for", "B-1 added"]),
        ("quoi:vpn", ["B-2 done", "B-2 added"]),
        ("kind:done", ["B-2 done"]),
        ("since:yesterday until:yesterday", ["RV-1 added", "B-2 added"]),
        ("depuis:ma dernière revue goff", ["B-1 waits for"]),
        ("since:today 11h", []),
        ("écart", ["B-1 added"]),
        ("ECARTS", ["B-1 added"]),
        ("paie+", ["B-1 waits for", "PR-1 added"]),
        ("!added", ["B-2 done", "B-1 waits for"]),
        ("%vpndwn", []),
        ("%dwn", ["B-2 added"]),
    ],
)
def test_entries_are_found_by_what_a_person_says_of_them(
    company: Workspace, line: str, found: list[str]
) -> None:
    read = journal_search.read(company, journal_search.understood(company, line), 50)
    assert [f"{each.code} {each.verb}" for _entry, each in read] == found


@pytest.mark.parametrize("line", ["who:nobody", "what:zzz", "kind:zzz", "since:zzz", "since:zz yesterday"])
def test_what_is_not_known_is_said(company: Workspace, line: str) -> None:
    with pytest.raises(ValueError, match=line.partition(":")[2].split()[0]):
        journal_search.understood(company, line)


def test_a_room_finds_no_words_that_it_may_not_read(company: Workspace) -> None:
    locale.use("fr")
    company.add(REGISTERS["blocker"], {"title": "Projet Alizé", "conf": 3})
    room = company.behind(1)
    asked = journal_search.understood(room, "alize")
    assert journal_search.read(room, asked, 50) == []
    assert len(journal_search.read(company, asked, 50)) == 1


def test_what_is_rare_is_found_among_many_entries_as_soon_as_what_is_common(company: Workspace) -> None:
    many = 20_000
    at = records.instant(company.clock() - timedelta(days=9))
    company.conn.execute(
        "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        " INSERT INTO journal (seq, batch, at, actor, host, action, entity, entity_id, code, before, after, reason,"
        " conf, undoes, prev_hash, hash) SELECT i, i, ?, 'Claire', '', 'priority.edit', 'priority',"
        " 'x' || i, 'P-' || i,"
        " '{\"title\": \"a\"}', '{\"title\": \"b\"}', '', 1, NULL, '', i FROM n",
        (many, at),
    )

    def cost(line: str) -> float:
        began = time.thread_time()
        asked = journal_search.understood(company, line)
        assert journal_search.read(company, asked, 20)
        return time.thread_time() - began

    assert journal.head(company.conn)[0] == many
    common = min(cost("kind:priority") for _ in range(3))
    assert min(cost("what:b-1") for _ in range(3)) < 10 * common
    assert min(cost("who:goff") for _ in range(3)) < 10 * common
