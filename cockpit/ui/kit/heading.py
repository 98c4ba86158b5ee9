"""The two lines at the top of every place: whose company, when, how it is; then the places and the pulse."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from cockpit.locale import _
from cockpit.services.boards import pulse
from cockpit.services.boards.board import Board
from cockpit.services.desk import dates
from cockpit.ui.kit import painted, visuals
from cockpit.ui.kit.host import Cockpit

PLACES = (
    ("cockpit", "F1", "go.cockpit"),
    ("week", "F2", "go.week"),
    ("organisation", "F3", "go.organisation"),
    ("signals", "F4", "go.signals"),
    ("journal", "F5", "go.journal"),
    ("documents", "F6", "go.documents"),
)
_COMPANY = 20
"""Cells that the company's name keeps beside what can give way; beside the hour and the alerts it keeps fewer."""
_TROUBLE = 38
"""Cells that one trouble takes at most, so that a second one and what is next are seen too."""
_BESIDE = 30
"""Cells of the worst trouble beside something else that is said."""
_PULSE = 44
"""Cells that the pulse needs beside the names of the places: with less, they are numbers."""


def first_line(app: Cockpit, board: Board, width: int) -> Content:
    """Company, day and hour; then the gauges, the alerts and how fresh all is, as far as there is room.

    The hour and the alerts never leave it, whatever the company is called.
    """
    demo, veiled, nameless = _("DEMO"), _("VEIL"), _("no company yet")
    reading = "" if app.workspace.writes else _("READ ONLY")
    if app.workspace.stands_at is not None:
        reading = _("AS IT STOOD")
    seat = "" if app.workspace.seat is None or reading else app.workspace.seat.person
    head = Content.assemble(
        (" COCKPIT ", "bold $accent"),
        (f" {demo} " if app.is_demo else "", "bold reverse $warning"),
        " " if app.is_demo else "",
        (f" {reading} " if reading else "", "bold reverse $accent"),
        (f"{seat} " if seat and width >= 100 else "", visuals.MUTED),
        (f"{_beside(app)} " if app.others and width >= 100 else "", "$accent"),
        (f" ▒ {veiled} " if app.workspace.is_drawn else "", "bold reverse $accent"),
    )
    city = f" {_city(board.at)}" if app.workspace.is_travelling else ""
    week = f" · {dates.week_number(board.day)}" if width >= 100 else ""
    when = Content.assemble(
        (f" · {dates.day_and_month(board.day)}{week} · ", visuals.MUTED),
        (f"{board.at:%H:%M}", "bold"),
        (city, "bold $warning"),
    )
    alerts = painted.pieces(pulse.asking(board), width)
    note = Content.styled(app.sync_note, "$error" if app.sync_failed else visuals.MUTED)
    name = Content.styled(board.company or nameless, "bold")
    kept = min(_COMPANY, name.cell_length)
    right, room = alerts, width - head.cell_length - when.cell_length - alerts.cell_length - kept - 4
    for part in (note, painted.gauges(board, max(0, room - note.cell_length - 4))):
        if part and part.cell_length + 2 <= room:
            right = Content("  ").join([each for each in (part, right) if each])
            room -= part.cell_length + 2
    name = name.truncate(max(4, room + kept), ellipsis=True)
    return visuals.spread(width, head + name + when, right + Content(" "))


def _beside(app: Cockpit) -> str:
    """Who else is here: whoever is in a meeting first."""
    busy = [
        _("{who}: {meeting}").format(who=each.who, meeting=each.meeting)
        for each in app.others
        if each.meeting
    ]
    idle = [each.who for each in app.others if not each.meeting]
    rest = len(app.others) - 1
    return f"◦ {(busy or idle)[0]}" + (f" + {rest}" if rest else "")


def second_line(
    app: Cockpit, board: Board, width: int, place: str, said: Content, *, beside: bool = False
) -> Content:
    """The places one can go, and what is said now: the pulse, unless there is something else to say.

    What is only said `beside` the pulse, such as how one moves, is cut before the worst trouble is.
    """
    tabs = _tabs(app, place, whole=True)
    worst = next((_short(words, _BESIDE) for words in pulse.troubles(board)), Content(""))
    if said and beside and worst:
        said = Content("  ").join([worst, said])
        if tabs.cell_length + said.cell_length + 2 > width:
            tabs = _tabs(app, place, whole=False)
        return visuals.spread(
            width, tabs, said.truncate(max(0, width - tabs.cell_length - 2), ellipsis=True) + " "
        )
    if said:
        if tabs.cell_length + said.cell_length + 2 > width:
            tabs = _tabs(app, place, whole=False)
        if tabs.cell_length + said.cell_length + 2 > width:
            # What must be read takes the place of the places' names.
            return (Content(" ") + said).truncate(width, ellipsis=True)
        return visuals.spread(width, tabs, said + Content(" "))
    if width - tabs.cell_length < _PULSE:
        tabs = _tabs(app, place, whole=False)
    return visuals.spread(width, tabs, _pulse(board, width - tabs.cell_length - 2) + Content(" "))


def _tabs(app: Cockpit, place: str, *, whole: bool) -> Content:
    return Content("").join(
        Content.styled(
            f" {key} {_(title)} " if whole or name == place else f" {key} ",
            "bold reverse" if name == place else visuals.MUTED,
        ).stylize(f"@click=app.do({action!r})")
        for (name, key, action), title in zip(PLACES, app.place_titles, strict=True)
    )


def _pulse(board: Board, width: int) -> Content:
    """The worst trouble, what is next as far as there is room, then as many more troubles as fit."""
    # A hundred may hold; those that fit are drawn.
    troubles = (_short(words, width) for words in pulse.troubles(board))
    worst = next(troubles, Content(""))
    coming = painted.pieces(pulse.coming(board), width)
    coming = coming.truncate(max(0, min(_TROUBLE, width - worst.cell_length - 2)), ellipsis=True)
    shown = worst
    for trouble in troubles:
        if shown.cell_length + trouble.cell_length + coming.cell_length + 4 > width:
            break
        shown = Content("  ").join([shown, trouble])
    return Content("  ").join([each for each in (shown, coming) if each])


def _short(words: pulse.Trouble, width: int) -> Content:
    """A trouble in few cells: what it is about is cut, never how bad it is."""
    sign, about, *figure = (painted.pieces((piece,), width) for piece in words)
    rest = Content("").join(figure)
    room = max(8, min(_TROUBLE, width) - sign.cell_length - rest.cell_length)
    return sign + about.truncate(room, ellipsis=True) + rest


def _city(at: datetime) -> str:
    """The city of an instant's time zone, as a person calls it."""
    return str(at.tzinfo).rpartition("/")[2].replace("_", " ")
