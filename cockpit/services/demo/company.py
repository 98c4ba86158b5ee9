"""The demo company: fictional, read from `fixtures/demo`, and entered day by day up to the present."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cockpit.assets import asset_dir
from cockpit.domain.beginning import THINGS
from cockpit.domain.dataclasses import dataclass, field, replace
from cockpit.domain.messages.statement import parse_json, parse_text
from cockpit.domain.promises.sla_target import parse_target
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import ProviderStanding, StatusReading
from cockpit.domain.records.record import Field, FieldKind, Record, Register, Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.settings import Settings
from cockpit.services.demo import approvals, history, year
from cockpit.services.demo import organisation as demo_map
from cockpit.services.demo.moments import Moments
from cockpit.services.demo.organisation import Sitting
from cockpit.services.demo.year import YearStep
from cockpit.services.desk.calendars import Calendars, company_calendar
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.messages import inbox
from cockpit.services.promises import clocks
from cockpit.services.settings import load, sections
from cockpit.services.work import escalation, moves
from cockpit.store import records
from cockpit.store.outside import readings, sources
from cockpit.store.state import heat, memos, restore_drills
from cockpit.store.transaction import transaction

_FOUNDED = ("provider", "person", "function", "ritual")
"""What the company began with, a year ago."""
_ORGANISATION = ("contract", "circuit")
_WORK = ("blocker", "priority", "decision", "occurrence")
_STORY = frozenset({"key", "at", "by", "then", "sla_used"})
"""Keys of a table that tell how a record came about; the others are fields of its register."""
_ORIGINS = ("blocker", "trial", "drill", "audit")
"""Where a lesson may come from; other origins are meetings, which this story does not tell."""
_PACE = timedelta(minutes=2)
"""From one record of the organisation to the next, on the day they were entered."""


def folder() -> Path:
    """Where the demo's fixtures are."""
    return asset_dir("fixtures") / "demo"


NOWHERE = "http://127.0.0.1"
"""Stands for the demo's server where only the company is asked for."""


def settings(base_url: str) -> Settings:
    """The demo's configuration, its agendas and status pages being served at `base_url`."""
    return sections.parse(_configuration(base_url or NOWHERE), folder() / load.FILE_NAME)


def to_toml(shown: Settings) -> str:
    """The configuration file that gives the demo's settings again, for a process beside this one."""
    address = urlsplit(shown.agendas[0].url)
    return _configuration(f"{address.scheme}://{address.netloc}")


def to_toml_of_files(feeds: Path) -> str:
    """The demo's configuration for a company that is kept: its agendas are files below `feeds`, and its status
    pages, which only a running demo plays, are left out."""
    text = _configuration(NOWHERE)
    kept, _status, _rest = text.partition("# --- État des services")
    return kept.replace(f"{NOWHERE}/agendas", feeds.as_posix()).rstrip() + "\n"


def _configuration(base_url: str) -> str:
    return (folder() / load.FILE_NAME).read_text(encoding="utf-8").replace("{{base}}", base_url)


def seed(workspace: Workspace) -> None:
    """Enter the company and its last weeks into an empty database, each change at its own past time."""
    story, mapped = (
        tomllib.loads((folder() / name).read_text(encoding="utf-8")) for name in ("company.toml", "map.toml")
    )
    with transaction(workspace.conn):
        now = workspace.now()
        moments = Moments(now, now.date(), company_calendar(workspace, freeze=True))
        telling = _Telling(workspace, story, demo_map.sittings(mapped, moments), moments)
        telling.founded()
        telling.organisation()
        telling.work()
        telling.heard()
        history.seed(workspace, moments, folder() / "history.toml")
        _tried_a_copy(workspace, now)
        heat.refresh(workspace.conn, now=now, me=workspace.actor)
        # Nobody sets up this company: it has gone on for a year.
        memos.put(workspace.conn, memos.ASIDE, " ".join(each.id for each in THINGS))


def _tried_a_copy(workspace: Workspace, now: datetime) -> None:
    """The restore drill of this month was held."""
    entries, held = workspace.written, now - timedelta(days=6)
    tried = restore_drills.Tried(held, restore_drills.BACKUP, entries, 0, 0, 1.4, "")
    restore_drills.add(workspace.conn, [tried])


@dataclass(frozen=True)
class _Step:
    """One change: when, by whom, and what to do in their workspace."""

    at: datetime
    by: str
    do: Callable[[Workspace], object]


@dataclass
class _Telling:
    """Turns the tables of the story into changes, in the order of their times."""

    workspace: Workspace
    story: Mapping[str, Any]
    mapped: Sequence[Sitting]
    moments: Moments
    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    """Register, and key, name or title, of each record entered so far to its code."""
    year: list[YearStep] = field(default_factory=list)
    """What happened before the story and beside it, that is still to be told."""
    since: list[tuple[Register, str, dict[str, Value]]] = field(default_factory=list)
    """What was learned of records since they were entered."""

    def founded(self) -> None:
        """Who and what there was a year ago, then what happened until the story begins."""
        self._registers("founded_at", _FOUNDED)
        self.year = sorted(year.steps(self.codes, self.moments), key=lambda step: step.at.timestamp())
        opened = self.moments.at(self.story["opened_at"])
        for step in self.year:
            if step.at < opened:
                step.do(self._seen_by(step.by, step.at))
        self.year = [step for step in self.year if step.at >= opened]

    def organisation(self) -> None:
        """What binds the company, one record after the other; then what was learned of it since its beginning."""
        at = self._registers("opened_at", _ORGANISATION)
        seen = self._seen_by(self.story["opened_by"], at)
        for register, code, values in self.since:
            found = records.get(seen.conn, register, code)
            assert found is not None
            seen.change(register, found, values)

    def _registers(self, when: str, names: Sequence[str]) -> datetime:
        at, by = self.moments.at(self.story[when]), self.story["opened_by"]
        for name in names:
            for table in self.story[name]:
                later = self._known_later(REGISTERS[name], table, at.date())
                self._enter(name, {k: v for k, v in table.items() if k not in later}, self._seen_by(by, at))
                if later:
                    code = self.codes[name, demo_map.key(name, table)]
                    self.since.append((REGISTERS[name], code, later))
                at += _PACE
        return at

    def _known_later(self, register: Register, table: Mapping[str, Any], day: date) -> dict[str, Value]:
        """The days of a record that had not come when it was entered, and have since."""
        dated = {field.name: field for field in register.fields if field.kind is FieldKind.DATE}
        found = {name: self._value(dated[name], raw) for name, raw in table.items() if name in dated}
        today = self.moments.now.date()
        return {
            name: value for name, value in found.items() if isinstance(value, date) and day < value <= today
        }

    def work(self) -> None:
        """The map, then blockers, priorities, decisions and meetings, with all that became of them."""
        steps = [_Step(sitting.at, sitting.by, partial(self._sit, sitting)) for sitting in self.mapped]
        steps += [step for name in _WORK for table in self.story[name] for step in self._steps(name, table)]
        steps += self._received()
        approved = approvals.steps(self.story["approval"], self.codes, self._past)
        steps += [_Step(step.at, step.by, step.do) for step in approved]
        steps += [_Step(step.at, step.by, step.do) for step in self.year]
        for step in sorted(steps, key=lambda step: step.at.timestamp()):
            step.do(self._seen_by(step.by, step.at))

    def heard(self) -> None:
        """What the status pages said before the demo was opened."""
        conn = self.workspace.conn
        for said in self.story["heard"]:
            key, state, at = said["source"], State(said["state"]), self.moments.at(said["at"])
            settled = ProviderStanding(state=state, since=self.moments.at(said["since"]))
            readings.save_reading(
                conn, key, StatusReading(state=state), reported=state, settled=settled, at=at
            )
            sources.save_source_state(
                conn, sources.SourceState(kind="status", key=key, last_try=at, last_ok=at)
            )

    def _received(self) -> Iterator[_Step]:
        """What partners had sent in before the demo was opened."""
        for index, path in enumerate(sorted((folder() / "inbox").iterdir()), 1):
            parse = parse_json if path.suffix == ".json" else parse_text
            said = parse(path.read_bytes())
            at = self.moments.now - timedelta(minutes=40 * index)
            yield _Step(at, PROGRAM, partial(inbox.keep, said=said))

    def _seen_by(self, who: str, at: datetime) -> Workspace:
        shown = self.workspace
        company = replace(shown.settings.company, chief=self.story["opened_by"])
        seen = replace(shown.settings, me=who, company=company)
        return Workspace(shown.conn, shown.path, seen, lambda: at)

    def _steps(self, name: str, table: Mapping[str, Any]) -> Iterator[_Step]:
        since = self._since(table)
        entered = since or self._past(table["at"])
        by = table.get("by", self.story["opened_by"])
        yield _Step(entered, by, partial(self._enter, name, {**table, "since": since} if since else table))
        for when, who, deed, *details in table.get("then", ()):
            at = self._past(when, since=entered)
            yield _Step(at, who, partial(self._act, name, demo_map.key(name, table), deed, details))

    def _past(self, text: str, **anchors: datetime) -> datetime:
        """What should happen later than now has just happened: a demo may open before the morning review."""
        return min(self.moments.at(text, **anchors), self.moments.now, key=datetime.timestamp)

    def _since(self, table: Mapping[str, Any]) -> datetime | None:
        if "since" in table:
            return self._past(table["since"])
        if "sla_used" not in table:
            return None
        calendars = Calendars(self.workspace, freeze=True)
        waiting_on = tuple(self.codes["provider", name] for name in table["waiting_on"])
        calendar = calendars.named(calendars.name(waiting_on, calendars.contract(waiting_on)))
        target = parse_target(table["sla_used"])
        assert target is not None
        assert target.seconds is not None
        used = target.seconds
        start = now = self.moments.now
        while (passed := calendar.between(start, now)) < used:
            start -= timedelta(days=1)
        return calendar.add(start, passed - used)

    def _enter(self, name: str, table: Mapping[str, Any], workspace: Workspace) -> None:
        register = REGISTERS[name]
        values = self._values(register, table)
        if name == "decision":
            values["decided_at"] = workspace.clock()
        self.codes[name, demo_map.key(name, table)] = (
            clocks.add_blocker(workspace, values) if name == "blocker" else workspace.add(register, values)
        )

    def _sit(self, sitting: Sitting, workspace: Workspace) -> None:
        register = REGISTERS[sitting.register]
        if sitting.tables:
            made = [(register, None, self._values(register, table)) for table in sitting.tables]
            entries = workspace.change_all(made, f"{register.name}.add")
            for table, entry in zip(sitting.tables, entries, strict=True):
                self.codes[register.name, demo_map.key(register.name, table)] = entry.code
        if sitting.changes:
            changed = [
                (register, self._found(register, key), self._values(register, table))
                for key, table in sitting.changes.items()
            ]
            workspace.change_all(changed, f"{register.name}.edit")

    def _found(self, register: Register, key: str) -> Record:
        found = records.get(self.workspace.conn, register, self.codes[register.name, key])
        assert found is not None
        return found

    def _values(self, register: Register, table: Mapping[str, Any]) -> dict[str, Value]:
        return {key: self._value(register.field(key), raw) for key, raw in table.items() if key not in _STORY}

    def _value(self, field: Field, raw: Any) -> Value:
        if isinstance(raw, date):
            return raw
        if field.kind is FieldKind.INSTANT:
            return self.moments.at(raw)
        if field.kind is FieldKind.DATE:
            return self.moments.at(raw).date()
        refs = _ORIGINS if field.name == "origin" else field.ref
        if isinstance(raw, list):
            return tuple(self._code(refs, name) if refs else name for name in raw)
        return self._code(refs, raw) if refs else raw

    def _code(self, refs: Sequence[str], name: str) -> str:
        for ref in refs:
            if (ref, name) in self.codes:
                return self.codes[ref, name]
        raise KeyError(f"{name!r} is none of {', '.join(refs)} so far")

    def _act(self, name: str, key: str, deed: str, details: list[str], workspace: Workspace) -> None:
        code = self.codes[name, key]
        match deed, details:
            case "escalate", []:
                escalation.escalate(workspace, code)
            case "pick", []:
                moves.pick(workspace, code)
            case "next_step", [text]:
                moves.next_step(workspace, code, text)
            case "done", [*lesson]:
                moves.done(workspace, [code], *lesson)
            case "snooze", [until]:
                moves.snooze(workspace, code, self.moments.at(until))
            case "delegate", [to, remind_at]:
                moves.delegate(workspace, code, self.codes["person", to], self.moments.at(remind_at))
            case _:
                raise ValueError(f"{deed!r} is no deed of the story")
