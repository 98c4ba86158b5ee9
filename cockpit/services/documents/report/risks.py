"""The chapter *risks*: moves on the matrix, signals, promises of service, continuity, incidents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property

from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.documents.publication import Chapter, DataTable, TableCell, ToComplete
from cockpit.domain.organisation import risk_matrix
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.drill import Drill
from cockpit.domain.registers.risk import Risk
from cockpit.domain.signals.every import SIGNALS
from cockpit.domain.signals.score import WEEK, SignalState
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.documents.report.lines import MonthView, ReportPart, ReportUnit, days_kept
from cockpit.services.organisation import risks as risk_words
from cockpit.services.promises import kept
from cockpit.services.signals import listing, words
from cockpit.services.signals.state_words import STATES
from cockpit.store.outside import provider_history
from cockpit.store.past import Past
from cockpit.store.state import scores
from cockpit.store.state.scores import Kept


class Risks:
    """The risks of a month."""

    def __init__(self, view: MonthView) -> None:
        self.view, self.conn = view, view.workspace.conn

    def part(self) -> ReportPart:
        """The chapter and its figures."""
        view = self.view
        kept_days = view.kept(view.month) if view.span(view.month) else None
        lines = (
            view.line("promises_kept", _("Promises of service kept, %"), ReportUnit.PERCENT, self._kept,
                      complete=kept_days, source=_("clocks judged in the month"), rule=days_kept()),
            view.line("signals_raised", _("Signals raised at its end"), ReportUnit.COUNT, self._raised,
                      complete=self._measured(),
                      source=self._of_week(), rule=_("signals with enough data")),
            view.line("continuity", _("Critical functions ready to go on, %"), ReportUnit.PERCENT, self._ready,
                      complete=self._measured("S17"), source=_("S17, {week}").format(week=self._of_week()),
                      rule=_("whether there was enough data")),
            view.line("incidents", _("Incidents of providers"), ReportUnit.COUNT, self._incidents,
                      complete=kept_days, source=_("their status pages, as read"), rule=days_kept()),
        )  # fmt: skip
        tables = (self._moves(), self._signals(), self._promises(), self._drills(), self._incident_table())
        return ReportPart(lines, Chapter("risks", _("Risks"), tables, tuple(self._gaps())))

    def _kept(self, month: ReportMonth) -> float | None:
        span = self.view.span(month)
        found = kept.between(self.view.workspace, *span) if span else None
        return found.kept * 100 // found.count if found and found.count else None

    def _week(self, month: ReportMonth) -> date:
        """The Monday of the last week that ended in the month; of the one that runs, while the month does."""
        if month.last >= self.view.today:
            return self.view.today - timedelta(days=self.view.today.weekday())
        end = month.next.first
        return end - timedelta(days=end.weekday()) - WEEK

    def _scores(self, month: ReportMonth) -> tuple[Kept, ...]:
        if month.key not in self._read:
            found = scores.of_week(self.conn, self._week(month), self.view.level, whole=False)
            self._read[month.key] = tuple(each for each in found if each.score.signal in SIGNALS)
        return self._read[month.key]

    @cached_property
    def _read(self) -> dict[str, tuple[Kept, ...]]:
        return {}

    def _raised(self, month: ReportMonth) -> float | None:
        found = self._scores(month)
        return sum(each.raised is not None for each in found) if found else None

    def _measured(self, signal: str = "") -> int | None:
        found = [each.score for each in self._scores(self.view.month) if signal in ("", each.score.signal)]
        known = sum(each.state is not SignalState.UNKNOWN for each in found)
        return known * 100 // len(found) if found else None

    def _ready(self, month: ReportMonth) -> float | None:
        return next((each.score.value for each in self._scores(month) if each.score.signal == "S17"), None)

    def _incidents(self, month: ReportMonth) -> float | None:
        span = self.view.span(month)
        return len(provider_history.between(self.conn, *span)) if span else None

    def _moves(self) -> DataTable:
        """Risks whose place changed in the month, that came and that went, with both places."""
        zone, month = self.view.workspace.zone, self.view.month
        start, end = month.start(zone), min(month.end(zone), self.view.now)
        rows: list[tuple[TableCell, ...]] = []
        if start < end:
            past = Past(self.conn, {"risk": ("1", ())}, since=start, now=self.view.now, only=True)
            past.back_to(end)
            after = self._live(past)
            past.back_to(start)
            before = self._live(past)
            rows = list(self._moved(before, after))
        columns = (_("Code"), _("Risk"), _("About"), _("At the beginning"), _("At the end"), _("Move"))
        source = _("register of risks, by the journal: likelihood × impact before measures → with them")
        return DataTable("risk_moves", _("Moves on the matrix"), columns, tuple(rows), source)

    def _live(self, past: Past) -> dict[str, Risk]:
        found = (each for each in past.records("risk") if isinstance(each, Risk))
        return {
            each.code: each for each in found if each.archived_at is None and each.conf <= self.view.level
        }

    def _moved(
        self, before: Mapping[str, Risk], after: Mapping[str, Risk]
    ) -> Iterator[tuple[TableCell, ...]]:
        for code in sorted({*before, *after}, key=lambda code: int(code.partition("-")[2])):
            was, now = before.get(code), after.get(code)
            risk = now or was
            assert risk is not None
            places = [risk_words.placed(each) if each else "–" for each in (was, now)]
            weights = [risk_matrix.weight(risk_matrix.net(each)) if each else 0 for each in (was, now)]
            if was is None or now is None:
                move = _("new") if was is None else _("gone")
            elif places[0] == places[1]:
                continue
            else:
                move = (
                    _("worse") if weights[1] > weights[0] else _("better") if weights[1] < weights[0] else ""
                )
            about = " · ".join(filter(None, map(self.view.name, (risk.function, risk.provider))))
            yield code, risk.name, about, places[0], places[1], move

    def _signals(self) -> DataTable:
        """Signals that ask for somebody at the end of the month, and what they said a month before."""
        names = self.view.names
        earlier = {
            (each.score.signal, each.score.subject): each.score.state
            for each in self._scores(self.view.month.before)
        }
        found = [each for each in self._scores(self.view.month) if each.raised is not None]
        found.sort(key=lambda each: (-each.score.state, int(each.score.signal[1:]), each.score.subject))
        rows: list[tuple[TableCell, ...]] = []
        for each in found:
            score, signal = each.score, SIGNALS[each.score.signal]
            before = earlier.get((score.signal, score.subject))
            rows.append((
                score.signal, _(signal.name), listing.subject_name(self.view.workspace, score.subject, names),
                words.value(score.value, signal.unit), _(STATES[score.state]),
                _(STATES[before]) if before is not None else None, each.raised,
            ))  # fmt: skip
        columns = (
            _("Signal"), _("What"), _("About"), _("Value"), _("State"), _("A month before"), _("Raised since"),
        )  # fmt: skip
        title = _("Signals that ask for somebody")
        return DataTable("signals", title, columns, tuple(rows), self._of_week())

    def _of_week(self) -> str:
        return _("signals of the week of {day}").format(day=dates.whole_day(self._week(self.view.month)))

    def _promises(self) -> DataTable:
        span = self.view.span(self.view.month)
        found = kept.by_provider(self.view.workspace, *span) if span else {}
        order = sorted(found, key=lambda code: (-found[code].broken, code))
        rows = tuple(
            (self.view.name(code), found[code].kept, found[code].broken, found[code].waived, found[code].late_open)
            for code in order
        )  # fmt: skip
        columns = (
            _("Provider"), _("Kept"), _("Broken"), _("of which excused"), _("of which still open"),
        )  # fmt: skip
        return DataTable("promises", _("Promises of service of the month"), columns, rows, _("clocks"))

    def _drills(self) -> DataTable:
        month, workspace = self.view.month, self.view.workspace
        found = workspace.select(
            Drill, "drill", "archived_at IS NULL AND held_on >= ? AND held_on <= ? ORDER BY held_on, number",
            (month.first.isoformat(), self.view.as_of.isoformat()),
        )  # fmt: skip
        verdicts = REGISTERS["drill"].field("verdict").choices
        rows = tuple(
            (each.code, each.name, each.held_on, each.measured_hours, _(verdicts.get(each.verdict, each.verdict)))
            for each in found if not workspace.hides(each)
        )  # fmt: skip
        columns = (_("Code"), _("Drill"), _("Held"), _("Hours taken"), _("Verdict"))
        return DataTable(
            "drills", _("Continuity: drills of the month"), columns, rows, _("register of drills")
        )

    def _incident_table(self) -> DataTable:
        span = self.view.span(self.view.month)
        called = {each.key: each.name for each in self.view.workspace.settings.statuses}
        rows: list[tuple[TableCell, ...]] = []
        for each in provider_history.between(self.conn, *span) if span else ():
            assert span is not None
            hours = (_earlier(each.ended, span[1]) - max(each.started, span[0])).total_seconds() / 3600
            zone = self.view.workspace.zone
            rows.append((
                called.get(each.source, each.source), each.title, each.started.astimezone(zone).date(),
                each.ended.astimezone(zone).date() if each.ended else _("goes on"), round(hours, 1),
            ))  # fmt: skip
        columns = (_("Provider"), _("Incident"), _("Began"), _("Ended"), _("Hours in the month"))
        return DataTable(
            "incidents", _("Incidents of providers"), columns, tuple(rows), _("their status pages, as read")
        )

    def _gaps(self) -> Iterator[ToComplete]:
        if self.view.span(self.view.month) and not self._scores(self.view.month):
            yield ToComplete(
                _("the signals of the month were not measured"), self.view.workspace.my_name,
                opens="cockpit signals --measure",
            )  # fmt: skip


def _earlier(ended: datetime | None, limit: datetime) -> datetime:
    return min(ended, limit) if ended else limit
