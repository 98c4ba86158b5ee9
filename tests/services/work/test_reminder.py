"""Reminders that are ready to send: who, what and when, and of nobody else."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from cockpit import locale
from cockpit.services.changes import edit
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work.reminder import note_reminder, reminder
from tests.conftest import TickingClock
from tests.services.promises.promised import add, clocks_of, kinds, make, provider, running


@pytest.fixture
def case(workspace: Workspace) -> str:
    """A blocker of Paie+, whose contact is known, beside one of InfoSud."""
    provider(workspace, sla="4ho")
    edit.edit(workspace, "PR-1", {"contact": "Ms Roy <roy@paie.example>, 01 23 45 67 89"})
    provider(workspace, "InfoSud", sla="1ho")
    add(workspace, "Server down @InfoSud")
    return add(workspace, "Payslips wrong @Paie+ => prepare the notice")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["Hello", "“Payslips wrong” (B-2)", "since Monday 23 November 2026",
             "(resolution) is due on Monday 23 November 2026 15:00", "Claire"],
        ),
        (
            "fr",
            ["Payslips wrong", "(B-2)", "lundi 23 novembre 2026", "15:00", "Claire"],
        ),
    ],
)  # fmt: skip
def test_a_reminder_says_who_what_and_when(
    workspace: Workspace, case: str, language: str, words: list[str]
) -> None:
    locale.use(language)
    letter = reminder(workspace, case)
    assert (letter.about, letter.who, letter.address) == ("B-2", "Paie+", "roy@paie.example")
    assert "Payslips wrong (B-2)" in letter.subject
    for word in words:
        assert word in letter.body
    for other in ("InfoSud", "Server down", "B-1", "CT-", "PR-", "01 23", "prepare the notice"):
        assert other not in letter.body + letter.subject


def test_what_is_late_is_said_to_be_late(workspace: Workspace, clock: TickingClock, case: str) -> None:
    clock.forward(days=1)
    assert "was due on Monday 23 November 2026 15:00" in reminder(workspace, case).body


def test_days_are_those_of_the_company_and_not_of_greenwich(
    workspace: Workspace, clock: TickingClock
) -> None:
    clock.at = clock.at.replace(hour=23, minute=30)
    code = add(workspace, "Late at night @Paie+")
    assert "since Tuesday 24 November 2026" in reminder(workspace, code).body


def test_the_link_opens_it_as_it_is(workspace: Workspace, case: str) -> None:
    edit.edit(workspace, case, {"title": "50 % & more?\nBcc: x@y.example"})
    letter = reminder(workspace, case)
    link = urlsplit(letter.mailto)
    assert (link.scheme, link.path) == ("mailto", "roy@paie.example")
    asked = parse_qs(link.query, strict_parsing=True)
    assert asked == {"subject": [letter.subject], "body": [letter.body]}


def test_a_reminder_tells_nobody_of_anothers_promise(workspace: Workspace) -> None:
    """The first who is waited for has no contract; the second has one."""
    make(workspace, "provider", name="NoContract")
    provider(workspace, sla="4ho")
    code = add(workspace, "Both @NoContract @Paie+")
    (clock,) = clocks_of(workspace, code)
    assert clock.provider == "PR-2"
    first = reminder(workspace, code)
    assert (first.who, "is due" in first.body) == ("NoContract", False)
    theirs = reminder(workspace, clock.code)
    assert (theirs.who, "is due" in theirs.body) == ("Paie+", True)


def test_a_person_of_the_provider_may_have_the_address(workspace: Workspace) -> None:
    provider(workspace)
    make(workspace, "person", name="Zoe", provider="PR-1", contact="office 12; (zoe@paie.example)")
    code = add(workspace, "x @Paie+")
    assert reminder(workspace, code).address == "zoe@paie.example"
    assert reminder(workspace, add(workspace, "y @Zoe")).who == "Zoe"
    assert reminder(workspace, add(workspace, "z @Stranger")).address == ""


def test_nobody_is_reminded_of_what_waits_for_nobody(workspace: Workspace) -> None:
    with pytest.raises(refusal.NotPossible):
        reminder(workspace, add(workspace, "x sla:4ho"))
    for unknown in ("B-99", "CK-99"):
        with pytest.raises(refusal.UnknownCode):
            reminder(workspace, unknown)


def test_a_reminder_that_was_sent_is_written_on_the_clock(workspace: Workspace, case: str) -> None:
    before = running(workspace, case)
    note_reminder(workspace, case)
    after = running(workspace, case)
    assert kinds(after) == ["opened", "reminded"]
    assert (after.due, after.state) == (before.due, before.state)
    assert note_reminder(workspace, add(workspace, "no clock @Stranger")) == []
    workspace.undo()
    assert note_reminder(workspace, add(workspace, "another @Stranger")) == []


def test_nobody_is_reminded_by_themselves(workspace: Workspace) -> None:
    make(workspace, "person", name="Claire")
    with pytest.raises(refusal.NotPossible, match="waits for you"):
        reminder(workspace, add(workspace, "Quote @moi"))
    assert reminder(workspace, add(workspace, "Quote @moi @InfoSud")).who == "InfoSud"
