"""Documents composed beside the screen, and kept as long as nothing changes."""

from __future__ import annotations

import asyncio

from cockpit import locale
from cockpit.domain.documents.publication import Publication
from cockpit.services.documents import shelf
from cockpit.services.documents.shelf import DocumentKind
from cockpit.ui.kit.host import Cockpit

_kept: dict[str, tuple[object, Publication]] = {}


def known(cockpit: Cockpit, kind: DocumentKind) -> Publication | None:
    """The document, if it was composed and nothing was written since."""
    state, found = _kept.get(kind.key, (None, None))
    return found if state == _state(cockpit) else None


async def compose(cockpit: Cockpit, kind: DocumentKind) -> Publication:
    """The document as the records have it now, read on a connection of its own."""
    found = known(cockpit, kind)
    if found is None:
        state = _state(cockpit)
        found = await asyncio.to_thread(_composed, cockpit, kind)
        _kept[kind.key] = (state, found)
    return found


def _composed(cockpit: Cockpit, kind: DocumentKind) -> Publication:
    with cockpit.workspace.shown.beside() as beside:
        return shelf.composed(beside, kind)


def _state(cockpit: Cockpit) -> object:
    """What a document depends on: the file, its last entry, the day, what may be shown, and the language."""
    workspace = cockpit.workspace.shown
    return (str(workspace.path), workspace.written, workspace.today(), workspace.room, locale.current())
