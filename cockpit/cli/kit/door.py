"""What each command asks of a seat, looked at in one place, before any of them runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from cockpit.cli.kit.opening import NOT_ALLOWED
from cockpit.cli.kit.options import Options, fail
from cockpit.domain.seats.rights import Right
from cockpit.domain.seats.seat import NotAllowed, Seat
from cockpit.locale import _

_READ, _WORK, _LEAD, _DECIDE, _ORGANISE, _SEND, _SETTINGS, _FILES = (
    (right,)
    for right in (
        Right.READ, Right.WORK, Right.LEAD, Right.DECIDE, Right.ORGANISE, Right.SEND, Right.SETTINGS, Right.FILES,
    )
)  # fmt: skip
_BEFORE = frozenset({"--seat", "--config", "--db", "--now", "--take-over"})
_HOST = _SETTINGS
"""What is about this machine, not about the company."""

RIGHTS: Mapping[str, tuple[Right, ...]] = {
    **dict.fromkeys(
        (
            "", "brief", "resume", "review", "list", "show", "agenda", "agenda check", "agenda feeds", "week", "flash",
            "kickoff", "commitments", "figures", "goals", "absence", "phase", "costs", "export",
            "export calendar", "slots", "providers", "sla", "sla show", "sla due", "sla report", "signals",
            "signals show", "journal", "journal head", "journal sceau", "drafts",
            "alerts", "inbox", "inbox show", "channel", "outbox", "outbox show", "provider", "provider catalogue",
            "provider show", "ritual", "ritual templates", "ritual agenda", "ritual ics", "audit", "handover", "map",
            "interfaces", "feedback", "expected", "risks", "continuity", "sign", "what-if", "contracts", "raci",
            "dossier", "register", "register export", "register fields", "register schema", "approvals", "seats",
            "completion", "trial", "views", "next", "partner", "partner list", "partner liste",
        ),
        _READ,
    ),
    **dict.fromkeys(
        (
            "block", "priority", "today", "prepare", "figure", "spent", "sla answer", "sla pause", "sla resume",
            "sla recount", "sla waive", "done", "lesson", "snooze", "delegate", "wait", "escalate", "undo",
            "redo",
            "alerts mute", "alerts seen", "inbox alert", "inbox block", "inbox note", "inbox receive", "inbox refuse",
            "inbox take", "inbox thanks", "approvals submit", "approvals withdraw", "approvals answer",
            "approvals again", "approvals request", "provider mute", "provider problem", "provider seen",
            "provider settle", "provider spoke", "provider state", "signals act", "signals told", "approvals means",
        ),
        _WORK,
    ),
    "decide": (Right.DECIDE, Right.LEAD),
    **dict.fromkeys(
        ("approvals approve", "approvals ask", "approvals delegate", "approvals refuse", "contracts decide",
         "signals accept"),
        _DECIDE,
    ),
    **dict.fromkeys(("ritual minutes",), _LEAD),
    **dict.fromkeys(
        ("ritual add", "ritual ajouter", "register link", "journal restore-row", "journal retablir-ligne"), _ORGANISE
    ),
    **dict.fromkeys(("channel preview", "outbox drop", "outbox send"), _SEND),
    **dict.fromkeys(
        (
            "agenda accept", "agenda add", "agenda move", "settings", "settings add", "settings get", "settings list",
            "settings remove", "settings set", "settings undo", "provider add", "provider move", "provider check",
            "sync", "watch", "schedule", "serve", "journal verify", "journal verifier", "init", "doctor", "seats add",
            "seats remove", "seats key", "drill", "person", "person erase", "person effacer",
        ),
        _SETTINGS,
    ),
    **dict.fromkeys(
        ("import", "register import", "manual", "report", "demo", "backup", "restore",
         "partner publish", "partner publier"),
        _FILES,
    ),
}  # fmt: skip
"""What each command asks for, by its whole name; a new one that is not here asks for the settings."""

BY_OPTION: Mapping[str, Mapping[str, tuple[Right, ...]]] = {
    "export calendar": {"file": _FILES},
    "report": {"close": _DECIDE, "reopen": _DECIDE},
    "ritual ics": {"file": _FILES},
    "register export": {"output": _FILES},
    "dossier": {"phase": _FILES, "out": _FILES, "legend": _FILES},
    "phase": dict.fromkeys(("phase", "since", "target", "note"), _DECIDE),
    "signals": {"measures": _WORK},
    "review": {"done": _WORK},
    "goals": dict.fromkeys(("on_track", "off_track", "reached", "dropped"), (Right.DECIDE, Right.LEAD)),
    "feedback": {"words": _WORK, "ask": _WORK},
    "expected": {"words": _WORK, "came": _WORK, "ask": _WORK},
    "trial": {"words": _WORK},
    "next": {"code": _WORK, "skip": _SETTINGS, "again": _SETTINGS},
    "sign": {"codes": _DECIDE},
    "handover": {"person": _ORGANISE},
    "figure": {"new": _ORGANISE},
    "drafts": {"dropped": _WORK},
    "views": dict.fromkeys(("words", "rename", "remove", "back"), _WORK),
}  # fmt: skip
"""What more a command asks for where an option or an argument of it is given."""


_LOOKING = frozenset({
    "settings", "settings get", "settings list", "provider check", "schedule", "serve", "watch", "journal verify",
    "journal verifier", "doctor", "person",
})  # fmt: skip
"""What asks for more than reading, since it is of this machine, and changes nothing."""
_OF_THE_PAST = frozenset({"dossier", "export calendar", "manual", "register export", "report", "ritual ics"})
"""What does no more than write a file of what is shown, and so may show what was known once."""
_OF_NOW = frozenset({"serve", "watch"})
"""What changes nothing by itself, and opens or reads what is there now."""
_does: list[bool] = []


def does() -> bool:
    """Whether the command that was let in may do something, beside what the journal says."""
    return bool(_does and _does[-1])


def asked_for(path: str, given: Mapping[str, object]) -> tuple[tuple[Right, ...], ...]:
    """What a command asks for as it was typed: of each tuple, one right."""
    more = BY_OPTION.get(path, {})
    return (RIGHTS.get(path, _HOST), *(rights for name, rights in more.items() if given.get(name)))


def refusal(seat: Seat | None, path: str, given: Mapping[str, object]) -> NotAllowed | None:
    """Why who sits there may not run that command; None when they may, or when nobody has a seat."""
    if seat is None:
        return None
    for rights in asked_for(path, given):
        if not seat.has(*rights):
            return NotAllowed(seat, rights)
    return None


def guarded(command: click.Command) -> click.Command:
    """The same command, with all that are below it, which looks at the door before it runs."""
    if getattr(command, "is_guarded", False):
        return command
    invoke = command.invoke

    def run(context: click.Context) -> Any:
        look(context)
        return invoke(context)

    command.invoke = run  # type: ignore[assignment, method-assign]
    command.is_guarded = True  # type: ignore[attr-defined]
    if isinstance(command, click.Group):
        for each in command.commands.values():
            guarded(each)
    return command


def look(context: click.Context) -> None:
    """End the command that who sits there may not run, with the reason. Whoever has no seat passes."""
    given = context.ensure_object(Options)
    path = path_of(context)
    rights = asked_for(path, context.params)
    _does[:] = [path not in _LOOKING and any(each != _READ for each in rights)]
    refused = refusal(given.sitting(), path, context.params)
    if refused is not None:
        fail(str(refused), NOT_ALLOWED)
    if given.at is not None and (path in _OF_NOW or (does() and path not in _OF_THE_PAST)):
        fail(_("nothing is written with --at: the cockpit is shown as it stood"), 2)


def in_order(args: Sequence[str]) -> str:
    """What is wrong with a line on which a seat is given: what opens another cockpit, or another seat, after it.

    What stands before `--seat` was written by whoever gives the seat; what comes after it may be a caller's.
    """
    at = next((n for n, arg in enumerate(args) if arg.split("=")[0] == "--seat"), len(args))
    later = [arg.split("=")[0] for arg in args[at + 1 :]]
    name = next((each for each in later if each in _BEFORE), "")
    return _("{name} stands before --seat, or nowhere").format(name=name) if name else ""


def path_of(context: click.Context) -> str:
    """The whole name of a command, in English: what stands before it on the line left out."""
    words: list[str] = []
    at: click.Context | None = context
    while at is not None and at.parent is not None:
        words.insert(0, at.command.name or "")
        at = at.parent
    return " ".join(words)
