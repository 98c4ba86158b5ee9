"""The words that click itself prints, so that the catalogue holds them: click looks them up at run time."""

from __future__ import annotations

from cockpit.locale import N_, ngettext

WORDS = (
    N_("Usage:"),
    N_("Usage: "),
    N_("Options"),
    N_("Commands"),
    N_("Error: {message}"),
    N_("Error"),
    N_("Try '{command} {option}' for help."),
    N_("Show this message and exit."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing command."),
    N_("No such option: {name}"),
    N_("No such command {name!r}."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("No such option {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."),
    N_("{value} is not in the range {range}."),
    N_("Choose from:\n\t{choices}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("default: {default}"),
    N_("file"),
    N_("File"),
    N_("path"),
    N_("directory"),
    N_("Aborted!"),
    N_("required"),
    N_("Error: invalid input"),
)

PLURALS = (
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
)
