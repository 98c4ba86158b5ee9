"""The next five things: what lacks is asked of the registers and the settings, what was put aside is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from cockpit.domain.beginning import THINGS, BeginningFacts, FirstThing, next_things
from cockpit.locale import _
from cockpit.services.desk.row import Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.store.connection import backups_of
from cockpit.store.state import memos

FRESH = timedelta(days=7)
"""How old a copy of the database may be."""
_LIVE = "archived_at IS NULL"
_THERE = {
    "functions": f"SELECT 1 FROM function WHERE {_LIVE}",
    "providers": f"SELECT 1 FROM provider WHERE {_LIVE}",
    "priorities": f"SELECT 1 FROM priority WHERE {_LIVE}",
    "blockers": f"SELECT 1 FROM blocker WHERE {_LIVE}",
    "rituals": f"SELECT 1 FROM ritual WHERE {_LIVE}",
    "reviews": "SELECT 1 FROM review",
    "self_audits": f"SELECT 1 FROM selfaudit WHERE {_LIVE}",
    "dated_contracts": f"SELECT 1 FROM contract WHERE {_LIVE} AND starts_on IS NOT NULL AND notice != ''",
    "exposed": (
        f"SELECT 1 FROM function WHERE {_LIVE} AND criticality >= 3 AND NOT EXISTS (SELECT 1 FROM continuity AS plan"
        f" WHERE plan.function = function.code AND plan.{_LIVE} AND coalesce(plan.backup, '') != '')"
    ),
}


def is_new(workspace: Workspace) -> bool:
    """Whether nothing was said or written yet: the screen begins with the first hour. Cheap: asked at each start."""
    return not workspace.settings.company.name and not workspace.written


def todo(workspace: Workspace) -> tuple[FirstThing, ...]:
    """The five things that lack most now; fewer, or none, once they are there or were put aside."""
    aside = put_aside(workspace)
    if len(aside) == len(THINGS):
        return ()
    return next_things(facts(workspace), aside)


def facts(workspace: Workspace) -> BeginningFacts:
    """What is there already. One row of each register is looked for, however many there are."""
    asked = ", ".join(f"EXISTS ({query}) AS {name}" for name, query in _THERE.items())
    row = workspace.conn.execute(f"SELECT {asked}").fetchone()
    settings = workspace.settings
    return BeginningFacts(
        named=bool(settings.company.name and settings.me),
        agendas=len(settings.agendas),
        pages=len(settings.statuses),
        channels=len(settings.channels),
        backups=_has_fresh_copy(workspace),
        **{name: row[name] for name in _THERE},
    )


def put_aside(workspace: Workspace) -> frozenset[str]:
    """What was put aside for good."""
    known = {each.id for each in THINGS}
    return frozenset(memos.get(workspace.conn, memos.ASIDE).split()) & known


def skip(workspace: Workspace, ids: Iterable[str]) -> None:
    """Put things aside: they are never proposed again."""
    memos.put(workspace.conn, memos.ASIDE, " ".join(sorted(put_aside(workspace) | {*ids})))


def take_again(workspace: Workspace) -> None:
    """Propose again all that was put aside."""
    memos.put(workspace.conn, memos.ASIDE, "")


def row(thing: FirstThing) -> Row:
    """What to do, and what it gives."""
    left = (
        Piece("○ ", Role.NOW),
        Piece(_(thing.text), Role.STRONG),
        Piece(f"  {_(thing.why)}", Role.QUIET, at=70),
    )
    return Row(left)


def to_json(thing: FirstThing) -> dict[str, object]:
    """The same with stable keys."""
    return {"id": thing.id, "text": _(thing.text), "why": _(thing.why), "command": thing.command}


def _has_fresh_copy(workspace: Workspace) -> bool:
    # A copy is named by the day it was made; only the newest counts.
    newest = next(iter(backups_of(workspace.path)), None)
    if newest is None:
        return False
    try:
        age = workspace.clock().timestamp() - newest.stat().st_mtime
    except OSError:
        return False
    return age < FRESH.total_seconds()
