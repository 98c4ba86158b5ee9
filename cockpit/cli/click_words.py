"""The words that click itself prints, so that the catalogue holds them: click looks them up at run time."""

from __future__ import annotations

from cockpit.locale import N_

WORDS = (
    N_("Usage:"),
    N_("Usage: "),
    N_("Options"),
    N_("Commands"),
    N_("Error: {message}"),
    N_("Error"),
    N_("Try '{command} {option}' for help."),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing command."),
    N_("No such option: {name}"),
    N_("No such command {name!r}."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Option {name!r} requires an argument."),
    N_("{name} {filename!r} does not exist."),
    N_("{value!r} is not one of {choices}."),
    N_("{value!r} is not a valid {number_type}."),
    N_("default: {default}"),
    N_("file"),
    N_("File"),
    N_("integer"),
    N_("Aborted!"),
    N_("required"),
    N_("Error: invalid input"),
)
