"""The page of a usual tool read in a process of its own: whatever it costs, no key of the screen waits for it.

What comes back is JSON, never anything that is run.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import datetime

from cockpit.domain.dataclasses import asdict
from cockpit.locale import _, current
from cockpit.services.providers.add import Candidate, CannotAdd, look
from cockpit.services.providers.catalogue import UsualTool
from cockpit.sources import apart

PROCESSOR_S = 30
"""Seconds of a processor that it may take at most."""
PATIENCE_S = 120.0
"""Seconds that it may take at most, its server's answers included."""
_READ, _REFUSED = 0, 4


async def look_apart(tool: UsualTool, *, now: datetime, internal: bool = False) -> Candidate:
    """As `add.look`. Raises CannotAdd, also for what costs too much."""
    asked = {"tool": asdict(tool), "now": now.isoformat(), "internal": internal, "language": current()}
    try:
        answer = await asyncio.to_thread(
            apart.run, "cockpit.services.providers.look_apart", json.dumps(asked).encode(), PATIENCE_S
        )
    except OSError:
        # Where no process can be had, it is read here: a page is worth more than a bound.
        return await look(tool, now=now, internal=internal)
    if answer.code == _REFUSED:
        raise CannotAdd(answer.said.decode("utf-8", "replace"))
    if answer.code != _READ:
        raise CannotAdd(_("this page could not be read to its end"))
    said = json.loads(answer.said)
    return Candidate(**{**said, "suggested": tuple(said["suggested"])})


def _main() -> int:
    from cockpit import locale

    asked = json.loads(sys.stdin.buffer.read())
    locale.use(asked["language"])
    apart.hold_back(PROCESSOR_S)
    tool = UsualTool(**{**asked["tool"], "components": tuple(asked["tool"]["components"])})
    now, out = datetime.fromisoformat(asked["now"]), sys.stdout.buffer
    try:
        found = asyncio.run(look(tool, now=now, internal=asked["internal"]))
    except CannotAdd as refusal:
        out.write(str(refusal).encode())
        return _REFUSED
    out.write(json.dumps(asdict(found)).encode())
    return _READ


if __name__ == "__main__":
    sys.exit(_main())
