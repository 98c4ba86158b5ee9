"""`cockpit signals`: what the weeks say before anybody does, its proof, and what is done about it."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.locale import _


@click.group(
    "signals", invoke_without_command=True, help=_("Weak signals and the three gauges, week by week.")
)
@click.option("--measure", "measures", is_flag=True, help=_("First measure the weeks that were not yet."))
@click.option("--all", "every", is_flag=True, help=_("Calm ones and those without enough data too."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
@click.pass_context
def signals(context: click.Context, measures: bool, every: bool, as_json: bool, level: int) -> None:
    from cockpit.services.signals import listing, rows, text

    if context.invoked_subcommand is not None:
        return
    workspace = options().workspace()
    if measures:
        from cockpit.services.signals import measure

        measured = measure.measure(workspace)
        if not as_json:
            click.echo(text.measured(measured))
    shown = workspace.behind(level)
    found = listing.read(shown)
    if as_json:
        print_json(rows.to_json(found))
        return
    for line in text.lines(found, everything=every):
        click.echo(line)


@signals.command("show", help=_("The proof of a signal: cockpit signals show S1 Paie+"))
@click.argument("number")
@click.argument("subject", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def show(number: str, subject: tuple[str, ...], as_json: bool, level: int) -> None:
    from cockpit.services.signals import listing, proof, rows, text

    workspace = options().workspace().behind(level)
    line = _line(listing.read(workspace), number, " ".join(subject))
    found = proof.read(workspace, line)
    if as_json:
        history = [rows.score_json(each.score) for each in found.history]
        print_json({**rows.score_json(line.score), "history": history})
        return
    for each in text.proof(found):
        click.echo(each)


@signals.command(
    "act", help=_("Answer a signal by an action: cockpit signals act S1 Call them qui:Sophie --on Paie+")
)
@click.argument("number")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--on", "subject", default="", metavar="NAME", help=_("What it is about, where it has several.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def act(number: str, words: tuple[str, ...], subject: str, as_json: bool) -> None:
    from cockpit.services.desk import forms
    from cockpit.services.signals import acknowledgement, listing

    workspace = options().workspace()
    line = _line(listing.read(workspace), number, subject)
    try:
        code = acknowledgement.act(workspace, line.key, line.score.state, " ".join(words))
    except forms.WrongValue as error:
        fail(str(error), 2)
    if as_json:
        print_json({"code": code, "signal": line.key})
        return
    click.echo(_("{code} is the answer to {signal}").format(code=code, signal=number.upper())
               + " · " + _("undo: cockpit undo"))  # fmt: skip


@signals.command("accept", help=_("Accept a signal as it is until a date: cockpit signals accept S3 31/12"))
@click.argument("number")
@click.argument("until", nargs=-1, required=True)
@click.option(
    "--on", "subject", default="", metavar="NAME", help=_("What it is about, where it has several.")
)
@click.option("--because", "reason", default="", help=_("Why it is accepted."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def accept(number: str, until: tuple[str, ...], subject: str, reason: str, as_json: bool) -> None:
    from cockpit.services.desk import dates
    from cockpit.services.desk.date_phrases import understand_return
    from cockpit.services.signals import acknowledgement, listing

    workspace = options().workspace()
    line = _line(listing.read(workspace), number, subject)
    at = understand_return(workspace, " ".join(until))
    if at is None or at <= workspace.now():
        fail(_("“{text}” is not a date to come; write for example demain, lundi or 12/12").format(
            text=" ".join(until)), 2)  # fmt: skip
    code = acknowledgement.accept(workspace, line.key, line.score.state, at, reason)
    if as_json:
        print_json({"code": code, "signal": line.key, "until": at.isoformat()})
        return
    day = dates.day_and_month(at.date())
    click.echo(_("{signal} accepted until {day}").format(signal=number.upper(), day=day)
               + " · " + _("undo: cockpit undo"))  # fmt: skip


@signals.command(
    "told", help=_("Note that the team knows of what is measured about teams: S5 to S7 begin then.")
)
@click.argument("how", nargs=-1, required=True)
@common
def told(how: tuple[str, ...]) -> None:
    from cockpit.services.signals import acknowledgement

    acknowledgement.tell_team(options().workspace(), " ".join(how))
    click.echo(_("noted: S5 to S7 are measured from the next time on") + " · " + _("undo: cockpit undo"))


def _line(found: object, number: str, subject: str):  # type: ignore[no-untyped-def]
    """The line of a signal about a subject; the only or the worst one where none is named."""
    from cockpit.domain.text import fold
    from cockpit.services.signals.listing import SignalBoard

    assert isinstance(found, SignalBoard)
    wanted = [each for each in found.lines if each.signal.id == number.upper()]
    if subject:
        words = fold(subject)
        wanted = [e for e in wanted if words in fold(e.subject) or e.score.subject == subject.upper()]
    if not wanted:
        fail(_("{signal}: nothing was measured of that; cockpit signals --all lists everything").format(
            signal=f"{number.upper()} {subject}".strip()), 2)  # fmt: skip
    return wanted[0]
