"""Handovers from templates: steps with owners and dates, and what the person holds, each by its name."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.records.record import Record, Value
from cockpit.domain.registers.access import Access
from cockpit.domain.registers.document import Document
from cockpit.domain.registers.function import Function
from cockpit.domain.registers.handover import HANDOVERS, Handover
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.process import Process
from cockpit.domain.registers.step import Step
from cockpit.domain.text import TITLE_LIMIT, clean
from cockpit.domain.time.business_time import Calendar, NoBusinessTime
from cockpit.locale import N_, _, ngettext
from cockpit.services.changes.batch import Coming
from cockpit.services.desk import dates
from cockpit.services.desk.calendars import company_calendar, working_day
from cockpit.services.desk.refusal import NotPossible, closed
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records.find import find
from cockpit.store.transaction import transaction

# What the file holds, for the catalogue of translations.
_WORDS = (
    N_("Agree the scope of the post: does, does not, decides up to"),
    N_("Sign the contract and the confidentiality agreement"),
    N_("Order equipment and accesses, each at the lowest level needed"),
    N_("Send the manual, the circuits and the calendar of rituals"),
    N_("Welcome: introduce colleagues, providers and how to reach each"),
    N_("Invite to the rituals, name what is reported, to whom, how often"),
    N_("Do the first task together, with the document open"),
    N_("Do the task alone with the document only, note what is missing in it"),
    N_("Take stock: what is clear, what is not, what is still missing"),
    N_("Read and correct the document: {name}"),
    N_("Take part in the process: {name}"), N_("Tell those concerned: who leaves, when, who takes over"),
    N_("Name who takes over, with the time that it needs"),
    N_("List what is under way, with the next step and the date of each"),
    N_("Write down what only this person knows"),
    N_("Introduce clients, providers and authorities to whoever takes over"),
    N_("Work side by side for a day, the one who takes over at the keyboard"),
    N_("Do the work alone with the documents only, note what is missing"),
    N_("Take back equipment, keys, badge, bank card and signatures"),
    N_("Forward mail and calls, close or pass on shared mailboxes"),
    N_("Take stock after a month: what was forgotten"), N_("Revoke the access: {name}"),
    N_("Pass on the document: {name}"), N_("Pass on the process: {name}"),
    N_("Decide: end, extend, or bring back in-house"),
    N_("Give notice in writing, by the date that the contract says"),
    N_("Name who takes over: a successor, a provider, somebody in-house"),
    N_("List what is under way and what was promised, with dates"),
    N_("Deliver documents, files and data in formats that we can open"),
    N_("Write the report of the mission: done, left to do, risks"),
    N_("Settle the last invoice against what was delivered"),
    N_("Have our data returned or erased, with a written confirmation"),
    N_("Take over the document: {name}"), N_("Take over the process: {name}"),
)  # fmt: skip
NAMES: Mapping[str, str] = {
    "arrival": N_("Arrival of {who}"), "departure": N_("Departure of {who}"),
    "mission": N_("End of mission of {who}"),
}  # fmt: skip
HandoverLine = tuple[str, int, str]
"""Words, days from the end, who owns it."""


@dataclass(frozen=True, kw_only=True)
class HandoverTemplate:
    """A handover that comes ready."""

    kind: str
    days: int
    """How long before its end it begins, where nobody says when it ends."""
    steps: tuple[HandoverLine, ...]
    held: Mapping[str, HandoverLine]
    """What becomes of the accesses, documents and processes of the person."""


@dataclass(frozen=True)
class HandoverStanding:
    """How far a handover is: steps done, how many are late, days left until its end."""

    done: int
    every: int
    late: int
    left: int

    @property
    def text(self) -> str:
        """`5/12 done (41 %) · 2 late · 14 days left`."""
        percent = 100 * self.done // self.every if self.every else 0
        parts = [_("{done}/{all} done ({n} %)").format(done=self.done, all=self.every, n=percent)]
        if self.late:
            parts.append(ngettext("{n} late", "{n} late", self.late).format(n=self.late))
        days = abs(self.left)
        if self.left >= 0:
            parts.append(ngettext("{n} day left", "{n} days left", days).format(n=days))
        else:
            parts.append(ngettext("ended {n} day ago", "ended {n} days ago", days).format(n=days))
        return " · ".join(parts)


@cache
def templates() -> Mapping[str, HandoverTemplate]:
    """The handovers that come ready, by kind."""
    text = Path(__file__).with_name("handover_templates.toml").read_text(encoding="utf-8")
    return {
        raw["kind"]: HandoverTemplate(
            kind=raw["kind"], days=raw["days"], steps=tuple(map(_line, raw["steps"])),
            held={name: _line(raw[name]) for name in _HELD if name in raw},
        )
        for raw in tomllib.loads(text)["template"]
    }  # fmt: skip


def usual_kind(workspace: Workspace, who: Record) -> str:
    """What a handover of that person or provider is most likely to be."""
    if isinstance(who, Person):
        if who.starts_on is not None and who.starts_on > workspace.today():
            return "arrival"
        return "departure" if who.kind == "internal" else "mission"
    return "mission"


def usual_due(workspace: Workspace, who: Record, kind: str) -> date:
    """The date that is known already, else the one that leaves the time that the template needs."""
    known = getattr(who, "starts_on" if kind == "arrival" else "ends_on", None)
    today = workspace.today()
    return (
        known
        if isinstance(known, date) and known >= today
        else working_day(workspace, today + timedelta(days=templates()[kind].days))
    )


def start(workspace: Workspace, who: str, kind: str, due: date | None = None, taker: str = "") -> str:
    """Make the handover of a person or provider, with all its steps, as one change; its code.

    Raises UnknownCode; NotPossible for anybody who is neither, and for a taker who is the giver.
    """
    register, found = find(workspace, who)
    if register.name not in ("person", "provider"):
        raise NotPossible(who, _("a handover is of a person or a provider"))
    if kind not in HANDOVERS:
        raise NotPossible(who, _("known handovers: {names}").format(names=", ".join(HANDOVERS)))
    if who == taker:
        raise NotPossible(who, _("nobody hands over to themselves: name who takes over"))
    template = templates()[kind]
    end = due or usual_due(workspace, found, kind)
    function = _function_of(workspace, who)
    other = taker or (function.owner if kind == "arrival" and function and function.owner != who else "")
    giver, receiver = (other, who) if kind == "arrival" else (who, other)
    name = getattr(found, "name", who)
    with transaction(workspace.conn):
        coming = Coming(workspace)
        values: dict[str, Value] = {
            "name": _(NAMES[kind]).format(who=name), "kind": kind, "due": end, "conf": found.conf,
        }  # fmt: skip
        refs = {"giver": giver, "taker": receiver, "function": function.code if function else ""}
        code = coming.add("handover", {**values, **{field: ref for field, ref in refs.items() if ref}})
        owners = {
            "giver": giver or (function.owner if function else "") or workspace.me,
            "taker": receiver or (function.owner if function else "") or workspace.me,
            "owner": (function.owner if function and function.owner != who else "") or workspace.me,
        }
        steps = sorted(_lines(workspace, template, who), key=lambda step: step[0][1])
        days_of = _Days(
            workspace.today(), end, template.days, company_calendar(workspace), is_arrival=kind == "arrival"
        )
        for (title, days, owner), conf in steps:
            step: dict[str, Value] = {
                "name": title, "handover": code, "owner": owners[owner], "due": days_of(days),
                "conf": max(found.conf, conf),
            }  # fmt: skip
            coming.add("step", step)
        field = "starts_on" if kind == "arrival" else "ends_on"
        if isinstance(found, Person) and getattr(found, field) is None:
            coming.change("person", who, {field: end})
        workspace.change_all(coming.puts, "handover.start")
    return code


@dataclass(frozen=True)
class _Days:
    """The day of each step of a handover that begins on a day: a working day, never before that day."""

    begun: date
    end: date
    span: int
    """Days before the end that the template needs."""
    calendar: Calendar
    is_arrival: bool
    """Its end is a first day: what is done on it never comes before it."""

    def __call__(self, days: int) -> date:
        """The day of a step `days` before (-) or after the end; with less time than needed, all draw together."""
        left = (self.end - self.begun).days
        if days < 0 and left < self.span:
            days = -round(-days * max(left, 0) / self.span)
        day = self.end + timedelta(days=days)
        try:
            if days < (0 if self.is_arrival else 1) and not self.calendar.is_business_day(day):
                day = self.calendar.add_business_days(day, -1)
            return self.calendar.first_business_day(max(day, self.begun))
        except NoBusinessTime:
            return max(day, self.begun)


def toggle_step(workspace: Workspace, code: str) -> bool:
    """A step is done today; said again, it is not. Whether it is now. Raises UnknownCode, NotPossible."""
    register, found = find(workspace, code)
    if not isinstance(found, Step):
        raise NotPossible(code, _("it is no step of a handover"))
    if found.archived_at is not None:
        raise closed(code)
    done = None if found.done_on else workspace.today()
    workspace.change(register, found, {"done_on": done}, "step.done")
    return done is not None


def steps(workspace: Workspace, code: str) -> tuple[Step, ...]:
    """The steps of a handover, in the order of their dates."""
    where = "handover = ? AND archived_at IS NULL ORDER BY due IS NULL, due, number"
    return workspace.select(Step, "step", where, (code,))


def standing(workspace: Workspace, handover: Handover) -> HandoverStanding:
    """How far a handover is: its steps done and late, and the days left."""
    found, today = steps(workspace, handover.code), workspace.today()
    late = sum(each.done_on is None and each.due is not None and each.due < today for each in found)
    left = (handover.due - today).days if handover.due else 0
    return HandoverStanding(sum(each.done_on is not None for each in found), len(found), late, left)


def lines(workspace: Workspace, handover: Handover) -> Iterator[tuple[str, str, str]]:
    """Label, words and code of each line of its page: how far it is, then its steps."""
    yield _("Progress"), standing(workspace, handover).text, ""
    names, today = workspace.names(), workspace.today()
    for each in steps(workspace, handover.code):
        when = dates.day_and_month(each.due) if each.due else ""
        late = each.done_on is None and each.due is not None and each.due < today
        mark = "✓" if each.done_on else "▲" if late else "○"
        owner = names.get(each.owner, each.owner)
        said = f"{each.code} {each.name}"
        yield f"{mark} {when}", f"{said} · {owner}" if owner else said, each.code


def kind_named(text: str) -> str | None:
    """The kind that a word means, in either language, or its one beginning."""
    wanted = clean(text).casefold()
    found = {
        kind for kind, word in HANDOVERS.items()
        for each in (kind, word, _(word)) if wanted and each.casefold().startswith(wanted)
    }  # fmt: skip
    return found.pop() if len(found) == 1 else None


def _lines(workspace: Workspace, template: HandoverTemplate, who: str) -> Iterator[tuple[HandoverLine, int]]:
    """Each with the confidentiality of what it names."""
    for title, days, owner in template.steps:
        yield (_(title), days, owner), 0
    for name, (title, days, owner) in template.held.items():
        for each in _HELD[name](workspace, who):
            said = str(getattr(each, "name", each.code))
            yield (_(title).format(name=said)[:TITLE_LIMIT], days, owner), each.conf


def _accesses(workspace: Workspace, who: str) -> tuple[Access, ...]:
    return workspace.select(
        Access, "access", "holder = ? AND revoked_on IS NULL AND archived_at IS NULL ORDER BY number", (who,)
    )


def _documents(workspace: Workspace, who: str) -> tuple[Document, ...]:
    return workspace.select(Document, "document", "owner = ? AND archived_at IS NULL ORDER BY number", (who,))


def _processes(workspace: Workspace, who: str) -> tuple[Process, ...]:
    where = (
        "(accountable = ? OR EXISTS (SELECT 1 FROM json_each(responsible) WHERE value = ?))"
        " AND archived_at IS NULL ORDER BY number"
    )
    return workspace.select(Process, "process", where, (who, who))


_HELD: Mapping[str, Callable[[Workspace, str], tuple[Record, ...]]] = {
    "accesses": _accesses, "documents": _documents, "processes": _processes,
}  # fmt: skip


def _function_of(workspace: Workspace, who: str) -> Function | None:
    """The function that they own, else the one that they work for."""
    owned = workspace.select(
        Function, "function", "owner = ? AND archived_at IS NULL ORDER BY number", (who,)
    )
    if owned:
        return owned[0]
    worked = [each.function for each in _processes(workspace, who) if each.function]
    bound = workspace.conn.execute(
        "SELECT value FROM contract, json_each(functions) WHERE provider = ? AND contract.archived_at IS NULL",
        (who,),
    )
    worked += [row["value"] for row in bound]
    found = workspace.select(Function, "function", "code = ?", (worked[0],)) if worked else ()
    return found[0] if found else None


def _line(raw: list[object]) -> HandoverLine:
    title, days, owner = raw
    assert isinstance(title, str)
    assert isinstance(days, int)
    assert isinstance(owner, str)
    return title, days, owner
