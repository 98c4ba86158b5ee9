"""What is looked at once when the screen has opened, and said in its banner."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.locale import _, ngettext
from cockpit.ui.kit.background import Seal, verify_seal
from cockpit.ui.kit.host import Cockpit


def tell_limits(cockpit: Cockpit) -> None:
    """Say that a seat whose level is below the highest only filters, where its door enforces nothing."""
    seat = cockpit.workspace.seat
    if seat is not None and seat.level < EVERYTHING and not seat.door.is_enforced:
        cockpit.tell(
            _("level {n}: a filter here, since whoever has the file can read all of it").format(n=seat.level)
        )


async def notice(cockpit: Cockpit) -> None:
    """Say once what would damage the database one day, or which refused lines wait to be typed again.

    Where there is neither: that this machine keeps another time than the one shown. Only its owner decides on it.
    """
    from cockpit.services.desk import ground, synced
    from cockpit.services.settings.starter import local_time_elsewhere

    workspace = cockpit.workspace
    if warning := synced.once(workspace) or ground.told_once(workspace.conn, workspace.own):
        cockpit.tell(warning)
        return
    zone = await asyncio.to_thread(local_time_elsewhere, workspace)
    if zone:
        cockpit.tell(_("this machine keeps the time of {zone}: F2 then z shows it").format(zone=zone))


async def check_seal(cockpit: Cockpit, program: Sequence[str]) -> None:
    """Verify the journal in a process of its own, which `program` runs: a hundred thousand entries take their time.

    What is wrong stays in view; the place of the journal says what was found in any case.
    """
    seal, n = await verify_seal(program)
    cockpit.seal_note = {
        Seal.SOUND: _("sealed, verified"),
        Seal.UNKNOWN: _("the seal could not be verified: cockpit journal verify"),
        Seal.BROKEN: _("BROKEN at entry {n}: cockpit journal verify").format(n=n),
        Seal.CUT: _("the END of the journal is missing: cockpit journal verify"),
        Seal.FORGED: ngettext(
            "{n} row was CHANGED outside Cockpit: cockpit journal verify",
            "{n} rows were CHANGED outside Cockpit: cockpit journal verify",
            n,
        ).format(n=n),
    }[seal]
    if seal in (Seal.BROKEN, Seal.CUT, Seal.FORGED):
        cockpit.standing_note = cockpit.seal_note
        cockpit.refresh_banner()
