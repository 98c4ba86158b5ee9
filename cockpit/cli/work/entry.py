"""`cockpit block`, `cockpit priority`: a record written in one line."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Sequence

import click

from cockpit.cli.kit.kept import is_typed
from cockpit.cli.kit.opening import broken, explain
from cockpit.cli.kit.options import common, options, print_json
from cockpit.cli.work.quick import not_saved, report
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import REGISTERS
from cockpit.domain.text import TYPED_LIMIT, clean
from cockpit.domain.work.entry import to_json
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry

MAX_BYTES = 1_000_000


def _command(name: str, kind: str, help: str) -> click.Command:
    @click.command(name, help=help, context_settings={"ignore_unknown_options": True})
    @click.argument("words", nargs=-1)
    @click.option("--dry-run", is_flag=True, help=_("Show how the line is understood; store nothing."))
    @click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
    @common
    def command(words: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
        workspace, line = opened(words, kind)
        try:
            understood = entry.understand(workspace, line)
            if dry_run:
                if as_json:
                    print_json(to_json(understood))
                else:
                    click.echo(entry.summary(workspace, understood))
                    for warning in entry.explain(workspace, understood, kind):
                        click.echo(f"  ! {warning}")
                return 0
            if not as_json:
                # What is refused is kept by the shell's door, once.
                code = report(workspace, line, kind, words, keeps=False)
                return done(workspace, line, kind, words, code)
            if not understood.title:
                print_json({"code": None, **to_json(understood)})
                return 2
            made = capture.save(workspace, kind, understood)
        except Refusal as refused:
            print_json({"code": None, "error": str(refused), **to_json(understood)})
            return 2
        except sqlite3.DatabaseError as error:
            return not_saved(explain(broken(workspace, error)), line)
        print_json({"code": made, **to_json(understood)})
        return done(workspace, line, kind, words, 0)

    return command


def opened(words: Sequence[str], kind: str) -> tuple[Workspace, str]:
    """The cockpit, and the line of the command, of the prompt or of a pipe. Ends the command when none comes."""
    if not words and _is_terminal():
        workspace = options().workspace()
        line = asked(workspace, kind)
        is_typed(f"new:{kind}", line)
        return workspace, line
    line = " ".join(words) if words and tuple(words) != ("-",) else read_line()
    is_typed(f"new:{kind}", line)
    try:
        return options().workspace(), line
    except SystemExit:
        # What was typed is not lost: it stands under the reason.
        click.echo(_("Not saved: {line}").format(line=clean(line, TYPED_LIMIT)), err=True)
        raise


def done(workspace: Workspace, line: str, kind: str, words: Sequence[str], code: int) -> int:
    """The exit code, once a line of the prompt that was saved is no draft any more."""
    if code == 0 and not words and _is_terminal():
        from cockpit.cli.work import prompt

        prompt.saved(workspace, kind, line)
    return code


def asked(workspace: Workspace, kind: str) -> str:
    """The line typed at the prompt; left by Ctrl-C it is kept, and the command ends."""
    from cockpit.cli.work import prompt

    title = _(REGISTERS[kind].singular)
    try:
        return prompt.ask(workspace, kind, title)
    except prompt.Left as left:
        if str(left).strip():
            click.echo(
                _("Kept as a draft: it stands there again next time, here and on the screen."), err=True
            )
        raise SystemExit(left.code) from left


def _is_terminal() -> bool:
    """Whether a line can be edited there."""
    return sys.stdin.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def read_line() -> str:
    """One line of a terminal that edits none; from a pipe, the first line, and what follows it as its note."""
    if sys.stdin.isatty():
        click.echo(_("One line, then Enter:"), err=True)
        return sys.stdin.readline().rstrip("\r\n")
    raw = (
        sys.stdin.buffer.read(MAX_BYTES)
        if hasattr(sys.stdin, "buffer")
        else sys.stdin.read(MAX_BYTES).encode()
    )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    first, *more = [line for line in text.splitlines() if line.strip()] or [""]
    return f"{first} // {' '.join(more)}" if more else first


block = _command(
    "block",
    "blocker",
    _(
        "Write down a blocker in one line. Alone, it reads the line from the prompt or from a pipe, which is"
        " safest: an apostrophe opens a quote in a shell.\n\n"
        "Markers: @who we wait for, +function, p1 to p4, pour:demain 12h, qui:owner, sla:4ho, puis:next step,"
        " dossier:case, conf:0-3, 15m, // note."
    ),
)
priority = _command("priority", "priority", _("Write down a priority in one line."))
