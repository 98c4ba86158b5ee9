"""Writes the pages of the documentation that are made from the code: `python docs/generate.py`.

`--check` writes nothing, says which pages are out of date and ends with 1 when one is. Commands are translated when
they are imported, so that the French pages are made by a second process, `--lang fr`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import click

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from cockpit import locale  # noqa: E402
from cockpit.locale.build import compile_stale  # noqa: E402
from docs import made_words as words  # noqa: E402

LANGUAGES = ("en", "fr")
LANGUAGE = "fr" if sys.argv[-2:] == ["--lang", "fr"] else "en"
compile_stale(Path(locale.__file__).parent)
locale.use(LANGUAGE)

from cockpit.cli.kit.exit_codes import MEANINGS  # noqa: E402
from cockpit.cli.kit.help_lines import in_own_words  # noqa: E402
from cockpit.cli.main import COMMANDS, cli  # noqa: E402
from cockpit.domain.configuration import GROUPS, KEYS, SECTIONS, SettingsGroup  # noqa: E402
from cockpit.domain.dataclasses import MISSING  # noqa: E402
from cockpit.locale import _  # noqa: E402
from cockpit.services.settings import values  # noqa: E402
from cockpit.services.settings.change import SettingPlace, place_of  # noqa: E402
from cockpit.ui import registry  # noqa: E402
from cockpit.ui.kit.actions import Action  # noqa: E402
from cockpit.ui.kit.keys import printed  # noqa: E402
from cockpit.ui.kit.kinds import ALWAYS, Kind  # noqa: E402
from docs.man_page import man_page  # noqa: E402

COMMON = {"config", "db", "now", "lang", "as_json", "as_json_", "json", "level", "take_over"}
"""Options that many commands share: the page of commands says them once."""


def pages() -> dict[str, str]:
    """Name of each made page, and its text."""
    names = words.PAGES[LANGUAGE]
    return {
        names["keys"]: keys_page(),
        names["commands"]: commands_page(),
        names["settings"]: settings_page(),
        names["man"]: man_page(words.MAN[LANGUAGE]),
    }


def _opening(prose: Sequence[str]) -> Iterator[str]:
    """The title, who made the page, then a paragraph each."""
    title, *paragraphs = prose
    yield from (title, "", words.MADE[LANGUAGE], "")
    for paragraph in paragraphs:
        yield from (paragraph, "")


def keys_page() -> str:
    """Every action of the screen, wing by wing."""
    return "\n".join(
        [
            *_opening(words.KEYS[LANGUAGE]),
            *(line for wing in registry.WINGS for line in _wing(wing)),
            "",
        ]
    )  # fmt: skip


def _wing(wing: str) -> Iterator[str]:
    actions: Iterable[Action] = import_module(f"cockpit.ui.{wing}.actions").here.all
    heading = words.KEYS_HEADING[LANGUAGE]
    yield from ("", f"## {_(registry.WINGS[wing])}", "", heading, "|---|---|---|---|")
    for action in actions:
        keys = ", ".join(dict.fromkeys(f"`{_escaped(printed(key))}`" for key in action.keys))
        yield f"| {keys} | {_escaped(_(action.help))} | {_on(action.on)} | `{action.id}` |"


def _on(kinds: frozenset[Kind]) -> str:
    if kinds >= ALWAYS:
        return words.ALWAYS[LANGUAGE]
    if Kind.PLACE in kinds:
        return words.EVERYWHERE[LANGUAGE]
    return ", ".join(_kind(kind) for kind in Kind if kind in kinds)


def settings_page() -> str:
    """Every key of the configuration, group by group."""
    return "\n".join(
        [
            *_opening(words.SETTINGS[LANGUAGE]),
            *(line for group in GROUPS for line in _group(group)),
            "",
        ]
    )  # fmt: skip


def _group(group: SettingsGroup) -> Iterator[str]:
    yield from (f"## {_(group.title)}", "")
    if group.help:
        yield from (f"{_(group.help)}.", "")
    places = [place for name in group.holds for place in _places(name)]
    if places:
        yield from (words.SETTINGS_HEADING[LANGUAGE], "|---|---|---|---|")
    for place in places:
        field = values.declared(place)
        assert field is not None
        # A choice as the file takes it, like the others of its row; the rest in the reader's words.
        offers = field.type != "bool" and values.choices(place)
        said_so = values.typed if offers else partial(values.as_typed, place)
        default = "" if field.default is MISSING else said_so(field.default)
        chosen = ", ".join(f"`{each}`" for each in values.choices(place) if field.type != "bool")
        help = _(field.metadata["help"]) if field.metadata["help"] else ""
        said = " · ".join(filter(None, (help, chosen if chosen.strip("`") not in help else "")))
        yield f"| {_(field.metadata['label'])} | {_escaped(said)} | {_escaped(default)} | `{place}` |"
    yield ""


def _places(name: str) -> Iterator[SettingPlace]:
    section = next((each for each in SECTIONS if each.name == name), None)
    if section is None:
        place = place_of(name)
        if place.section != KEYS:
            yield place
        return
    for field in values.settable(section):
        entry = ("mine" if LANGUAGE == "en" else "mien") if section.is_list else ""
        yield SettingPlace(section=section.name, entry=entry, key=field.name)


def _kind(kind: Kind) -> str:
    return words.KINDS[kind.value] if LANGUAGE == "fr" else kind.value.replace("-", " ")


def commands_page() -> str:
    """Every command, its parts and its options."""
    return "\n".join(
        [
            *_opening(words.COMMANDS[LANGUAGE]),
            words.COMMANDS_HEADING[LANGUAGE], "|---|---|---|",
            *(f"| [`{name}`](#{name}) | `{alias}` | {_(help)} |" for name, (_module, alias, help) in COMMANDS.items()),
            "", words.EXIT_CODES[LANGUAGE][0], "", words.EXIT_CODES[LANGUAGE][1], "|---|---|",
            *(f"| {int(code)} | {_(meaning)} |" for code, meaning in MEANINGS.items()),
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
    words = [
        in_own_words(part.make_metavar(context))
        for part in command.params
        if isinstance(part, click.Argument)
    ]
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
    shown = "N" if isinstance(option.type, click.IntRange) else in_own_words(option.make_metavar(context))
    value = "" if option.is_flag or option.count else f" {shown}"
    said = f"{name}{value}"
    return (said if option.required else f"[{said}]") + ("…" if option.multiple else "")


def _sentence(text: str | None) -> str:
    return (text or "").strip().replace("\n", " ")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: list[str]) -> int:
    """Write the pages of both languages, or say which are out of date."""
    stale = [
        name
        for name, text in pages().items()
        if not (page := HERE / name).is_file() or page.read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        for name in stale:
            print(f"docs/{name} is not what the code says: run python docs/generate.py")
    else:
        for name in stale:
            (HERE / name).write_text(pages()[name], encoding="utf-8")
            print(f"docs/{name} written")
    bad = bool(stale) and "--check" in arguments
    if LANGUAGE == "en":
        french = [sys.executable, __file__, *arguments, "--lang", "fr"]
        bad |= bool(subprocess.run(french, check=False).returncode)  # noqa: S603
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
