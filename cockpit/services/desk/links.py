"""Addresses that a person asked to open, and pictures of the screen."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from cockpit.domain.agenda.events import Event
from cockpit.domain.text import safe_link
from cockpit.services.desk.workspace import Workspace


def of_event(event: Event | None) -> str:
    """Where to join an event; empty when it says nothing."""
    return event.occurrence.link if event is not None else ""


def host(address: str) -> str:
    """The host of an address, in its ASCII form so that look-alike letters show; empty when unsafe."""
    link = safe_link(address)
    if link is None:
        return ""
    name = urlsplit(link).hostname or ""
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def open_in_browser(address: str) -> str:
    """Open an http(s) address in the browser; returns its host, empty when nothing was opened."""
    import webbrowser

    shown = host(address)
    return shown if shown and webbrowser.open(address) else ""


def open_page(page: Path) -> bool:
    """Open a page that Cockpit wrote in the browser; anything else is refused."""
    import webbrowser

    return page.suffix == ".html" and page.is_file() and webbrowser.open(page.resolve().as_uri())


def open_mail(address: str) -> bool:
    """Open a mailto: link in the mail program; anything else is refused."""
    import webbrowser

    return address.startswith("mailto:") and webbrowser.open(address)


def picture_path(workspace: Workspace) -> Path:
    """A new file for a picture of the screen, beside the database."""
    folder = workspace.path.parent / "pictures"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"cockpit-{workspace.now():%Y%m%d-%H%M%S}.svg"
