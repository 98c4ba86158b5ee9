"""What the actions on a ritual's meeting do on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.locale import _
from cockpit.services.meetings import rituals
from cockpit.services.meetings.rituals import Meeting
from cockpit.ui.kit.place import Place

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp


def held(app: CockpitApp, place: Place) -> None:
    """Say that a meeting was held; again, that it was missed."""
    meeting = place.target().data
    if isinstance(meeting, Meeting):
        status = rituals.toggle_held(app.workspace, meeting)
        said = _("held") if status == "held" else _("missed")
        app.done(_("{name}: {said} · u undoes").format(name=meeting.ritual.name, said=said))


def shared(app: CockpitApp, place: Place) -> None:
    """Say that the agenda of a meeting was shared; again, that it was not."""
    meeting = place.target().data
    if not isinstance(meeting, Meeting):
        return
    if not meeting.has_agenda:
        app.tell(_("{name} is informal: no agenda, no minutes").format(name=meeting.ritual.name))
        return
    is_shared = rituals.toggle_shared(app.workspace, meeting)
    said = _("agenda shared") if is_shared else _("agenda to share")
    app.done(_("{name}: {said} · u undoes").format(name=meeting.ritual.name, said=said))
