"""A mail from a partner, from a real mailbox to the row that somebody sorts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
import trustme

from cockpit.domain.registers.statement import Statement
from cockpit.domain.settings import InboxSettings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import inbox
from tests.sources.inbox.imap_server import PASSWORD, USER, Server, running

pytest.importorskip("pymap", reason="no IMAP server to test against")

SIGNED = "Authentication-Results: mx.mistral.test; dkim=pass header.d=infosud.test"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    certificate = tmp_path_factory.mktemp("imap") / "certificate.pem"
    trustme.CA().issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(str(certificate))
    with running(certificate) as started:
        yield started


def mail(subject: str, *headers: str, sender: str = "alertes@infosud.test") -> bytes:
    lines = [*headers, f"From: InfoSud <{sender}>", f"Subject: {subject}", "Content-Type: text/plain"]
    return ("\r\n".join(lines) + "\r\n\r\nNothing prints.\r\n").encode()


def test_a_signed_mail_becomes_a_statement_once_and_the_rest_is_named(
    workspace: Workspace, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILBOX", PASSWORD)
    box = server.new_box()
    workspace.settings = replace(
        workspace.settings,
        inbox=InboxSettings(
            mail=f"imap://localhost:{server.plain}", user=USER, secret="env:MAILBOX", mailbox=box,
            allowed=("@infosud.test",), authserv="mx.mistral.test", internal=True,
        ),
    )  # fmt: skip
    server.deliver(
        box, mail("[P1] Printer down", SIGNED), mail("[P2] Forged"), mail("x", sender="a@spam.test")
    )
    found = asyncio.run(inbox.receive(workspace))
    assert (found.taken, found.refused, len(found.problems)) == (1, 2, 2)
    statement, forged, stranger = workspace.select(
        Statement, "statement", "1 ORDER BY triage != 'new', number"
    )
    assert (statement.title, statement.severity, statement.way) == ("Printer down", "p1", "mail")
    assert "dkim=pass" in statement.proof
    # What could not be taken can be seen: who sent it, what it says, and why it was left aside.
    assert (forged.triage, forged.sender, forged.title) == ("left", "alertes@infosud.test", "Forged")
    assert forged.body == "Nothing prints."
    assert "DKIM" in forged.reason
    assert (stranger.sender, stranger.severity) == ("a@spam.test", "p4")
    assert "not on the list" in stranger.reason
    assert asyncio.run(inbox.receive(workspace)).taken == 0
    server.renew(box)
    server.deliver(box, mail("[P1] Printer down", SIGNED))
    asyncio.run(inbox.receive(workspace))
    assert len(workspace.select(Statement, "statement")) == 3
    assert PASSWORD not in "\n".join(workspace.conn.iterdump())


def test_a_wrong_password_is_a_sentence(
    workspace: Workspace, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILBOX", "wrong")
    workspace.settings = replace(
        workspace.settings,
        inbox=InboxSettings(
            mail=f"imap://localhost:{server.plain}", user=USER, secret="env:MAILBOX",
            allowed=("@infosud.test",), authserv="mx.mistral.test", internal=True,
        ),
    )  # fmt: skip
    (problem,) = asyncio.run(inbox.receive(workspace)).problems
    assert "refuses the user or the password" in problem
    assert inbox.problem(workspace) == problem
