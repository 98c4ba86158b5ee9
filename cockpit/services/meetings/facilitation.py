"""Leading a meeting live: start or resume it, and store what each key does as it is pressed.

Each call writes one event, and the change to the record that it is about, in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC
from math import ceil

from cockpit.domain.dataclasses import replace
from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings.facilitation import MeetingStep
from cockpit.domain.meetings.state import LedMeeting
from cockpit.domain.records.record import Value
from cockpit.domain.refusal import Refusal
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.seats.rights import Right
from cockpit.domain.text import clean, typed
from cockpit.domain.time.written_hours import translated
from cockpit.locale import _, current
from cockpit.services.desk import forms, identities, refusal
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.meetings import commitments, plan
from cockpit.services.meetings.live import OCCURRENCE, Live, append, running, view
from cockpit.services.meetings.running_order import (
    EARLY,
    PreparedMeeting,
    code_of,
    commitments_of,
    person_of,
    prepare,
)
from cockpit.services.records import find
from cockpit.services.work import capture, entry, escalation, moves
from cockpit.services.work.ladder import ladder
from cockpit.store import people
from cockpit.store.transaction import transaction

CHOOSE = 3
"""Priorities of a week."""


def freeze(
    workspace: Workspace, before: PreparedMeeting, subjects: Sequence[MeetingStep] | None = None
) -> PreparedMeeting:
    """Store the agenda as it is now, once, also when two people prepare the same meeting."""
    workspace.require(Right.LEAD)
    wanted = plan.boxed(before.subjects if subjects is None else subjects)
    agenda = json.dumps(rules.steps_to(wanted), ensure_ascii=False)
    with transaction(workspace.conn):
        occurrence = before.occurrence or prepare(workspace, before.which).occurrence
        values: dict[str, Value] = {"agenda": agenda}
        if occurrence is None:
            values |= {"ritual": code_of(workspace, before.ritual), "planned_at": before.planned}
        # Signed by the program: taking back a decision never unmakes the meeting it was made in.
        workspace.change_all([(OCCURRENCE, occurrence, values)], "ritual.agenda", by=PROGRAM)
        return prepare(workspace, before.which)


def start(workspace: Workspace, before: PreparedMeeting) -> str:
    """Begin the meeting, or join the one that goes on already; its code. Raises NotAllowed."""
    workspace.require(Right.LEAD)
    with transaction(workspace.conn):
        going_on = running(workspace, before.which)
        if going_on:
            return going_on
        # One that is held long before its hour, and was not announced, is another one: held now.
        is_early = before.planned - workspace.now() > EARLY and before.shared_at is None
        here = workspace.now().replace(second=0, microsecond=0)
        kept = freeze(workspace, replace(before, planned=here) if is_early else before)
        occurrence = kept.occurrence
        assert occurrence is not None
        values: dict[str, Value] = {"started_at": workspace.clock(), "facilitator": workspace.actor}
        values |= {"planned_at": here} if is_early else {}
        workspace.change_all([(OCCURRENCE, occurrence, values)], "ritual.start", by=PROGRAM)
        # Kept as it is now: what is late tomorrow was no commitment of this meeting.
        promised = (*commitments_of(workspace, kept.ritual, occurrence.code), *commitments.late(workspace))
        steps = plan.steps(before.ritual, kept.subjects)
        append(workspace, occurrence.code, 1, "opened", {
            "kind": before.kind, "by": workspace.actor, "leader": person_of(workspace, workspace.actor),
            "people": list(before.people), "promised": list(dict.fromkeys(promised)),
            "steps": rules.steps_to(steps), "total": before.ritual.minutes * 60,
        })  # fmt: skip
        return occurrence.code


def made_with_it(before: PreparedMeeting, ritual: Ritual) -> str:
    """What is to be said when a meeting that was prepared made the ritual it is of; empty otherwise."""
    if before.ritual.code:
        return ""
    return _("{code} {name}: planned {rule} from now on · u undoes").format(
        name=ritual.name, rule=translated(ritual.rule, current()), code=ritual.code
    )


class FollowsOnly(Refusal):
    """Somebody else leads the meeting: whoever follows it on their own screen changes nothing."""

    def __str__(self) -> str:
        return _("{who} leads this meeting: t takes it over").format(who=self.args[0])


def why_not_lead(workspace: Workspace, meeting: LedMeeting) -> str:
    """Why whoever sits here changes nothing of a running meeting; empty for the one who leads it."""
    if not meeting.running or meeting.facilitator in ("", workspace.actor):
        return ""
    return str(FollowsOnly(people.name_of(workspace.conn, meeting.facilitator)))


def note(workspace: Workspace, seen: Live, kind: str, **data: object) -> Live:
    """Write one event after those that were seen.

    Raises store.live.Overtaken when there are others, FollowsOnly where somebody else leads.
    """
    if kind != "facilitator" and why_not_lead(workspace, seen.meeting):
        raise FollowsOnly(people.name_of(workspace.conn, seen.meeting.facilitator))
    append(workspace, seen.code, seen.meeting.seq + 1, kind, data)
    return view(workspace, seen.code)


def attend(workspace: Workspace, seen: Live, person: str, *, late: bool = False) -> Live:
    """Mark somebody as there, or not after all; `late` counts the minutes since the beginning."""
    name = typed(person)
    seat = seen.meeting.people.get(name)
    now = seen.meeting.later(workspace.clock().astimezone(UTC))
    was = seat is not None and seat.present and bool(seat.late_minutes) == late
    minutes = max(1, ceil(now.elapsed_s / 60)) if late and not was else 0
    return note(workspace, seen, "attendance", person=name, present=late or not was, late=minutes)


def go(workspace: Workspace, seen: Live, by: int) -> Live:
    """To the next step or back; nothing at both ends."""
    index = seen.meeting.position + by
    if not 0 <= index < len(seen.meeting.steps):
        return seen
    return note(workspace, seen, "step", index=index)


def one_more_minute(workspace: Workspace, seen: Live) -> Live:
    """One more minute for this step, once."""
    if seen.meeting.position in seen.meeting.extended:
        return seen
    return note(workspace, seen, "extra")


def decide(workspace: Workspace, seen: Live, kind: str, line: str) -> tuple[Live, str]:
    """Write down a decision, or an action (kind `priority`), as one line; its code. Raises WrongValue."""
    said = entry.understand(workspace, line)
    if not said.title:
        raise forms.WrongValue(_("the line needs a title"))
    step, blocker = seen.meeting.step, seen.subject()
    names = workspace.names()
    who = said.owner or next(iter(said.waiting_on), "")
    also: dict[str, Value] = {
        "origin": seen.code,
        "owner": _code_of(names, who),
        "conf": step.conf if said.confidentiality is None else said.confidentiality,
    }
    if blocker is not None:
        also |= {"question": step.question, "blocks": said.blocks or (blocker.code,)}
        also |= {"circuit": ladder(workspace, blocker).circuit or None}
        also |= {} if said.functions else {"function": blocker.function or None}
    with transaction(workspace.conn):
        code = capture.save(workspace, kind, said, also)
        event = "decision" if kind == "decision" else "action"
        return note(workspace, seen, event, code=code, conf=also["conf"]), code


def complete(workspace: Workspace, seen: Live, code: str, line: str) -> Live:
    """Say who carries a decision or an action, and for when. Raises WrongValue."""
    said = entry.understand(workspace, line)
    names = workspace.names()
    register, found = find.find(workspace, code)
    who = said.owner or next(iter(said.waiting_on), "") or said.title
    values: dict[str, Value] = {"owner": _code_of(names, who)} if who else {}
    values |= {"due": said.due} if said.due else {}
    if not values:
        raise forms.WrongValue(_("who, and for when: Sophie due:thursday"))
    workspace.change(register, found, values, f"{register.name}.complete")
    return view(workspace, seen.code)


def park(workspace: Workspace, seen: Live, text: str) -> Live:
    """A word for later, so that the meeting goes on. Raises WrongValue."""
    if not clean(text):
        raise forms.WrongValue(_("a few words are needed here"))
    return note(workspace, seen, "parked", text=typed(text), conf=seen.meeting.step.conf)


def solve(workspace: Workspace, seen: Live) -> Live:
    """The subject is settled; no error when somebody else settled it already."""
    with transaction(workspace.conn):
        with suppress(refusal.NotPossible, refusal.UnknownCode):
            moves.done(workspace, [_subject_code(seen)])
        return note(workspace, seen, "solved")


def wait(workspace: Workspace, seen: Live, names: tuple[str, ...]) -> Live:
    """The subject waits for somebody. Raises NotPossible when it is closed."""
    with transaction(workspace.conn):
        moves.wait_for(workspace, _subject_code(seen), names)
        return note(workspace, seen, "waiting")


def escalate(workspace: Workspace, seen: Live, question: str) -> Live:
    """One step up the ladder. Raises NotPossible at the top, or when the subject is closed."""
    with transaction(workspace.conn):
        if not escalation.escalate(workspace, _subject_code(seen), question):
            top = _("it is at the top of the ladder: what remains is to decide")
            raise refusal.NotPossible(_subject_code(seen), top)
        return note(workspace, seen, "escalated")


def check(workspace: Workspace, seen: Live, code: str) -> Live:
    """A commitment was kept, or not after all; a priority that was kept is done."""
    kept = not seen.kept(code)
    with transaction(workspace.conn):
        if kept and code.startswith("P-"):
            with suppress(refusal.NotPossible):
                moves.done(workspace, [code])
        decision = seen.records.get(code)
        if isinstance(decision, Decision):
            commitments.carried_out(workspace, decision, kept=kept)
        return note(workspace, seen, "checked", code=code, kept=kept)


def choose(workspace: Workspace, seen: Live, code: str) -> Live:
    """One of the three priorities of the week, or no longer. Raises WrongValue at the fourth."""
    taken = code not in seen.meeting.chosen
    if taken and len(seen.meeting.chosen) >= CHOOSE:
        raise forms.WrongValue(_("three priorities are chosen already: take one away first (space on it)"))
    return note(workspace, seen, "chosen", code=code, chosen=taken)


def vote(workspace: Workspace, seen: Live, values: tuple[int, int, int]) -> Live:
    """One person's marks: return on time invested, then the interface both ways. Nobody's name is kept."""
    roti, inward, outward = values
    return note(workspace, seen, "roti", value=roti, inward=inward, outward=outward)


def take_over(workspace: Workspace, seen: Live) -> Live:
    """Whoever takes the meeting up is its facilitator from now on."""
    if seen.meeting.facilitator == workspace.actor or not seen.meeting.running:
        return seen
    leader = person_of(workspace, workspace.actor)
    return note(workspace, seen, "facilitator", by=workspace.actor, leader=leader)


def _subject_code(seen: Live) -> str:
    if seen.meeting.step.kind != rules.SUBJECT:
        raise forms.WrongValue(_("this works on a subject"))
    return seen.meeting.step.code


def _code_of(names: Mapping[str, str], who: str) -> str:
    return (identities.resolve(names, ("person", "provider"), who) or typed(who)) if who else ""
