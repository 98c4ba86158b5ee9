"""What a value of the configuration must be beside its type. Each check returns the value as it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cockpit.domain.setting import Check
from cockpit.domain.time.written_hours import translated
from cockpit.locale import _, current


class Wrong(ValueError):
    """The value will not do: what is wrong with it, and what to write instead, both translated."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


def _secret(value: str) -> str:
    if value and not value.startswith(("env:", "keyring:")):
        raise Wrong(_("a secret is never written here"), _("write env:NAME or keyring:NAME"))
    return value


def _web_address(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise Wrong(_("an address that begins with https:// is expected"), 'url = "https://…"')
    return value


def _engine(value: str) -> str:
    from cockpit.sources.engines import ENGINES

    if value and value not in ENGINES:
        raise Wrong(
            _("“{value}” is not one of the choices").format(value=value),
            _("choose one of: {choices}").format(choices=", ".join(sorted(ENGINES))),
        )
    return value


def _zone(value: str) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Wrong(
            _("“{value}” is not a time zone").format(value=value),
            _("write an IANA name such as Europe/Paris"),
        ) from error
    return value


def _region(value: str) -> str:
    from cockpit.services.desk import regions

    try:
        regions.check(value)
    except regions.UnknownRegion as error:
        raise _for_example(error, 'holidays = "FR"') from error
    return value


def _hours(value: str) -> str:
    from cockpit.domain.time.business_time import parse_hours

    try:
        parse_hours(value, "UTC")
    except ValueError as error:
        raise _for_example(error, 'hours = "mon-fri 09:00-12:30 14:00-18:00"') from error
    return value


def _exceptions(value: str) -> str:
    from cockpit.domain.time.opening_hours import parse_exceptions

    try:
        parse_exceptions(value)
    except ValueError as error:
        example = 'exceptions = "24/12/2026 09:00-12:00; 03/08/2026..14/08/2026 closed"'
        raise _for_example(error, example) from error
    return value


def _period(value: str) -> str:
    from cockpit.domain.time import periods

    found = periods.read(value, bare=None)
    if found is None:
        raise Wrong(
            _("“{value}” is no length of time").format(value=value),
            _("write for example: {example}").format(example='ahead = "2m"'),
        )
    return found.stored


def _rights(words: tuple[str, ...]) -> tuple[str, ...]:
    from cockpit.domain.seats.rights import Right

    for word in words:
        if word not in frozenset(Right):
            raise Wrong(
                _("“{value}” is not one of the choices").format(value=word),
                _("choose one of: {choices}").format(choices=", ".join(Right)),
            )
    return words


def _for_example(error: ValueError, example: str) -> Wrong:
    example = translated(example, current())
    return Wrong(str(error), _("write for example: {example}").format(example=example))


def _copy(value: str) -> str:
    from cockpit.services.settings import copy_address

    address = copy_address.read(value)
    if address.has_password:
        raise Wrong(
            _("a secret is never written here"),
            _("leave it out of the address: Litestream reads its keys from its own environment"),
        )
    if address.unknown:
        raise Wrong(
            _("“{value}” is not one of the choices").format(value=address.unknown),
            _("choose one of: {choices}").format(choices=", ".join(copy_address.OPTIONS)),
        )
    return value


def _folder(value: str) -> str:
    if "://" in value:
        raise Wrong(_("that is an address, and no folder of this computer"), 'folder = "~/Documents/cockpit"')
    return value


CHECKS: Mapping[Check, Callable[[Any], Any]] = {
    Check.SECRET: _secret,
    Check.WEB_ADDRESS: _web_address,
    Check.ENGINE: _engine,
    Check.ZONE: _zone,
    Check.REGION: _region,
    Check.HOURS: _hours,
    Check.EXCEPTIONS: _exceptions,
    Check.PERIOD: _period,
    Check.RIGHTS: _rights,
    Check.COPY: _copy,
    Check.FOLDER: _folder,
}
