"""Prepares a flash point or a kick-off: its ritual, its subjects, its people, its steps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.meetings import facilitation as rules
from cockpit.domain.meetings.facilitation import MeetingStep
from cockpit.domain.meetings.minutes import RESTRICTED
from cockpit.domain.meetings.ritual_plan import occurrences, parse_rule
from cockpit.domain.records.confidentiality import restricted
from cockpit.domain.records.identities import ME, key
from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.escalation import Escalation
from cockpit.domain.registers.occurrence import Occurrence
from cockpit.domain.registers.person import Person
from cockpit.domain.registers.priority import Priority
from cockpit.domain.registers.ritual import Ritual
from cockpit.domain.registers.statement import Statement
from cockpit.domain.time.elapsed import whole_days
from cockpit.locale import _
from cockpit.services.agenda.presence import presence
from cockpit.services.desk import identities
from cockpit.services.desk.calendars import company_calendar
from cockpit.services.desk.refusal import NotPossible, UnknownCode, closed
from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings.plan import BOX_S, boxed
from cockpit.services.meetings.templates import first_day, of_kind, rule_here
from cockpit.services.work.by_heat import hottest
from cockpit.store import records
from cockpit.store.records import instant
from cockpit.store.state import live

SUBJECTS = 5
MOST = 12
"""Subjects that anybody can put on one agenda."""
EARLY, LATE = timedelta(hours=4), timedelta(hours=3)
"""How far from its planned hour a meeting is still that one."""
_CANDIDATES = 60

RITUAL, OCCURRENCE = REGISTERS["ritual"], REGISTERS["occurrence"]


@dataclass(frozen=True, kw_only=True)
class PreparedMeeting:
    """A meeting that is being prepared. `occurrence` is None until something of it is kept."""

    kind: str
    ritual: Ritual
    planned: datetime
    occurrence: Occurrence | None
    subjects: tuple[MeetingStep, ...]
    people: tuple[str, ...]
    """Codes or names of who is expected."""
    away: frozenset[str]
    """Those who are known not to be there that day."""

    @property
    def which(self) -> str:
        """What `prepare` finds it by again: its ritual, or the kind of one that is not made yet."""
        return self.ritual.code or self.kind

    @property
    def shared_at(self) -> datetime | None:
        """When its agenda was shared."""
        return self.occurrence.agenda_shared_at if self.occurrence else None


def prepare(workspace: Workspace, which: str) -> PreparedMeeting:
    """The next meeting of a ritual (its code), or of the first of a kind: the agenda that was kept, else one
    built from the hottest blockers. Raises UnknownCode, and NotPossible for an informal moment.
    """
    ritual = ritual_of(workspace, which)
    if ritual.kind == "informal":
        raise NotPossible(ritual.code, _("an informal moment has no agenda"))
    occurrence = _kept(workspace, ritual)
    planned = _planned(workspace, ritual, occurrence)
    people = expected(workspace, ritual, planned)
    stored = _stored(occurrence)
    found = stored if stored is not None else _built(workspace, ritual, planned, people)
    still = tuple(step for step in found if _is_open(workspace, step.code))
    me = person_of(workspace, workspace.actor)
    if not people:
        # Who a restricted subject needs is part of what is restricted.
        open_to_all = [step for step in still if step.conf < RESTRICTED]
        wanted = (name for step in open_to_all for name in needed(workspace, step.code))
        people = tuple(code for name in wanted if _is_person(code := person_of(workspace, name)))
        people = (me, *people)
    people = tuple(dict.fromkeys((*people, me)))
    return PreparedMeeting(
        kind=ritual.kind, ritual=ritual, planned=planned, occurrence=occurrence, subjects=boxed(still),
        people=people, away=frozenset(p for p in people if is_here(workspace, p, planned) is False),
    )  # fmt: skip


def person_of(workspace: Workspace, name: str) -> str:
    """The code of the person of that name, first name or surname, `moi` included; the name when none is known."""
    return identities.resolve(workspace.names(), ("person",), name) or (
        workspace.me if key(name) in ME else name
    )


def _is_person(code: str) -> bool:
    return code.startswith("PE-")


def expected(workspace: Workspace, ritual: Ritual, planned: datetime) -> tuple[str, ...]:
    """Who should come: the ritual's members, and whom the event of the agenda invites; never a provider."""
    names = workspace.names()
    wanted = (*ritual.members, *_invited(workspace, ritual, planned))
    found = (
        person_of(workspace, name) for name in wanted if not name.startswith("@") and _is_someone(names, name)
    )
    return tuple(dict.fromkeys(found))


def _is_someone(names: Mapping[str, str], name: str) -> bool:
    """Whether a name is that of a person, or of nobody that is known."""
    is_provider = identities.resolve(names, ("provider",), name) is not None
    return not is_provider or identities.resolve(names, ("person",), name) is not None


def _invited(workspace: Workspace, ritual: Ritual, planned: datetime) -> tuple[str, ...]:
    from cockpit.services.agenda import events as agenda_events
    from cockpit.services.meetings import rituals

    day = planned.astimezone(workspace.zone).date()
    events = agenda_events.followed(workspace, day, day + timedelta(days=1))
    event = rituals.matching(ritual, planned, events)
    if event is None or event.cancelled or event.occurrence.private:
        return ()
    return event.occurrence.attendees


def answers(workspace: Workspace, since: datetime | None, level: int) -> tuple[Statement, ...]:
    """What partners sent in since the agenda was shared and nobody sorted yet: it comes with the agenda."""
    where = "triage = 'new' AND archived_at IS NULL AND conf <= ? AND created_at >= ? ORDER BY number LIMIT ?"
    return workspace.select(Statement, "statement", where, (level, instant(since) if since else "", MOST))


def rituals_of(workspace: Workspace, kind: str) -> tuple[Ritual, ...]:
    """Every ritual of a kind, the oldest first."""
    return workspace.select(Ritual, "ritual", "kind = ? AND archived_at IS NULL ORDER BY number", (kind,))


def ritual_of(workspace: Workspace, which: str) -> Ritual:
    """The ritual of that code, or the first of that kind; where the register has none, the one that a meeting
    would make, without a code. Raises UnknownCode.
    """
    if which.startswith(f"{RITUAL.prefix}-"):
        found = records.get(workspace.conn, RITUAL, which)
        if not isinstance(found, Ritual):
            raise UnknownCode(which)
        return found
    known = rituals_of(workspace, which)
    if known:
        return known[0]
    template = of_kind(which)
    return Ritual(
        name=template.title, kind=which, rule=rule_here(workspace, template), minutes=template.minutes
    )


def led(workspace: Workspace, kind: str) -> tuple[Ritual, ...]:
    """The rituals of a kind that can be led; of every kind when it is empty."""
    where = "archived_at IS NULL AND kind != 'informal' AND (? = '' OR kind = ?) ORDER BY number"
    return workspace.select(Ritual, "ritual", where, (kind, kind))


def named(workspace: Workspace, kind: str, text: str) -> Ritual | None:
    """The ritual of a kind, any when it is empty, that a code, a name or its one beginning says."""
    names = {each.code: each.name for each in led(workspace, kind)}
    code = identities.resolve(names, ("ritual",), text)
    return ritual_of(workspace, code) if code else None


def code_of(workspace: Workspace, ritual: Ritual) -> str:
    """The code of a ritual, which is made when it has none: to look at an agenda makes nothing.

    Signed by the person: one undo takes it back, with the meeting that the program planned of it.
    """
    if ritual.code:
        return ritual.code
    values: dict[str, Value] = {name: getattr(ritual, name) for name in ("name", "kind", "rule", "minutes")}
    # Of the meetings before, nobody is asked whether they were held.
    values["starts_on"] = first_day(workspace, ritual.rule)
    return workspace.change_all([(RITUAL, None, values)], "ritual.add")[0].code


def next_planned(workspace: Workspace, ritual: Ritual, after: datetime) -> datetime | None:
    """The first meeting of a ritual after that moment, by its rule; None when the rule gives none."""
    try:
        rule = parse_rule(ritual.rule)
    except ValueError:
        return None
    calendar = company_calendar(workspace, ask=True)
    start = after.astimezone(calendar.zone).date()
    for at in occurrences(rule, start, start + timedelta(days=70), calendar):
        aware = at.replace(tzinfo=calendar.zone).astimezone(workspace.zone)
        if aware > after:
            return aware
    return None


def last_held(workspace: Workspace, ritual: Ritual, before: str = "") -> Occurrence | None:
    """The last meeting of a ritual that was facilitated here and closed, other than `before` (a code)."""
    where = "ritual = ? AND status = 'held' AND ended_at IS NOT NULL AND code != ? AND archived_at IS NULL"
    found = workspace.select(
        Occurrence,
        "occurrence",
        f"{where} ORDER BY ended_at DESC, number DESC LIMIT 1",
        (ritual.code, before),
    )
    return found[0] if found else None


def commitments_of(workspace: Workspace, ritual: Ritual, code: str) -> tuple[str, ...]:
    """What was decided, taken on and chosen in the last meeting of that ritual before `code`."""
    last = last_held(workspace, ritual, code)
    if last is None:
        return ()
    where = "origin = ? AND archived_at IS NULL ORDER BY number"
    found = [
        *workspace.select(Decision, "decision", where, (last.code,)),
        *workspace.select(Priority, "priority", where, (last.code,)),
    ]
    chosen = folded(workspace, last.code).chosen
    return tuple(dict.fromkeys((*chosen, *(each.code for each in found))))


def subject(workspace: Workspace, code: str) -> MeetingStep:
    """A blocker as a subject. Raises UnknownCode, and NotPossible when it is closed."""
    found = records.get(workspace.conn, REGISTERS["blocker"], code)
    if not isinstance(found, Blocker):
        raise UnknownCode(code)
    if found.closed_at is not None:
        raise closed(code)
    return _subject(workspace, found)


def needed(workspace: Workspace, code: str) -> tuple[str, ...]:
    """Who has to be there to settle a blocker: its owner, and those it waits for."""
    found = records.get(workspace.conn, REGISTERS["blocker"], code)
    if not isinstance(found, Blocker):
        return ()
    return tuple(filter(None, (found.owner, *found.waiting_on)))


def is_here(workspace: Workspace, name: str, at: datetime) -> bool | None:
    """Whether somebody is there that day, by presence and agenda; None when nothing says it."""
    people = workspace.select(
        Person, "person", "(code = ? OR name = ? OR provider = ?) AND archived_at IS NULL", (name, name, name)
    )
    said = [here for person in people if (here := _present(workspace, person, at)) is not None]
    return any(said) if said else None


def _present(workspace: Workspace, person: Person, at: datetime) -> bool | None:
    day = at.astimezone(workspace.zone).date()
    if (person.ends_on and person.ends_on < day) or (person.starts_on and person.starts_on > day):
        return False
    if _is_out(workspace, person.name, at):
        return False
    return bool(presence(person)[day.weekday()]) if person.presence else None


def _is_out(workspace: Workspace, name: str, at: datetime) -> bool:
    """Whether their own agenda says that they are out of office at that hour."""
    feeds = {source.key for source in workspace.settings.agendas if source.owner == name}
    if not feeds:
        return False
    from cockpit.domain.agenda.events import CANCELLED, OUT_OF_OFFICE
    from cockpit.services.agenda import events as agenda_events

    day = at.astimezone(workspace.zone).date()
    events = agenda_events.followed(workspace, day, day + timedelta(days=1))
    return any(
        feeds & set(event.feeds) and event.occurrence.busy == OUT_OF_OFFICE
        and event.occurrence.status != CANCELLED and event.start <= at < event.end
        for event in events
    )  # fmt: skip


def _built(
    workspace: Workspace, ritual: Ritual, planned: datetime, people: Iterable[str]
) -> tuple[MeetingStep, ...]:
    """What was left over last time keeps its rank; then the hottest, of those whose people are there."""
    expected = set(people)
    here = [
        blocker
        for blocker in (row.record for row in hottest(workspace, _CANDIDATES))
        if not any(
            is_here(workspace, name, planned) is False and name not in expected
            for name in (blocker.owner, *blocker.waiting_on)
            if name
        )
    ]
    left = _leftovers(workspace, ritual)
    rank = {code: number for number, code in enumerate(left)}
    here.sort(key=lambda blocker: rank.get(blocker.code, len(rank)))
    return tuple(_subject(workspace, blocker) for blocker in here[:SUBJECTS])


def _leftovers(workspace: Workspace, ritual: Ritual) -> tuple[str, ...]:
    last = last_held(workspace, ritual)
    return folded(workspace, last.code).leftovers if last else ()


def folded(workspace: Workspace, code: str) -> rules.LedMeeting:
    """The state of a live meeting, worked out of its stored events; without the words that may not be read here.

    What was decided and taken back since is not decided: its subject waits again.
    """
    meeting = rules.fold(
        rules.MeetingEvent(each.seq, datetime.fromisoformat(each.at), each.kind, each.data)
        for each in live.read(workspace.conn, code)
    )
    if made := [note.text for note in (*meeting.decisions, *meeting.actions)]:
        meeting = meeting.holding(records.still_there(workspace.conn, made))
    if workspace.room is None:
        return meeting
    known = (
        records.get(workspace.conn, REGISTERS["blocker"], each.code) for each in meeting.steps if each.code
    )
    hidden = frozenset(each.code for each in known if each is not None and workspace.hides(each))
    return meeting.read_at(workspace.room, hidden, restricted())


def _subject(workspace: Workspace, blocker: Blocker) -> MeetingStep:
    where = "blocker = ? AND ended_at IS NULL AND archived_at IS NULL ORDER BY number DESC LIMIT 1"
    asked = workspace.select(Escalation, "escalation", where, (blocker.code,))
    question = asked[0].question if asked else ""
    if not question or question in (blocker.title, blocker.next_step):
        question = _("Who unblocks “{title}”, by when?").format(title=blocker.title)
    since = blocker.since or blocker.created_at or workspace.clock()
    return MeetingStep(
        kind=rules.SUBJECT, title=blocker.title, seconds=BOX_S, code=blocker.code, question=question,
        owner=blocker.owner, conf=blocker.conf, days=whole_days((workspace.clock() - since).total_seconds()),
    )  # fmt: skip


def _is_open(workspace: Workspace, code: str) -> bool:
    found = records.get(workspace.conn, REGISTERS["blocker"], code)
    return isinstance(found, Blocker) and found.closed_at is None and found.archived_at is None


def _kept(workspace: Workspace, ritual: Ritual) -> Occurrence | None:
    """The planned meeting around now of which something was kept, the nearest."""
    now = workspace.now()
    found = workspace.select(
        Occurrence, "occurrence",
        "ritual = ? AND status = 'planned' AND planned_at >= ? AND planned_at <= ? AND archived_at IS NULL",
        (ritual.code, instant(now - LATE), instant(now + timedelta(days=4))),
    )  # fmt: skip
    return min(found, key=lambda each: abs((each.planned_at or now) - now), default=None)


def _planned(workspace: Workspace, ritual: Ritual, occurrence: Occurrence | None) -> datetime:
    now = workspace.now()
    if occurrence is not None and occurrence.planned_at is not None:
        return occurrence.planned_at.astimezone(workspace.zone)
    found = next_planned(workspace, ritual, now - LATE)
    taken = found and workspace.select(
        Occurrence, "occurrence", "ritual = ? AND planned_at = ? AND status != 'planned'",
        (ritual.code, instant(found)),
    )  # fmt: skip
    if found is not None and taken:
        found = next_planned(workspace, ritual, max(found, now))
    return found or now.replace(second=0, microsecond=0)


def _stored(occurrence: Occurrence | None) -> tuple[MeetingStep, ...] | None:
    if occurrence is None or not occurrence.agenda:
        return None
    try:
        raw = json.loads(occurrence.agenda)
    except ValueError:
        return None
    return tuple(step for step in rules.steps_from(raw) if step.kind == rules.SUBJECT)
