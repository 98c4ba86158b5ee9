"""`cockpit next` alone: the next five things, each with the command that does it."""

from __future__ import annotations

from collections.abc import Collection

import click

from cockpit.cli.kit.options import fail, options, print_json
from cockpit.domain.beginning import THINGS
from cockpit.locale import _
from cockpit.services.beginning import next_things

ALL = frozenset({"all", "tout"})


def tell(*, skip: Collection[str], again: bool, as_json: bool) -> int:
    """Put aside what is named, then say what is left; returns the exit code."""
    workspace = options().workspace()
    known = [each.id for each in THINGS]
    if again:
        next_things.take_again(workspace)
    if unknown := [each for each in skip if each not in known and each not in ALL]:
        fail(
            _("“{text}” is none of them: {names}").format(text=unknown[0], names=", ".join(known)), 2
        )  # fmt: skip
    if skip:
        next_things.skip(workspace, known if ALL.intersection(skip) else skip)
    found = next_things.todo(workspace)
    if as_json:
        print_json([next_things.to_json(each) for each in found])
        return 0
    if not found:
        click.echo(_("Nothing is left of the first things: the cockpit is set up."))
        return 0
    click.echo(_("The next five things"))
    for each in found:
        click.echo(f"  ○ {_(each.text)} · {_(each.why)}")
        aside = _("not for us: cockpit next --skip {name}").format(name=each.id)
        click.echo(f"      {each.command}   ({aside})")
    return 0
