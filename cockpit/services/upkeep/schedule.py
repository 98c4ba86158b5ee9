"""The lines that make a system run a command again and again: crontab, systemd user units, launchd."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from xml.sax.saxutils import escape

from cockpit.locale import _

LABEL = "org.cockpit.sync"


def lines(system: str, command: Sequence[str], minutes: int) -> str:
    """What to write, and where, as comments of that system's own. KeyError for a system that is not known."""
    return _SYSTEMS[system](command, minutes)


def _cron(command: Sequence[str], minutes: int) -> str:
    where = _("# crontab -e, then paste this line:")
    # A percent sign ends a crontab line.
    return f"{where}\n*/{minutes} * * * * {shlex.join(command).replace('%', chr(92) + '%')}\n"


def _systemd(command: Sequence[str], minutes: int) -> str:
    run = " ".join(f'"{_quoted(part)}"' for part in command)
    first, second, last = (
        _("# save as ~/.config/systemd/user/cockpit.service"),
        _("# save as ~/.config/systemd/user/cockpit.timer"),
        _("# then: systemctl --user enable --now cockpit.timer"),
    )
    return (
        f"{first}\n[Unit]\nDescription=Cockpit\n\n[Service]\nType=oneshot\nExecStart={run}\n\n"
        f"{second}\n[Unit]\nDescription=Cockpit\n\n[Timer]\nOnCalendar=*:0/{minutes}\nPersistent=true\n\n"
        f"[Install]\nWantedBy=timers.target\n\n{last}\n"
    )


def _quoted(part: str) -> str:
    """A word of ExecStart: backslash and quote are escaped, `%` and `$` are doubled (systemd.service(5))."""
    return part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")


def _launchd(command: Sequence[str], minutes: int) -> str:
    words = "".join(f"    <string>{escape(part)}</string>\n" for part in command)
    where = _("save as ~/Library/LaunchAgents/{label}.plist, then: launchctl load that file").format(
        label=LABEL
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {where.replace("--", "")} -->\n'
        '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN"'
        ' "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
        f'<plist version="1.0">\n<dict>\n  <key>Label</key>\n  <string>{LABEL}</string>\n'
        f"  <key>ProgramArguments</key>\n  <array>\n{words}  </array>\n"
        f"  <key>StartInterval</key>\n  <integer>{minutes * 60}</integer>\n</dict>\n</plist>\n"
    )


_SYSTEMS = {"cron": _cron, "systemd": _systemd, "launchd": _launchd}
