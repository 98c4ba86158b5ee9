"""`cockpit views`: filters that are kept under a name."""

from __future__ import annotations

import click

from cockpit.cli.kit.options import common, fail, options, print_json
from cockpit.locale import _
from cockpit.services.work import saved_views


@click.command(
    "views",
    help=_(
        "Filters kept under a name, each person's own. With a name and a line: keep it:"
        ' cockpit views "waits on Paie+" @Paie+ p1. Shown by: cockpit list --view NAME'
    ),
)
@click.argument("name", required=False)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option("--rename", metavar="NAME", default="", help=_("Give the view that is named this other name."))
@click.option("--remove", is_flag=True, help=_("Forget the view that is named."))
@click.option("--undo", "back", is_flag=True, help=_("Take back the last change of the views."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def views(
    *, name: str | None, words: tuple[str, ...], rename: str, remove: bool, back: bool, as_json: bool
) -> int:
    workspace = options().workspace()
    try:
        if back:
            told = (
                _("the views are as they were before")
                if saved_views.take_back(workspace)
                else _("nothing to undo")
            )
        elif name and words:
            before = saved_views.line_of(workspace, name)
            told = saved_views.told(saved_views.keep_line(workspace, name, " ".join(words)), before)
        elif name and rename:
            told = _("view “{name}” kept").format(name=saved_views.rename(workspace, name, rename).name)
        elif name and remove:
            told = _("view “{name}” removed · cockpit views --undo").format(
                name=saved_views.remove(workspace, name).name
            )
        else:
            told = ""
        found = (saved_views.named(workspace, name),) if name and not told else saved_views.every(workspace)
    except (saved_views.WrongView, ValueError) as error:
        fail(str(error), 2)
    if as_json:
        print_json([saved_views.to_json(each) for each in found])
        return 0
    if told:
        click.echo(told)
        return 0
    for each in found:
        own = "" if not each.is_ours else "  " + _("(comes with Cockpit)")
        click.echo(f"{each.name:<24} {each.line}{own}")
    return 0
