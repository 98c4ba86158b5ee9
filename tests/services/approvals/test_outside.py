"""An external is asked by a letter and answers through the inbox."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from cockpit.domain.approvals.replies import ReplyKind
from cockpit.domain.dataclasses import replace
from cockpit.domain.messages.mail_statement import parse_mail
from cockpit.domain.messages.statement import parse_text
from cockpit.domain.registers.approval import APPROVED, ASKED, REFUSED, WAITING
from cockpit.services.approvals import answering, from_inbox, queue, requests
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.messages import inbox
from cockpit.services.upkeep import watch
from tests.conftest import TickingClock
from tests.services.approvals.conftest import At
from tests.services.approvals.test_approvals import alerts, deeds, read, submit


@pytest.fixture
def asked(at: At) -> str:
    """What waits for Marc, who has no cockpit: the request was sent."""
    code = submit(at("Ines"), "VAT return +Finance")
    assert alerts(at("Ines")) == {"approval_unsent"}
    answering.note_sent(at("Ines"), code)
    assert alerts(at("Ines")) == set()
    return code


def answer(workspace: Workspace, code: str, text: str, sender: str = "Marc", token: str = "") -> str:
    """What came in; its code."""
    token = token or requests.reference(workspace, read(workspace, code))
    return inbox.keep(workspace, parse_text(f"De: {sender}\nRe: [{token}]\n{text}".encode()))


def test_the_request_says_what_is_asked_and_how_to_answer(at: At, asked: str) -> None:
    letter = requests.request(at("Ines"), asked)
    assert (letter.who, letter.address) == ("Marc", "marc@delvaux.example")
    assert "VAT return" in letter.subject
    assert requests.reference(at("Ines"), read(at("Ines"), asked)) in letter.subject
    assert "We need your answer by" in letter.body


def test_a_clear_answer_is_taken_with_who_and_when(at: At, asked: str, clock: TickingClock) -> None:
    said = answer(at("Ines"), asked, "Oui")
    assert from_inbox.take(at("Ines")) == 1
    found = read(at("Ines"), asked)
    assert (found.state, found.closed_at) == (APPROVED, clock())
    assert at("Ines").names()[found.answered_by] == "Marc"
    assert found.proof == f"{said} · Marc · sender not checked"
    assert deeds(at("Ines"), asked)[-1] == (PROGRAM, "approve")
    assert from_inbox.take(at("Ines")) == 0
    assert "noted on" in inbox.thanks(at("Ines"), said).body


@pytest.mark.parametrize(
    ("text", "state", "words"),
    [("Non : trop tôt", REFUSED, "trop tôt"), ("NO", REFUSED, "no reason given"),
     ("Question : quel trimestre ?", ASKED, "quel trimestre ?")],
)  # fmt: skip
def test_a_no_and_a_question_are_taken_too(at: At, asked: str, text: str, state: str, words: str) -> None:
    answer(at("Ines"), asked, text)
    assert from_inbox.take(at("Ines")) == 1
    found = read(at("Ines"), asked)
    assert (found.state, found.question if state == ASKED else found.reason) == (state, words)


@pytest.mark.parametrize(
    ("came", "why"),
    [
        (("Ok pour moi", "Marc"), "neither yes, no nor a question"),
        (("Oui", "Marc", "AP-1-AAAAAAAAAA"), "an earlier request"),
        (("Oui", "Karim"), "it comes from Karim, Marc was asked"),
        (("Oui", "marc@elsewhere.example"), "it comes from marc@elsewhere.example"),
    ],
)
def test_what_is_not_clear_is_read_by_a_person(at: At, asked: str, came: tuple[str, ...], why: str) -> None:
    said = answer(at("Ines"), asked, *came)
    assert from_inbox.take(at("Ines")) == 0
    assert read(at("Ines"), asked).state == WAITING
    (line,) = queue.open_lines(at("Ines"))
    assert line.unclear.startswith(said)
    assert why in line.unclear
    assert alerts(at("Ines")) == {"approval_unclear"}
    with pytest.raises(NotPossible, match="unless its circuit says so"):
        from_inbox.means(at("Ines"), said, ReplyKind.YES)
    from_inbox.means(at("Claire"), said, ReplyKind.YES)
    found = read(at("Ines"), asked)
    assert found.state == APPROVED
    assert found.proof.endswith("read by Claire")
    assert alerts(at("Ines")) == set()


def test_an_answer_to_what_was_asked_before_is_none_to_what_is_asked_now(at: At, asked: str) -> None:
    token = requests.reference(at("Ines"), read(at("Ines"), asked))
    answer(at("Ines"), asked, "Question : lequel ?")
    from_inbox.take(at("Ines"))
    answering.reply(at("Ines"), asked, "T3")
    answer(at("Ines"), asked, "Oui", token=token)
    assert from_inbox.take(at("Ines")) == 0
    answer(at("Ines"), asked, "Oui.")
    assert from_inbox.take(at("Ines")) == 1


def mail(workspace: Workspace, code: str, text: str, sender: str) -> str:
    """A mail that came; its code."""
    token = requests.reference(workspace, read(workspace, code))
    raw = f"From: {sender}\nTo: a@b.example\nSubject: Re: =?utf-8?q?=C3=80?= valider [{token}]\n\n{text}"
    return inbox.keep(workspace, parse_mail(raw.encode(), proof="dkim=pass delvaux.example"))


def test_a_mail_of_who_was_asked_is_taken_and_its_proof_is_kept(at: At, asked: str) -> None:
    quoted = "\n\nLe lun. 23 nov. 2026 à 09:00, Ines a écrit :\n> YES: you approve it\n> NO: and why"
    mail(at("Ines"), asked, f"Oui\n\nCordialement,\nMarc{quoted}", "Eve <eve@delvaux.example>")
    assert from_inbox.take(at("Ines")) == 0
    said = mail(at("Ines"), asked, f"Oui\n\nCordialement,\nMarc{quoted}", "Marc <marc@delvaux.example>")
    assert from_inbox.take(at("Ines")) == 1
    found = read(at("Ines"), asked)
    assert (found.state, found.proof.startswith(said), "dkim=pass" in found.proof) == (APPROVED, True, True)


def test_the_watch_takes_answers_by_itself(at: At, asked: str, tmp_path: Path, clock: TickingClock) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    ines = at("Ines")
    ines.settings = replace(ines.settings, inbox=replace(ines.settings.inbox, folder=str(folder)))
    token = requests.reference(ines, read(ines, asked))
    (folder / "a.txt").write_text(f"De: Marc\n[{token}]\nOui\n", encoding="utf-8")
    os.utime(folder / "a.txt", (0, 0))
    asyncio.run(watch.tell(ines))
    clock.forward(minutes=2)
    asyncio.run(watch.tell(ines))
    assert read(ines, asked).state == APPROVED
