"""One line asked at the prompt: editing, history, completion, and how it is understood while it is typed."""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import create_output

from cockpit.domain.work.known_names import KnownNames
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import entry
from cockpit.store.state import memos

REMEMBERED = 30
"""Lines that the arrows bring back."""
_OPEN = 1
"""Highest confidentiality of a line that is remembered."""


class Left(Exception):
    """The line was left; the first argument is what stood there, which is kept as a draft, `code` how it ends."""

    def __init__(self, text: str, code: int = 130) -> None:
        super().__init__(text)
        self.code = code


class _Ended(KeyboardInterrupt):
    """A signal asks to end: as Ctrl-C does, the terminal is given back and the line kept."""

    def __init__(self, sent: int) -> None:
        super().__init__(sent)
        self.code = 128 + sent


def ask(workspace: Workspace, kind: str, title: str) -> str:
    """The line that is typed. What was left before stands there again. Raises Left."""
    place, names = f"new:{kind}", entry.known(workspace)
    typed = [workspace.draft(place)]

    def toolbar() -> FormattedText:
        return FormattedText([("", _understood(workspace, session.default_buffer.text, names, kind))])

    session: PromptSession[str] = PromptSession(
        f"{title} › ",
        history=InMemoryHistory(_lines(workspace, kind)),
        completer=_Names(names),
        complete_while_typing=True,
        bottom_toolbar=toolbar,
        key_bindings=_bindings(names),
        # The answer may be piped elsewhere: what is typed is shown on the terminal all the same.
        output=create_output(always_prefer_tty=True),
    )
    session.default_buffer.on_text_changed += lambda buffer: typed.__setitem__(0, buffer.text)
    try:
        with _ending_in_order():
            return session.prompt(default=typed[0])
    except _Ended as ended:
        raise Left(typed[0], ended.code) from ended
    except (KeyboardInterrupt, EOFError) as left:
        raise Left(typed[0]) from left
    finally:
        # Until it is saved it stays a draft: a database that is busy, or a terminal that goes, loses nothing.
        with suppress(sqlite3.DatabaseError):
            workspace.keep_draft(place, typed[0])


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """A signal that ends the program, or a window that is closed, leaves by way of what gives things back."""

    def end(sent: int, _frame: FrameType | None) -> NoReturn:
        raise _Ended(sent)

    asked = [found for name in ("SIGTERM", "SIGHUP") if (found := getattr(signal, name, None)) is not None]
    before = [(each, signal.signal(each, end)) for each in asked]
    try:
        yield
    finally:
        for each, handler in before:
            signal.signal(each, handler)


def saved(workspace: Workspace, kind: str, line: str) -> None:
    """The line became a record: it is no draft any more, and the arrows bring it back, unless it is restricted."""
    with suppress(sqlite3.DatabaseError):
        understood = entry.understand(workspace, line)
        workspace.keep_draft(f"new:{kind}", "")
        if (understood.confidentiality or 0) <= _OPEN and not understood.case:
            lines = [each for each in _lines(workspace, kind) if each != line]
            kept = json.dumps([*lines, line][-REMEMBERED:], ensure_ascii=False)
            memos.put(workspace.conn, workspace.my(_memo(kind)), kept)


class _Names(Completer):
    """The names that the marker before the cursor may take."""

    def __init__(self, names: KnownNames) -> None:
        self.names = names

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """The names of the registers that fit the marker being typed, most used first."""
        found = entry.complete(document.text, document.cursor_position, self.names)
        if found is None:
            return
        start, _end, candidates = found
        for name in candidates:
            yield Completion(name, start_position=start - document.cursor_position)


def _understood(workspace: Workspace, text: str, names: KnownNames, kind: str) -> str:
    if not text.strip():
        return _("@who +function p1 due:tomorrow owner:name next:step")
    try:
        found = entry.understand(workspace, text, names)
        said = entry.summary(workspace, found)
    except sqlite3.DatabaseError:
        return ""  # busy: the line is understood when it is saved
    return "  ! ".join([f"→ {said}", *entry.explain(workspace, found, kind)])


def _bindings(names: KnownNames) -> KeyBindings:
    """Tab completes at once, also for who types on without waiting for the list; Ctrl-D leaves as Ctrl-C does."""
    keys = KeyBindings()

    @keys.add("tab")
    def complete(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        found = None if buffer.complete_state else entry.complete(buffer.text, buffer.cursor_position, names)
        if found is None:
            buffer.complete_next()
            return
        start, end, (first, *_others) = found
        buffer.delete_before_cursor(end - start)
        buffer.insert_text(first)

    @keys.add("c-d")
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError())

    return keys


def _lines(workspace: Workspace, kind: str) -> list[str]:
    try:
        found = json.loads(memos.get(workspace.conn, workspace.my(_memo(kind))) or "[]")
    except (ValueError, sqlite3.DatabaseError):
        return []
    return [str(each) for each in found] if isinstance(found, list) else []


def _memo(kind: str) -> str:
    return f"lines:{kind}"
