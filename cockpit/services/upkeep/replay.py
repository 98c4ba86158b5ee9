"""The cockpit as it stood at an earlier moment, read from a copy that is thrown away.

Rules, words and configuration are today's; what is taken back is what was known. Nothing can be written there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cockpit.domain.dataclasses import replace
from cockpit.domain.seats.seat import read_only
from cockpit.domain.time.opening_hours import day_edges
from cockpit.locale import _
from cockpit.services.desk import date_phrases, dates, refusal
from cockpit.services.desk.workspace import Workspace
from cockpit.store import journal, veil
from cockpit.store.connection import connect, copy_to, place_of
from cockpit.store.rewind import rewind
from cockpit.store.state import heat


def moment(workspace: Workspace, text: str) -> datetime:
    """The past moment that a person means: `hier 18h`, `lundi`, `2026-11-20T08:42`. Raises NotPossible."""
    evening = f"{day_edges(workspace.settings.company.hours)[1]:%Hh%M}"
    # A day alone is how that day ended.
    at = (
        date_phrases.understand_date(workspace, f"{text} {evening}", backwards=True)
        or date_phrases.understand_date(workspace, text, backwards=True)
        or _iso(workspace, text)
    )
    if at is None:
        raise refusal.NotPossible(
            text, _("no moment is understood here; write for example yesterday 6pm or 2026-11-20T08:42")
        )
    if at.astimezone(UTC) >= workspace.clock():
        raise refusal.NotPossible(text, _("that is not past yet"))
    first = journal.first_at(workspace.conn)
    if first is None or at < first:
        begun = dates.moment(first.astimezone(workspace.zone), workspace.now()) if first else "-"
        raise refusal.NotPossible(text, _("nothing was written down before {when}").format(when=begun))
    return at.astimezone(workspace.zone)


def _iso(workspace: Workspace, text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=workspace.zone)


@contextmanager
def replayed(workspace: Workspace, at: datetime) -> Iterator[Workspace]:
    """The cockpit as it stood at `at`. Raises OSError or sqlite3.Error where there is no room for the copy."""
    folder = Path(tempfile.mkdtemp(prefix="cockpit-past-"))
    try:
        path = folder / workspace.path.name
        copy_to(workspace.conn, path)
        with closing(connect(path, create=False)) as conn:
            rewind(conn, at.astimezone(UTC), workspace.clock())
            past = replace(
                workspace,
                conn=conn, path=path, clock=lambda: at.astimezone(UTC), stands_at=at,
                _veiled=None, _lifts=False, _stays=False, _place=place_of(path),
                seat=read_only(workspace.seat, workspace.settings.me),
            )  # fmt: skip
            heat.refresh(conn, now=past.now(), me=past.chief_name)
            if past.room is not None:
                veil.draw(conn, past.room)
            yield past
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def told(past: Workspace) -> str:
    """What whoever looks at a past cockpit must know."""
    at = past.stands_at
    if at is None:
        return ""
    return _("as it stood on {day} at {hour}; agendas as they are known now").format(
        day=dates.whole_day(at.date()), hour=f"{at:%H:%M}"
    )
