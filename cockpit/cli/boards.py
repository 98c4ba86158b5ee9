"""What is known, as text or JSON: brief, list, show, providers, sla."""

from __future__ import annotations

from collections.abc import Mapping

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json, print_json_each
from cockpit.cli.kit.refusals import refusals
from cockpit.cli.records.register_names import LISTED, RegisterName
from cockpit.domain.records.record import Record, Register
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.decision import Decision
from cockpit.locale import _
from cockpit.services.boards import listing
from cockpit.services.boards.record_page import related
from cockpit.services.desk import forms
from cockpit.services.desk.as_json import of_record
from cockpit.services.providers import rows
from cockpit.services.records import find, history
from cockpit.services.records import rows as records_rows
from cockpit.services.work import decisions, filtering, saved_views

KINDS = RegisterName(LISTED)


class _KindOrMark(RegisterName):
    """The name of a register, or a mark that says at once which blockers and priorities are meant."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """See click.ParamType."""
        return value if filtering.is_mark(value) else super().convert(value, param, ctx)


_FIRST = {
    "blocker": "cockpit block …",
    "priority": "cockpit priority …",
    "decision": "cockpit decide …",
    "selfaudit": "cockpit audit",
}
"""How the first record is written, where it is not by a file or on the screen."""


@click.command("brief", help=_("What needs you this morning, as text."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def brief(as_json: bool, level: int) -> int:
    from cockpit.services.boards import brief as briefs
    from cockpit.services.boards.board import board

    workspace = options().workspace().behind(level)
    found = board(workspace)
    if as_json:
        print_json(briefs.to_json(workspace, found))
    else:
        click.echo(briefs.to_text(found))
    return 0


@click.command("resume", help=_("One line for a prompt: the worst trouble, what is next, how many alerts."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def resume(as_json: bool, level: int) -> int:
    from cockpit.services.boards import pulse
    from cockpit.services.boards.board import board

    found = board(options().workspace().behind(level))
    if as_json:
        print_json(pulse.to_json(found))
    elif said := pulse.printed(found):
        click.echo(said)
    return 0


@click.command(
    "list",
    help=_(
        "List records. Without a kind: open blockers and priorities. Words and marks of a line keep what has"
        " them all: cockpit list blocker @Silae +rh p1 owner:Sophie due:friday payslips '!draft' %pyslps"
    ),
)
@click.argument("kind", required=False, type=_KindOrMark(KINDS.names), metavar="[KIND]")
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option(
    "--view", default="", metavar="NAME", help=_("The filter kept under that name, beside the words.")
)
@click.option("--all", "everything", is_flag=True, help=_("Closed, snoozed and archived ones too."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def list_(
    *, kind: str | None, words: tuple[str, ...], view: str, everything: bool, as_json: bool, level: int
) -> int:
    workspace = options().workspace().behind(level)
    if kind and filtering.is_mark(kind):
        words, kind = (kind, *words), None
    kinds = (kind,) if kind else ("blocker", "priority")
    try:
        if view:
            words = (*saved_views.named(workspace, view).line.split(), *words)
        asked = filtering.understood(workspace, " ".join(words)) if words else None
    except (ValueError, saved_views.WrongView) as error:
        fail(str(error), 2)
    names = workspace.names()

    def fits(register: Register, record: Record) -> bool:
        if asked is None:
            return True
        # A row is only made where its words are looked for.
        says = listing.row(workspace, register, record, names).printed if asked.asks_for_words else ""
        return asked.fits(record, says)

    every = (
        (REGISTERS[name], record)
        for name in kinds
        for record in listing.records_of(workspace, name, everything)
        if not workspace.hides(record) and fits(REGISTERS[name], record)
    )
    if as_json:
        print_json_each({"kind": register.name, **of_record(record, register)} for register, record in every)
        return 0
    found = list(every)
    if not found:
        click.echo(_("Nothing fits: {words}").format(words=" ".join(words)) if words else _nothing(kinds))
    made = [record for _register, record in found if isinstance(record, Decision)]
    notes = decisions.notes(workspace, made) if made else {}
    for register, record in found:
        note = f" · {notes[record.code]}" if record.code in notes else ""
        click.echo(listing.row(workspace, register, record, names).printed + note)
    return 0


def _nothing(kinds: tuple[str, ...]) -> str:
    name = kinds[0]
    if name == "blocker":
        return _("Nothing here. Write the first blocker with: cockpit block …")
    first = _FIRST.get(name, f"cockpit register import {name} …")
    words = _("{register}: nothing here. Begin with: {command}")
    return words.format(register=_(REGISTERS[name].title), command=first)


@click.command("show", help=_("One record with its history: cockpit show B-41"))
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def show(code: str, as_json: bool, level: int) -> int:
    workspace = options().workspace().behind(level)
    with refusals():
        register, record = find.find(workspace, code)
    if workspace.hides(record):
        fail(_("{code} is above level {level}.").format(code=record.code, level=level), 2)
    if as_json:
        from cockpit.store import journal

        entries = [history.to_json(entry) for entry in journal.history(workspace.conn, record.id)]
        print_json({"kind": register.name, **of_record(record, register), "history": entries})
        return 0
    names = workspace.names()
    click.echo(f"{record.code}  {getattr(record, register.subject)}")
    line = "  " + _("{name}: {value}")
    for field in register.fields:
        value = getattr(record, field.name)
        said = _linked(value, names) if field.ref else forms.show(field, value, names, workspace.zone)
        if said:
            click.echo(line.format(name=_(field.label), value=said))
    for each in related(workspace, record):
        # What it names stands in its fields already.
        if each.group != _("Names"):
            click.echo(line.format(name=each.label, value=each.text))
    for change in history.history(workspace, register, record):
        click.echo(f"  {records_rows.change(change).printed}")
    return 0


def _linked(value: object, names: Mapping[str, str]) -> str:
    """The records that a field names, each by its code and its name."""
    every = value if isinstance(value, tuple) else (value,) if value else ()
    return ", ".join(f"{code} {names[code]}" if code in names else str(code) for code in every)


@click.command("providers", help=_("State of every status source, since when, how old the word is."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def providers(as_json: bool, level: int) -> int:
    workspace = options().workspace().behind(level)
    lines = rows.providers(workspace)
    if as_json:
        print_json([rows.to_json(line) for line in lines])
        return 0
    if not lines:
        click.echo(_("No status source yet: add [[status]] to {path}, or run cockpit init.").format(
            path=options().config_path))  # fmt: skip
    now = workspace.now()
    for line in lines:
        click.echo(rows.provider(line, now).printed)
    return 0
