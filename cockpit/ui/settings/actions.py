"""What keys do with the configuration: open it, add to its lists, take out, put back the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.locale import N_, _
from cockpit.services.desk.refusal import in_the_past
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

here = Actions()


def nowhere_to_write(cockpit: Cockpit, _target: Target) -> str:
    """There is no configuration of one's own."""
    if cockpit.is_demo:
        return _("this is a demonstration: nothing is written")
    if cockpit.workspace.stands_at is not None:
        return str(in_the_past(cockpit.workspace.stands_at))
    return "" if cockpit.workspace.config_path else _("there is no configuration to write into")


@here(
    "settings", "R, shift+r", title=N_("settings"), shown=False, why_not=nowhere_to_write,
    help=N_("Settings: hours, agendas, status pages, channels, folders, people, look"),
)  # fmt: skip
def settings(cockpit: Cockpit, place: Place) -> None:
    """Open them over the place."""
    from cockpit.services.settings.editing import Editing
    from cockpit.ui.settings.screen import SettingsScreen

    path = cockpit.workspace.config_path
    if path is not None and Kind.SETTINGS not in place.target().kinds:
        cockpit.push_screen(SettingsScreen(Editing(path)))


@here(
    "setting.add", "a", on={Kind.SETTING_LIST}, title=N_("add"), leads=True,
    help=N_("Add an agenda, a status page, a channel… to this list of the settings"),
)  # fmt: skip
def add(_cockpit: Cockpit, place: Place) -> None:
    """Ask for what is to be added."""
    from cockpit.ui.settings.screen import SettingsPage

    if isinstance(place, SettingsPage):
        place.add_entry()


@here(
    "setting.remove", "delete", on={Kind.SETTING_ENTRY}, title=N_("take out"),
    help=N_("Take this entry out of the settings"),
)  # fmt: skip
def remove(_cockpit: Cockpit, place: Place) -> None:
    """At once: u takes it back."""
    from cockpit.ui.settings.screen import SettingsPage

    if isinstance(place, SettingsPage):
        place.remove_entry()


@here(
    "setting.default", "delete", on={Kind.SETTING}, title=N_("default"),
    help=N_("Take this setting out of the file: its default holds again"),
)  # fmt: skip
def default(_cockpit: Cockpit, place: Place) -> None:
    """At once: u takes it back."""
    from cockpit.ui.settings.screen import SettingsPage

    if isinstance(place, SettingsPage):
        place.to_default()
