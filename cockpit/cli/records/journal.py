"""`cockpit journal`: what was changed, and whether the seal holds."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import agreed, common, fail, level, options, print_json
from cockpit.cli.kit.two_names import TwoNames
from cockpit.locale import _, ngettext
from cockpit.services.records import history, journal_search, rows
from cockpit.services.upkeep import seal
from cockpit.store import journal as stored
from cockpit.store.proof import CannotRestore

_SHOWN = 20


@click.group(
    "journal", cls=TwoNames, invoke_without_command=True, help=_("What was changed, by whom, newest first.")
)
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help=_("Entries at most.")
)
@click.option(
    "--who", default="", metavar="NAME", help=_("Written by that person; me is the one at the keyboard.")
)
@click.option("--what", default="", metavar="RECORD", help=_("Of that record, by its code or its name."))
@click.option(
    "--kind", default="", metavar="KIND", help=_("Of that kind: blocker, contract… or archived, done…")
)
@click.option(
    "--since", default="", metavar="WHEN", help=_("Not before: yesterday, monday, 23/11, “my last review”.")
)
@click.option("--until", default="", metavar="WHEN", help=_("Not after that day or moment."))
@click.option("--words", default="", metavar="WORDS", help=_("That say these words; !word, that do not."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
@click.pass_context
def journal(
    context: click.Context,
    *,
    limit: int,
    who: str,
    what: str,
    kind: str,
    since: str,
    until: str,
    words: str,
    as_json: bool,
    level: int,
) -> None:
    if context.invoked_subcommand is not None:
        return
    workspace = options().workspace().behind(level)
    try:
        asked = journal_search.search(
            workspace, who=who, what=what, kind=kind, since=since, until=until, words=words
        )
    except ValueError as error:
        fail(str(error), 2)
    found = journal_search.read(workspace, asked, limit)
    if as_json:
        print_json([history.to_json(entry) for entry, _line in found])
        return
    for _entry, change in found:
        click.echo(f"{change.seq:>6}  {rows.change(change, coded=True).printed}")
    if not found and workspace.written:
        click.echo(_("No entry of the journal fits."))


@journal.command("verify", help=_("Check the seal of the journal, and that every row is what it says."))
@click.option(
    "--all", "whole", is_flag=True, help=_("All of it, not only what was written since the last time.")
)
@click.option(
    "--head",
    "published",
    default="",
    metavar="HASH",
    help=_("A seal noted elsewhere: is it still in the journal?"),
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def verify(whole: bool, published: str, as_json: bool) -> int:
    found = seal.check(options().workspace(), whole=whole, published=published)
    if as_json:
        rows = [seal.to_json(each) for each in found.rows]
        print_json(
            {"ok": found.holds, "entries": found.entries, "head": found.head, "first_broken": found.broken,
             "rows": rows, "lost": found.lost, "whole": found.whole}
        )  # fmt: skip
    elif found.holds:
        said = (
            _("{n} entries, the chain holds and the rows are what it says. Seal: {hash}")
            if found.whole
            else _(
                "{n} entries; what was written since the last time holds, --all reads the rest too. Seal: {hash}"
            )
        )
        click.echo(said.format(n=found.entries, hash=found.head))
    else:
        _tell(found)
    return 0 if found.holds else 1


def _tell(found: seal.Verification) -> None:
    if found.broken is not None:
        click.echo(
            _("The chain is broken at entry {n} of {count}: it was changed outside the program.\n"
              "→ compare with a backup: cockpit --db BACKUP journal verify --all").format(
                  n=found.broken, count=found.entries),
            err=True,
        )  # fmt: skip
    if found.lost:
        click.echo(
            _("The end of the journal is missing: it does not hold {published}, which was written down once.\n"
              "→ put the newest backup back: cockpit restore FILE").format(published=found.lost),
            err=True,
        )  # fmt: skip
    for each in found.rows[:_SHOWN]:
        click.echo("■ " + seal.in_words(each), err=True)
    if len(found.rows) > _SHOWN:
        n = len(found.rows) - _SHOWN
        click.echo(ngettext("and {n} more: --json", "and {n} more: --json", n).format(n=n), err=True)
    if found.rows:
        code = found.rows[0].code
        click.echo(_("→ put a record back as the journal has it: cockpit journal restore-row {code}").format(
            code=code), err=True)  # fmt: skip


@journal.command("head", help=_("The number of the last entry and its seal, to be kept elsewhere."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def head(as_json: bool) -> None:
    entries, sealed = stored.head(options().workspace().conn)
    if as_json:
        print_json({"entries": entries, "head": sealed})
    else:
        click.echo(f"{entries} {sealed}")


@journal.command("restore-row", help=_("Put a record back as the journal has it; the journal says so."))
@click.argument("code")
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@common
def restore_row(code: str, yes: bool) -> int:
    workspace = options().workspace()
    wrong = [each for each in seal.check(workspace, whole=True).rows if each.code == code.upper()]
    for each in wrong:
        click.echo("■ " + seal.in_words(each))
    if (
        wrong
        and not yes
        and not agreed(_("Put {code} back as the journal has it?").format(code=code.upper()))
    ):
        raise click.Abort
    try:
        changed = seal.restore_row(workspace, code)
    except LookupError:
        fail(_("no record has the code {code}").format(code=code), 2)
    except CannotRestore:
        fail(
            _("{code} cannot be put back: the journal is broken, or other records stand in the way").format(
                code=code
            )
        )
    if changed:
        click.echo(_("{code} is again what the journal says").format(code=code.upper()))
    else:
        click.echo(_("{code} is what the journal says already").format(code=code.upper()))
    return 0


journal.add_command(verify, "verifier")
journal.add_command(head, "sceau")
journal.add_command(restore_row, "retablir-ligne")
