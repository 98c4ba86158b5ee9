"""A question that is answered in the editor that a person chose: the terminal is lent to it, and given back."""

from __future__ import annotations

import os
from collections.abc import Callable

from textual.app import SuspendNotSupported

from cockpit.domain.refusal import Refusal
from cockpit.domain.seats.rights import Right
from cockpit.locale import _
from cockpit.services.desk import editor, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.store.journal import Overtaken
from cockpit.ui.kit.collided import Collided
from cockpit.ui.kit.host import Cockpit
from cockpit.ui.widgets.entry_bar import Question


def _why(workspace: Workspace, error: BaseException) -> str:
    from cockpit.services.desk import meanwhile

    if isinstance(error, Overtaken):
        return meanwhile.in_words(workspace, error)
    # Its own way out is that of a line, which is closed by now.
    return str(error.args[0]) if isinstance(error, Collided) else refusal.explain(error)


class NoTerminal(Refusal):
    """The screen is no terminal that could be lent."""


def answer(cockpit: Cockpit, ask: Callable[[Question], None], question: Question, text: str = "") -> None:
    """Have `question` answered in the editor, beginning with `text`, else with what it offers.

    What is written goes through the question itself. Where it is refused, or somebody else wrote there
    meanwhile, it stays in its file, is said to be there, and is what the editor opens next time. `ask` puts
    the question that follows, where one does. Raises what the editor's service refuses, NoTerminal and OSError.
    """
    workspace = cockpit.workspace
    if not workspace.opens_here:
        # An editor is a shell for whoever came by a door that lets through this program alone.
        workspace.require(Right.FILES)
    assert question.written_as is not None
    command = editor.chosen(os.environ)
    path = editor.file_for(workspace.path, *question.written_as)
    offered = text or cockpit.draft(question.place) or question.text
    seen = cockpit.seen_when_begun(question.place)
    begun = editor.begin(path, offered)
    try:
        with cockpit.suspend():
            editor.run(command, path)
    except SuspendNotSupported as error:
        editor.done_with(path)
        raise NoTerminal(_("this screen is no terminal: ⏎ edits the text in one line")) from error
    written = editor.read(path)
    if written == begun == question.text:
        editor.done_with(path)
        cockpit.tell(_("nothing changed"))
        return
    try:
        with workspace.as_of(seen):
            said = question.accept(written)
    except (Overtaken, *refusal.ORDINARY) as error:
        cockpit.done(
            _("{why} · your text stays in {path}: e opens it").format(why=_why(workspace, error), path=path)
        )
        return
    editor.done_with(path)
    cockpit.keep_draft(question.place, "")
    if isinstance(said, Question):
        ask(said)
    else:
        cockpit.done(said or _("nothing changed"))
