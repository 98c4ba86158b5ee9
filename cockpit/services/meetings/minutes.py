"""From a live meeting to its minutes: their text and files, the messages that carry them, one journaled batch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePath

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings import minutes as text
from cockpit.domain.meetings.facilitation import LedMeeting
from cockpit.domain.meetings.minutes import Block, Minutes, PastCommitment, Resolve, Said, Topic
from cockpit.domain.records.record import Record, Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.desk import dates, forms
from cockpit.services.desk.date_phrases import due_in_words
from cockpit.services.desk.refusal import UnknownCode
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.meetings import facilitation, minutes_folder
from cockpit.services.meetings import live as live_meeting
from cockpit.services.meetings.live import Live
from cockpit.services.meetings.plan import KICKOFF
from cockpit.services.meetings.running_order import (
    OCCURRENCE,
    PreparedMeeting,
    answers,
    folded,
    next_planned,
    prepare,
)
from cockpit.services.messages import outbox
from cockpit.services.promises import clocks
from cockpit.services.work import decisions
from cockpit.sharing.message import Message
from cockpit.store import journal, records
from cockpit.store.state import live
from cockpit.store.transaction import transaction

_PLACE = "minutes:"


@dataclass(frozen=True)
class Filed:
    """Minutes as they were closed: their text, where they are, and what kept them from the folder if anything."""

    markdown: str
    path: str
    fault: str = ""


def channels_of(workspace: Workspace, keys: Iterable[str]) -> tuple[Channel, ...]:
    """The channels of the settings with those keys."""
    found = (outbox.channel_named(workspace, key) for key in keys)
    return tuple(channel for channel in found if channel is not None)


def agenda_blocks(workspace: Workspace, before: PreparedMeeting, level: int = text.SHARED) -> list[Block]:
    """The agenda as it is shared: what is restricted is counted, not told."""
    names = workspace.names()
    topics = [
        Topic(
            s.code, s.question, seconds=s.seconds, conf=s.conf, owner=names.get(s.owner, s.owner), days=s.days
        )
        for s in before.subjects
    ]
    parts = list(text.agenda_blocks(before.ritual.name, _day(before.planned), topics, level))
    came = answers(workspace, before.shared_at, level)
    if came:
        parts.append(("h2", _("Received from partners")))
        parts += [("li", f"{each.sender} · {each.title}") for each in came]
    if before.kind == KICKOFF:
        parts.append(("p", _("A subject to add? Answer before the meeting: what arrives is attached.")))
    return parts


def share_agenda(
    workspace: Workspace, before: PreparedMeeting, keys: Sequence[str]
) -> tuple[PreparedMeeting, str]:
    """File the agenda, queue it for those channels, and keep it as it is; with what went wrong with the folder."""
    kept = facilitation.freeze(workspace, before)
    assert kept.occurrence is not None
    occurrence = kept.occurrence
    fault, path = _file(workspace, minutes_folder.stem(workspace, before.planned, before.ritual.name) + "-agenda",
                         agenda_blocks(workspace, kept))  # fmt: skip
    with transaction(workspace.conn):
        workspace.change(OCCURRENCE, occurrence, {"agenda_shared_at": workspace.clock()}, "ritual.share")
        for channel in channels_of(workspace, keys):
            level = min(text.SHARED, channel.conf)
            parts = agenda_blocks(workspace, kept, level)
            digest = hashlib.sha256(text.to_text(parts).encode()).hexdigest()[:12]
            _post(workspace, channel, f"agenda:{occurrence.code}:{digest}", parts, path)
        _remember(workspace, kept.ritual.code, keys)
    return prepare(workspace, before.which), fault


def build(workspace: Workspace, seen: Live, *, at: datetime | None = None) -> Minutes:
    """The minutes of a meeting as it stands at `at`, now unless said."""
    meeting = seen.meeting.later((at or workspace.clock()).astimezone(UTC))
    names = workspace.names()
    began = (meeting.opened_at or workspace.clock()).astimezone(workspace.zone)
    ended = (meeting.closed_at or meeting.at or began).astimezone(workspace.zone)
    people = meeting.people.items()
    chosen = set(meeting.chosen)
    made = [_resolve(workspace, record, names) for record in seen.made]
    coming = next_planned(workspace, seen.ritual, max(ended, seen.occurrence.planned_at or ended))
    return Minutes(
        title=seen.ritual.name,
        when=f"{_day(began)}–{ended:%H:%M} ({_minutes(meeting.elapsed_s)})",
        facilitator=names.get(meeting.facilitator, meeting.facilitator),
        taken=meeting.attended or (bool(people) and all(seat.present for _person, seat in people)),
        present=[names.get(p, p) for p, seat in people if seat.present],
        late=[f"{names.get(p, p)} ({seat.late_minutes} min)" for p, seat in people if seat.late_minutes],
        absent=[
            names.get(p, p) for p, seat in people if meeting.attended and seat.expected and not seat.present
        ],
        commitments=[
            PastCommitment(_resolve(workspace, seen.records[code], names), seen.kept(code))
            for code in seen.commitments
            if code in seen.records
        ],
        topics=_topics(meeting, names),
        priorities=[each for each in made if each.code in chosen],
        decisions=[each for each in made if each.code.startswith("D-") and each.code not in chosen],
        actions=[each for each in made if each.code.startswith("P-") and each.code not in chosen],
        escalations=_escalations(workspace, meeting, names),
        parking=[Said(note.text, note.conf) for note in meeting.parked],
        tally=meeting.tally,
        cost=cost_text(workspace, meeting),
        overrun=_("Over-run: {span}").format(span=_minutes(meeting.overrun_s))
        if meeting.overrun_s >= 60
        else "",
        coming=_("Next: {when}").format(when=_day(coming)) if coming else "",
        fingerprint=journal.head(workspace.conn)[1][:16],
    )


def close(workspace: Workspace, code: str, keys: Sequence[str] = ()) -> Filed:
    """End a meeting, once: write the files, journal attendance and outcome in one batch, then queue the messages."""
    seen = live_meeting.view(workspace, code)
    if seen.meeting.closed_at is not None:
        return stored(workspace, code)
    now = workspace.clock().astimezone(UTC)
    minutes = build(workspace, seen, at=now)
    parts = list(text.blocks(minutes))
    markdown = text.to_markdown(parts)
    fault, path = _file(
        workspace, minutes_folder.stem(workspace, seen.meeting.opened_at or now, seen.ritual.name), parts
    )
    with transaction(workspace.conn):
        if folded(workspace, code).closed_at is not None:
            return stored(workspace, code)
        _keep_outcome(workspace, seen, now, path, markdown)
        workspace.keep_draft(_PLACE + code, markdown)
        for channel in channels_of(workspace, keys):
            level = min(text.SHARED, channel.conf)
            _post(workspace, channel, f"minutes:{code}", list(text.blocks(minutes, level)), path)
        _remember(workspace, seen.ritual.code, keys)
    return Filed(markdown, path, fault)


def stored(workspace: Workspace, code: str) -> Filed:
    """The minutes of a closed meeting as they were closed. Raises UnknownCode when there are none."""
    found = records.get(workspace.conn, OCCURRENCE, code)
    markdown = workspace.draft(_PLACE + code.upper())
    if not isinstance(found, Occurrence) or not markdown:
        raise UnknownCode(code)
    return Filed(markdown, found.minutes_path)


def file_again(workspace: Workspace, code: str) -> Filed:
    """Write kept minutes into the folder, which was not writable when they were closed. Raises UnknownCode."""
    kept = stored(workspace, code)
    seen = live_meeting.view(workspace, code)
    began = seen.meeting.opened_at or workspace.clock()
    name = minutes_folder.stem(workspace, began, seen.ritual.name)
    fault, path = minutes_folder.put(workspace, name, kept.markdown, text.to_html(_blocks_of(kept.markdown)))
    if fault:
        return replace(kept, fault=fault)
    workspace.change(OCCURRENCE, seen.occurrence, {"minutes_path": path}, "ritual.minutes")
    return Filed(kept.markdown, path)


def last_closed(workspace: Workspace, which: str) -> str:
    """The code of the last meeting of a ritual, or of a kind, that has minutes; empty when none has."""
    found = workspace.select(
        Occurrence, "occurrence",
        "status = 'held' AND ended_at IS NOT NULL AND ritual IN (SELECT code FROM ritual WHERE kind = ? OR code = ?)"
        " ORDER BY ended_at DESC, number DESC LIMIT 1",
        (which, which),
    )  # fmt: skip
    return found[0].code if found else ""


def cost_text(workspace: Workspace, meeting: LedMeeting) -> str:
    """`Coordination cost 15 min × 4 = 1 h 00 (62 €)`; the money only where every rate is known."""
    present = meeting.present
    # Without a roll call nobody knows how many were there.
    if not present or not meeting.attended:
        return ""
    minutes = round(meeting.elapsed_s / 60)
    whole = dates.duration(minutes * len(present) * 60)
    shown = _("Coordination cost {minutes} min × {people} = {total}").format(
        minutes=minutes, people=len(present), total=whole
    )
    rates = [_rate(workspace, name) for name in present]
    if None in rates:
        return shown
    return f"{shown} ({forms.money(sum(rate or 0 for rate in rates) * minutes // 60)})"


def _keep_outcome(workspace: Workspace, seen: Live, now: datetime, path: str, markdown: str) -> None:
    meeting = seen.meeting.later(now)
    tally = {name: list(getattr(meeting.tally, name)) for name in ("roti", "inward", "outward")}
    outcome: dict[str, Value] = {
        "status": "held",
        "ended_at": now,
        "facilitator": meeting.facilitator,
        "cost_minutes": round(meeting.elapsed_s / 60) * len(meeting.present),
        "roti": json.dumps(tally),
        "minutes_path": path,
        "minutes_hash": hashlib.sha256(markdown.encode()).hexdigest(),
    }
    changes: list[clocks.RecordChange] = [(OCCURRENCE, seen.occurrence, outcome)]
    known = {each["person"] for each in _seated(workspace, seen.code)}
    # Nobody is written down as absent because nobody was asked.
    for person, seat in meeting.people.items() if meeting.attended else ():
        if person not in known:
            values: dict[str, Value] = {
                "occurrence": seen.code, "person": person, "expected": seat.expected,
                "present": seat.present, "late_minutes": seat.late_minutes,
            }  # fmt: skip
            changes.append((REGISTERS["attendance"], None, values))
    workspace.change_all(changes, "ritual.close")
    seq = live.last(workspace.conn, seen.code) + 1
    if meeting.votes:
        # Sums and counts stay; the votes that made them do not.
        live_meeting.append(workspace, seen.code, seq, "tallied", tally)
        live.forget(workspace.conn, seen.code, "roti")
        seq += 1
    live_meeting.append(workspace, seen.code, seq, "closed", {})


def _seated(workspace: Workspace, code: str) -> list[Mapping[str, str]]:
    rows = workspace.conn.execute("SELECT person FROM attendance WHERE occurrence = ?", (code,))
    return [dict(row) for row in rows]


def _topics(meeting: LedMeeting, names: Mapping[str, str]) -> list[Topic]:
    return [
        Topic(
            step.code, step.question, meeting.outcome(index),
            int(meeting.spent[index]), step.conf, names.get(step.owner, step.owner), step.days,
        )
        for index, step in enumerate(meeting.steps)
        if step.kind == rules.SUBJECT
    ]  # fmt: skip


def _escalations(workspace: Workspace, meeting: LedMeeting, names: Mapping[str, str]) -> list[Said]:
    from cockpit.services.work import ladder

    found = []
    for index, outcome in meeting.outcomes.items():
        step = meeting.steps[index]
        for asked in ladder.open_of(workspace, step.code) if outcome == "escalated" else ():
            who = names.get(asked.asked_of, asked.asked_of)
            level = _("L{n}").format(n=asked.level)
            found.append(Said(f"{step.code} → {level} {who}: {asked.question}", step.conf))
    return found


def _resolve(workspace: Workspace, record: Record, names: Mapping[str, str]) -> Resolve:
    assert isinstance(record, Decision | Priority)
    circuit = ""
    if isinstance(record, Decision):
        circuit = " · ".join(filter(None, (record.circuit, decisions.outside(workspace, record))))
    return Resolve(
        record.code, record.title, names.get(record.owner, record.owner),
        due_in_words(workspace, record.due) if record.due else "", circuit, record.conf,
    )  # fmt: skip


def resolves(workspace: Workspace, seen: Live, codes: Iterable[str]) -> list[Resolve]:
    """The lines that are read back at the end: title, who, when."""
    names = workspace.names()
    return [_resolve(workspace, seen.records[code], names) for code in codes if code in seen.records]


def _rate(workspace: Workspace, name: str) -> int | None:
    found = workspace.select(Person, "person", "(code = ? OR name = ?) LIMIT 1", (name, name))
    return found[0].loaded_rate if found else None


def _post(workspace: Workspace, channel: Channel, id: str, parts: list[Block], path: str) -> None:
    title = parts[0][1]
    level = min(text.SHARED, channel.conf)
    message = Message(id=id, event="minutes", title=title, body=text.to_text(parts), level=0, conf=level,
                      rest=_("(cut here: the rest is in {file})").format(file=PurePath(path).name) if path else "",
                      at=workspace.now())  # fmt: skip
    outbox.queue(workspace, channel, message)


def _remember(workspace: Workspace, code: str, keys: Sequence[str]) -> None:
    """The channels that were chosen are offered next time."""
    ritual = records.get(workspace.conn, REGISTERS["ritual"], code)
    if ritual is not None and keys and getattr(ritual, "channels", ()) != tuple(keys):
        workspace.change_all(
            [(REGISTERS["ritual"], ritual, {"channels": tuple(keys)})], "ritual.edit", by=PROGRAM
        )


def _file(workspace: Workspace, name: str, parts: list[Block]) -> tuple[str, str]:
    return minutes_folder.put(workspace, name, text.to_markdown(parts), text.to_html(parts))


def _blocks_of(markdown: str) -> list[Block]:
    marks = (("## ", "h2"), ("# ", "h1"), ("- ", "li"), ("", "p"))
    found = []
    for line in filter(None, markdown.splitlines()):
        mark, tag = next((mark, tag) for mark, tag in marks if line.startswith(mark))
        found.append((tag, line[len(mark) :].replace("\\", "")))
    return found


def _day(at: datetime) -> str:
    return f"{dates.day_and_month(at)} {at.year}, {at:%H:%M}"


def _minutes(seconds: float) -> str:
    return _("{n} min").format(n=round(seconds / 60))
