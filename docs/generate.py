"""Writes the pages of the documentation that are made from the code: `python docs/generate.py`.

`--check` writes nothing, says which pages are out of date and ends with 1 when one is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import click

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from cockpit import locale  # noqa: E402

# Commands are translated when they are imported, so the language is chosen before.
locale.use("en")

from cockpit.cli.main import COMMANDS, cli  # noqa: E402
from cockpit.ui import registry  # noqa: E402
from cockpit.ui.kit.actions import Action  # noqa: E402
from cockpit.ui.kit.keys import printed  # noqa: E402
from cockpit.ui.kit.kinds import ALWAYS, Kind  # noqa: E402

MADE = "<!-- Made by `python docs/generate.py`: change the code, not this page. -->"
WINGS = {
    "work": "Blockers, priorities, decisions",
    "approvals": "Approvals",
    "morning": "The morning review",
    "promises": "Promises of service",
    "meetings": "Rituals and live meetings",
    "alerts": "Alerts",
    "providers": "Providers",
    "messages": "What comes in and goes out",
    "records": "Records and tables",
    "spreadsheets": "Spreadsheets",
    "audits": "Audits and handovers",
    "organisation": "The organisation",
    "signals": "Signals",
    "figures": "Figures and goals",
    "costs": "Costs",
    "documents": "Documents",
    "week": "The week",
    "cockpit": "The cockpit",
    "everywhere": "Everywhere",
}
"""What each wing of the screen is called on the page of keys."""
COMMON = {"config", "db", "now", "lang", "as_json", "as_json_", "json", "level"}
"""Options that many commands share: the page of commands says them once."""


def pages() -> dict[str, str]:
    """Name of each made page, and its text."""
    return {"keys.md": keys_page(), "commands.md": commands_page()}


def keys_page() -> str:
    """Every action of the screen, wing by wing."""
    return "\n".join(
        [
            "# Keys", "", MADE, "",
            "One letter does one thing wherever it works; the bar at the foot of the screen shows what works now"
            " and dims what is off, `?` lists everything and says why a key is off, `^p` finds any action by"
            " typing. `Tab` and `Shift+Tab` go from pane to pane, arrows, `PgUp`, `PgDn`, `Home` and `End` from"
            " row to row, `Enter` opens, `Escape` goes back. `^` stands for Ctrl, `␣` for the space bar.",
            "",
            "Any key can be changed in the [configuration](configuration.md), under `[keys]`, by the name of its"
            ' action: `"work.done" = "x,f8"`. An action without a key is found in the palette.',
            *(line for wing in registry.WINGS for line in _wing(wing)),
            "",
        ]
    )  # fmt: skip


def _wing(wing: str) -> Iterator[str]:
    actions: Iterable[Action] = import_module(f"cockpit.ui.{wing}.actions").here.all
    yield from ("", f"## {WINGS[wing]}", "", "| keys | what it does | on | action |", "|---|---|---|---|")
    for action in actions:
        keys = ", ".join(dict.fromkeys(f"`{_escaped(printed(key))}`" for key in action.keys))
        yield f"| {keys} | {_escaped(action.help)} | {_on(action.on)} | `{action.id}` |"


def _on(kinds: frozenset[Kind]) -> str:
    if kinds >= ALWAYS:
        return "anything, meetings and forms too"
    if Kind.PLACE in kinds:
        return "anything"
    return ", ".join(kind.value.replace("-", " ") for kind in Kind if kind in kinds)


def commands_page() -> str:
    """Every command, its parts and its options."""
    return "\n".join(
        [
            "# Commands", "", MADE, "",
            "`cockpit` alone opens the screen, or prints the brief where there is no terminal. Every command takes"
            " `--config FILE` and `--db FILE` (also `COCKPIT_CONFIG` and `COCKPIT_DB`), `--lang fr|en`, and"
            " `--now TIME`, which freezes the clock. Every command that shows records takes `--json`"
            " ([its keys](json.md)); those that can be read aloud to others take `--level 0-3`, and show nothing"
            " more confidential. `-h` says the rest.",
            "",
            "Exit codes: 0 done; 1 the answer is bad news (a broken seal, a source that cannot be read, a file"
            " with faults); 2 the command is wrong; 3 the database cannot be opened.",
            "",
            "| command | in French | what it does |", "|---|---|---|",
            *(f"| [`{name}`](#{name}) | `{alias}` | {help} |" for name, (_m, alias, help) in COMMANDS.items()),
            *(line for name in COMMANDS for line in _command(name)),
            "",
        ]
    )  # fmt: skip


def _command(name: str) -> Iterator[str]:
    context = click.Context(cli, info_name="cockpit")
    command = cli.get_command(context, name)
    assert command is not None
    yield from ("", f"## {name}", "", command.help or "", "")
    yield from _usage(command, context, name)


def _usage(command: click.Command, parent: click.Context, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    words = [part.make_metavar(context) for part in command.params if isinstance(part, click.Argument)]
    options = [
        part
        for part in command.params
        if isinstance(part, click.Option) and not part.hidden and part.name not in COMMON
    ]
    yield f"- `{' '.join([context.command_path, *words, *(_option(each, context) for each in options)])}`" + (
        f": {_sentence(command.help)}" if isinstance(parent.command, click.Group) and parent.parent else ""
    )
    for option in options:
        if option.help:
            yield f"  - `{option.opts[-1]}`: {_sentence(option.help)}"
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            if found is not None and not found.hidden:
                yield from _usage(found, context, part)


def _option(option: click.Option, context: click.Context) -> str:
    name = "/".join([*option.opts[-1:], *option.secondary_opts[-1:]])
    shown = "N" if isinstance(option.type, click.IntRange) else option.make_metavar(context)
    value = "" if option.is_flag or option.count else f" {shown}"
    said = f"{name}{value}"
    return (said if option.required else f"[{said}]") + ("…" if option.multiple else "")


def _sentence(text: str | None) -> str:
    return (text or "").strip().replace("\n", " ")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are out of date."""
    stale = [
        name
        for name, text in pages().items()
        if not (page := HERE / name).is_file() or page.read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        for name in stale:
            print(f"docs/{name} is not what the code says: run python docs/generate.py")
        return 1 if stale else 0
    for name in stale:
        (HERE / name).write_text(pages()[name], encoding="utf-8")
        print(f"docs/{name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
