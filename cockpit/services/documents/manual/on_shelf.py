"""The manual as the place of documents lists and reads it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from cockpit.domain.documents.publication import Publication
from cockpit.services.desk.paths import short
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.manual import chapters, pages, writing
from cockpit.services.documents.shelf import WrittenLast
from cockpit.store.state import memos


def standing(workspace: Workspace) -> WrittenLast:
    """When it was written last, and where."""
    try:
        last = json.loads(memos.get(workspace.conn, writing.LAST) or "{}")
        folder, at = Path(last["folder"]), datetime.fromisoformat(last["at"])
    except (ValueError, KeyError, TypeError):
        return WrittenLast()
    page = folder / pages.html_name()
    return WrittenLast(
        written_at=at, entries=int(last["entries"]), page=page if page.is_file() else None, note=short(folder)
    )


def composed(workspace: Workspace) -> Publication:
    """As a whole company would read it."""
    return chapters.publication(chapters.compose(workspace))


def written(workspace: Workspace) -> str:
    """Write it where the configuration says, as a whole company may read it."""
    return writing.in_words(writing.write(workspace, writing.place(workspace)))
