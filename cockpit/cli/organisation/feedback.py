"""`cockpit feedback`: what both sides of each interface say of working together."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.locale import _


@click.command(
    "feedback",
    help=_(
        "What both sides of each interface say of each other; give a mark from 1 to 5: cockpit feedback IF-3 4 //"
        " why, or what they say of us: cockpit feedback IF-3 them 3 // why."
    ),
)
@click.argument("words", nargs=-1)
@click.option(
    "--ask", is_flag=True, help=_("The letter that asks the other side, and note that it was asked.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def feedback(words: tuple[str, ...], ask: bool, as_json: bool, level: int) -> None:
    from cockpit.services.organisation import feedback as marks

    workspace = options().workspace()
    shown = workspace.behind(level)
    code = words[0] if words else ""
    with refusals():
        if ask and code:
            _ask(code)
            return
        if len(words) > 1:
            kept = marks.note(workspace, code, marks.understand(" ".join(words[1:])))
            click.echo(_("{code} saved · undo: cockpit undo").format(code=kept), err=as_json)
        elif code:
            marks.interface(workspace, code)
    names = shown.names()
    found = sorted(marks.qualities(shown, code), key=lambda each: (each.said.low is None, each.said.low or 0))
    if as_json:
        print_json([marks.to_json(each, names) for each in found])
        return
    for each in found:
        click.echo(marks.row(each, names).printed)
    if not found:
        click.echo(
            _("No interface yet: each says what passes from whom to whom. cockpit register fields interface")
        )


def _ask(code: str) -> None:
    from cockpit.services.messages import feedback as letters
    from cockpit.services.organisation import feedback as marks

    workspace = options().workspace()
    letter = letters.letter(workspace, code)
    to = f"{letter.who} <{letter.address}>" if letter.address else letter.who
    head = _("To: {who}").format(who=to)
    click.echo(f"{head}\n{letter.subject}\n\n{letter.body}")
    kept = marks.note_asked(workspace, code)
    click.echo("\n" + _("{code} saved · undo: cockpit undo").format(code=kept), err=True)
