"""What keys do wherever one is: take back, find, read, go, see, leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cockpit import files
from cockpit.locale import N_, _
from cockpit.services.desk import links, refusal
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.ui.kit.actions import Actions, Deed
from cockpit.ui.kit.kinds import ALWAYS, Kind

if TYPE_CHECKING:
    from cockpit.ui.kit.host import Cockpit, Target
    from cockpit.ui.kit.place import Place

here = Actions()
_HAS_ITS_OWN = frozenset({Kind.ASK, Kind.SETTINGS})
"""A guided form and the settings take back what was said there, and nothing else."""


def nothing_to_undo(cockpit: Cockpit, target: Target) -> str:
    """Nothing was done that can be taken back. A guided form takes back its own answers."""
    return "" if _HAS_ITS_OWN & target.kinds or cockpit.can_undo else _("nothing to undo")


def nothing_to_redo(cockpit: Cockpit, target: Target) -> str:
    """Nothing was taken back."""
    return "" if _HAS_ITS_OWN & target.kinds or cockpit.can_redo else _("nothing to do again")


def no_source(cockpit: Cockpit, _target: Target) -> str:
    """There is nothing to read."""
    settings = cockpit.workspace.settings
    if settings.agendas or settings.statuses or settings.figures or settings.inbox.is_open:
        return ""
    return _("no source to read: R adds an agenda or a status page")


def no_link(_cockpit: Cockpit, target: Target) -> str:
    """There is no page and no call."""
    return "" if _address(target) else _("there is no link to open here")


def _address(target: Target) -> str:
    data = target.data
    return data.url if isinstance(data, ProviderLine) else links.of_event(getattr(data, "event", None))


def unmoved(cockpit: Cockpit, target: Target) -> str:
    """The demonstration has no configuration to write into."""
    if cockpit.workspace.stands_at is not None:
        return str(refusal.in_the_past(cockpit.workspace.stands_at))
    return _("this is a demonstration: nothing is written") if cockpit.is_demo else ""


@here(
    "link.open", "o", on={Kind.EVENT, Kind.PROVIDER}, title=N_("join"), leads=True, why_not=no_link,
    help=N_("Open the link of the call or of the status page"),
)  # fmt: skip
def join(cockpit: Cockpit, place: Place) -> None:
    """Open the call or the page of what is under the cursor in the browser."""
    host = links.open_in_browser(_address(place.target()))
    cockpit.tell(_("opened {host}").format(host=host) if host else _("there is no link to open here"))


@here(
    "address.take", "h", on={Kind.MOVED}, title=N_("new address"), leads=True, why_not=unmoved,
    help=N_("Take the new address of an agenda or of a status page whose server says that it has moved"),
)  # fmt: skip
def take_address(cockpit: Cockpit, place: Place) -> None:
    """Try the new address of a source while the screen goes on, and write it into the configuration."""
    from cockpit.ui.kit.moving import AddressElsewhere, take, that_moved

    data = place.target().data
    if isinstance(data, AddressElsewhere):
        data.take()
        return

    moved = that_moved(cockpit.board, place.target())
    if moved is not None:
        take(cockpit, moved)


@here("undo", "u", on=ALWAYS, title=N_("undo"), help=N_("Take back the last change"), why_not=nothing_to_undo)
def undo(cockpit: Cockpit, place: Place) -> None:
    """Take back what was said here and is not written yet, else my last change: asked first when it is old."""
    from cockpit.services.changes import undoing
    from cockpit.services.records.history import describe
    from cockpit.ui.everywhere.questions import undo_old

    if place.has_own_undo:
        cockpit.tell(
            _("the last answer is taken back") if place.take_back() else _("nothing to take back here")
        )
        return

    def take_back() -> str:
        entries = cockpit.workspace.undo()
        if not entries:
            return _("nothing to undo")
        place.call_after_refresh(place.follow, entries[0].code)
        return _("undone: {what} · U does it again").format(what=describe(entries))

    old = undoing.old_change(cockpit.workspace)
    if old:
        place.ask(undo_old(old, take_back))
    else:
        cockpit.done(take_back())


@here(
    "redo", "U, shift+u", on=ALWAYS, title=N_("redo"), help=N_("Do again what was taken back"), shown=False,
    why_not=nothing_to_redo,
)  # fmt: skip
def redo(cockpit: Cockpit, place: Place) -> None:
    """Do again what I took back last."""
    from cockpit.services.records.history import describe

    if place.has_own_undo:
        cockpit.tell(_("done again") if place.do_again() else _("nothing to do again here"))
        return
    entries = cockpit.workspace.redo()
    told = _("done again: {what}").format(what=describe(entries)) if entries else ""
    cockpit.done(told or _("nothing to do again"))
    if entries:
        place.follow(entries[0].code)


@here("find", "f7", title=N_("find"), help=N_("Find a record by its words, accents or not"))
def find(cockpit: Cockpit, place: Place) -> None:
    """Open the palette on the records."""
    from cockpit.ui.everywhere.palette import RecordsProvider

    cockpit.search_with([RecordsProvider], _("Find a record: words, accents or not"))


@here("sync", "s", title=N_("sync"), help=N_("Read every agenda and status page now"), why_not=no_source)
def sync(cockpit: Cockpit, place: Place) -> None:
    """Read at once what else is read when it is due."""
    if not cockpit.sync_now():
        cockpit.tell(_("no source to read: R adds an agenda or a status page"))


@here(
    "view.next", "semicolon", on={Kind.VIEWS}, title=N_("next view"),
    help=N_("The next view of this place"),
)  # fmt: skip
def next_view(_cockpit: Cockpit, place: Place) -> None:
    """The view after this one, round at the end."""
    place.go_beside(1)


@here(
    "view.previous", "comma", on={Kind.VIEWS}, title=N_("view before"), shown=False,
    help=N_("The view of this place before this one"),
)  # fmt: skip
def previous_view(_cockpit: Cockpit, place: Place) -> None:
    """The view before this one, round at the end."""
    place.go_beside(-1)


def _number(number: int) -> Deed:
    def go(_cockpit: Cockpit, place: Place) -> None:
        place.go_number(number)

    return go


for _at, _keys in enumerate(
    ("1, ampersand", "2, é", "3, quotation_mark", "4, apostrophe", "5, left_parenthesis", "6, minus", "7, è",
     "8, underscore"), 1,
):  # fmt: skip
    here(
        f"number.{_at}", _keys, on={Kind.PANES, Kind.VIEWS}, shown=False,
        title=N_("pane or view"), help=N_("The pane or the view with that number"),
    )(_number(_at))  # fmt: skip


@here("go.cockpit", "f1", title=N_("Cockpit"), help=N_("The cockpit"), shown=False)
def go_cockpit(cockpit: Cockpit, place: Place) -> None:
    """Place 1."""
    _go("cockpit", cockpit, place)


@here("go.week", "f2", title=N_("Week"), help=N_("The week's agenda, hour by hour"), shown=False)
def go_week(cockpit: Cockpit, place: Place) -> None:
    """Place 2."""
    _go("week", cockpit, place)


@here(
    "go.organisation", "f3", title=N_("Organisation"), shown=False,
    help=N_("Functions, people, providers, contracts, rituals"),
)  # fmt: skip
def go_organisation(cockpit: Cockpit, place: Place) -> None:
    """Place 3; its next view when one is there already."""
    _go("organisation", cockpit, place)


@here(
    "go.signals", "f4", title=N_("Signals"), shown=False,
    help=N_("Weak signals, their proof, and the three gauges"),
)  # fmt: skip
def go_signals(cockpit: Cockpit, place: Place) -> None:
    """Place 4."""
    _go("signals", cockpit, place)


@here(
    "go.journal", "f5", title=N_("Journal"), help=N_("Everything that was changed, by whom"),
    shown=False,
)  # fmt: skip
def go_journal(cockpit: Cockpit, place: Place) -> None:
    """Place 5."""
    _go("journal", cockpit, place)


@here(
    "go.documents", "f6", title=N_("Documents"), shown=False,
    help=N_("What leaves the house: manual, report, sale file, with what they lack"),
)  # fmt: skip
def go_documents(cockpit: Cockpit, place: Place) -> None:
    """Place 6."""
    _go("documents", cockpit, place)


def _go(name: str, cockpit: Cockpit, place: Place) -> None:
    if name == place.NAME and place.again():
        return
    while len(cockpit.screen_stack) > 1:
        cockpit.pop_screen()
    cockpit.switch_mode(name)


@here(
    "veil", "v", title=N_("veil"), shown=False,
    help=N_("Hide what is above the level of the room while the screen is shared"),
)  # fmt: skip
def veil(cockpit: Cockpit, place: Place) -> None:
    """Hide what is restricted from the room, or show it again."""
    from cockpit.ui.everywhere.veil import toggle

    toggle(cockpit)


@here(
    "theme", "f9", on=ALWAYS, title=N_("theme"), shown=False,
    help=N_("Choose the colours: dark, light, dusk, high contrast, your own; each is seen before it is kept"),
)  # fmt: skip
def theme(cockpit: Cockpit, place: Place) -> None:
    """Open the list of themes; each is tried on what is in sight."""
    from cockpit.ui.everywhere.theme_screen import ThemeScreen

    cockpit.push_screen(ThemeScreen())


@here(
    "past.visit", "f10", title=N_("as it stood"), shown=False,
    help=N_("The cockpit as it stood at a past moment; nothing is written there"),
)  # fmt: skip
def visit_past(cockpit: Cockpit, place: Place) -> None:
    """Ask for the moment; none: back to now."""
    from cockpit.ui.everywhere import past

    place.ask(past.ask(cockpit))


@here(
    "past.earlier", "ctrl+left", title=N_("a day back"), shown=False,
    help=N_("The cockpit as it stood a day before what is shown"),
)  # fmt: skip
def a_day_back(cockpit: Cockpit, place: Place) -> None:
    """The same hour of the day before what is shown."""
    from cockpit.ui.everywhere import past

    past.by_days(cockpit, -1)


def not_in_the_past(cockpit: Cockpit, _target: Target) -> str:
    """What is shown is now."""
    return "" if cockpit.workspace.stands_at is not None else _("this is now")


@here(
    "past.later", "ctrl+right", title=N_("a day on"), shown=False, why_not=not_in_the_past,
    help=N_("A day later than the past that is shown, up to now"),
)  # fmt: skip
def a_day_on(cockpit: Cockpit, place: Place) -> None:
    """The same hour of the day after, or now."""
    from cockpit.ui.everywhere import past

    past.by_days(cockpit, 1)


@here(
    "screenshot", "f12", on=ALWAYS, title=N_("picture"), help=N_("Save a picture of the screen (SVG)"),
    shown=False,
)  # fmt: skip
def screenshot(cockpit: Cockpit, place: Place) -> None:
    """Save a picture of the screen, and say where."""
    from cockpit.ui.everywhere.picture import picture

    path = links.picture_path(cockpit.workspace)
    files.write(path, picture(cockpit))
    cockpit.tell(_("picture saved: {path}").format(path=path))


@here(
    "jump", "ctrl+o", on=ALWAYS, title=N_("jump"), shown=False,
    help=N_("A letter over each list and row in sight; the letter goes there"),
)  # fmt: skip
def jump(cockpit: Cockpit, place: Place) -> None:
    """Show a letter over everything that can be jumped to."""
    from cockpit.ui.everywhere import jump

    cockpit.push_screen(jump.JumpScreen(jump.targets(place)), jump.go)


@here("palette", "ctrl+p", title=N_("palette"), help=N_("Any action or record, by typing"), shown=False)
def palette(cockpit: Cockpit, place: Place) -> None:
    """Open the palette on everything."""
    from cockpit.ui.everywhere.palette import ActionsProvider, RecordsProvider, ViewsProvider

    cockpit.search_with([ActionsProvider, ViewsProvider, RecordsProvider], _("Any action or record"))


@here("help", "question_mark, f8", on=ALWAYS, title=N_("help"), help=N_("Every key"))
def show_help(cockpit: Cockpit, place: Place) -> None:
    """Show every key, those that work here first."""
    from cockpit.ui.everywhere.help import HelpScreen

    cockpit.push_screen(HelpScreen(cockpit.offered(place.target(), everything=True), cockpit.jobs()))


@here("quit", "q, ctrl+q", on=ALWAYS, title=N_("quit"), help=N_("Leave; everything is saved"), shown=False)
def leave(cockpit: Cockpit, place: Place) -> None:
    """Leave the program."""
    cockpit.exit()
