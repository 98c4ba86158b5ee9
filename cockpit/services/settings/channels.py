"""The ways out and in, and when people may be told, as the configuration says them; checked like the rest."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, Any

from cockpit.domain.dataclasses import fields
from cockpit.domain.settings import CHANNEL_KINDS, Alerting, Channel, Inbox
from cockpit.domain.text import slug
from cockpit.locale import _

if TYPE_CHECKING:
    from cockpit.services.settings.sections import Reader

_SECRET_ADDRESS = frozenset({"slack", "teams", "google_chat", "ntfy"})
"""Kinds whose address lets anybody who has it write there."""


def channel(reader: Reader, raw: dict[str, Any], index: int) -> Channel:
    """One [[channel]]."""
    place = f"channel.{index + 1}"
    reader.known(raw, {f.name for f in fields(Channel)}, place)
    kind = reader.one_of(raw, "kind", CHANNEL_KINDS, "", place)
    name = reader.text(raw, "name", kind, place)
    url = reader.text(raw, "url", "", place)
    reader.check(bool(url) or kind in ("desktop", "bell"), "url", place, _("this key is missing"),
               'url = "env:COCKPIT_WEBHOOK"')  # fmt: skip
    hidden = url.startswith(("env:", "keyring:"))
    reader.check(hidden or kind not in _SECRET_ADDRESS, "url", place,
                 _("the address of such a channel is its password: it is never written here"),
                 _("write env:NAME or keyring:NAME"))  # fmt: skip
    to = reader.texts(raw, "to", place)
    reader.check(bool(to) or kind != "email", "to", place, _("this key is missing"), 'to = ["…@…"]')
    return Channel(
        key=slug(reader.text(raw, "key", name, place)),
        name=name,
        kind=kind,
        url=url,
        to=to,
        sender=reader.text(raw, "sender", "", place),
        user=reader.text(raw, "user", "", place),
        secret=reader.secret(raw, place),
        level=reader.one_of(raw, "level", ("red", "orange"), "red", place),
        conf=_level(reader, raw, place),
        internal=reader.flag(raw, "internal", place),
    )


def _level(reader: Reader, raw: dict[str, Any], place: str) -> int:
    value = raw.get("conf", 1)
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 3
    reader.check(good, "conf", place, _("expected a number from 0 to 3"), "conf = 1")
    return int(value)


def alerting(reader: Reader, raw: dict[str, Any]) -> Alerting:
    """The [alerts] section."""
    reader.known(raw, {f.name for f in fields(Alerting)}, "alerts")
    default = Alerting()
    quiet = reader.text(raw, "quiet", "19:00-08:00", "alerts")
    found = re.fullmatch(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})", quiet)
    try:
        span = None
        if found:
            start_h, start_m, end_h, end_m = map(int, found.groups())
            span = (time(start_h, start_m), time(end_h, end_m))
    except ValueError:
        found = span = None
    reader.check(found is not None or not quiet, "quiet", "alerts", _("expected two times of day"),
               'quiet = "19:00-08:00"')  # fmt: skip
    return Alerting(
        quiet=span,
        weekend=reader.flag(raw, "weekend", "alerts"),
        remind_hours=reader.number(raw, "remind_hours", "alerts", 1) or default.remind_hours,
    )


def inbox(reader: Reader, raw: dict[str, Any]) -> Inbox:
    """The [inbox] section."""
    reader.known(raw, {f.name for f in fields(Inbox)}, "inbox")
    mail = reader.text(raw, "mail", "", "inbox")
    allowed = reader.texts(raw, "allowed", "inbox")
    reader.check(not mail or bool(allowed), "allowed", "inbox", _("this key is missing"),
               'allowed = ["@partner.example"]')  # fmt: skip
    value = raw.get("require_dkim", True)
    reader.check(isinstance(value, bool), "require_dkim", "inbox", _("expected true or false"),
               "require_dkim = true")  # fmt: skip
    return Inbox(
        folder=reader.text(raw, "folder", "", "inbox"),
        mail=mail,
        user=reader.text(raw, "user", "", "inbox"),
        secret=reader.secret(raw, "inbox"),
        mailbox=reader.text(raw, "mailbox", "INBOX", "inbox"),
        allowed=allowed,
        authserv=reader.text(raw, "authserv", "", "inbox"),
        require_dkim=bool(value),
        internal=reader.flag(raw, "internal", "inbox"),
    )


def minutes_folder(reader: Reader, raw: dict[str, Any]) -> str:
    """The folder of the [rituals] section, where agendas and minutes are filed."""
    reader.known(raw, {"folder"}, "rituals")
    return reader.text(raw, "folder", "", "rituals")
