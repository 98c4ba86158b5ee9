"""What `cockpit` ends with: one meaning a number, for scripts. The page of commands and the manual page list them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from cockpit.locale import N_


class ExitCode(IntEnum):
    """The numbers a shell sees in `$?`."""

    DONE = 0
    BAD_NEWS = 1
    WRONG = 2
    DATABASE = 3
    FAULT = 70
    WINDOW_GONE = 129
    STOPPED = 130


MEANINGS: Mapping[ExitCode, str] = {
    ExitCode.DONE: N_("done, and nothing is wrong"),
    ExitCode.BAD_NEWS: N_(
        "the answer is bad news, or no: a broken seal, a source that cannot be read, a file with faults, nothing found"
    ),
    ExitCode.WRONG: N_(
        "the command or the configuration is wrong: an unknown code, a date that is none; nothing was changed"
    ),
    ExitCode.DATABASE: N_(
        "the database or a copy of it cannot be opened, read or written; what to do is said"
    ),
    ExitCode.FAULT: N_(
        "a fault of Cockpit's own ended the screen; what was saved is safe, the file of faults is named"
    ),
    ExitCode.WINDOW_GONE: N_("the terminal of the screen was closed; what was typed is kept as a draft"),
    ExitCode.STOPPED: N_("stopped by Ctrl-C; what was done before is kept"),
}
"""Each number in words; both are message ids."""
