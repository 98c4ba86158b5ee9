"""What documents ask for: links that are dead, key processes that nobody vouches for any more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from cockpit.domain.alerts.alerts import Alert, AlertLevel
from cockpit.domain.dataclasses import dataclass
from cockpit.domain.documents.link_state import LINKED, LinkState
from cockpit.domain.organisation.readiness import CRITICAL
from cockpit.domain.organisation.signature import MONTHS
from cockpit.domain.time.contract_terms import add_months
from cockpit.locale import N_
from cockpit.services.alerts.lines import DatedAlert, about, dated
from cockpit.services.desk.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class LinkDead(Alert):
    """A document that is not at its address any more."""

    KIND: ClassVar[str] = "link_dead"
    TEXT: ClassVar[str] = N_("Dead link: {subject}")
    NEXT: ClassVar[str] = N_("{me}: ask {who} where the document is now, and write its address (O tries it)")
    MANY: ClassVar[str] = N_("{n} links of documents are dead")

    checked: str = ""
    """The day of the last try."""


def of_links(conn: sqlite3.Connection) -> Iterator[LinkDead]:
    """Records in force whose link the last try found dead."""
    owner = {"document": "owner", "continuity": "owner", "contract": "provider"}
    for table, field in LINKED.items():
        over = " AND r.ended_on IS NULL" if table == "contract" else ""
        for row in conn.execute(
            f"SELECT r.code, r.name, r.conf, coalesce(r.{owner[table]}, '') AS who, c.checked_at"
            f" FROM link_check AS c JOIN {table} AS r ON r.code = c.code WHERE c.state = ?"
            f" AND r.archived_at IS NULL AND r.{field} = c.link{over} ORDER BY r.number",
            (LinkState.DEAD.value,),
        ):
            yield about(row, LinkDead, who=row["who"], checked=row["checked_at"])


@dataclass(frozen=True, kw_only=True)
class ProcessUnsigned(Alert):
    """A key process that the chief executive never signed."""

    KIND: ClassVar[str] = "process_unsigned"
    TEXT: ClassVar[str] = N_("Sign {subject}: nobody vouched for it yet")
    NEXT: ClassVar[str] = N_("{who}: open it, read it, S signs it for a year")
    MANY: ClassVar[str] = N_("{n} key processes were never signed")


@dataclass(frozen=True, kw_only=True)
class SignatureDue(DatedAlert):
    """A signature that ends soon."""

    KIND: ClassVar[str] = "signature_due"
    TEXT: ClassVar[str] = N_("Sign {subject} again within {days}")
    NEXT: ClassVar[str] = N_("{who}: open it, read it, S signs it for a year")
    MANY: ClassVar[str] = N_("{n} key processes are to be signed again")


@dataclass(frozen=True, kw_only=True)
class SignatureLate(DatedAlert):
    """A signature older than a year."""

    KIND: ClassVar[str] = "signature_late"
    CASE: ClassVar[str] = SignatureDue.KIND
    STAGE: ClassVar[int] = 1
    TEXT: ClassVar[str] = N_("Signature of {subject}: older than a year, by {days}")
    NEXT: ClassVar[str] = N_("{who}: open it, read it, S signs it for a year")
    MANY: ClassVar[str] = N_("{n} key processes carry a signature older than a year")


def of_signatures(workspace: Workspace, today: date, old: str) -> list[Alert]:
    """Key processes whose yearly signature is due or past; those never signed once they are there for a month."""
    found: list[Alert] = []
    who = workspace.chief
    for row in workspace.conn.execute(
        "SELECT code, name, conf, created_at, signed_at, coalesce(criticality, 2) AS criticality FROM process"
        " WHERE archived_at IS NULL AND (core_value OR coalesce(criticality, 2) >= ?)"
        " ORDER BY criticality DESC, number",
        (CRITICAL,),
    ):
        if row["signed_at"] is None:
            if row["created_at"] <= old:
                found.append(about(row, ProcessUnsigned, AlertLevel.TO_COMPLETE, who=who))
            continue
        signed = datetime.fromisoformat(row["signed_at"]).astimezone(workspace.zone).date()
        alert = dated(row, SignatureDue, SignatureLate, add_months(signed, MONTHS), today, who=who)
        found += [alert] if alert is not None else []
    return found
