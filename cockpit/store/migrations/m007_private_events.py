"""Which events of agendas their author keeps from others."""

from __future__ import annotations

from sqlite_utils import Database

from cockpit.store.outside.agenda import tell_private


def step(db: Database) -> None:
    tell_private(db)
