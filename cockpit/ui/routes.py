"""What each action of the registry does on the screen: ask in the bar, call a service, show what changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from cockpit import files
from cockpit.domain.alerts.alerts import Alert
from cockpit.domain.records.record import Register
from cockpit.domain.registers import REGISTERS
from cockpit.locale import _, pgettext
from cockpit.services.alerts import gather
from cockpit.services.changes import undoing
from cockpit.services.desk import links, refusal
from cockpit.services.promises.open import SlaRow
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.records.history import describe
from cockpit.services.work import escalation, moves
from cockpit.services.work.rows import BlockerRow
from cockpit.ui import service_deeds
from cockpit.ui.audits import actions, handover_actions
from cockpit.ui.kit import veil
from cockpit.ui.kit.picture import picture
from cockpit.ui.kit.place import Place, Target
from cockpit.ui.kit.theme import THEMES
from cockpit.ui.meetings import actions as live_deeds
from cockpit.ui.meetings import ritual_actions
from cockpit.ui.messages import questions as about_inbox
from cockpit.ui.morning import actions as review_deeds
from cockpit.ui.organisation import actions as organisation_deeds
from cockpit.ui.organisation import contract_questions
from cockpit.ui.providers import actions as provider_deeds
from cockpit.ui.providers import questions as about_providers
from cockpit.ui.records import questions as about_records
from cockpit.ui.records import table_actions
from cockpit.ui.spreadsheets import actions as file_deeds
from cockpit.ui.widgets.rows import Rows
from cockpit.ui.work import decision_questions, priority_questions, rows
from cockpit.ui.work import questions as work_questions

if TYPE_CHECKING:
    from cockpit.domain.agenda.slots import Slot
    from cockpit.ui.app import CockpitApp

Deed = Callable[["CockpitApp", Place], None]


def _new(kind: str, app: CockpitApp, place: Place) -> None:
    code = place.target().code
    # A decision made on an escalated blocker is the one that ends its escalation.
    settles = kind == "decision" and code.startswith("B-") and bool(escalation.open_of(app.workspace, code))
    text = pgettext("typed", "blocks:{code} ").format(code=code) if settles else ""
    place.ask(work_questions.new_record(app.workspace, kind, REGISTERS[kind], text))


def _done(app: CockpitApp, place: Place) -> None:
    code = place.target().code
    moves.done(app.workspace, [code])
    app.done(_("{code} done · u undoes").format(code=code))


def _ask(question: Callable[..., object], app: CockpitApp, place: Place) -> None:
    place.ask(question(app.workspace, place.target().code))  # type: ignore[arg-type]


def _why(app: CockpitApp, place: Place) -> None:
    data = place.target().data
    code = place.target().code
    if not isinstance(data, Alert | BlockerRow):
        data = next((row for row in app.board.blockers if row.record.code == code), None)
    if isinstance(data, Alert):
        app.tell(gather.next_step(data, app.board.names, app.workspace.actor))
    if isinstance(data, BlockerRow):
        heat = rows.points(data.heat.total)
        reasons = rows.heat_reasons(data.heat)
        app.tell(_("{code}, heat {heat} = {reasons}").format(code=code, heat=heat, reasons=reasons))


def _join(app: CockpitApp, place: Place) -> None:
    data = place.target().data
    address = data.url if isinstance(data, ProviderLine) else links.of_event(getattr(data, "event", None))
    shown = links.open_in_browser(address)
    app.tell(_("opened {host}").format(host=shown) if shown else _("there is no link to open here"))


def _create(app: CockpitApp, place: Place) -> None:
    from cockpit.ui.organisation.screen import OrganisationScreen

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
    old = undoing.old_change(app.workspace)
    if old:
        place.ask(about_records.undo_old(old, partial(_take_back, app, place)))
    else:
        app.done(_take_back(app, place))


def _take_back(app: CockpitApp, place: Place) -> str:
    entries = app.workspace.undo()
    if not entries:
        return _("nothing to undo")
    place.call_after_refresh(place.follow, entries[0].code)
    return _("undone: {what} · U does it again").format(what=describe(entries))


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
    files.write(path, picture(app))
    app.tell(_("picture saved: {path}").format(path=path))


def _find(app: CockpitApp, place: Place) -> None:
    from cockpit.ui.kit.palette import RecordsProvider

    app.search_with([RecordsProvider], _("Find a record: words, accents or not"))


def _palette(app: CockpitApp, place: Place) -> None:
    from cockpit.ui.kit.palette import ActionsProvider, RecordsProvider

    app.search_with([ActionsProvider, RecordsProvider], _("Any action or record"))


def _help(app: CockpitApp, place: Place) -> None:
    from cockpit.ui.kit.help import HelpScreen

    app.push_screen(HelpScreen(app.actions, place.target().kinds))


def _edit(app: CockpitApp, place: Place) -> None:
    place.query_one("#fields", Rows).action_open()


def open_target(app: CockpitApp, target: Target) -> None:
    """Open the page of a record; say in a line what has none."""
    from cockpit.ui.kit.facts import FactsScreen
    from cockpit.ui.records.screen import DetailScreen
    from cockpit.ui.week.facts_of import facts_of

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
    except refusal.UnknownCode:
        app.tell(_("there is nothing more to show here"))


def _open_clock(app: CockpitApp, code: str) -> None:
    from cockpit.services.promises import clock_view
    from cockpit.ui.promises.screen import ClockScreen

    found = clock_view.view(app.workspace.shown, code)
    if found is not None:
        app.push_screen(ClockScreen(found))


def _open_provider(app: CockpitApp, key: str) -> None:
    from cockpit.services.providers import page
    from cockpit.ui.providers.screen import ProviderScreen

    found = page.view(app.workspace.shown, key)
    if found is not None:
        app.push_screen(ProviderScreen(found))


def _free_slot(app: CockpitApp, place: Place) -> None:
    from cockpit.services.agenda import slots
    from cockpit.services.desk import dates
    from cockpit.ui.week import questions as about_time
    from cockpit.ui.week.screen import WeekScreen
    from cockpit.ui.week.slots import SlotsScreen

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
    from cockpit.services.agenda import feed_facts
    from cockpit.ui.kit.facts import FactsScreen

    listed = [
        fact
        for feed in app.board.feeds
        for fact in ((feed.name, feed.key), *feed_facts.of_feed(app.workspace, feed), ("", ""))
    ]
    app.push_screen(FactsScreen(_("Agendas"), listed or [("", _("No agenda yet."))], ""))


def _zone(app: CockpitApp, place: Place) -> None:
    from cockpit.ui.week import questions as about_time

    place.ask(about_time.zone(app.workspace))


DEEDS: dict[str, Deed] = {
    **live_deeds.DEEDS,
    **organisation_deeds.DEEDS,
    **actions.DEEDS,
    **handover_actions.DEEDS,
    **table_actions.DEEDS,
    **file_deeds.DEEDS,
    "blocker.add": partial(_new, "blocker"),
    "priority.add": partial(_new, "priority"),
    "decision.add": partial(_new, "decision"),
    "review.start": review_deeds.start,
    "review.seen": review_deeds.seen,
    "review.all_seen": review_deeds.all_seen,
    "prepare.line": review_deeds.prepare,
    "work.done": _done,
    "contract.decide": partial(_ask, contract_questions.decide),
    "work.snooze": partial(_ask, work_questions.snooze),
    "work.delegate": partial(_ask, work_questions.delegate),
    "work.wait": partial(_ask, work_questions.wait),
    "work.next": partial(_ask, work_questions.next_step),
    "work.escalate": service_deeds.escalate,
    "clock.answer": service_deeds.answer,
    "clock.pause": service_deeds.pause,
    "clock.remind": service_deeds.remind,
    "decision.arbitrate": partial(_ask, decision_questions.arbitrate),
    "decision.supersede": partial(_ask, decision_questions.supersede),
    "priority.pick": priority_questions.pick,
    "ritual.held": ritual_actions.held,
    "ritual.shared": ritual_actions.shared,
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
