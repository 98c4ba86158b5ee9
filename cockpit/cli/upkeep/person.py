"""`cockpit person erase`: a person's name and contacts leave everything that is kept here."""

from __future__ import annotations

import sqlite3

import click

from cockpit.cli.kit.options import agreed, common, fail, options, print_json
from cockpit.cli.kit.two_names import TwoNames
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers import REGISTERS
from cockpit.locale import N_, _, ngettext
from cockpit.services.upkeep import erasure

_BESIDE = {
    "agenda_block": N_("events of agendas"), "agenda_change": N_("events of agendas"), "draft": N_("drafts"),
    "outbox": N_("messages"), "live_event": N_("minutes being taken"), "closed_report": N_("closed reports"),
    "alert": N_("alerts"), "score": N_("signals"),
}  # fmt: skip
_STATE = N_("what the program remembers")


@click.group("person", cls=TwoNames, help=_("People: the right to be forgotten."))
@common
def person() -> None:
    return


@person.command(
    "erase",
    help=_(
        "Erase a person's name and contacts from everything that is kept here, for good. Shows what, then asks once."
    ),
)
@click.argument("who", metavar="CODE|NAME")
@click.option(
    "--also", multiple=True, metavar="WORDS", help=_("Other words that mean this person: a first name.")
)
@click.option(
    "--asked-by",
    default="",
    metavar="TEXT",
    help=_("Who asked, as the journal keeps it; the person without it."),
)
@click.option("--dry-run", is_flag=True, help=_("Only show what would be erased."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def erase(who: str, also: tuple[str, ...], asked_by: str, *, dry_run: bool, yes: bool, as_json: bool) -> int:
    workspace = options().workspace()
    try:
        found = erasure.preview(workspace, who, also)
    except Refusal as error:
        fail(str(error), 2)
    if not as_json:
        _show(found)
    if dry_run:
        if as_json:
            print_json(_as_json(found))
        return 0
    question = _("Erase {code} for good? This cannot be undone.").format(code=found.code)
    if not yes and not agreed(question):
        raise click.Abort
    try:
        done = erasure.erase(workspace, found, asked_by or _("the person concerned"))
    except sqlite3.OperationalError as error:
        fail(
            _(
                "Not erased whole ({error}): close every other Cockpit, make room on the disk, then again."
            ).format(error=error),
            3,
        )
    left = erasure.elsewhere(workspace, found.erased)
    if as_json:
        print_json({
            **_as_json(found), "erased_texts": done.texts, "erased_entries": done.entries, "seq": done.seq,
            "compact": done.compact, "elsewhere": left,
        })  # fmt: skip
        return 0 if done.compact else 1
    said = _(
        "{code} is erased: {texts} texts, {entries} entries of the journal; entry {seq} tells of it, without the name."
    )
    click.echo(said.format(code=found.code, texts=done.texts, entries=done.entries, seq=done.seq))
    for line in left:
        click.echo(f"▲ {line}")
    if not done.compact:
        fail(
            _(
                "Another Cockpit, or Litestream, is open: words may lie in the side file until it ends."
                " Close it, then again."
            )
        )
    return 0


person.add_command(erase, "effacer")


def _show(found: erasure.ErasurePreview) -> None:
    click.echo(f"{found.code}  {found.name}")
    for table, n in found.texts.items():
        label = _(REGISTERS[table].title if table in REGISTERS else _BESIDE.get(table, _STATE))
        click.echo(f"  {n:>6}  {label}")
    click.echo(f"  {found.entries:>6}  " + _("entries of the journal"))
    if found.examples:
        click.echo(_("Among them:"))
        for text in found.examples:
            click.echo(f"    {text}")
    if found.beside:
        click.echo(_("Addresses behind the name, which stay unless --also takes them:"))
        for text in found.beside:
            click.echo(f"    {text}")
    if found.near:
        click.echo(_("Probably the same person, which stays unless --also takes it:"))
        for text in found.near:
            click.echo(f"    {text}")
    if found.alone:
        said = ngettext(
            "{n} text holds a word of the name alone, which may be somebody else, and stays; --also WORD takes it:",
            "{n} texts hold a word of the name alone, which may be somebody else, and stay; --also WORD takes them:",
            found.alone,
        )
        click.echo(said.format(n=found.alone))
        for text in found.alone_examples:
            click.echo(f"    {text}")


def _as_json(found: erasure.ErasurePreview) -> dict[str, object]:
    return {
        "code": found.code, "texts": found.texts, "entries": found.entries, "examples": list(found.examples),
        "alone": found.alone, "near": list(found.near), "beside": list(found.beside),
    }  # fmt: skip
