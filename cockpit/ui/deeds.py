"""What each action of the registry does on the screen: ask in the bar, call a service, show what changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from cockpit.domain.alerts import Alert
from cockpit.domain.record import Register
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _
from cockpit.services import alerts, escalation, links, work
from cockpit.services.history import describe
from cockpit.services.rows import BlockerRow, ProviderLine, SlaRow
from cockpit.ui import (
    about_contracts,
    about_decisions,
    about_inbox,
    about_priorities,
    about_providers,
    about_records,
    ask_deeds,
    file_deeds,
    handover_deeds,
    live_deeds,
    organisation_deeds,
    provider_deeds,
    questions,
    register_deeds,
    review_deeds,
    ritual_deeds,
    service_deeds,
    veil,
    visuals,
)
from cockpit.ui.picture import picture
from cockpit.ui.screens.place import Place, Target
from cockpit.ui.theme import THEMES
from cockpit.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from cockpit.domain.slots import Slot
    from cockpit.ui.app import CockpitApp

Deed = Callable[["CockpitApp", Place], None]


def _new(kind: str, app: CockpitApp, place: Place) -> None:
    code = place.target().code
    # A decision made on an escalated blocker is the one that ends its escalation.
    settles = kind == "decision" and code.startswith("B-") and bool(escalation.open_of(app.workspace, code))
    text = _("blocks:{code} |typed").partition("|")[0].format(code=code) if settles else ""
    place.ask(questions.new_record(app.workspace, kind, REGISTERS[kind], text))


def _done(app: CockpitApp, place: Place) -> None:
    code = place.target().code
    work.done(app.workspace, [code])
    app.done(_("{code} done · u undoes").format(code=code))


def _ask(question: Callable[..., object], app: CockpitApp, place: Place) -> None:
    place.ask(question(app.workspace, place.target().code))  # type: ignore[arg-type]


def _why(app: CockpitApp, place: Place) -> None:
    data = place.target().data
    code = place.target().code
    if not isinstance(data, Alert | BlockerRow):
        data = next((row for row in app.board.blockers if row.record.code == code), None)
    if isinstance(data, Alert):
        app.tell(alerts.next_step(data, app.board.names, app.workspace.actor))
    if isinstance(data, BlockerRow):
        heat = visuals.points(data.heat.total)
        reasons = visuals.heat_reasons(data.heat)
        app.tell(_("{code}, heat {heat} = {reasons}").format(code=code, heat=heat, reasons=reasons))


def _join(app: CockpitApp, place: Place) -> None:
    data = place.target().data
    address = data.url if isinstance(data, ProviderLine) else links.of_event(getattr(data, "event", None))
    shown = links.open_in_browser(address)
    app.tell(_("opened {host}").format(host=shown) if shown else _("there is no link to open here"))


def _create(app: CockpitApp, place: Place) -> None:
    from cockpit.ui.screens.organisation import OrganisationScreen

    register = place.target().data
    if isinstance(register, Register) and register.name == "decision":
        _new("decision", app, place)
    elif isinstance(register, Register):
        known = place.view.given() if isinstance(place, OrganisationScreen) and place.view else {}
        place.ask(about_records.create(app.workspace, register, app.open_code, known=known))


def _undo(app: CockpitApp, place: Place) -> None:
    if place.has_own_undo:
        app.tell(_("the last answer is taken back") if place.take_back() else _("nothing to take back here"))
        return
    entries = app.workspace.undo()
    told = _("undone: {what} · U does it again").format(what=describe(entries)) if entries else ""
    app.done(told or _("nothing to undo"))
    if entries:
        place.follow(entries[0].code)


def _redo(app: CockpitApp, place: Place) -> None:
    if place.has_own_undo:
        app.tell(_("nothing to do again here"))
        return
    entries = app.workspace.redo()
    told = _("done again: {what}").format(what=describe(entries)) if entries else ""
    app.done(told or _("nothing to do again"))
    if entries:
        place.follow(entries[0].code)


def _sync(app: CockpitApp, place: Place) -> None:
    if not app.sync.now():
        app.tell(_("no source to read: add [[agenda]] and [[status]] to config.toml, or run cockpit init"))


def _go(mode: str, app: CockpitApp, place: Place) -> None:
    while len(app.screen_stack) > 1:
        app.pop_screen()
    app.switch_mode(mode)


def _theme(app: CockpitApp, place: Place) -> None:
    names = [theme.name for theme in THEMES]
    at = names.index(app.theme) if app.theme in names else -1
    app.theme = names[(at + 1) % len(names)]


def _screenshot(app: CockpitApp, place: Place) -> None:
    path = links.picture_path(app.workspace)
    path.write_text(picture(app), encoding="utf-8")
    app.tell(_("picture saved: {path}").format(path=path))


def _find(app: CockpitApp, place: Place) -> None:
    from cockpit.ui.palette import RecordsProvider

    app.search_with([RecordsProvider], _("Find a record: words, accents or not"))


def _palette(app: CockpitApp, place: Place) -> None:
    from cockpit.ui.palette import ActionsProvider, RecordsProvider

    app.search_with([ActionsProvider, RecordsProvider], _("Any action or record"))


def _help(app: CockpitApp, place: Place) -> None:
    from cockpit.ui.screens.help import HelpScreen

    app.push_screen(HelpScreen(app.actions, place.target().kinds))


def _edit(app: CockpitApp, place: Place) -> None:
    place.query_one("#fields", Rows).action_open()


def open_target(app: CockpitApp, target: Target) -> None:
    """Open the page of a record; say in a line what has none."""
    from cockpit.ui.screens.detail import DetailScreen
    from cockpit.ui.screens.facts import FactsScreen, facts_of

    if isinstance(target.data, ProviderLine) or target.code.startswith("status:"):
        _open_provider(app, target.code.removeprefix("status:"))
        return
    if isinstance(target.data, SlaRow) or target.code.startswith("CK-"):
        _open_clock(app, target.data.record.code if isinstance(target.data, SlaRow) else target.code)
        return
    found = facts_of(app.workspace.shown, target, app.board)
    if found is not None:
        app.push_screen(FactsScreen(*found))
        return
    try:
        app.push_screen(DetailScreen(app.workspace.shown, target.code))
    except work.UnknownCode:
        app.tell(_("there is nothing more to show here"))


def _open_clock(app: CockpitApp, code: str) -> None:
    from cockpit.services import clock_view
    from cockpit.ui.screens.clock import ClockScreen

    found = clock_view.view(app.workspace.shown, code)
    if found is not None:
        app.push_screen(ClockScreen(found))


def _open_provider(app: CockpitApp, key: str) -> None:
    from cockpit.services import provider_view
    from cockpit.ui.screens.provider import ProviderScreen

    found = provider_view.view(app.workspace.shown, key)
    if found is not None:
        app.push_screen(ProviderScreen(found))


def _free_slot(app: CockpitApp, place: Place) -> None:
    from cockpit.services import dates, slots
    from cockpit.ui import about_time
    from cockpit.ui.screens.slots import SlotsScreen
    from cockpit.ui.screens.week import WeekScreen

    def show(found: slots.Found) -> None:
        def chosen(slot: Slot | None) -> None:
            if slot is None:
                return
            when = f"{dates.long_date(slot.start.date())} {slot.start:%H:%M}"
            app.copy_to_clipboard(slots.in_one_line(slot, when, found.people))
            if isinstance(place, WeekScreen):
                place.propose(slot)
            app.tell(_("copied: {text}").format(text=slots.in_one_line(slot, when, found.people)))

        app.push_screen(SlotsScreen(found), chosen)

    place.ask(about_time.free_slot(app.workspace, show))


def _feeds(app: CockpitApp, place: Place) -> None:
    from cockpit.services import facts
    from cockpit.ui.screens.facts import FactsScreen

    listed = [
        fact
        for feed in app.board.feeds
        for fact in ((feed.name, feed.key), *facts.of_feed(app.workspace, feed), ("", ""))
    ]
    app.push_screen(FactsScreen(_("Agendas"), listed or [("", _("No agenda yet."))], ""))


def _zone(app: CockpitApp, place: Place) -> None:
    from cockpit.ui import about_time

    place.ask(about_time.zone(app.workspace))


DEEDS: dict[str, Deed] = {
    **live_deeds.DEEDS,
    **organisation_deeds.DEEDS,
    **ask_deeds.DEEDS,
    **handover_deeds.DEEDS,
    **register_deeds.DEEDS,
    **file_deeds.DEEDS,
    "blocker.add": partial(_new, "blocker"),
    "priority.add": partial(_new, "priority"),
    "decision.add": partial(_new, "decision"),
    "review.start": review_deeds.start,
    "review.seen": review_deeds.seen,
    "review.all_seen": review_deeds.all_seen,
    "prepare.line": review_deeds.prepare,
    "work.done": _done,
    "contract.decide": partial(_ask, about_contracts.decide),
    "work.snooze": partial(_ask, questions.snooze),
    "work.delegate": partial(_ask, questions.delegate),
    "work.wait": partial(_ask, questions.wait),
    "work.next": partial(_ask, questions.next_step),
    "work.escalate": service_deeds.escalate,
    "clock.answer": service_deeds.answer,
    "clock.pause": service_deeds.pause,
    "clock.remind": service_deeds.remind,
    "decision.arbitrate": partial(_ask, about_decisions.arbitrate),
    "decision.supersede": partial(_ask, about_decisions.supersede),
    "priority.pick": about_priorities.pick,
    "ritual.held": ritual_deeds.held,
    "ritual.shared": ritual_deeds.shared,
    "rank.why": _why,
    "alert.seen": service_deeds.seen,
    "alert.mute": service_deeds.mute,
    "statement.block": service_deeds.make_blocker,
    "statement.alert": service_deeds.make_alert,
    "statement.note": partial(_ask, about_inbox.note),
    "statement.refuse": partial(_ask, about_inbox.refuse),
    "statement.thank": service_deeds.thank,
    "outbox": service_deeds.outbox,
    "link.open": _join,
    "provider.acknowledge": partial(provider_deeds.say, about_providers.acknowledge, "acknowledged"),
    "provider.mute": partial(provider_deeds.say, about_providers.mute, "muted"),
    "provider.problem": partial(provider_deeds.say, about_providers.problem, "problem"),
    "provider.exchange": partial(provider_deeds.say, about_providers.exchange, ""),
    "provider.colour": provider_deeds.colour,
    "provider.add": provider_deeds.add,
    "field.edit": _edit,
    "record.create": _create,
    "undo": _undo,
    "redo": _redo,
    "find": _find,
    "sync": _sync,
    "go.cockpit": partial(_go, "cockpit"),
    "go.week": partial(_go, "week"),
    "go.journal": partial(_go, "journal"),
    "agenda.feeds": _feeds,
    "slots.find": _free_slot,
    "zone": _zone,
    "veil": veil.toggle,
    "theme": _theme,
    "screenshot": _screenshot,
    "palette": _palette,
    "help": _help,
    "quit": lambda app, place: app.exit(),
}
