"""A group of commands of which each may have a French name beside its own: both work, one line tells both."""

from __future__ import annotations

import click

from cockpit.locale import _, current


class TwoNames(click.Group):
    """`add_command(command, "french")` gives a command that is there another name, rather than listing it twice."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Each command once, by its own name."""
        return [name for name in super().list_commands(ctx) if name == self.commands[name].name]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """In French the French name stands beside the other, as in the list of all commands."""
        lines = []
        for name in self.list_commands(ctx):
            command = self.commands[name]
            others = [other for other, same in self.commands.items() if same is command and other != name]
            shown = ", ".join((name, *others)) if current() == "fr" else name
            lines.append((shown, command.get_short_help_str(formatter.width)))
        with formatter.section(_("Commands")):
            formatter.write_dl(lines)
