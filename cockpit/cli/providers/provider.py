"""`cockpit provider`: try a status page, add one, and what we say of a provider."""

from __future__ import annotations

import asyncio

import click

from cockpit.cli.kit.moving import take
from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.cli.providers import add, our_words
from cockpit.locale import _
from cockpit.services.providers.state_words import STATES
from cockpit.sources.engines import ENGINES


@click.group("provider", help=_("Status pages: try, add, show; what we say of a provider."))
@common
def provider() -> None:
    return


for command in our_words.COMMANDS:
    provider.add_command(command)
provider.add_command(add.add)
provider.add_command(add.catalogue)


@provider.command(
    "show", help=_("Everything known of one provider: state, uptime, incidents, what binds us.")
)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def show(name: str, as_json: bool, level: int) -> None:
    from cockpit.services.providers import page, page_rows

    workspace = options().workspace().behind(level)
    line = our_words.named(workspace, name)
    found = page.view(workspace, line.key)
    assert found is not None
    if as_json:
        print_json(page.to_json(found))
        return
    for text in page_rows.as_text(found):
        click.echo(text)


@provider.command("move", help=_("Take the new address of a status page that says that it has moved."))
@click.argument("name")
@click.option("--to", "host", default="", metavar="HOST", help=_("Only if it leads to this host."))
@common
def move(name: str, host: str) -> int:
    from cockpit.services.upkeep import address_move

    workspace = options().workspace()
    line = our_words.named(workspace, name)
    source = next((each for each in workspace.settings.statuses if each.key == line.key), None)
    if source is None:
        fail(_("{name} has no status page: nothing can move").format(name=line.name), 2)
    take(workspace, source, address_move.of_status(source, now=workspace.now(), shown=host))
    return 0


@provider.command(
    "check", help=_("Read one status page once and print the normalised reading; nothing is stored.")
)
@click.argument("url")
@click.option("--engine", default="", help=_("Dialect to read it with; empty detects it: {names}.").format(
    names=", ".join(sorted(ENGINES))))  # fmt: skip
@click.option(
    "--component",
    "components",
    multiple=True,
    metavar="NAME",
    help=_("A component that matters; may be repeated."),
)
@click.option("--user", default="", help=_("User name, or client id of Microsoft Graph."))
@click.option(
    "--secret", default="", metavar="env:NAME|keyring:NAME", help=_("Where its password or token is.")
)
@click.option("--tenant", default="", help=_("Directory of Microsoft Graph."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def check(
    url: str, *, engine: str, components: tuple[str, ...], user: str, secret: str, tenant: str, as_json: bool
) -> int:
    from cockpit.services.desk.now import system_clock
    from cockpit.services.providers import check as provider_check

    given = options()
    now = given.clock(given.settings()) if given.now else system_clock
    result = asyncio.run(
        provider_check.check(
            url, engine, now=now(), components=components, user=user, secret=secret, tenant=tenant
        )
    )
    found = provider_check.to_json(result)
    if as_json:
        print_json(found)
    else:
        _print(found)
    return 1 if found["error"] else 0


def _print(found: dict[str, object]) -> None:
    glyphs = {str(state): shown for state, shown in STATES.items()}
    glyph, word = glyphs[str(found["state"])]
    unknown = _("unknown")
    click.echo(f"{glyph} {found['page'] or ''} {_(word)} ({found['engine'] or unknown})")
    if found["error"]:
        click.echo(str(found["error"]), err=True)
    if found["moved_to"]:
        click.echo(_("New address, to be checked in turn: {url}").format(url=found["moved_to"]), err=True)
    if found["url"]:
        click.echo("  " + _("read at {url}").format(url=found["url"]))
    if found["limit"]:
        click.echo(f"  ! {found['limit']}")
    for part in ("components", "incidents", "maintenances"):
        rows = found[part]
        assert isinstance(rows, list)
        for row in rows:
            over = row.get("phase") == "resolved"
            state = _("over") if over else str(row.get("state") or row.get("phase"))
            shown = _(glyphs[state][1]) if state in glyphs else state
            named = row.get("name") or row.get("title")
            click.echo("  " + _("{name}: {value}").format(name=named, value=shown))
    warnings = found["warnings"]
    assert isinstance(warnings, list)
    for warning in warnings:
        click.echo(f"  ! {warning}")
