"""What keys do to documents: open the page, show what is missing, write."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from cockpit.locale import N_, _
from cockpit.services.desk import links
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.services.documents.shelf import DocumentKind
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

here = Actions()


def _kind(target: Target) -> DocumentKind | None:
    from cockpit.services.documents.shelf import DocumentKind

    return target.data if isinstance(target.data, DocumentKind) else None


@here(
    "document.page", "o", on={Kind.DOCUMENTS}, title=N_("open page"), leads=True,
    help=N_("Open the page of this document in the browser, as it was written last"),
)  # fmt: skip
def open_page(cockpit: Cockpit, place: Place) -> None:
    """That of the last writing, where it is still there."""
    from cockpit.services.documents import shelf

    kind = _kind(place.target())
    if kind is None:
        return
    page = shelf.standing(cockpit.workspace, kind).page
    if page is None:
        told = _("it was not written here yet: cockpit {command}").format(command=_(kind.command))
        cockpit.tell(told + (" · " + _("or w") if shelf.can_write(kind) else ""))
    elif links.open_page(page):
        cockpit.tell(_("opened {path}").format(path=page.name))
    else:
        cockpit.tell(_("no browser opened it: {path}").format(path=page))


@here(
    "document.gaps", "g", on={Kind.DOCUMENTS}, title=N_("to complete"), leads=True,
    help=N_("What this document lacks: who completes it by when; Enter opens each"),
)  # fmt: skip
def show_gaps(cockpit: Cockpit, place: Place) -> None:
    """The list of what is missing."""
    from cockpit.ui.documents.gaps_screen import GapsScreen

    kind = _kind(place.target())
    if kind is not None and not isinstance(place, GapsScreen):
        cockpit.push_screen(GapsScreen(kind))


@here(
    "document.write", "w", on={Kind.DOCUMENTS}, title=N_("write"), leads=True,
    help=N_("Write this document where the configuration says; nothing is sent"),
)  # fmt: skip
def write(cockpit: Cockpit, place: Place) -> None:
    """Beside the screen; what was done is told."""
    from cockpit.services.documents import shelf

    kind = _kind(place.target())
    if kind is None:
        return
    if not shelf.can_write(kind):
        cockpit.tell(_("it is written by: cockpit {command}").format(command=_(kind.command)))
        return
    cockpit.run_worker(_write(cockpit, kind), group="documents-write", exclusive=True, exit_on_error=False)


async def _write(cockpit: Cockpit, kind: DocumentKind) -> None:
    from cockpit.services.desk import refusal
    from cockpit.services.documents import shelf
    from cockpit.services.documents.folder import CannotWrite

    def run() -> str:
        with cockpit.workspace.beside() as beside:
            return shelf.written(beside, kind)

    cockpit.tell(_("writing…"))
    try:
        cockpit.done(await asyncio.to_thread(run))
    except CannotWrite as error:
        cockpit.tell(str(error))
    except refusal.ORDINARY as error:
        cockpit.tell(refusal.explain(error))


def _no_report(_cockpit: Cockpit, target: Target) -> str:
    """Only the consolidated report is closed and sent from here."""
    kind = _kind(target)
    return (
        ""
        if kind is not None and kind.key == "report"
        else _("only the consolidated report is closed and sent")
    )


def _unreachable(cockpit: Cockpit, target: Target) -> str:
    """It goes by a channel that reaches somebody."""
    if reason := _no_report(cockpit, target):
        return reason
    from cockpit.services.documents.report import sending

    if sending.channels(cockpit.workspace):
        return ""
    return _("no channel reaches anybody: write one into the configuration ([[channels]])")


@here(
    "document.close", "x", on={Kind.DOCUMENTS}, title=N_("close month"), leads=True, why_not=_no_report,
    help=N_("Close the month of the consolidated report, or open it again with the reason"),
)  # fmt: skip
def close_month(cockpit: Cockpit, place: Place) -> None:
    """What its report says no longer changes; asked before."""
    from cockpit.ui.documents import questions

    place.ask(questions.close_or_reopen(cockpit))


@here(
    "document.send", "e", on={Kind.DOCUMENTS}, title=N_("send"), leads=True, why_not=_unreachable,
    help=N_("Send the consolidated report by a channel, after a look at what leaves"),
)  # fmt: skip
def send(cockpit: Cockpit, place: Place) -> None:
    """The channels, then what one receives."""
    from cockpit.services.documents.report import on_shelf
    from cockpit.ui.documents.send_screen import SendScreen

    cockpit.push_screen(SendScreen(cockpit.workspace, on_shelf.month_of(cockpit.workspace)))
