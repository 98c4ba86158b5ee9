"""Where the documents of records are, what the last try of each link said, and how one is opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.documents.link_state import LINKED, LinkState
from cockpit.domain.records.record import Record
from cockpit.domain.registers import register_of
from cockpit.domain.text import safe_link
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.desk.links import open_in_browser
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.store.outside import link_checks
from cockpit.store.outside.link_checks import LinkCheck

WORDS: Mapping[LinkState, str] = {
    LinkState.THERE: N_("there"),
    LinkState.SIGN_IN: N_("asks for a sign-in: only you can tell"),
    LinkState.DEAD: N_("dead link"),
    LinkState.SILENT: N_("no answer, tried again"),
    LinkState.REFUSED: N_("on the local network: not checked"),
    LinkState.UNCHECKED: N_("never checked"),
}


def link_of(record: Record) -> str:
    """Where the document of a record is: an address, a path, or nothing."""
    register = register_of(record.code)
    field = LINKED.get(register.name, "") if register else ""
    return str(getattr(record, field, "")) if field else ""


def state_of(address: str, check: LinkCheck | None) -> LinkState | None:
    """What is known of an address; None for a path, which nobody asks for."""
    if safe_link(address) is None:
        return None
    if check is None or check.link != address:
        return LinkState.UNCHECKED
    return check.state


def in_words(address: str, check: LinkCheck | None, now: datetime) -> str:
    """`there, checked 3 Nov 2026`, `never checked`; empty for a path."""
    state = state_of(address, check)
    if state is None:
        return ""
    said = _(WORDS[state])
    if state is LinkState.UNCHECKED or check is None:
        return said
    day = dates.whole_day(check.checked_at.astimezone(now.tzinfo).date())
    return _("{state}, checked {day}").format(state=said, day=day)


def of_record(workspace: Workspace, record: Record) -> str:
    """The same of one record."""
    check = link_checks.checks(workspace.conn, [record.code]).get(record.code)
    return in_words(link_of(record), check, workspace.now())


def follow(record: Record) -> str:
    """Open the document of a record in the browser; what to tell. Raises NotPossible where it has no address."""
    where = link_of(record)
    if not where:
        raise NotPossible(record.code, _("no link yet: write its address on the record (Enter)"))
    host = open_in_browser(where)
    if host:
        return _("opened {host}").format(host=host)
    return _("it is a path in the shared folder: {path}").format(path=where)
