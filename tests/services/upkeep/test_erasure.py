"""Whoever is erased is in no byte of the file, and the journal still holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from cockpit.domain.records.erasure import Erased
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.person import Person
from cockpit.services.desk import editor
from cockpit.services.desk.workspace import Workspace
from cockpit.services.upkeep import backups, comparing, erasure, seal
from cockpit.store import journal
from cockpit.store.connection import connect
from tests.services.upkeep.test_backups import add

NAME, MAIL = "Zoé Quémeneur", "zoe@quemeneur.example"


@pytest.fixture
def told(workspace: Workspace) -> Workspace:
    """A cockpit that tells of somebody in many ways."""
    person = {"name": NAME, "contact": f"{MAIL}, 06 12 34 56 78", "role": "Comptable"}
    assert workspace.add(REGISTERS["person"], person) == "PE-1"
    workspace.add(REGISTERS["person"], {"name": "Zoé Martin"})
    code = add(workspace, "Relancer Quemeneur Zoe pour la paie")
    (blocker,) = workspace.select(Blocker, "blocker", "code = ?", (code,))
    note = f'Dit "urgent" au +33 6 12 34 56 78, ou à {MAIL} ; voir zoé_quémeneur et Zoé'
    workspace.change(REGISTERS["blocker"], blocker, {"note": note, "owner": "PE-1"}, reason=f"vu avec {NAME}")
    workspace.keep_draft("new:blocker", f"Appeler {NAME.upper()} demain")
    signed = workspace.stamp("blocker.add", by=NAME)
    journal.write(workspace.conn, signed, [journal.Put("blocker", "x", {"title": "signed"}, "B")])
    return workspace


def bytes_of(workspace: Workspace) -> bytes:
    files = [workspace.path, *(Path(f"{workspace.path}{end}") for end in ("-wal", "-shm"))]
    return b"".join(path.read_bytes() for path in files if path.exists())


def erased(workspace: Workspace, *also: str) -> erasure.ErasureDone:
    return erasure.erase(workspace, erasure.preview(workspace, NAME, also), "the person, by letter")


def test_nothing_of_the_person_is_left_in_the_file(told: Workspace) -> None:
    assert b"meneur" in bytes_of(told).lower()
    done = erased(told)
    assert done.compact
    left = bytes_of(told).lower()
    for word in ("quémeneur", "quemeneur", MAIL, "06 12 34 56 78", "6 12 34 56 78"):
        assert word.encode() not in left, word
    assert "zoé martin".encode() in left, "a namesake stays"
    (person,) = told.select(Person, "person", "code = 'PE-1'")
    assert (person.name, person.contact, person.role) == ("PE-1", "", "Comptable")
    titles = [row["title"] for row in told.conn.execute("SELECT title FROM blocker ORDER BY number")]
    assert titles == ["Relancer PE-1 pour la paie", "signed"]
    assert told.draft("new:blocker") == "Appeler PE-1 demain"


def test_the_chain_holds_and_replays_to_the_rows(told: Workspace) -> None:
    before = journal.head(told.conn)
    done = erased(told)
    assert journal.holds(told.conn, before)
    assert seal.check(told, whole=True).holds
    add(told, "afterwards")
    assert seal.check(told).holds
    (entry,) = journal.history(told.conn, told.select(Person, "person", "code = 'PE-1'")[0].id, 1)
    assert (entry.action, entry.reason, entry.seq) == ("person.erase", "the person, by letter", done.seq)
    assert entry.after is not None
    assert (entry.after["texts"], entry.after["entries"]) == (done.texts, done.entries)
    # The name and the contact of the person, title and note of the blocker, the draft, and who made what the
    # person signed; of the journal: who was made, the blocker and its change, and what the person signed.
    assert (done.texts, done.entries) == (6, 4)


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE journal SET after = replace(after, 'PE-1', 'PE-2') WHERE erased IS NOT NULL",
        "UPDATE journal SET erased = NULL WHERE erased IS NOT NULL",
        "UPDATE journal SET erased = (SELECT max(erased) FROM journal), after = '{}' WHERE seq = 2",
        "UPDATE journal SET after = json_set(after, '$.texts', 0) WHERE action = 'person.erase'",
    ],
)
def test_whoever_changes_what_was_left_is_seen(told: Workspace, forged: str) -> None:
    erased(told)
    assert journal.verify(told.conn) is None
    told.conn.execute("DROP TRIGGER journal_never_changes")
    told.conn.execute(forged)
    assert journal.verify(told.conn) is not None


def test_it_is_told_and_never_undone(told: Workspace) -> None:
    erased(told)
    with suppress(Refusal):
        while told.undo():
            pass
    assert b"meneur" not in bytes_of(told).lower()
    assert seal.check(told, whole=True).holds
    rule = "SELECT name FROM sqlite_master WHERE name = 'journal_never_changes'"
    assert told.conn.execute(rule).fetchone()
    with pytest.raises(sqlite3.IntegrityError):
        told.conn.execute("UPDATE journal SET actor = 'x'")


def test_a_hash_tells_no_name_to_whoever_tries_them(told: Workspace) -> None:
    made = told.conn.execute("SELECT * FROM journal WHERE seq = 1").fetchone()
    salt = made["salt"]
    assert len(salt) == 32
    erased(told)
    assert salt.encode() not in bytes_of(told)


def test_what_is_left_of_an_entry_is_salted_anew(told: Workspace) -> None:
    before = {row["seq"]: row["salt"] for row in told.conn.execute("SELECT seq, salt FROM journal")}
    done = erased(told)
    rows = told.conn.execute("SELECT salt, seq FROM journal WHERE erased = ?", (done.seq,)).fetchall()
    assert len(rows) == done.entries
    assert all(len(row["salt"]) == 32 and row["salt"] != before[row["seq"]] for row in rows)


def test_every_table_is_looked_through_whatever_tells_its_rows_apart(told: Workspace) -> None:
    conn, agenda = told.conn, "INSERT INTO agenda_issue (feed, uid, line, what) VALUES ('f', ?, ?, 'bad')"
    conn.executemany(agenda, [("a", f"ATTENDEE:{NAME}"), ("b", "LOCATION:Lyon"), ("c", f"ORGANIZER:{NAME}")])
    conn.execute(
        "INSERT INTO live_event VALUES ('RO-1', 1, '2026-11-23', 'note', ?)", (f'{{"text": "{NAME}"}}',)
    )
    conn.execute("INSERT INTO draft VALUES (?, 'x', ?, '2026-11-23')", (NAME, f"Appeler {NAME}"))
    erased(told)
    lines = [row["line"] for row in conn.execute("SELECT line FROM agenda_issue ORDER BY uid")]
    assert lines == ["ATTENDEE:PE-1", "LOCATION:Lyon", "ORGANIZER:PE-1"]
    assert conn.execute("SELECT data FROM live_event").fetchone()["data"] == '{"text": "PE-1"}'
    rows = conn.execute("SELECT who, text FROM draft WHERE place = 'x'").fetchall()
    assert [tuple(row) for row in rows] == [("PE-1", "Appeler PE-1")], "a key that changes is followed"


def test_somebody_else_is_erased_after(told: Workspace) -> None:
    erased(told)
    again = erasure.preview(told, "Zoé Martin")
    erasure.erase(told, again, "the person")
    assert b"martin" not in bytes_of(told).lower()
    assert seal.check(told, whole=True).holds


def test_a_single_word_of_the_name_is_counted_and_erased_only_when_asked(told: Workspace) -> None:
    found = erasure.preview(told, "PE-1")
    assert found.alone == 2
    assert any("Zoé Martin" in text for text in found.alone_examples)
    erased(told, "zoe")
    names = [row["name"] for row in told.conn.execute("SELECT name FROM person ORDER BY number")]
    assert names == ["PE-1", "PE-1 Martin"]
    assert seal.check(told, whole=True).holds


def test_an_address_behind_the_name_is_shown_and_erased_when_asked(told: Workspace) -> None:
    add(told, f"Inviter {NAME} <z.quem@cabinet.example> mardi")
    found = erasure.preview(told, "PE-1")
    assert found.beside == ("z.quem@cabinet.example",)
    erased(told, *found.beside)
    assert b"z.quem" not in bytes_of(told)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Łukasz Sørensen", "lukasz sorensen"), ("Łukasz Sørensen", "Lukasz Soerensen"),
        ("Lukasz Sorensen", "Łukasz Sørensen"), ("Đorđe Müller", "Dorde Mueller"),
        ("Zoé Quémeneur", "Zoé Qué\u00admeneur"), ("Zoé Quéme\u00adneur", "zoe\u200b quemeneur"),
        ("Weiß Œdipe", "WEISS OEDIPE"), ("Jean-Marie Le Goff", "Jean\u00a0Marie Le\n  Goff"),
    ],
)  # fmt: skip
def test_a_name_is_erased_however_a_keyboard_writes_it(workspace: Workspace, name: str, typed: str) -> None:
    workspace.add(REGISTERS["person"], {"name": name})
    assert Erased("PE-1", name).out_of(f"voir {typed}, demain") == "voir PE-1, demain"
    add(workspace, f"Appeler {typed}")
    erasure.erase(workspace, erasure.preview(workspace, "PE-1"), "")
    (found,) = workspace.select(Blocker, "blocker", "1")
    assert found.title == "Appeler PE-1"


def test_the_name_without_its_middle_and_its_initials_are_listed_for_a_look(workspace: Workspace) -> None:
    workspace.add(REGISTERS["person"], {"name": "Jean-Marie Paul Le Goff"})
    for text in ("Jean-Marie Le Goff rappelle", "Vu J.-M. Le Goff", "LE GOFF Jean-Marie", "signé JMPLG",
                 "Paul Martin", "jmplg.example"):  # fmt: skip
        add(workspace, text)
    found = erasure.preview(workspace, "PE-1")
    assert set(found.near) == {"Jean-Marie Le Goff", "J.-M. Le Goff", "LE GOFF Jean-Marie", "JMPLG"}
    assert (found.alone, found.alone_examples) == (1, ("Paul Martin",))
    erasure.erase(workspace, erasure.preview(workspace, "PE-1", found.near), "")
    titles = [each.title for each in workspace.select(Blocker, "blocker", "1 ORDER BY number")]
    assert titles[:4] == ["PE-1 rappelle", "Vu PE-1", "PE-1", "signé PE-1"]
    assert titles[4] == "Paul Martin"
    assert erasure.preview(workspace, "PE-1").near == ()


def test_nobody_erases_themselves(workspace: Workspace) -> None:
    workspace.add(REGISTERS["person"], {"name": workspace.actor})
    with pytest.raises(Refusal, match="this is you"):
        erasure.preview(workspace, workspace.actor)


def test_a_seat_that_reads_not_everything_erases_nothing(told: Workspace) -> None:
    with pytest.raises(Refusal, match="reads everything"):
        erasure.preview(told.behind(2), "PE-1")


def test_an_older_backup_still_verifies_and_says_that_the_name_would_come_back(
    told: Workspace, tmp_path: Path
) -> None:
    saved = backups.make(told, tmp_path / "saved.db")[0]
    before = told.written
    erased(told)
    assert (
        any("older copies" in line for line in erasure.elsewhere(told, erasure.preview(told, "PE-1").erased))
        is False
    )
    backups.make(told)
    with backups.opened(saved) as copy:
        backups.judge(copy, saved)
        loss = comparing.compared(told, copy)
    assert (loss.entries, loss.erased) == (before, ("PE-1",))
    assert "Erased since, and here again by name: PE-1" in " ".join(comparing.lines(loss, told.now()))
    (newest,) = (told.path.parent / "backups").glob("*.db")
    assert b"meneur" not in newest.read_bytes().lower()
    backups.is_good(newest)


def test_what_lies_elsewhere_is_listed_with_what_to_do(told: Workspace) -> None:
    backups.make(told)
    minutes = told.path.parent / "minutes" / "m.md"
    minutes.parent.mkdir()
    minutes.write_text(f"Présents : {NAME}", encoding="utf-8")
    found = erasure.preview(told, "PE-1")
    erasure.erase(told, found, "the person")
    said = " ".join(erasure.elsewhere(told, found.erased))
    assert "1 older copy" in said
    told.path.with_name(".cockpit.db.00000000001a.partial").touch()
    assert "2 older copies" in " ".join(erasure.elsewhere(told, found.erased)), "of a restore that was killed"
    assert str(minutes) in said
    waiting = told.path.with_name("cockpit.db.drafts")
    waiting.write_text(f'{{"new:blocker": "Appeler {NAME}"}}', encoding="utf-8")
    assert str(waiting) in " ".join(erasure.elsewhere(told, found.erased))
    note = editor.file_for(told.path, "B-1", "note")
    editor.begin(note, f"Appeler {NAME}")
    assert str(note) in " ".join(erasure.elsewhere(told, found.erased)), "what an editor left too"


def test_what_somebody_holds_open_is_told_and_goes_the_next_time(told: Workspace) -> None:
    with closing(connect(told.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM blocker").fetchone()
        told.conn.execute("PRAGMA busy_timeout = 50")
        done = erased(told)
        assert not done.compact
        reader.execute("ROLLBACK")
    again = erasure.erase(told, erasure.preview(told, "PE-1"), "")
    assert (again.compact, again.seq) == (True, 0)
    assert b"meneur" not in bytes_of(told).lower()


def test_an_approval_is_still_what_was_approved(told: Workspace) -> None:
    from cockpit.domain.approvals.content import Wording
    from cockpit.domain.registers.approval import Approval
    from cockpit.services.approvals import contents

    content = contents.sealed(told, f"Prime de {NAME}", 10_000, "", "")
    told.add(REGISTERS["approval"], {"title": f"Prime de {NAME}", "amount": 10_000, "content": content})
    erased(told)
    (found,) = told.select(Approval, "approval", "1")
    assert (found.title, contents.wording(told, found)) == ("Prime de PE-1", Wording.SAME)
    assert seal.check(told, whole=True).holds


def test_a_closed_month_is_still_what_was_closed(told: Workspace) -> None:
    from cockpit.domain.registers.closing import Closing
    from cockpit.services.documents.report import closing
    from cockpit.store.state import closed_reports

    code = told.add(REGISTERS["closing"], {"name": "octobre 2026"})
    closed_reports.keep(told.conn, code, {3: f"Vu avec {NAME}"})
    (made,) = told.select(Closing, "closing", "1")
    told.change(REGISTERS["closing"], made, {"digest": closing.digest_of(told, made)})
    erased(told)
    (found,) = told.select(Closing, "closing", "1")
    assert closed_reports.read(told.conn, code, 3) == "Vu avec PE-1"
    assert closing.is_whole(told, found)
    assert seal.check(told, whole=True).holds
