"""Starts quickly: chooses the language, then hands over. Nothing heavy is imported here."""

from __future__ import annotations

import gc
import os
import sys

BLOCK = {"block", "bloc"}
BRIEF = (["brief"], ["point"])


def main() -> int:
    """Run the command line; returns the exit code."""
    # What start-up makes is not garbage: looking for some only delays the first answer.
    gc.disable()
    from cockpit import locale
    from cockpit.cli.kit.pipes import outlive_readers

    outlive_readers()
    _speak_every_sign()
    args = [_as_typed(arg) for arg in sys.argv[1:]]
    asked = _language(args)
    if asked:
        locale.ask(asked)
    else:
        locale.use(locale.from_environment() or locale.DEFAULT)
    # Five seconds from thought to saved: words alone need no argument parser.
    if len(args) > 1 and args[0] in BLOCK and not any(arg.startswith("-") for arg in args):
        from cockpit.cli.work.quick import save

        return save(args[1:])
    if args in BRIEF:
        from cockpit.cli.work.quick import brief

        return brief()
    if not args:
        from cockpit.cli.work.quick import screen

        return screen()
    gc.enable()
    from cockpit.cli.main import run

    return run(args)


def _speak_every_sign() -> None:
    """What a terminal or a pipe cannot write in its encoding is replaced there: nothing fails for a sign."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _as_typed(arg: str) -> str:
    """An argument of the shell as it was meant: UTF-8 whatever the locale says, else Windows-1252, not lost."""
    if arg.isascii() or not any("\udc80" <= sign <= "\udcff" for sign in arg):
        return arg
    raw = os.fsencode(arg)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _language(args: list[str]) -> str | None:
    for i, arg in enumerate(args):
        if arg.startswith("--lang="):
            return arg.partition("=")[2][:2].lower()
        if arg == "--lang" and i + 1 < len(args):
            return args[i + 1][:2].lower()
    return None


if __name__ == "__main__":
    sys.exit(main())
