"""`cockpit settings`: what the configuration says and where from; changed in place, its comments kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from cockpit import files
from cockpit.cli.kit.options import asked_aside, common, fail, level, options, print_json, prompt_suffix
from cockpit.domain.configuration import KEYS
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.settings import Settings
from cockpit.locale import _
from cockpit.services.settings import values
from cockpit.services.settings.change import (
    AddEntry,
    RemoveEntry,
    SettingPlace,
    SetValue,
    TomlValue,
    place_of,
)

if TYPE_CHECKING:
    from cockpit.services.settings.writer import WrittenSettings

T = TypeVar("T")


@click.group(
    "settings", invoke_without_command=True, help=_("What is configured, and where from; change it by name.")
)
@common
@click.pass_context
def settings(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        context.invoke(list_)


@settings.command("list", help=_("Every setting, by group; only the groups named, where any is."))
@click.argument("names", nargs=-1, metavar="[GROUP]…")
@click.option("--all", "everything", is_flag=True, help=_("The thresholds and keys that nobody changed too."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
def list_(
    names: tuple[str, ...] = (), everything: bool = False, as_json: bool = False, level: int = EVERYTHING
) -> int:
    from cockpit.services.settings import listing, writer

    path = options().config_path
    now, text = _now(), writer.text_of(path)
    found = listing.groups(now, text, path, for_a_room=level < EVERYTHING)
    if names:
        wrong = [name for name in names if name not in {each.group.name for each in found}]
        if wrong:
            known = ", ".join(each.group.name for each in found)
            fail(_("“{name}” is no group of settings; known: {names}").format(name=wrong[0], names=known), 2)
        found = tuple(each for each in found if each.group.name in names)
    if as_json:
        print_json(listing.to_json(found, now, text, path))
        return 0
    for group in found:
        shown = [
            line for line in group.lines
            if not group.group.is_folded or everything or names or line.line
        ]  # fmt: skip
        click.echo(f"── {_(group.group.title)} ({group.group.name})")
        for line in shown:
            label = line.name if isinstance(line, listing.EntryLine) else line.label
            click.echo(f"  {label:<34} {line.value or '—':<40} {_from(line.line)}  {line.place}".rstrip())
        if not shown:
            click.echo("  " + (_("as by default") if group.group.is_folded else _("none yet")))
    click.echo(_("in {path}; cockpit settings set NAME VALUE changes one").format(path=path))
    return 0


@settings.command("get", help=_("One setting by its name, such as company.hours or agenda.mine.owner."))
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def get(name: str, as_json: bool) -> int:
    from cockpit.services.settings import listing, writer

    place = _place(name)
    path = options().config_path
    found = listing.one(_now(), place)
    if as_json:
        from cockpit.services.settings.change import value_at
        from cockpit.services.settings.sections import tables

        raw = tables(writer.text_of(path), path)
        where = "file" if value_at(raw, place) is not None else "default"
        print_json({"name": str(place), "value": values.plain(place, found), "from": where})
    else:
        click.echo(values.shown(place, found))
    return 0


@settings.command(
    "set", help=_("Write one setting; a password without a value is asked for, and is not seen.")
)
@click.argument("name")
@click.argument("value", required=False)
@click.option(
    "--default", "default", is_flag=True, help=_("Take it out of the file: the default holds again.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def set_(name: str, value: str | None, default: bool, as_json: bool) -> int:
    from cockpit.services.settings import listing
    from cockpit.services.settings.checks import Wrong

    place = _place(name)
    if default:
        return _change(SetValue(place=place, value=None), place, as_json=as_json)
    if value is None:
        value = click.prompt(
            str(place), hide_input=values.is_secret(place), default="", show_default=False,
            prompt_suffix=prompt_suffix(), err=asked_aside(),
        )  # fmt: skip
    if (place.section, place.key) == ("agenda", "url") and value:
        from cockpit.services.agenda import trial

        asked = value
        value = _guarded(lambda: trial.meant(asked))
    kind = listing.one(_now(mend=True), SettingPlace(section=place.section, entry=place.entry, key="kind"))
    if values.goes_to_keyring(place, value, str(kind or "")):
        value = _kept(place, value)
    try:
        written = values.read(place, value)
    except Wrong as error:
        fail(f"{place}: {error.what} → {error.fix}", 2)
    return _change(SetValue(place=place, value=written), place, as_json=as_json)


@settings.command("add", help=_("Add an entry to a list: agenda, status, channel, figure, date."))
@click.argument("section")
@click.argument("pairs", nargs=-1, required=True, metavar="KEY=VALUE…")
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def add(section: str, pairs: tuple[str, ...], as_json: bool) -> int:
    from cockpit.services.settings.change import entry_key
    from cockpit.services.settings.checks import Wrong

    given: dict[str, TomlValue] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        place = SettingPlace(section=section, entry="new", key=key.strip())
        if not equals:
            fail(_("“{pair}”: write KEY=VALUE, such as name=Sophie").format(pair=pair), 2)
        if not values.is_known(place):
            fail(_("no entry of {section} has “{key}”").format(section=section, key=key), 2)
        try:
            value = values.read(place, text)
        except Wrong as error:
            fail(f"{key}: {error.what} → {error.fix}", 2)
        if value is not None:
            given[place.key] = value
    return _change(
        AddEntry(section=section, values=given),
        SettingPlace(section=section, entry=entry_key(given)),
        as_json=as_json,
    )


@settings.command("remove", help=_("Take an entry out of a list, such as agenda.mine."))
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def remove(name: str, as_json: bool) -> int:
    place = place_of(name)
    if not place.entry or place.key:
        fail(_("write the list and the entry, such as agenda.mine"), 2)
    return _change(RemoveEntry(section=place.section, entry=place.entry), place, as_json=as_json)


@settings.command("undo", help=_("The text before the last change again; once more: the one after."))
@common
def undo() -> int:
    from cockpit.services.settings import writer

    path = options().configuration()
    _guarded(lambda: writer.swap(path))
    click.echo(_("taken back; the other text is kept in {path}").format(path=f"{path}{writer.BEFORE}"))
    return 0


def _now(*, mend: bool = False) -> Settings:
    """The settings in force, in whose language the answer is; the defaults where the file is wrong, to `mend` it."""
    from cockpit import locale
    from cockpit.services.settings import load
    from cockpit.services.settings.fault import ConfigError

    try:
        found = load.load(options().config_path) if mend else options().settings()
    except ConfigError:
        return Settings()
    if found.language and not locale.asked():
        locale.use(found.language)
    return found


def _place(name: str) -> SettingPlace:
    place = place_of(name)
    if not values.is_known(place):
        from difflib import get_close_matches

        close = get_close_matches(name, _names(), 1)
        hint = (
            _("Did you mean “{name}”?").format(name=close[0])
            if close
            else _("cockpit settings lists them all")
        )
        fail(_("there is no setting “{name}”.").format(name=name) + " " + hint, 2)
    return place


def _names() -> list[str]:
    from cockpit.domain.configuration import SECTIONS

    return [
        ".".join(filter(None, (section.name, field.name)))
        for section in SECTIONS
        if not section.is_list
        for field in values.settable(section)
    ]


def _change(change: SetValue | AddEntry | RemoveEntry, place: SettingPlace, *, as_json: bool) -> int:
    from cockpit.services.settings import listing, writer

    path = options().configuration()
    _now(mend=True)
    if place.section == KEYS and isinstance(change, SetValue) and change.value is not None:
        _judge_keys(place.key, str(change.value))
    done: WrittenSettings = _guarded(lambda: writer.change(path, change))
    value = values.shown(place, listing.one(done.settings, place)) if place.key else ""
    if as_json:
        now = values.plain(place, listing.one(done.settings, place)) if place.key else None
        print_json({"name": str(place), "value": now, "changed": done.before != done.after})
        return 0
    told = f"{place} = {value or '—'}" if place.key else str(place)
    click.echo(_("written: {what}. cockpit settings undo takes it back").format(what=told))
    if place.section == "channel" and isinstance(change, AddEntry):
        click.echo(
            _("Nothing leaves by it before a preview: cockpit channel preview {key}").format(key=place.entry)
        )
    return 0


def _judge_keys(action: str, keys: str) -> None:
    """Keys that clash would keep the screen from opening."""
    from cockpit.services.settings.fault import ConfigError
    from cockpit.ui.registry import with_keys

    given = options()
    try:
        with_keys({**given.settings().keys, action: keys}, given.config_path)
    except ConfigError as error:
        fail(f"{error.what} → {error.fix}", 2)


def _guarded(deed: Callable[[], T]) -> T:
    from cockpit.domain.refusal import Refusal
    from cockpit.services.settings.writer import WrongSetting

    try:
        return deed()
    except WrongSetting as error:
        # Of an entry that is added several keys may be wrong, or missing.
        fail(_("{name}: {value}").format(name=error.key.rpartition(".")[2], value=error), 2)
    except Refusal as error:
        fail(str(error), 2)
    except OSError as error:
        fail(_("{path} cannot be written: {why}").format(path=options().config_path, why=files.why(error)), 3)


def _kept(place: SettingPlace, secret: str) -> str:
    from cockpit.sources import secrets

    try:
        return secrets.keep(values.keyring_name(place), secret)
    except secrets.SecretMissing as error:
        fail(str(error), 2)


def _from(line: int) -> str:
    return _("line {n}").format(n=line) if line else _("default")
