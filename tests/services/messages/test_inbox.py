"""What partners send in: taken once, sorted with one key, never lost, undone like anything else."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from cockpit.domain.messages.mail_statement import left_mail, parse_mail
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.statement import Statement
from cockpit.domain.settings import InboxSettings
from cockpit.services.boards.board import board
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import inbox, rows
from cockpit.services.records import find
from cockpit.services.work import capture, entry
from cockpit.sources.inbox.mailbox import RefusedMail
from tests.conftest import TickingClock

LATE = {
    "version": 1, "id": "MT-1", "from": "Messageries", "service": "Deliveries", "severity": "major",
    "title": "Truck stuck", "body": "Tomorrow before 10.",
}  # fmt: skip


@pytest.fixture
def folder(workspace: Workspace, tmp_path: Path) -> Path:
    place = tmp_path / "drop"
    place.mkdir()
    workspace.settings = replace(workspace.settings, inbox=InboxSettings(folder=str(place)))
    return place


def drop(folder: Path, name: str = "late.json", **changed: object) -> None:
    (folder / name).write_text(json.dumps({**LATE, **changed}))


def receive(workspace: Workspace, clock: TickingClock) -> inbox.Received:
    """Two looks, far enough apart for a file to be complete."""
    asyncio.run(inbox.receive(workspace))
    clock.forward(seconds=6)
    return asyncio.run(inbox.receive(workspace))


def one(workspace: Workspace) -> Statement:
    (found,) = workspace.select(Statement, "statement")
    return found


def test_a_file_is_taken_when_it_no_longer_grows(
    workspace: Workspace, folder: Path, clock: TickingClock
) -> None:
    drop(folder)
    assert asyncio.run(inbox.receive(workspace)).taken == 0
    drop(folder, body="Longer than it was a moment ago.")
    assert receive(workspace, clock).taken == 1
    found = one(workspace)
    assert (found.sender, found.severity, found.title) == ("Messageries", "p2", "Truck stuck")
    assert found.body == "Longer than it was a moment ago."
    assert [path.name for path in (folder / "processed").iterdir()] == ["late.json"]
    assert [each.code for each in board(workspace).inbox.statements] == ["IN-1"]


def test_the_same_statement_twice_is_one(workspace: Workspace, folder: Path, clock: TickingClock) -> None:
    drop(folder, "late.json")
    drop(folder, "late (conflicted copy).json")
    assert receive(workspace, clock).taken == 2
    assert one(workspace).code == "IN-1"
    assert len(list((folder / "processed").iterdir())) == 2


def test_what_cannot_be_understood_is_put_aside_with_the_reason(
    workspace: Workspace, folder: Path, clock: TickingClock
) -> None:
    (folder / "bad.json").write_text("{")
    (folder / "huge.md").write_text("x" * 300_000)
    found = receive(workspace, clock)
    assert (found.taken, found.refused) == (0, 2)
    aside = sorted(path.name for path in (folder / "rejected").iterdir())
    assert aside == ["bad.json", "bad.json.reason.txt", "huge.md", "huge.md.reason.txt"]
    assert (folder / "rejected" / "bad.json.reason.txt").read_text().strip() == "the file is not valid JSON"


def test_a_folder_that_is_gone_is_said(workspace: Workspace, folder: Path, clock: TickingClock) -> None:
    folder.rmdir()
    assert receive(workspace, clock).problems == ["drop cannot be read"]
    assert inbox.problem(workspace) == "drop cannot be read"


def test_one_key_makes_it_a_blocker_that_waits_for_its_sender(
    workspace: Workspace, folder: Path, clock: TickingClock
) -> None:
    provider = workspace.add(REGISTERS["provider"], {"name": "Messageries"})
    workspace.add(REGISTERS["contract"], {"name": "Deliveries", "provider": provider, "sla": "6ho"})
    drop(folder)
    receive(workspace, clock)
    made = inbox.make_blocker(workspace, "IN-1")
    found = find.find(workspace, made)[1]
    assert isinstance(found, Blocker)
    assert (found.title, found.waiting_on, found.severity) == ("Truck stuck", (provider,), "p2")
    assert "Stated by Messageries" in found.note
    assert found.sla_due is not None
    assert (one(workspace).triage, one(workspace).became) == ("blocker", made)
    assert "followed as B-1" in inbox.thanks(workspace, "IN-1").body
    workspace.undo()
    assert one(workspace).triage == "new"
    assert workspace.select(Blocker, "blocker") == ()


def test_it_may_stand_among_the_alerts_go_to_a_note_or_be_refused(
    workspace: Workspace, folder: Path, clock: TickingClock
) -> None:
    blocker = capture.save(workspace, "blocker", entry.understand(workspace, "Deliveries late next:call"))
    for number in range(3):
        drop(folder, f"{number}.json", id=str(number))
    receive(workspace, clock)
    inbox.raise_alert(workspace, "IN-1")
    assert [(a.kind, a.target) for a in board(workspace).alerts.loud] == [("partner", "IN-1")]
    inbox.note_on(workspace, "IN-2", blocker)
    assert "Tomorrow before 10." in find.find(workspace, blocker)[1].note  # type: ignore[attr-defined]
    with pytest.raises(refusal.NotPossible):
        inbox.refuse(workspace, "IN-3", " ")
    inbox.refuse(workspace, "IN-3", "not ours")
    assert "We will not act on it: not ours." in inbox.thanks(workspace, "IN-3").body
    assert board(workspace).inbox.statements == ()
    with pytest.raises(refusal.NotPossible):
        inbox.make_blocker(workspace, "IN-2")
    with pytest.raises(refusal.UnknownCode):
        inbox.make_blocker(workspace, "IN-9")


def test_a_mailbox_that_cannot_be_reached_does_not_stop_the_folder(
    workspace: Workspace, folder: Path, clock: TickingClock
) -> None:
    workspace.settings = replace(
        workspace.settings,
        inbox=replace(
            workspace.settings.inbox, mail="imaps://127.0.0.1:1", allowed=("@partner.example",),
            authserv="mx.example", internal=True,
        ),
    )  # fmt: skip
    drop(folder)
    found = receive(workspace, clock)
    assert found.taken == 1
    assert len(found.problems) == 1


def test_a_text_without_ceremony_is_a_statement(
    workspace: Workspace, folder: Path, clock: TickingClock
) -> None:
    (folder / "note.txt").write_bytes(
        "Le camion est bloqué, l’accès coûte 500 €\r\nDemain 10 h.".encode("cp1252")
    )
    assert receive(workspace, clock).taken == 1
    found = one(workspace)
    assert (found.title, found.body) == ("Le camion est bloqué, l’accès coûte 500 €", "Demain 10 h.")
    assert (found.triage, found.way) == ("new", "folder")


def test_what_cannot_be_taken_is_a_red_line_that_one_key_takes(
    workspace: Workspace, folder: Path, clock: TickingClock
) -> None:
    (folder / "panne.json").write_text('{"title": "Truck stuck",')
    (folder / "devis.docx").write_bytes(b"PK\x03\x04\x00")
    receive(workspace, clock)
    found = board(workspace).inbox.statements
    assert [(each.triage, each.title) for each in found] == [("left", "devis.docx"), ("left", "panne.json")]
    assert found[1].reason == "the file is not valid JSON (the file is in rejected/)"
    row = rows.statement(found[1], workspace.now())
    assert "■ panne.json · the file is not valid JSON" in row.printed
    red = [each for each in board(workspace).alerts.loud if each.kind == "statement_refused"]
    assert [(each.level, each.target) for each in red] == [(2, "IN-1"), (2, "IN-2")]
    inbox.take_anyway(workspace, found[1].code)
    assert {each.kind for each in board(workspace).alerts.loud} == {"statement_refused"}
    taken = find.find(workspace, found[1].code)[1]
    assert isinstance(taken, Statement)
    assert (taken.triage, taken.body) == ("new", '{"title": "Truck stuck",')
    with pytest.raises(refusal.NotPossible):
        inbox.take_anyway(workspace, found[1].code)
    inbox.refuse(workspace, found[0].code, "not ours")
    assert [each.kind for each in board(workspace).alerts.loud if each.kind == "statement_refused"] == []
    assert [each.triage for each in board(workspace).inbox.statements] == ["new"]


def test_one_mail_by_the_folder_and_by_the_mailbox_is_one_statement_with_its_proof(
    workspace: Workspace,
) -> None:
    raw = b"From: a@infosud.test\r\nMessage-ID: <1@infosud.test>\r\nSubject: VPN\r\n\r\nDown.\r\n"
    first = inbox.keep(workspace, parse_mail(raw, way="folder"))
    again = inbox.keep(
        workspace, parse_mail(b"Received: by b\r\n" + raw, proof="dkim=pass header.d=infosud.test")
    )
    assert first == again
    assert (one(workspace).proof, one(workspace).way) == ("dkim=pass header.d=infosud.test", "mail")


def test_what_comes_again_with_its_proof_is_taken_after_all(workspace: Workspace) -> None:
    raw = b"From: a@infosud.test\r\nMessage-ID: <1@infosud.test>\r\nSubject: VPN\r\n\r\nDown.\r\n"
    code = inbox.keep(
        workspace, left_mail(raw, "nobody confirms that infosud.test signed it", sender="a@infosud.test")
    )
    assert one(workspace).triage == "left"
    assert inbox.keep(workspace, parse_mail(raw, proof="dkim=pass header.d=infosud.test")) == code
    assert (one(workspace).triage, one(workspace).reason) == ("new", "")


def test_strangers_cannot_fill_the_inbox(workspace: Workspace) -> None:
    found = inbox.Received()
    for n in range(30):
        mail = f"From: a@spam.test\r\nSubject: [P1] Win {n}\r\n\r\nNow.\r\n".encode()
        inbox._leave_mail(workspace, RefusedMail(n, "a@spam.test", "not listed", mail, listed=False), found)
    assert len(workspace.select(Statement, "statement")) == inbox.MOST_STRANGERS
    assert "wait in the mailbox" in found.problems[-1]
    red = [each for each in board(workspace).alerts.loud if each.kind.startswith("statement_refused")]
    assert [(each.level, each.text()) for each in red] == [(1, "20 messages of partners could not be taken")]
