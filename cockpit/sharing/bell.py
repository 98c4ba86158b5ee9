"""The terminal's bell."""

from __future__ import annotations

import os
import sys

from cockpit.locale import _
from cockpit.sharing.target import DELIVERED, Delivery, failed

TERMINAL = "/dev/tty"


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
    # A program without a window has no stderr at all.
    stream = sys.__stderr__
    if stream is None or stream.closed or not stream.isatty():
        return failed(_("there is no terminal to ring in"))
    try:
        stream.write("\a")
        stream.flush()
    except OSError:
        return failed(_("there is no terminal to ring in"))
    return DELIVERED
