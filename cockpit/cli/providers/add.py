"""`cockpit provider add`: try a status page, choose what matters of it, write it into the configuration."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from cockpit.cli.kit.options import agreed, asked_aside, common, options, print_json, prompt_suffix
from cockpit.domain.settings import CRITICALITIES, StatusSource
from cockpit.locale import _
from cockpit.services.providers.state_words import STATES

if TYPE_CHECKING:
    from cockpit.services.providers import add as service
    from cockpit.services.providers.add import Candidate


@click.command(
    "add", help=_("Add a status page, by its address or by the name of a usual tool (slack, drive…).")
)
@click.argument("source", metavar="URL_OR_NAME")
@click.option("--name", default="", help=_("How to call it."))
@click.option(
    "--component",
    "components",
    multiple=True,
    metavar="NAME",
    help=_("A component that matters; may be repeated."),
)
@click.option(
    "--criticality", type=click.Choice(CRITICALITIES), default="important", help=_("How much it matters.")
)
@click.option(
    "--provider", default="", metavar="NAME", help=_("Provider of the register that it speaks for.")
)
@click.option("--internal", is_flag=True, help=_("Allow an address of the local network."))
@click.option(
    "--engine", default="", help=_("Read it as this engine; probe: only whether the address answers.")
)
@click.option("--user", default="", help=_("User name, or client id of Microsoft Graph."))
@click.option(
    "--secret", default="", metavar="env:NAME|keyring:NAME", help=_("Where its password or token is.")
)
@click.option("--tenant", default="", help=_("Directory of Microsoft Graph."))
@click.option("--yes", is_flag=True, help=_("Ask nothing."))
@click.option("--dry-run", is_flag=True, help=_("Show what would be written, write nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON; asks nothing."))
@common
def add(
    source: str, name: str, components: tuple[str, ...], criticality: str, provider: str,
    *, internal: bool, engine: str, user: str, secret: str, tenant: str, yes: bool, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    from cockpit.services.providers import add as service

    given = options()
    settings = given.settings()
    try:
        tool = service.meant(source)
        now = given.clock(settings)()
        found = service.look(
            tool, now=now, internal=internal, engine=engine, user=user, secret=secret, tenant=tenant
        )
        candidate = asyncio.run(found)
    except service.CannotAdd as error:
        return _refused(error, as_json=as_json)
    asks = not (yes or as_json or components or dry_run)
    if not as_json:
        _show(candidate)
    if asks and candidate.components:
        components = _chosen(candidate)
    chosen = service.chosen_from(
        candidate, name=name, components=components, criticality=criticality, provider=provider
    )
    if not dry_run:
        question = _("Write it into {path}?").format(path=given.config_path)
        if asks and not agreed(question, default=True):
            return 1
        try:
            service.save(given.configuration(), settings, candidate, chosen)
        except service.CannotAdd as error:
            return _refused(error, as_json=as_json)
        _read_once(chosen)
    if as_json:
        print_json(_as_json(candidate, chosen, written=not dry_run))
    else:
        click.echo(service.section(chosen) if dry_run else _("added: {name}").format(name=chosen.name))
    return 0


@click.command("catalogue", help=_("Usual tools whose status page is known, by words."))
@click.argument("words", nargs=-1)
@common
def catalogue(words: tuple[str, ...]) -> int:
    from cockpit.services.providers import catalogue as service

    found = service.search(" ".join(words), 50) if words else service.tools()
    for tool in found:
        remark = f"  ({tool.remark})" if tool.remark else ""
        click.echo(f"{tool.name:<26} {tool.url}{remark}")
    return 0 if found else 1


def _refused(error: service.CannotAdd, *, as_json: bool) -> int:
    """Why not, and what can be chosen: the new address, the local network, only whether it answers."""
    from cockpit.services.providers import add as service

    local = isinstance(error, service.OnLocalNetwork)
    moved_to = error.address if isinstance(error, service.MovedAway) else ""
    probed = isinstance(error, service.NotUnderstood)
    if as_json:
        print_json({"error": str(error), "local": local, "moved_to": moved_to or None, "can_probe": probed})
        return 2
    click.echo(str(error), err=True)
    if local:
        click.echo(_("To allow it: --internal"), err=True)
    if moved_to:
        click.echo(_("To accept the new address: cockpit provider add {url}").format(url=moved_to), err=True)
    if probed:
        click.echo(_("To watch only whether it answers: --engine probe"), err=True)
    return 2


def _show(candidate: Candidate) -> None:
    glyphs = {str(state): shown for state, shown in STATES.items()}
    glyph, word = glyphs[candidate.found["state"]]
    page = candidate.found["page"] or candidate.name
    limit = f" · {candidate.found['limit']}" if candidate.found["limit"] else ""
    click.echo(f"{glyph} {page} · {_(word)} · {candidate.engine} · {candidate.url}{limit}")
    for number, part in enumerate(candidate.found["components"], 1):
        mark, said = glyphs[part["state"]]
        click.echo(f"  {number:>3} {mark} {part['name']} · {_(said)}")
    for incident in candidate.found["incidents"]:
        click.echo(f"  ! {incident['title']}")
    for warning in candidate.found["warnings"]:
        click.echo(f"  ! {warning}")


def _chosen(candidate: Candidate) -> tuple[str, ...]:
    while True:
        answer = click.prompt(
            _("Components that matter, by number (1,3; empty: the page as a whole)"),
            default="",
            show_default=False,
            prompt_suffix=prompt_suffix(),
            err=asked_aside(),
        )
        words = [word for word in answer.replace(",", " ").split() if word]
        if all(word.isdigit() and 1 <= int(word) <= len(candidate.components) for word in words):
            return tuple(candidate.components[int(word) - 1] for word in words)
        click.echo(_("numbers from 1 to {n} are expected").format(n=len(candidate.components)), err=True)


def _read_once(chosen: StatusSource) -> None:
    """Read the page that was just added once, so that its state shows at once."""
    from cockpit.services.upkeep import sync

    workspace = options().workspace()
    asyncio.run(
        sync.sync(workspace.conn, workspace.settings, now=workspace.clock, only=frozenset({chosen.key}))
    )


def _as_json(candidate: Candidate, chosen: StatusSource, *, written: bool) -> dict[str, object]:
    return {
        "name": chosen.name,
        "url": candidate.url,
        "engine": candidate.engine,
        "page_id": candidate.page_id,
        "internal": candidate.internal,
        "suggested": list(candidate.suggested),
        "written": written,
        "found": candidate.found,
    }
