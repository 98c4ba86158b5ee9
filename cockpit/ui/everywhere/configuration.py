"""The configuration while the screen is open: what a command or an editor writes into it holds from then on."""

from __future__ import annotations

from cockpit.locale import _
from cockpit.services.settings.fault import ConfigError
from cockpit.services.settings.watch import ConfigWatch
from cockpit.ui.kit.host import Cockpit


class Configuration:
    """The file that the screen was opened with, looked at once a second."""

    def __init__(self, cockpit: Cockpit) -> None:
        self._cockpit = cockpit
        self._watch = ConfigWatch(cockpit.workspace.config_path)
        self._fault = ""
        """What is wrong in it now, as it stands in the banner."""

    def look(self) -> None:
        """Take up what was written since the last look.

        A file that is wrong is told with its line, and the former settings stay in force.
        """
        if not self._watch.has_changed():
            return
        try:
            settings = self._watch.read()
            self._cockpit.judge_keys(settings.keys)
        except ConfigError as error:
            self._say(
                _("the former settings stay in force: {error}").format(error=" ".join(str(error).split()))
            )
            return
        if settings != self._cockpit.workspace.settings:
            self._cockpit.follow_settings(settings)
            self._cockpit.tell(_("the configuration was changed outside: it is taken up"))
        self._say("")

    def is_followed(self) -> None:
        """What it says now is in force, and nothing is wrong with it."""
        self._watch.is_read()
        self._say("")

    def _say(self, fault: str) -> None:
        """What is wrong in it stays in view until it is mended."""
        self._cockpit.keep_in_view(fault, instead_of=self._fault)
        self._fault = fault
