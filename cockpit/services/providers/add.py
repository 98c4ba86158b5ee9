"""A status source tried, shown, and written into the configuration as its owner would."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.settings import Settings, StatusSource
from cockpit.domain.text import clean, fold, slug
from cockpit.locale import _
from cockpit.services.providers import catalogue
from cockpit.services.providers.catalogue import UsualTool
from cockpit.services.reading.local import is_internal
from cockpit.services.settings import starter, writer
from cockpit.services.settings.change import AddEntry, TomlValue, section_text
from cockpit.services.settings.writer import WrittenSettings


class CannotAdd(Exception):
    """The source cannot be added; the message, already translated, says why and what to do."""


class OnLocalNetwork(CannotAdd):
    """The address is of this machine or of the local network: a person has to allow it."""


class MovedAway(CannotAdd):
    """The page sends to another host: a person has to accept its new `address`."""

    def __init__(self, message: str, address: str) -> None:
        super().__init__(message)
        self.address = address


class NotUnderstood(CannotAdd):
    """The page answers in a form that nobody reads: a person may choose to watch only whether it answers."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A source before it is written: what was asked, and what its document said."""

    name: str
    url: str
    engine: str
    page_id: str = ""
    internal: bool = False
    suggested: tuple[str, ...] = ()
    """Components that most people watch."""
    user: str = ""
    secret: str = ""
    tenant: str = ""
    found: dict[str, Any]
    """The reading, as `provider_check.to_json` gives it."""

    @property
    def components(self) -> tuple[str, ...]:
        """Names of the components of the page."""
        return tuple(part["name"] for part in self.found["components"])


def meant(text: str) -> UsualTool:
    """The address in `text`, or the first tool of the catalogue that answers to it. Raises CannotAdd."""
    text = clean(text)
    if "://" in text or ("." in text and " " not in text and not catalogue.search(text)):
        url = text if "://" in text else f"https://{text}"
        parts = urlsplit(url)
        if parts.username or parts.password:
            raise CannotAdd(
                _("an address here holds no password: put it in the keyring, and name it as secret")
            )
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise CannotAdd(_("an address that begins with https:// is expected"))
        return UsualTool("", url)
    found = catalogue.named(text)
    if found is None:
        near = ", ".join(tool.name for tool in catalogue.search(text, 3))
        said = _("“{text}” is not in the catalogue: give the address of its status page").format(text=text)
        raise CannotAdd(said + (" · " + _("near: {names}").format(names=near) if near else ""))
    return found


async def look(
    tool: UsualTool,
    *,
    now: datetime,
    internal: bool = False,
    engine: str = "",
    user: str = "",
    secret: str = "",
    tenant: str = "",
) -> Candidate:
    """Read the source once and say what it is; another engine is tried when the expected one is not there.

    `engine` is what a person chose. Raises CannotAdd when nothing there can be understood: MovedAway and
    NotUnderstood say what a person can choose then.
    """
    from cockpit.services.providers import check

    if tool.note == "secret" and not secret:
        raise CannotAdd(_("{name}: {note}").format(name=tool.name, note=tool.remark))
    result = await check.check(
        tool.url, engine or tool.engine, now=now, internal=internal, user=user, secret=secret, tenant=tenant
    )
    if result.error and tool.engine and tool.engine != "probe" and not (engine or secret):
        other = await check.check(_root(tool.url), now=now, internal=internal)
        result = other if not other.error or other.moved_to else result
    if result.moved_to:
        raise MovedAway(result.error, result.moved_to)
    if result.failure in ("not_understood", "html"):
        raise NotUnderstood(f"{tool.name}: {result.error}" if tool.name else result.error)
    if result.failure == "refused" and not internal and await is_internal(tool.url):
        raise OnLocalNetwork(result.error)
    if result.error:
        raise CannotAdd(f"{tool.name}: {result.error}" if tool.name else result.error)
    reading = result.reading
    page_id = reading.page_id if reading else ""
    return Candidate(
        name=tool.name or (reading.page if reading else "") or starter.name_of(tool.url),
        url=result.url or tool.url,
        engine=result.engine,
        # Notion's page moves between two vendors: its identity is no proof.
        page_id="" if tool.name == "Notion" else page_id,
        internal=internal,
        user=user,
        secret=secret,
        tenant=tenant,
        suggested=tool.components,
        found=check.to_json(result),
    )


def save(path: Path, settings: Settings, candidate: Candidate, chosen: StatusSource) -> WrittenSettings:
    """Append `chosen` to the configuration at `path`, which keeps every word it has. Raises CannotAdd.

    `settings` is what the file said when it was read; a source that is there already is refused.
    """
    for source in settings.statuses:
        if fold(source.name) == fold(chosen.name) or source.key == slug(chosen.name):
            raise CannotAdd(
                _("a source is called “{name}” already: choose another name").format(name=source.name)
            )
        if source.url == chosen.url and source.components == chosen.components:
            raise CannotAdd(_("this page is watched already, as “{name}”").format(name=source.name))
    try:
        return writer.change(path, AddEntry(section="status", values=_values(chosen)))
    except writer.CannotChange as error:
        raise CannotAdd(str(error)) from error


def chosen_from(candidate: Candidate, **choices: Any) -> StatusSource:
    """The source to write: the candidate with what the person chose."""
    source = StatusSource(
        key=slug(choices.get("name") or candidate.name),
        name=candidate.name,
        url=candidate.url,
        engine=candidate.engine,
        page_id=candidate.page_id,
        internal=candidate.internal,
        user=candidate.user,
        secret=candidate.secret,
        tenant=candidate.tenant,
    )
    return replace(source, **{key: value for key, value in choices.items() if value})


def section(source: StatusSource) -> str:
    """A `[[status]]` section of the configuration, with only what is said."""
    return section_text("status", _values(source))


def _values(source: StatusSource) -> dict[str, TomlValue]:
    found: dict[str, TomlValue] = {}
    for key in ("name", "url", "engine", "criticality", "provider", "page_id", "user", "tenant", "secret"):
        value = getattr(source, key)
        if value and not (key == "criticality" and value == "important"):
            found[key] = clean(value, 2_000)
    if source.components:
        found["components"] = [clean(name) for name in source.components]
    if source.internal:
        found["internal"] = True
    return found


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
