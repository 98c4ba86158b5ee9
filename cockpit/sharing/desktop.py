"""A notification on this computer, shown by the program that each system has for it."""

from __future__ import annotations

import asyncio
import html
import os
import shutil
import sys
from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.dataclasses import dataclass, field
from cockpit.locale import _
from cockpit.sharing.message import Message, cleaned, fitted, headline, linked
from cockpit.sharing.target import DELIVERED, ChannelTarget, Delivery, failed

BODY_LIMIT = 500
_PROGRAMS: Mapping[str, str] = {"darwin": "osascript", "win32": "powershell", "linux": "notify-send"}
_URGENCY: Mapping[int, str] = {2: "critical", 1: "normal"}
# The text comes as arguments or in the environment: no program ever reads it as its own language.
_APPLESCRIPT = (
    "on run argv",
    "display notification (item 3 of argv) with title (item 2 of argv)",
    "end run",
)
_POWERSHELL = (
    "$manager = [Windows.UI.Notifications.ToastNotificationManager,"
    " Windows.UI.Notifications, ContentType = WindowsRuntime];"
    "$xml = $manager::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02);"
    "$texts = $xml.GetElementsByTagName('text');"
    "$null = $texts.Item(0).AppendChild($xml.CreateTextNode($env:COCKPIT_TITLE));"
    "$null = $texts.Item(1).AppendChild($xml.CreateTextNode($env:COCKPIT_BODY));"
    "$toast = [Windows.UI.Notifications.ToastNotification]::new($xml);"
    r"$app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe';"
    "$manager::CreateToastNotifier($app).Show($toast)"
)


@dataclass(frozen=True)
class Command:
    """A program with its arguments, and what its environment holds besides ours."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def command(message: Message, system: str) -> Command:
    """What shows the message on `system`, a name as `sys.platform` gives it."""
    message = cleaned(message)
    title, body = headline(message), _body(message)
    program = _PROGRAMS.get(system, _PROGRAMS["linux"])
    if system == "darwin":
        script = (word for line in _APPLESCRIPT for word in ("-e", line))
        # The word before the title keeps a dash at its start from being read as an option.
        return Command((program, *script, "cockpit", title, body))
    if system == "win32":
        return Command(
            (program, "-NoProfile", "-NonInteractive", "-Command", _POWERSHELL),
            {"COCKPIT_TITLE": title, "COCKPIT_BODY": body},
        )
    urgency = _URGENCY.get(message.level, "low")
    # notify-send reads the body, not the title, as markup and undoes escapes with backslashes.
    marked = html.escape(body, quote=False).replace("\\", "\\\\")
    return Command((program, "--app-name=cockpit", f"--urgency={urgency}", "--", title, marked))


def missing() -> str:
    """Why this computer shows no notifications; empty when it may."""
    program = _PROGRAMS.get(sys.platform, _PROGRAMS["linux"])
    if shutil.which(program) is not None:
        return ""
    sentence = _("{program} is missing on this computer: install it to have notifications")
    return sentence.format(program=program)


async def send(message: Message, _target: ChannelTarget, *, now: datetime, timeout_s: float) -> Delivery:
    """Show the message. When this is cancelled, the program is stopped."""
    wanted = command(message, sys.platform)
    program = shutil.which(wanted.arguments[0])
    if program is None:
        return failed(missing(), permanent=True)
    try:
        process = await asyncio.create_subprocess_exec(
            program,
            *wanted.arguments[1:],
            env={**os.environ, **wanted.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except (OSError, ValueError):
        broken = _("{program} cannot be started on this computer").format(program=wanted.arguments[0])
        return failed(broken, permanent=True)
    try:
        code = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return DELIVERED if code == 0 else failed(_("this computer does not show notifications now"))


def shown(message: Message) -> str:
    """What will stand on the desktop."""
    message = cleaned(message)
    return "\n".join(part for part in (headline(message), _body(message)) if part)


def _body(message: Message) -> str:
    text = fitted(message, lambda text: len(text) <= BODY_LIMIT)
    return "\n".join(part for part in (text, linked(message)) if part)
