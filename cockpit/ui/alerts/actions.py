"""What keys do to alerts, and to whatever ranks high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.domain.alerts.alerts import Alert
from cockpit.locale import N_, _
from cockpit.services.work.rows import BlockerRow
from cockpit.ui.kit.actions import Actions
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

here = Actions()


def unranked(cockpit: Cockpit, target: Target) -> str:
    """Only what is in the list of blockers has a rank."""
    if isinstance(target.data, Alert) or _row(cockpit, target) is not None:
        return ""
    return _("{code} is not in the list of blockers: it has no rank").format(code=target.code)


def _row(cockpit: Cockpit, target: Target) -> BlockerRow | None:
    if isinstance(target.data, BlockerRow):
        return target.data
    return next((row for row in cockpit.board.work.blockers if row.record.code == target.code), None)


@here(
    "rank.why", "i", on={Kind.BLOCKER, Kind.ALERT}, title=N_("why here"), why_not=unranked,
    help=N_("Why this rank: the parts of the heat; who does what next of an alert"),
)  # fmt: skip
def why(cockpit: Cockpit, place: Place) -> None:
    """Say why it stands where it stands."""
    from cockpit.services.work import pace, rows

    target = place.target()
    if isinstance(target.data, Alert):
        cockpit.tell(target.data.next(cockpit.board.names, cockpit.workspace.my_name))
        return
    row = _row(cockpit, target)
    if row is not None:
        heat, reasons = rows.points(row.heat.total), rows.heat_reasons(row.heat)
        said = _("{code}, heat {heat} = {reasons}").format(code=row.record.code, heat=heat, reasons=reasons)
        slow = pace.in_words(cockpit.workspace.shown, row.record)
        said += f" · {slow}" if slow else ""
        if len(said) < 2 * (cockpit.size.width - 4):
            cockpit.tell(said)
            return
        from cockpit.ui.kit.facts import FactsScreen

        cockpit.push_screen(
            FactsScreen(
                _("why here"),
                [(_("Heat"), f"{heat} = {reasons}"), *([(_("Pace"), slow)] if slow else [])],
                "",
            )
        )


@here(
    "alert.seen", "space", on={Kind.ALERT}, title=N_("seen"), several=True,
    help=N_("Somebody takes care of this alert: quiet until it is over or worse"),
)  # fmt: skip
def seen(cockpit: Cockpit, place: Place) -> None:
    """Ask who takes care of it."""
    from cockpit.ui.alerts import questions

    alerts = chosen(place)
    if alerts:
        place.ask(questions.acknowledge(cockpit.workspace, alerts, place.unmark))


def chosen(place: Place) -> list[Alert]:
    """The alerts that are selected, else the one under the cursor."""
    return [target.data for target in place.selection() if isinstance(target.data, Alert)]


def nothing_to_write(_cockpit: Cockpit, target: Target) -> str:
    """What it asks for is no new record."""
    if isinstance(target.data, Alert) and target.data.made[0]:
        return ""
    return _("what it asks for is no new record: ⏎ opens what it is about")


@here(
    "alert.write", "c", on={Kind.ALERT}, title=N_("create"), why_not=nothing_to_write,
    help=N_("Write down the record that this alert asks for: a plan, a drill, a document"),
)  # fmt: skip
def write(cockpit: Cockpit, place: Place) -> None:
    """Ask for what the new record cannot do without; what it is about is known."""
    from cockpit.domain.registers import REGISTERS
    from cockpit.ui.records import questions

    data = place.target().data
    if isinstance(data, Alert):
        register, field = data.made
        place.ask(
            questions.create(
                cockpit.workspace, REGISTERS[register], cockpit.open_code, known={field: data.target}
            )
        )


@here(
    "alert.mute", "t", on={Kind.ALERT}, title=N_("mute"), help=N_("No word of this alert until a date"),
    several=True,
)  # fmt: skip
def mute(cockpit: Cockpit, place: Place) -> None:
    """Ask until when."""
    from cockpit.ui.alerts import questions

    alerts = chosen(place)
    if alerts:
        place.ask(questions.mute(cockpit.workspace, alerts, place.unmark))
