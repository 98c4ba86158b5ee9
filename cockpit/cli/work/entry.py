"""`cockpit block`, `priority`, `decide`: one line in."""

from __future__ import annotations

import sys

import click

from cockpit.cli.options import common, options, print_json
from cockpit.cli.work.quick import report
from cockpit.domain.text import BODY_LIMIT, clean
from cockpit.domain.work.entry import to_json
from cockpit.locale import _
from cockpit.services.work import capture, entry

MAX_BYTES = 1_000_000


def _command(name: str, kind: str, help: str) -> click.Command:
    @click.command(name, help=help, context_settings={"ignore_unknown_options": True})
    @click.argument("words", nargs=-1)
    @click.option("--dry-run", is_flag=True, help=_("Show how the line is understood; store nothing."))
    @click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
    @common
    def command(words: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
        line = " ".join(words) if words and words != ("-",) else read_line()
        try:
            workspace = options().workspace()
        except SystemExit:
            # What was typed is not lost: it stands under the reason.
            click.echo(_("Not saved: {line}").format(line=clean(line, BODY_LIMIT)), err=True)
            raise
        understood = entry.understand(workspace, line)
        if dry_run:
            if as_json:
                print_json(to_json(understood))
            else:
                click.echo(entry.summary(workspace, understood))
                for warning in entry.explain(understood, kind):
                    click.echo(f"  ! {warning}")
            return 0
        if not as_json:
            return report(workspace, line, kind)
        if not understood.title:
            print_json({"code": None, **to_json(understood)})
            return 2
        code = capture.save(workspace, kind, understood)
        print_json({"code": code, **to_json(understood)})
        return 0

    return command


def read_line() -> str:
    """One line from the prompt; from a pipe, the first line, and what follows it as its note."""
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
