"""What Enter opens: the first route whose kind fits, and that has something to show."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Protocol

from textual.screen import Screen

from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.kinds import Kind

ROUTES: Mapping[Kind, str] = {
    Kind.PROVIDER: "providers.screen:ProviderScreen",
    Kind.CLOCK: "promises.screen:ClockScreen",
    Kind.MEETING: "meetings.preparing:Opened",
    Kind.COMMITMENTS: "meetings.commitments_screen:CommitmentsScreen",
    Kind.SIGNAL: "signals.proof_screen:ProofScreen",
    Kind.COPIES: "organisation.copies_screen:CopiesScreen",
    Kind.OUTBOX: "messages.outbox_screen:OutboxScreen",
    Kind.INBOX: "messages.ways_in_screen:WaysInScreen",
    Kind.AGENDA: "week.facts:EventScreen",
    Kind.DOCUMENTS: "documents.reader:ReaderScreen",
    Kind.RECORD: "records.screen:DetailScreen",
}
"""The module and the class of the page of each kind; imported when the first one is opened."""
_BY_CODE = {
    "status:": Kind.PROVIDER,
    "CK-": Kind.CLOCK,
    "signal:": Kind.SIGNAL,
    "commitments": Kind.COMMITMENTS,
    "feed:": Kind.AGENDA,
    "meeting:": Kind.MEETING,
    "copies": Kind.COPIES,
    "outbox": Kind.OUTBOX,
    "inbox": Kind.INBOX,
    "report:": Kind.DOCUMENTS,
}
"""What a target is by the beginning of its code; any other code is a record's."""


class Openable(Protocol):
    """A page of what a row is about."""

    @classmethod
    def of(cls, cockpit: Cockpit, target: Target) -> Screen[Any] | None:
        """The page of a target; None when there is nothing to show."""


def screen_of(cockpit: Cockpit, target: Target) -> Screen[Any] | None:
    """The page of what a row is about; None when it has none."""
    kinds = target.kinds | {_by_code(target.code)}
    pages = (page(where).of(cockpit, target) for kind, where in ROUTES.items() if kind in kinds)
    return next((screen for screen in pages if screen is not None), None)


def page(where: str) -> Openable:
    """The class of a page, imported."""
    module, _colon, name = where.partition(":")
    found: Openable = getattr(import_module(f"cockpit.ui.{module}"), name)
    return found


def _by_code(code: str) -> Kind:
    return next((kind for start, kind in _BY_CODE.items() if code.startswith(start)), Kind.RECORD)
