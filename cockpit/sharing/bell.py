"""The terminal's bell."""

from __future__ import annotations

import os
import sys
from datetime import datetime

from cockpit.locale import _
from cockpit.sharing.message import Message
from cockpit.sharing.target import DELIVERED, ChannelTarget, Delivery, failed

TERMINAL = "/dev/tty"


def missing() -> str:
    """Why there is nothing to ring in; empty when there is."""
    try:
        os.close(os.open(TERMINAL, os.O_WRONLY | getattr(os, "O_NOCTTY", 0)))
    except OSError:
        return "" if _errors_are_read() else _("there is no terminal to ring in")
    return ""


def shown(_message: Message) -> str:
    """What is heard."""
    return _("(a sound in the terminal)")


async def send(_message: Message, _target: ChannelTarget, *, now: datetime, timeout_s: float) -> Delivery:
    """Ring once, whatever the message is."""
    return ring()


def ring() -> Delivery:
    """Ring in the terminal that this process belongs to, else where its errors go if that is one."""
    try:
        terminal = os.open(TERMINAL, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    except OSError:
        return _ring_errors()
    try:
        os.write(terminal, b"\a")
    except OSError:
        return _ring_errors()
    finally:
        os.close(terminal)
    return DELIVERED


def _ring_errors() -> Delivery:
    stream = sys.__stderr__
    if stream is None or not _errors_are_read():
        return failed(_("there is no terminal to ring in"), permanent=True)
    try:
        stream.write("\a")
        stream.flush()
    except OSError:
        return failed(_("there is no terminal to ring in"), permanent=True)
    return DELIVERED


def _errors_are_read() -> bool:
    # A program without a window has no stderr at all.
    stream = sys.__stderr__
    return stream is not None and not stream.closed and stream.isatty()
