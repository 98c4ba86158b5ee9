"""What keys do to the morning review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit.locale import N_
from cockpit.ui.kit.actions import Actions, on_part
from cockpit.ui.kit.kinds import Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit
    from cockpit.ui.kit.place import Place
    from cockpit.ui.morning.screen import MorningReview

here = Actions()


@here(
    "review.start", "m", title=N_("review"),
    help=N_("The morning review: begin it, or go on where it was left"),
)  # fmt: skip
def start(cockpit: Cockpit, place: Place) -> None:
    """Begin the review, or go on where it was left."""
    from cockpit.ui.morning.screen import MorningReview, opened

    if any(isinstance(screen, MorningReview) for screen in cockpit.screen_stack):
        while not isinstance(cockpit.screen, MorningReview):
            cockpit.pop_screen()
        return
    cockpit.push_screen(MorningReview(opened(cockpit.workspace, cockpit.board)))


@on_part
def _on_review(place: Place) -> MorningReview | None:
    from cockpit.ui.morning.screen import MorningReview

    return place if isinstance(place, MorningReview) else None


@here(
    "review.seen", "space", on={Kind.NEWS}, title=N_("seen"), leads=True,
    help=N_("This news is seen; again: it is not"),
)  # fmt: skip
@_on_review
def seen(review: MorningReview) -> None:
    """This news is seen, or not after all."""
    review.mark()


@here("review.all_seen", "t", on={Kind.NEWS}, title=N_("all seen"), leads=True, help=N_("Every news is seen"))
@_on_review
def all_seen(review: MorningReview) -> None:
    """Every news is seen, those that are left out too."""
    review.mark_all()
