"""What we say of a provider beside its own word: seen, muted, a problem we see, a colour by hand, an exchange.

Each is one journaled record that `undo` takes back. None of them changes what the provider's page says,
how often it is read, or its uptime.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.providers.state import State
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.mark import ACKNOWLEDGED, EXCHANGE, MANUAL, MUTED, PROBLEM, Mark
from cockpit.domain.text import clean, typed
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.store.outside import readings
from cockpit.store.records import instant

_REGISTER = REGISTERS["mark"]


@dataclass(frozen=True)
class Words:
    """What holds now of what we said about one provider; None where nothing was said."""

    acknowledged: Mark | None = None
    muted: Mark | None = None
    problem: Mark | None = None
    manual: Mark | None = None
    muted_components: frozenset[str] = frozenset()

    @property
    def quiet(self) -> bool:
        """Whether somebody knows already: no alert is raised for it."""
        return self.acknowledged is not None or self.muted is not None


NOTHING = Words()


@dataclass(frozen=True)
class About:
    """Whom a word is about: a status source, a provider of the register, or one that is both."""

    source: str = ""
    provider: str = ""


def acknowledge(workspace: Workspace, about: About, reason: str, until: datetime | None = None) -> str:
    """Somebody takes care of the trouble; holds until it ends, or until `until`. Returns the code."""
    return _say(workspace, about, ACKNOWLEDGED, reason or _("seen"), until=until)


def mute(
    workspace: Workspace, about: About, reason: str, until: datetime, component: str = ""
) -> str:  # fmt: skip
    """No alert about the source, or about one of its components, until then. Returns the code."""
    return _say(workspace, about, MUTED, reason or _("muted"), until=until, component=clean(component))


def report_problem(workspace: Workspace, about: About, reason: str, state: State = State.DEGRADED) -> str:
    """We see a problem, whatever the page says; holds until it is settled. Returns the code."""
    return _say(workspace, about, PROBLEM, reason, state=state.value)


def set_state(workspace: Workspace, about: About, state: State, reason: str, until: datetime) -> str:
    """A state given by hand to a provider that publishes none, until it expires. Returns the code."""
    return _say(workspace, about, MANUAL, reason, state=state.value, until=until)


def note_exchange(workspace: Workspace, about: About, reason: str) -> str:
    """We spoke with the provider now. Returns the code."""
    return _say(workspace, about, EXCHANGE, reason, closed_at=workspace.clock())


def settle(workspace: Workspace, mark: Mark) -> None:
    """End a mark: what we said of a provider no longer holds."""
    workspace.change(_REGISTER, mark, {"closed_at": workspace.clock()}, "mark.settle")


def live(workspace: Workspace, now: datetime) -> tuple[Mark, ...]:
    """Every word that was not settled and has not expired, the latest first."""
    return workspace.select(
        Mark,
        "mark",
        "closed_at IS NULL AND archived_at IS NULL AND kind != ? AND (until IS NULL OR until > ?)"
        " ORDER BY number DESC",
        (EXCHANGE, instant(now)),
    )


def words(workspace: Workspace, found: Iterable[Mark], about: About) -> Words:
    """What holds of `found` about one provider.

    What was acknowledged stays so until the source is fine once, or worse than it was: both are news again.
    """
    said: dict[str, Mark] = {}
    components = set()
    for mark in found:
        if not _concerns(mark, about):
            continue
        if mark.kind == MUTED and mark.component:
            components.add(mark.component)
        elif mark.kind != ACKNOWLEDGED or not _is_over(workspace, mark):
            said.setdefault(mark.kind, mark)
    if not said and not components:
        return NOTHING
    return Words(
        acknowledged=said.get(ACKNOWLEDGED),
        muted=said.get(MUTED),
        problem=said.get(PROBLEM),
        manual=said.get(MANUAL),
        muted_components=frozenset(components),
    )


def exchanges(workspace: Workspace) -> Mapping[str, datetime]:
    """When we last noted an exchange, by the provider's code."""
    rows = workspace.conn.execute(
        "SELECT provider, max(created_at) AS at FROM mark"
        " WHERE kind = ? AND provider != '' AND archived_at IS NULL GROUP BY provider",
        (EXCHANGE,),
    )
    return {row["provider"]: datetime.fromisoformat(row["at"]).astimezone(workspace.zone) for row in rows}


def _say(workspace: Workspace, about: About, kind: str, reason: str, **values: Value) -> str:
    said: dict[str, Value] = {"kind": kind, "source": about.source, "reason": typed(reason), **values}
    if about.provider:
        said["provider"] = about.provider
    return workspace.add(_REGISTER, said, f"mark.{kind}")


def _concerns(mark: Mark, about: About) -> bool:
    if mark.source:
        return mark.source == about.source
    return bool(mark.provider) and mark.provider == about.provider


def _is_over(workspace: Workspace, mark: Mark) -> bool:
    assert mark.created_at is not None
    return bool(mark.source) and (
        readings.was_fine_after(workspace.conn, mark.source, mark.created_at)
        or readings.got_worse_after(workspace.conn, mark.source, mark.created_at)
    )
