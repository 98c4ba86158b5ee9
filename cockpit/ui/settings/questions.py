"""What the bar asks about settings: another value, checked as it is typed; a new entry, key by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.content import Content

from cockpit.domain.configuration import KEYS
from cockpit.domain.text import fold, slug
from cockpit.locale import _
from cockpit.services.agenda import trial
from cockpit.services.agenda.trial import NotAnAgenda
from cockpit.services.desk import forms
from cockpit.services.settings import listing, values
from cockpit.services.settings.change import AddEntry, SettingPlace, TomlValue
from cockpit.services.settings.checks import Wrong
from cockpit.services.settings.editing import Editing
from cockpit.services.settings.fault import ConfigError
from cockpit.services.settings.listing import SettingLine
from cockpit.services.settings.writer import ChangedMeanwhile, WrittenSettings, WrongSetting
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.questions import offers
from cockpit.ui.widgets.entry_bar import Question

HINT = "$quiet"
Wrote = Callable[[WrittenSettings], None]
"""What is done once something was written."""


def edit(cockpit: Cockpit, editing: Editing, line: SettingLine, wrote: Wrote) -> Question:
    """Another value for one setting. A password that is typed goes into the keyring."""
    place, settings = line.place, cockpit.workspace.settings
    hidden = values.is_secret(place)
    found = listing.one(settings, place)
    before = "" if hidden else values.as_typed(place, found)
    kind = str(
        listing.one(settings, SettingPlace(section=place.section, entry=place.entry, key="kind")) or ""
    )
    # As of when it is asked: the list behind the bar is read again meanwhile.
    seen = editing.text

    def accept(text: str) -> str:
        # Nothing typed in place of what is not shown leaves it as it is; Del takes it away.
        if text == before:
            return ""
        if place.section == KEYS:
            _judge_keys(cockpit, place, text)
        nonlocal seen
        text = _put_away(place, _address(place, text), kind)
        try:
            done = editing.set(place, text, seen=seen)
        except ChangedMeanwhile:
            # Told once; Enter again writes it over the other.
            seen = editing.text
            raise
        wrote(done)
        if done.before == done.after:
            return ""
        told = _("{name}: {value} · u undoes").format(
            name=line.label, value=values.shown(place, listing.one(done.settings, place)) or "—"
        )
        later = _("at the next start") if place.section == KEYS or str(place) == "language" else ""
        return " · ".join(filter(None, (told, later, _meanwhile() if done.meanwhile else "")))

    def hint(text: str) -> Content:
        if text == before:
            return Content.styled(_unchanged(line) if hidden and line.value else line.help, HINT)
        if values.goes_to_keyring(place, text, kind):
            return _keyring_hint(place)
        try:
            text = _address(place, text)
        except NotAnAgenda as error:
            return Content.styled(f"✗ {error}", "$error")
        wrong = editing.judge(place, text)
        if wrong:
            return Content.styled(f"✗ {wrong}", "$error")
        return _understood(place, text) + Content.styled(f"   {line.help}", HINT)

    return Question(
        place=f"setting:{place}", title=line.label, accept=accept, hint=hint, text=before,
        complete=offers(lambda typed: _offered(place, typed), several=False),
        keeps_draft=not hidden, is_hidden=place.key == "secret" or (hidden and cockpit.workspace.is_veiled),
    )  # fmt: skip


def new_entry(editing: Editing, section: str, title: str, told: str, wrote: Wrote) -> Question:
    """The keys of a new entry that nothing works without, one after the other; the last one writes it."""
    declared = values.section_of(SettingPlace(section=section))
    fields = values.settable(declared) if declared else ()
    needed = [field.name for field in fields if field.metadata.get("required")]
    if section == "channel":
        needed = ["name", "kind"]

    def step(given: Mapping[str, TomlValue], key: str) -> Question:
        place = SettingPlace(section=section, entry=slug(str(given.get("name", ""))) or "new", key=key)
        field = values.declared(place)
        label, help = _(field.metadata["label"]) if field else key, _(field.metadata["help"]) if field else ""
        kind = str(given.get("kind", ""))

        def accept(text: str) -> str | Question:
            value = _read(place, _put_away(place, text, kind))
            if value is None:
                raise forms.WrongValue(_("a value is needed here"))
            now = {**given, key: value}
            left = [each for each in needed if each not in now]
            if left:
                return step(now, left[0])
            try:
                done = editing.change(AddEntry(section=section, values=now))
            except WrongSetting as error:
                # What a channel needs depends on its kind: asked for next.
                lacking = error.key.rpartition(".")[2]
                if (
                    lacking in now
                    or values.declared(SettingPlace(section=section, entry="new", key=lacking)) is None
                ):
                    raise
                return step(now, lacking)
            wrote(done)
            return told.format(name=now.get("name", ""))

        def hint(text: str) -> Content:
            if not text.strip():
                return Content.styled(help, HINT)
            if values.goes_to_keyring(place, text, kind):
                return _keyring_hint(place)
            try:
                _read(place, text)
            except forms.WrongValue as error:
                return Content.styled(f"✗ {error}", "$error")
            return _understood(place, text) + Content.styled(f"   {help}", HINT)

        return Question(
            place=f"setting:new:{section}:{key}", title=f"{title} · {label}", accept=accept, hint=hint,
            complete=offers(lambda typed: _offered(place, typed), several=False),
            keeps_draft=not values.is_secret(place), is_hidden=place.key == "secret",
        )  # fmt: skip

    return step({}, needed[0])


def new_key(cockpit: Cockpit, ask: Callable[[SettingLine], Question]) -> Question:
    """Which action is to get other keys; `ask` asks for them."""
    known = {each.id: each for each in cockpit.offered(Target(), everything=True)}

    def accept(text: str) -> Question:
        chosen = known.get(text.strip())
        if chosen is None:
            raise forms.WrongValue(_("there is no action “{name}”").format(name=text.strip()))
        return ask(
            SettingLine(
                place=SettingPlace(section=KEYS, key=chosen.id), label=chosen.id, help=chosen.help,
                value=", ".join(chosen.keys), line=0,
            )
        )  # fmt: skip

    def hint(text: str) -> Content:
        wanted = fold(text).strip()
        found = [each for each in known.values() if wanted in fold(f"{each.id} {each.help}")]
        said = " · ".join(f"{each.id} ({each.help})" for each in found[:3]) or _("no action is called that")
        return Content.styled(said, HINT)

    def beginning(typed: str) -> tuple[str, ...]:
        wanted = fold(typed).strip()
        return tuple(id for id, each in known.items() if wanted in fold(f"{id} {each.help}"))

    return Question(
        place="setting:new:keys", title=_("other keys for the action"), accept=accept, hint=hint, keeps_draft=False,
        complete=offers(beginning, several=False),
    )  # fmt: skip


def _judge_keys(cockpit: Cockpit, place: SettingPlace, text: str) -> None:
    try:
        cockpit.judge_keys({**cockpit.workspace.settings.keys, place.key: text.strip()})
    except ConfigError as error:
        raise forms.WrongValue(f"{error.what} → {error.fix}") from error


def _address(place: SettingPlace, text: str) -> str:
    """What is meant by the address of an agenda; any other text as it is. Raises NotAnAgenda."""
    return trial.meant(text) if (place.section, place.key) == ("agenda", "url") and text.strip() else text


def _put_away(place: SettingPlace, text: str, kind: str) -> str:
    """Where a password that was typed is from now on; any other text as it is."""
    if not values.goes_to_keyring(place, text, kind):
        return text
    from cockpit.sources import secrets

    try:
        return secrets.keep(values.keyring_name(place), text.strip())
    except secrets.SecretMissing as error:
        raise forms.WrongValue(str(error)) from error


def _keyring_hint(place: SettingPlace) -> Content:
    name = values.keyring_name(place)
    said = _("⏎ puts it into this system's keyring, and writes keyring:{name}").format(name=name)
    return Content.styled("→ ", "$accent") + Content(said)


def _read(place: SettingPlace, text: str) -> TomlValue | None:
    try:
        return values.read(place, text)
    except Wrong as error:
        raise forms.WrongValue(f"{error.what} → {error.fix}") from error


def _understood(place: SettingPlace, text: str) -> Content:
    try:
        value = values.read(place, text)
    except Wrong as error:
        return Content.styled(f"✗ {error.what} → {error.fix}", "$error")
    said = values.shown(place, value) if value is not None else _("the default again")
    return Content.styled("→ ", "$accent") + Content(said or _("empty"))


def _offered(place: SettingPlace, typed: str) -> tuple[str, ...]:
    wanted = fold(typed).strip()
    return tuple(words for words in values.choices(place).values() if fold(words).startswith(wanted))


def _unchanged(line: SettingLine) -> str:
    return _("now: {value} · another one replaces it, nothing leaves it · {help}").format(
        value=line.value, help=line.help
    )


def _meanwhile() -> str:
    return _("another program had changed something else: both are kept")
