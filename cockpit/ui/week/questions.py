"""What the one-line bar asks about time: who is to meet and how long, and in which zone days are shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from textual.content import Content

from cockpit.domain.refusal import Refusal
from cockpit.domain.text import clean, fold
from cockpit.locale import _
from cockpit.services.agenda import slots
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings.starter import local_zone
from cockpit.ui.kit.questions import offers
from cockpit.ui.widgets.entry_bar import Question

_LENGTH = re.compile(r"(?:^|[\s,])(\d{1,3})\s*(min|m|h)?\s*$", re.IGNORECASE)


def free_slot(workspace: Workspace, show: Callable[[slots.FoundSlots], None]) -> Question:
    """Who is needed, and how many minutes."""
    known = slots.known_names(workspace.shown)

    def accept(text: str) -> str:
        names, length = read(workspace.shown, text)
        show(slots.find(workspace, names, length))
        return ""

    def hint(text: str) -> Content:
        try:
            names, length = read(workspace.shown, text)
        except Refusal as error:
            return Content.styled(str(error), "$error")
        people = ", ".join(names) or _("me alone")
        minutes = int(length.total_seconds()) // 60
        return Content.styled("→ ", "$accent") + Content(f"{people} · {minutes} min")

    return Question(
        place="slots", title=_("free slot with"), accept=accept, hint=hint, keeps_draft=False,
        complete=offers(lambda typed: tuple(n for n in known if fold(n).startswith(fold(typed).strip())), several=True),
    )  # fmt: skip


def read(workspace: Workspace, text: str) -> tuple[tuple[str, ...], timedelta]:
    """`Sophie, Marc 30 min`: the people by their names, and the length.

    Raises WrongValue for a name that nobody has, or two have.
    """
    said = clean(text)
    found = _LENGTH.search(said)
    length = slots.USUAL
    if found is not None:
        length = timedelta(minutes=int(found[1]) * (60 if (found[2] or "").lower() == "h" else 1))
        said = said[: found.start()]
    names = slots.named(workspace, said)
    if not timedelta() < length <= timedelta(hours=8):
        raise forms.WrongValue(_("a length from 1 minute to 8 hours is expected"))
    return names, length


def zone(workspace: Workspace) -> Question:
    """In which zone days and hours are shown."""
    from zoneinfo import available_timezones

    home, here = workspace.settings.company.timezone, local_zone("")
    names = tuple(dict.fromkeys([here, home, *sorted(available_timezones())]))

    def beginning(typed: str) -> tuple[str, ...]:
        wanted = fold(typed).strip().replace(" ", "_")
        found = [
            n for n in names if fold(n).startswith(wanted) or fold(n.rpartition("/")[2]).startswith(wanted)
        ]
        return tuple(found[:20])

    def accept(text: str) -> str:
        if text and text not in names:
            close = beginning(text)
            if not close:
                raise forms.WrongValue(_("write an IANA name such as Europe/Paris"))
            text = close[0]
        workspace.travel("" if text == home else text)
        return _("days and hours are shown in {zone}").format(zone=workspace.zone.key)

    return Question(
        place="zone", title=_("show hours of"), accept=accept, keeps_draft=False,
        complete=offers(beginning, several=False),
        hint=lambda text: Content.styled(
            _("empty: the company's, {home}; this machine: {here}; deadlines keep their own").format(
                home=home, here=here), "$quiet") if not text else Content(" · ".join(beginning(text)[:4])),
    )  # fmt: skip
