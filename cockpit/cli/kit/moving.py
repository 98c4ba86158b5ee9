"""What `cockpit agenda move` and `cockpit provider move` do: the new address of a source is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

import click

from cockpit.cli.kit.options import fail, options
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace

if TYPE_CHECKING:
    from cockpit.services.upkeep.address_move import NewAddress, Source


def take(workspace: Workspace, source: Source, asked: Coroutine[Any, Any, NewAddress]) -> None:
    """Write the place that is `asked` of the source's server into the configuration, and say so."""
    from cockpit.domain.settings import AgendaSource
    from cockpit.services.upkeep import address_move
    from cockpit.sources.secrets import SecretMissing
    from cockpit.store.outside import sources

    try:
        place = asyncio.run(asked)
        address_move.save(options().configuration(), source, place)
    except (address_move.AddressStays, SecretMissing) as refusal:
        fail(str(refusal))
    kind: sources.SourceKind = "agenda" if isinstance(source, AgendaSource) else "status"
    sources.has_settled(workspace.conn, kind, source.key)
    said = _("“{name}” is read at {host} from now on. Next: cockpit sync")
    click.echo(said.format(name=source.name, host=place.host))
