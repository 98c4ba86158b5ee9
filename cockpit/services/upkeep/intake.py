"""What partners sent in is taken: statements, spreadsheets of figures, and answers to what they were asked."""

from __future__ import annotations

from collections.abc import Iterable

from cockpit.domain.dataclasses import replace
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers.statement import NEW
from cockpit.locale import _
from cockpit.services.approvals import from_inbox
from cockpit.services.desk import refusal
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.figures import reports, spreadsheet
from cockpit.services.messages import feedback, inbox
from cockpit.services.messages.inbox import Received

CHATTER = 12
"""Words beside an answer up to which a statement said nothing else: greetings and a name."""


async def take_in(workspace: Workspace) -> Received:
    """Take what is new in the folder and the mailbox, and settle what only answers a question of ours."""
    with workspace.as_program():
        found = await inbox.receive(workspace, spreadsheet.take_in)
        settle_answers(workspace, found.codes)
        found.approvals = from_inbox.take(workspace)
        return found


def settle_answers(workspace: Workspace, codes: Iterable[str]) -> int:
    """Keep what these statements answer, where their sender was asked; how many did.

    One that says more than its answer is still to be sorted, and says what was taken of it. Signed by the program:
    it is the partner's word, and no one's undo takes it back.
    """
    program = Workspace(
        workspace.conn, workspace.path, replace(workspace.settings, me=PROGRAM), workspace.clock
    )
    count = 0
    for code in dict.fromkeys(codes):
        try:
            statement = inbox.statement(program, code)
            sender = inbox.known_sender(program, code) if statement.triage == NEW else ""
            if not sender:
                continue
            marks, unread = feedback.take(program, statement, sender)
            came, strange = reports.take(program, statement, sender)
        except Refusal as error:
            # What it says cannot be read as an answer: somebody sorts it, and reads why.
            inbox.say_why(program, code, refusal.explain(error))
            continue
        kept = (*marks, *came)
        count += bool(kept)
        said = (
            [_("taken of it: {codes}; the rest is to be sorted").format(codes=", ".join(kept))]
            if kept
            else []
        )
        said += (
            [_("no mark from 1 to 5 could be read of {codes}").format(codes=", ".join(unread))]
            if unread
            else []
        )
        said += [_("no figure of theirs: {lines}").format(lines="; ".join(strange))] if strange else []
        is_whole = feedback.words_beside(f"{statement.title}\n{statement.body}") <= CHATTER
        if kept and is_whole and not unread and not strange:
            inbox.answered(program, code, kept[0], by=PROGRAM)
        elif said:
            inbox.say_why(program, code, " · ".join(said))
    return count
