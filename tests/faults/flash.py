"""A flash point from its first key to its minutes, by the calls of its screen: `python -m tests.faults.flash`."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import facilitation, live, minutes, running_order
from cockpit.services.settings import load
from cockpit.store.connection import StoreError

DECIDED = "Decided in the flash"


def main() -> int:
    """Begin it or go on with it, decide once, close it; 1 when the minutes are not in their folder."""
    config = Path(os.environ["COCKPIT_CONFIG"])
    workspace = Workspace.open(Path(os.environ["COCKPIT_DB"]), load.load(config), config_path=config)
    with closing(workspace.conn):
        seen = live.view(workspace, facilitation.start(workspace, running_order.prepare(workspace, "flash")))
        if not any(each.title == DECIDED for each in seen.made):
            seen = facilitation.go(workspace, seen, 1)
            seen, _code = facilitation.decide(workspace, seen, "decision", DECIDED)
        done = minutes.close(workspace, seen.code)
    print(done.path or done.fault)
    return 1 if done.fault else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (StoreError, sqlite3.Error, OSError) as error:
        sys.exit(f"{type(error).__name__}: {error}")
