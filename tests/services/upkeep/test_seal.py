"""The seal at opening: what it reads, what it notices, and what published heads tell of an end that was cut."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import history
from cockpit.services.upkeep import backups, health, seal
from cockpit.store import journal, proof
from cockpit.store.state import memos
from tests.conftest import TickingClock


def add(workspace: Workspace, title: str) -> str:
    return workspace.add(REGISTERS["blocker"], {"title": title})


def forge(workspace: Workspace, *statements: str) -> None:
    """Change the file as somebody with a tool for SQL would."""
    with closing(sqlite3.connect(workspace.path)) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


CUT = (
    "DROP TRIGGER journal_never_shrinks",
    "DELETE FROM journal WHERE seq > 2",
    "DELETE FROM blocker WHERE number > 2",
    "UPDATE memo SET value = (SELECT seq || ':' || hash FROM journal WHERE seq = 2) WHERE name = 'journal_head'",
)
"""The last entries, what they made and the memo of the head, all at once."""


def test_the_first_verification_reads_everything_and_the_next_what_came_since(workspace: Workspace) -> None:
    add(workspace, "one")
    first = seal.check(workspace)
    assert (first.holds, first.whole, first.entries) == (True, True, 1)
    add(workspace, "two")
    second = seal.check(workspace)
    assert (second.holds, second.whole, second.entries) == (True, False, 2)


def test_a_journal_without_an_entry_holds_each_time(workspace: Workspace) -> None:
    assert [seal.check(workspace).holds for _opening in range(3)] == [True] * 3
    add(workspace, "one")
    assert seal.check(workspace).holds


def test_once_a_week_and_when_asked_everything_is_read_again(
    workspace: Workspace, clock: TickingClock
) -> None:
    add(workspace, "one")
    seal.check(workspace)
    clock.forward(days=6, hours=23)
    assert not seal.check(workspace).whole
    clock.forward(hours=1)
    assert seal.check(workspace).whole
    assert not seal.check(workspace).whole
    assert seal.check(workspace, whole=True).whole
    clock.forward(days=-30)
    assert seal.check(workspace).whole, "a clock that was set back"


def test_what_opening_costs_does_not_grow_with_the_journal(workspace: Workspace) -> None:
    """In steps of SQLite's machine and rows handed over, which no busy machine changes."""

    def cost() -> int:
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 1
            return 0

        workspace.conn.set_progress_handler(count, 10)
        try:
            assert not seal.check(workspace).whole
        finally:
            workspace.conn.set_progress_handler(None, 0)
        return steps

    codes = [add(workspace, f"b{n}") for n in range(20)]
    seal.check(workspace)
    add(workspace, "new")
    short = cost()
    for n in range(1_500):
        put = journal.Put("blocker", f"x{n}", {"title": f"t{n}"}, "B")
        journal.write(workspace.conn, workspace.stamp("blocker.add"), [put])
    seal.check(workspace)
    add(workspace, "new")
    assert len(codes) == 20
    assert cost() <= 2 * short


def test_a_row_that_was_changed_is_named_with_both_values(workspace: Workspace) -> None:
    add(workspace, "Contract signed")
    seal.check(workspace)
    forge(workspace, "UPDATE blocker SET title = 'Contract refused'")
    (found,) = seal.check(workspace, whole=True).rows
    said = seal.in_words(found)
    assert "B-1" in said
    assert "title" in said
    assert "Contract refused" in said
    assert "Contract signed" in said
    assert not seal.check(workspace).holds, "until it is mended, opening says so too"
    seal.restore_row(workspace, "b-1")
    assert seal.check(workspace).holds
    (newest, *_rest) = history.recent(workspace)
    assert (newest.code, newest.verb) == ("B-1", "put back as the journal has it")


def test_rows_that_appear_or_vanish_are_noticed_at_opening(workspace: Workspace) -> None:
    add(workspace, "one")
    add(workspace, "two")
    seal.check(workspace)
    forge(workspace, "DELETE FROM blocker WHERE code = 'B-1'")
    (found,) = seal.check(workspace).rows
    assert (found.code, found.stored) == ("B-1", None)
    seal.restore_row(workspace, "B-1")
    assert seal.check(workspace).holds


def test_an_end_that_was_cut_off_with_the_memo_is_told_by_what_was_verified(workspace: Workspace) -> None:
    for n in range(4):
        add(workspace, f"b{n}")
    seal.check(workspace)
    forge(workspace, *CUT)
    assert seal.check(workspace).broken == 3


def test_an_end_that_was_cut_off_is_told_by_a_published_head(workspace: Workspace) -> None:
    for n in range(4):
        add(workspace, f"b{n}")
    head = journal.head(workspace.conn)[1]
    forge(workspace, *CUT, "DELETE FROM memo WHERE name = 'verified'")
    assert seal.check(workspace, whole=True).holds, "nothing inside the file tells it"
    assert seal.check(workspace, published=head[:12]).lost == head[:12]
    assert seal.check(workspace, published=journal.head(workspace.conn)[1].upper()).holds
    assert seal.check(workspace, published="not a seal").lost


def test_an_end_that_was_cut_off_is_told_by_the_name_of_the_newest_backup(workspace: Workspace) -> None:
    for n in range(4):
        add(workspace, f"b{n}")
    saved, _doubt = backups.make(workspace)
    assert journal.head(workspace.conn)[1][:12] in saved.name
    assert seal.check(workspace).holds
    forge(workspace, *CUT, "DELETE FROM memo WHERE name = 'verified'")
    assert seal.check(workspace).lost == saved.name
    assert [each.text for each in health.examine(workspace) if each.level == "bad"] == [
        f"its end is missing: {saved.name} was written down once"
    ]


def test_a_broken_journal_proves_no_row(workspace: Workspace) -> None:
    add(workspace, "one")
    forge(
        workspace,
        "DROP TRIGGER journal_never_changes",
        "UPDATE journal SET after = json_set(after, '$.title', 'other')",
        "UPDATE blocker SET title = 'other'",
    )
    assert seal.check(workspace).broken == 1
    with pytest.raises(proof.CannotRestore):
        seal.restore_row(workspace, "B-1")


def test_a_memo_that_was_tampered_with_is_read_as_none(workspace: Workspace) -> None:
    add(workspace, "one")
    seal.check(workspace)
    for said in (
        "",
        "x",
        "[]",
        json.dumps({"seq": "x"}),
        json.dumps({"seq": 1, "hash": "0", "whole_at": "x"}),
    ):
        memos.put(workspace.conn, "verified", said)
        assert seal.check(workspace).whole


def test_a_restored_row_is_not_what_undo_takes_back(workspace: Workspace) -> None:
    add(workspace, "kept")
    forge(workspace, "UPDATE blocker SET title = 'forged'")
    seal.restore_row(workspace, "B-1")
    workspace.undo()
    assert workspace.conn.execute("SELECT count(*) FROM blocker").fetchone()[0] == 0


def test_what_is_busy_is_verified_all_the_same(workspace: Workspace) -> None:
    add(workspace, "VPN")
    workspace.conn.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert seal.check(workspace, whole=True).holds
        assert any(found.level == "ok" for found in health.examine(workspace))
