"""`cockpit partner`: what a provider reads of us in a shared folder, without an account."""

from __future__ import annotations

from pathlib import Path

import click

from cockpit import files
from cockpit.cli.kit.options import agreed, common, fail, options, print_json
from cockpit.cli.kit.two_names import TwoNames
from cockpit.domain.records.confidentiality import EVERYTHING, ROOM
from cockpit.domain.refusal import Refusal
from cockpit.locale import _


@click.group(
    "partner",
    cls=TwoNames,
    help=_("What a provider may read of us in a shared folder: open matters, deadlines."),
)
@common
def partner() -> None:
    return


@partner.command("list", help=_("Which providers read what, and where."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def list_(as_json: bool) -> None:
    from cockpit.services.documents import partner_pages

    workspace = options().workspace()
    found = partner_pages.agreed(workspace)
    if as_json:
        print_json([
            {"provider": each.provider, "folder": str(each.folder), "level": each.level, "language": each.language}
            for each in found
        ])  # fmt: skip
        return
    names = workspace.names()
    for each in found:
        click.echo(f"{each.provider:<7} {names.get(each.provider, each.provider)}  {each.folder}")
    if not found:
        click.echo(_("Nothing is published: cockpit partner publish NAME --into FOLDER"))


@partner.command(
    "publish",
    help=_(
        "Show what a provider would read; agreed to, write it into a folder that both see, kept fresh by the sync."
    ),
)
@click.argument("provider", metavar="CODE|NAME")
@click.option("--into", metavar="FOLDER", default="", help=_("The shared folder, one for each provider."))
@click.option(
    "--level", type=click.IntRange(0, EVERYTHING), default=ROOM,
    help=_("Highest confidentiality to write, 0 to 3; 1 without it."),
)  # fmt: skip
@click.option("--stop", is_flag=True, help=_("Empty the page, and keep it fresh no more."))
@click.option("--dry-run", is_flag=True, help=_("Only show it."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def publish(
    provider: str, into: str, level: int, *, stop: bool, dry_run: bool, yes: bool, as_json: bool
) -> None:
    from cockpit.services.documents import partner_pages

    workspace = options().workspace()
    try:
        if stop:
            ended = partner_pages.withdraw(workspace, provider)
            if as_json:
                print_json({"provider": ended.provider, "folder": str(ended.folder)})
            else:
                click.echo(
                    _(
                        "{name}: nothing is shared in {path} any more; its page and calendar are empty and say so."
                    ).format(name=ended.provider, path=ended.folder)
                )
            return
        if not (into or dry_run):
            fail(
                _("say where: --into FOLDER, a folder that the provider sees too; --dry-run only shows it"), 2
            )
        found = partner_pages.compose(workspace, provider, level)
        if not as_json:
            click.echo(found.text.rstrip() + "\n")
        if dry_run:
            if as_json:
                print_json(partner_pages.to_json(found))
            return
        folder = Path(into)
        question = _("Let {name} read this in {path}, kept fresh by each sync?").format(
            name=found.name, path=folder
        )
        if not yes and not agreed(question):
            raise click.Abort
        partner_pages.publish(workspace, found, folder, level)
    except Refusal as error:
        fail(str(error), 2)
    except OSError as error:
        fail(_("{path} cannot be written: {why}").format(path=into, why=files.why(error)), 3)
    if as_json:
        print_json({**partner_pages.to_json(found), "folder": str(folder)})
        return
    click.echo(
        _("Written: {path}").format(path=", ".join(str(folder / name) for name in sorted(found.contents)))
    )
    click.echo(_("To withdraw it: cockpit partner publish {code} --stop").format(code=found.provider))


partner.add_command(list_, "liste")
partner.add_command(publish, "publier")
