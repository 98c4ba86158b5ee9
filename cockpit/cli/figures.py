"""`cockpit figures`, `cockpit figure`, `cockpit goals`: the scorecard, a value in one line, the quarter's goals."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, level, options, print_json
from cockpit.cli.kit.refusals import refusals
from cockpit.locale import _


@click.command(
    "figures", help=_("The scorecard: each figure over its last thirteen weeks or months, reds first.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def figures(as_json: bool, level: int) -> None:
    from cockpit.services.figures import rows, scorecard

    workspace = options().workspace().behind(level)
    lines = [line for line in scorecard.scorecard(workspace) if not workspace.hides(line.record)]
    if as_json:
        print_json([rows.to_json(line) for line in lines])
        return
    names = workspace.names()
    for line in lines:
        click.echo(rows.figure(line, names).printed)
        values = "  ".join(rows.cell(each).text for each in line.figures.cells)
        first, last = line.figures.cells[0].period, line.figures.cells[-1].period
        cadence = line.record.cadence
        span = f"{scorecard.period_name(first, cadence)}…{scorecard.period_name(last, cadence)}"
        click.echo(f"       {span}  {values}")
    if not lines:
        click.echo(
            _('No figure is watched yet: `cockpit figure --new "Cash" --unit € --at-least 150k` makes one.')
        )


@click.command(
    "figure", help=_("Write a value in one line: cockpit figure cash 182k // why; or make a figure.")
)
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--on", default="", metavar="DATE", help=_("A day of its week, month or quarter; today without it.")
)
@click.option("--new", is_flag=True, help=_("Make the figure of that name."))
@click.option("--unit", default="", help=_("What follows the number: €, %, days."))
@click.option(
    "--every", type=click.Choice(["week", "month", "quarter"]), default="week", help=_("How often it comes.")
)
@click.option("--owner", default="", help=_("Who gives it: a person or a provider."))
@click.option("--at-least", default="", metavar="N", help=_("Red below."))
@click.option(
    "--at-most", default="", metavar="N", help=_("Red above; with --at-least, red outside the two.")
)
@click.option(
    "--from", "source", default="typed", help=_("typed, address, or one that the cockpit works out.")
)
@common
def figure(
    *, words: tuple[str, ...], on: str, new: bool, unit: str, every: str, owner: str, at_least: str, at_most: str,
    source: str,
) -> None:  # fmt: skip
    from cockpit.services.desk import forms
    from cockpit.services.figures import line, rows, scorecard, values

    workspace = options().workspace()
    text = " ".join(words)
    with refusals():
        if new:
            aim = (
                "between"
                if at_least and at_most
                else "at_least"
                if at_least
                else "at_most"
                if at_most
                else "none"
            )
            texts = {
                "name": text, "unit": unit, "cadence": every, "owner": owner, "source": source, "aim": aim,
                "target": at_least or at_most, "ceiling": at_most if aim == "between" else "",
            }  # fmt: skip
            code = values.make(workspace, texts)
            made = scorecard.line_of(workspace, code)
        else:
            said = line.understand(workspace, text)
            day = forms.read(workspace, scorecard.MEASURE.field("period"), on, {}) if on else None
            values.write(workspace, said.record, said.value, on=day or said.on, note=said.note)  # type: ignore[arg-type]
            code = said.record.code
            made = scorecard.line_of(workspace, code)
    if made is not None:
        click.echo(rows.figure(made, workspace.names()).printed)
    click.echo(_("{code} saved · undo: cockpit undo").format(code=code))


@click.command("goals", help=_("The goals of the quarter; say how one stands."))
@click.option("--on-track", multiple=True, metavar="CODE", help=_("This one is on track."))
@click.option("--off-track", multiple=True, metavar="CODE", help=_("This one is not."))
@click.option("--reached", multiple=True, metavar="CODE", help=_("This one is reached."))
@click.option("--dropped", multiple=True, metavar="CODE", help=_("This one is given up."))
@click.option("--note", default="", help=_("Why, in one line."))
@click.option("--all", "every", is_flag=True, help=_("Those that are over too."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def goals(
    *, on_track: tuple[str, ...], off_track: tuple[str, ...], reached: tuple[str, ...], dropped: tuple[str, ...],
    note: str, every: bool, as_json: bool, level: int,
) -> None:  # fmt: skip
    from cockpit.services.figures import goals as made

    said = {"on_track": on_track, "off_track": off_track, "reached": reached, "dropped": dropped}
    with refusals():
        for state, codes in said.items():
            for code in codes:
                made.say(options().workspace(), code, state, note)
    workspace = options().workspace().behind(level)
    lines = [each for each in made.goals(workspace, every=every) if not workspace.hides(each.record)]
    if as_json:
        print_json([made.to_json(each) for each in lines])
        return
    names = workspace.names()
    for each in lines:
        click.echo(made.row(each, names).printed)
    if not lines:
        click.echo(
            _("No goal is open: `cockpit register import goals FILE` or the register Goals on the screen.")
        )
