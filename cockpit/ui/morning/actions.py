"""What the actions of the morning review do on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.locale import _
from cockpit.services.morning import prepared_lines
from cockpit.services.morning.news import News
from cockpit.ui.kit.place import Place
from cockpit.ui.widgets.entry_bar import Question

if TYPE_CHECKING:
    from cockpit.services.desk.workspace import Workspace
    from cockpit.ui.app import CockpitApp


def start(app: CockpitApp, place: Place) -> None:
    """Begin the review, or go on where it was left."""
    from cockpit.ui.morning.screen import MorningReview, opened

    if any(isinstance(screen, MorningReview) for screen in app.screen_stack):
        while not isinstance(app.screen, MorningReview):
            app.pop_screen()
        return
    app.push_screen(MorningReview(opened(app.workspace, app.board)))


def seen(app: CockpitApp, place: Place) -> None:
    """This news is seen, or not after all."""
    from cockpit.ui.morning.screen import MorningReview

    data = place.target().data
    if isinstance(place, MorningReview) and isinstance(data, News):
        place.mark(data)


def all_seen(app: CockpitApp, place: Place) -> None:
    """Every news is seen, those that are left out too."""
    from cockpit.ui.morning.screen import MorningReview

    if isinstance(place, MorningReview):
        place.mark_all()


def prepare(app: CockpitApp, place: Place) -> None:
    """A line about what the cursor is on, for the review of today."""
    place.ask(line_about(app.workspace, place.target().code))


def line_about(workspace: Workspace, code: str) -> Question:
    """What the chief executive should know of it."""
    known = prepared_lines.prepared(workspace).lines.get(code)

    def accept(text: str) -> str:
        if not text.strip() and known is None:
            return ""
        prepared_lines.prepare(workspace, code, text)
        return _("{code} prepared · u undoes").format(code=code)

    return Question(
        place=f"prepare:{code}", title=_("line on {code} for the review").format(code=code), accept=accept,
        text=known.line if known else "",
    )  # fmt: skip
