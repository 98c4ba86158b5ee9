"""The lines that make a system run a command again and again: crontab, systemd user units, launchd."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from cockpit.locale import _

LABEL, COPY_LABEL = "org.cockpit.sync", "org.cockpit.copy"


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


def copying(
    system: str, command: Sequence[str], settings: Path, configuration: str, keys: Path | None
) -> str:
    """What to write, and where, so that Litestream copies from each start on. KeyError for an unknown system.

    `settings` is where its configuration goes; `keys` the file of its keys, where the place wants some.
    """
    first = _("# save as {path}").format(path=settings)
    told = ""
    if keys is not None:
        said = _(
            "# save its keys as {path}, for you alone (mode 600); the cockpit reads the copy with them too"
        )
        told = f"{said.format(path=keys)}\nLITESTREAM_ACCESS_KEY_ID=…\nLITESTREAM_SECRET_ACCESS_KEY=…\n\n"
    return f"{first}\n{configuration}\n{told}{_COPYING[system](command, keys)}"


def _with_keys(command: Sequence[str], keys: Path | None) -> Sequence[str]:
    """The command, with what a file of keys says in its environment, for a system that reads no such file."""
    if keys is None:
        return command
    return ["/bin/sh", "-c", f"set -a; . {shlex.quote(str(keys))}; exec {shlex.join(command)}"]


def _cron_copying(command: Sequence[str], keys: Path | None) -> str:
    where = _("# crontab -e, then paste this line:")
    run = shlex.join(_with_keys(command, keys))
    return f"{where}\n@reboot {run.replace('%', chr(92) + '%')}\n"


def _systemd_copying(command: Sequence[str], keys: Path | None) -> str:
    run = " ".join(f'"{_quoted(part)}"' for part in command)
    first, last = (
        _("# save as ~/.config/systemd/user/cockpit-copy.service"),
        _("# then: systemctl --user enable --now cockpit-copy.service"),
    )
    read = f"EnvironmentFile={str(keys).replace('%', '%%')}\n" if keys is not None else ""
    return (
        f"{first}\n[Unit]\nDescription=Cockpit: a copy elsewhere\n\n[Service]\nExecStart={run}\n{read}"
        f"Restart=on-failure\nRestartSec=30\n\n[Install]\nWantedBy=default.target\n\n{last}\n"
    )


def _launchd_copying(command: Sequence[str], keys: Path | None) -> str:
    words = "".join(f"    <string>{escape(part)}</string>\n" for part in _with_keys(command, keys))
    where = _("save as ~/Library/LaunchAgents/{label}.plist, then: launchctl load that file").format(
        label=COPY_LABEL
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {where.replace("--", "")} -->\n'
        '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN"'
        ' "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
        f'<plist version="1.0">\n<dict>\n  <key>Label</key>\n  <string>{COPY_LABEL}</string>\n'
        f"  <key>ProgramArguments</key>\n  <array>\n{words}  </array>\n"
        "  <key>RunAtLoad</key>\n  <true/>\n  <key>KeepAlive</key>\n  <true/>\n</dict>\n</plist>\n"
    )


_COPYING = {"cron": _cron_copying, "systemd": _systemd_copying, "launchd": _launchd_copying}
_SYSTEMS = {"cron": _cron, "systemd": _systemd, "launchd": _launchd}
