"""`cockpit agenda add`: an address is read once, what is in it is said, and it is written into the configuration."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from cockpit import files
from cockpit.cli.kit.options import agreed, asked_aside, common, fail, options, print_json, prompt_suffix
from cockpit.domain.dataclasses import replace
from cockpit.domain.settings import AGENDA_KINDS, AgendaSource
from cockpit.domain.text import slug
from cockpit.locale import _

if TYPE_CHECKING:
    from cockpit.services.agenda.trial import NotAnAgenda, TriedAgenda


@click.command(
    "add", help=_("Add an agenda: its address is read once, and what is in it is said. - asks for it.")
)
@click.argument("address", metavar="ADDRESS|-")
@click.option("--name", default="", help=_("How to call it; else as it calls itself."))
@click.option("--owner", default="", metavar="NAME", help=_("Whose it is, where it is not yours."))
@click.option(
    "--kind", type=click.Choice(AGENDA_KINDS), default="ical", help=_("An address or file, or CalDAV.")
)
@click.option("--user", default="", help=_("User name, for an address behind a password."))
@click.option(
    "--secret", default="", metavar="env:NAME|keyring:NAME", help=_("Where its password or token is.")
)
@click.option("--internal", is_flag=True, help=_("Allow an address of the local network."))
@click.option(
    "--later", is_flag=True, help=_("Write it even where it cannot be read now: a sync tries it again.")
)
@click.option(
    "--via",
    default="",
    metavar="HOST",
    help=_("Take the address at this host, where its server sends there."),
)
@click.option("--yes", is_flag=True, help=_("Ask nothing."))
@click.option("--dry-run", is_flag=True, help=_("Say what is in it, write nothing."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON; asks nothing."))
@common
def add(
    address: str,
    *, name: str, owner: str, kind: str, user: str, secret: str,
    internal: bool, later: bool, via: str, yes: bool, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    from cockpit.services.agenda import trial

    if address == "-":
        # An address is worth a password: given so, it stands in no history and in no list of processes.
        address = _given()
    workspace = options().workspace()
    asked = AgendaSource(
        key="new",
        name="new",
        url=address,
        owner=owner,
        kind=kind,
        user=user,
        secret=secret,
        internal=internal,
    )
    now, zone, emails = workspace.now(), workspace.zone.key, workspace.settings.emails
    tried: TriedAgenda | None = None

    def attempt(source: AgendaSource) -> TriedAgenda:
        return asyncio.run(trial.try_agenda(source, now=now, zone=zone, emails=emails))

    try:
        tried = _followed(asked, attempt, lambda error: _taken(error, via, asks=not (yes or as_json)))
    except trial.NotAnAgenda as error:
        if not (later and error.may_pass):
            return _refused(error, as_json=as_json)
        if not as_json:
            click.echo(str(error), err=True)
    if tried is not None and not as_json:
        for line in trial.lines(tried, now):
            click.echo(line)
    source = tried.source if tried else asked
    called = name or (tried.found.name if tried else "") or _("My agenda")
    asks = not (yes or as_json or dry_run)
    if asks:
        called = (
            click.prompt(_("Name"), default=called, prompt_suffix=prompt_suffix(), err=asked_aside())
            if not name
            else called
        )
        if not agreed(_("Write it into {path}?").format(path=options().config_path), default=True):
            return 1
    if not dry_run:
        _write(source, called)
    if as_json:
        print_json({"name": called, "key": slug(called), "written": not dry_run,
                    "said": list(trial.lines(tried, now)) if tried else [],
                    "found": trial.to_json(tried) if tried else None})  # fmt: skip
    elif not dry_run:
        click.echo(_("added: {name}. Next: cockpit sync").format(name=called))
    return 0


def _followed(
    asked: AgendaSource,
    attempt: Callable[[AgendaSource], TriedAgenda],
    is_taken: Callable[[NotAnAgenda], bool],
) -> TriedAgenda:
    """What is at the address, or at the one to which it sends, where that is taken. Raises NotAnAgenda."""
    from cockpit.services.agenda import trial

    try:
        return attempt(asked)
    except trial.NotAnAgenda as error:
        if not is_taken(error):
            raise
        return attempt(replace(asked, url=error.moved_to))


def _taken(error: NotAnAgenda, via: str, *, asks: bool) -> bool:
    """Whether the address on another host is to be taken to which a server sends: a person accepts that host."""
    host = urlsplit(error.moved_to).hostname or ""
    if not host or via:
        return bool(host) and host == via
    if not (asks and sys.stdin.isatty()):
        return False
    click.echo(str(error), err=True)
    return agreed(_("Take the address to which it sends?"))


def _given() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    said: str = click.prompt(_("Address"), hide_input=True, prompt_suffix=prompt_suffix(), err=True)
    return said


def _write(source: AgendaSource, name: str) -> None:
    from cockpit.services.settings import new_entry, writer

    path = options().configuration()
    try:
        writer.change(path, new_entry.agenda(replace(source, name=name)))
    except writer.CannotChange as error:
        fail(str(error), 2)
    except OSError as error:
        fail(_("{path} cannot be written: {why}").format(path=path, why=files.why(error)), 3)


def _refused(error: NotAnAgenda, *, as_json: bool) -> int:
    """Why not, and what can be chosen."""
    host = urlsplit(error.moved_to).hostname or ""
    if as_json:
        print_json({
            "error": error.why, "instead": error.instead, "local": error.is_local, "moved_to": host or None,
            "may_pass": error.may_pass,
        })  # fmt: skip
        return 2
    click.echo(error.why, err=True)
    if error.instead:
        click.echo(f"  → {error.instead}", err=True)
    if error.is_local:
        click.echo(_("To allow it: --internal"), err=True)
    if host:
        click.echo(_("To take it: --via {host}").format(host=host), err=True)
    if error.may_pass:
        click.echo(_("To keep it all the same: --later"), err=True)
    return 2
