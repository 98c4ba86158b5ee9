"""What a restore drill found, in words: the doctor, the command and the sale file say it alike."""

from __future__ import annotations

from cockpit.locale import _, ngettext
from cockpit.services.desk import dates, forms
from cockpit.services.desk.workspace import Workspace
from cockpit.store.connection import backups_of
from cockpit.store.state import restore_drills
from cockpit.store.state.restore_drills import BACKUP, Tried


def facts(workspace: Workspace) -> list[tuple[str, str]]:
    """The newest backup, where the copy elsewhere goes, and what the last restore drill found."""
    newest = next(iter(backups_of(workspace.path)), None)
    known = [(_("backups"), newest.name if newest else _("none yet: cockpit backup"))]
    if workspace.settings.copies.replica:
        known.append((_("copy elsewhere"), "cockpit doctor"))
    held = restore_drills.last(workspace.conn)
    return known + (
        [(_("restore drill"), in_words(each)) for each in held]
        or [(_("restore drill"), _("none yet: cockpit drill"))]
    )


def in_words(tried: Tried) -> str:
    """`backup of 30 Nov 2026: 10,214 entries, same head, 3.2 s`."""
    what = _("backup") if tried.kind == BACKUP else _("copy elsewhere")
    day = dates.whole_day(tried.at.date())
    if tried.fault:
        return _("{what}, tried {day}: it cannot be restored: {why}").format(
            what=what, day=day, why=tried.fault
        )
    entries = ngettext("{n} entry", "{n} entries", tried.entries)
    said = entries.format(n=forms.decimal(tried.entries))
    head = _("same head")
    if tried.missing:
        head = ngettext("{n} entry behind", "{n} entries behind", tried.missing).format(n=tried.missing)
    if tried.beyond:
        head = ngettext(
            "it went another way by {n} entry", "it went another way by {n} entries", tried.beyond
        ).format(n=tried.beyond)
    return _("{what}, tried {day}: {entries}, {head}, {seconds} s").format(
        what=what, day=day, entries=said, head=head, seconds=forms.decimal(round(tried.seconds, 1))
    )
