"""A week as a time grid, and what is under its cursor: the one place where its days become styled text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from textual.content import Content

from cockpit.domain.agenda.events import CANCELLED, DECLINED, FREE, NEEDS_ACTION, TENTATIVE, Event
from cockpit.domain.agenda.slots import Slot
from cockpit.domain.agenda.week_grid import DAY_MINUTES, minutes_of
from cockpit.domain.registers.hold import Hold
from cockpit.domain.time.opening_hours import Span
from cockpit.locale import _, ngettext, pgettext
from cockpit.services.agenda import events as agenda_events
from cockpit.services.audits.due import Due
from cockpit.services.boards.week import Week, WeekDay, is_background, signs
from cockpit.services.desk import dates, links
from cockpit.services.meetings.rituals import PlannedMeeting
from cockpit.store.outside.provider_history import PlannedWork
from cockpit.ui.kit import visuals
from cockpit.ui.week.day_rows import DayEvent
from cockpit.ui.widgets.grid import Bar, Grid, GridBlock, GridColumn

AROUND = 30
"""Minutes that one wants to see before the company opens and after it closes."""
USUAL_HOURS: Span = (9 * 60, 18 * 60)


def grid(
    found: Week, days: Sequence[WeekDay], hours: Sequence[tuple[Span, ...]], proposed: Slot | None = None
) -> Grid:
    """`days`, which are some of the week's; `hours` are the company's, Monday first."""
    blocks: list[GridBlock] = []
    for column, day in enumerate(days):
        blocks += [_block(found, day, column, *each) for each in _timed(day)]
        blocks += [_absent(day, column, meeting) for meeting in day.meetings]
        blocks += [_held(found, day, column, hold) for hold in found.holds if _starts_on(found, hold, day)]
        if proposed is not None and proposed.start.date() == day.day:
            blocks.append(_proposal(day, column, proposed))
    today = next((n for n, day in enumerate(days) if day.day == found.at.date()), None)
    return Grid(
        columns=tuple(_column(found, day, hours[day.day.weekday()]) for day in days),
        blocks=tuple(blocks),
        bars=tuple(_bars(found, days)),
        dues=tuple(_dues(found, days)),
        now=(today, found.at.hour * 60 + found.at.minute) if today is not None else None,
        span=span(hours),
        foot=_("there"),
        due=pgettext("gutter", "due"),
    )


def span(hours: Sequence[tuple[Span, ...]]) -> Span:
    """The minutes of a day that one wants to see: when the company is open, and what is around."""
    spans = [each for week_day in hours for each in week_day] or [USUAL_HOURS]
    opens, closes = min(start for start, _end in spans), max(end for _start, end in spans)
    return max(0, opens - AROUND), min(DAY_MINUTES, closes + AROUND)


def _column(found: Week, day: WeekDay, hours: tuple[Span, ...]) -> GridColumn:
    name, today = dates.day_and_month(day.day), day.day == found.at.date()
    # A day of 23 or 25 hours is no misprint of the grid: it says so.
    odd = f" · {day.hours} h" if day.hours != 24 else ""
    names = [f"{name}{odd}", name, f"{dates.weekday(day.day)} {day.day.day}"]
    if today:
        names = [f"▸ {name}{odd} · " + _("today"), *(f"▸ {each}" for each in names)]
    return GridColumn(
        names=tuple(names),
        style="bold $accent" if today else "bold",
        feet=_there(day),
        open=() if day.holiday else hours,
    )


def _there(day: WeekDay) -> tuple[str, ...]:
    """Who is there, as long as fits: first names, their beginnings, initials."""
    first = [name.split()[0] for name, _hours in day.present if name.split()]
    return (
        ", ".join(first),
        " ".join(name if len(name) < 5 else f"{name[:3]}." for name in first),
        " ".join(name[0] for name in first),
    )


def _timed(day: WeekDay) -> Iterator[tuple[str, Event]]:
    """The events that stand in the hours of a day. One feed may say the same twice: keys are told apart."""
    seen: dict[str, int] = {}
    for event in day.events:
        if _lasts(event):
            continue
        key = _key(event)
        seen[key] = seen.get(key, 0) + 1
        yield (key if seen[key] == 1 else f"{key}:{seen[key]}"), event


def _lasts(event: Event) -> bool:
    """Whether it stands above the hours: what lasts all day, or as long as one."""
    return event.all_day or event.end.timestamp() - event.start.timestamp() >= 86_400


def _key(event: Event) -> str:
    return f"{event.uid}:{event.start.isoformat()}:{event.occurrence.feed}"


def _block(found: Week, day: WeekDay, column: int, key: str, event: Event) -> GridBlock:
    said, clashing = event.occurrence, (event.uid, event.start) in found.clashing
    style, edge, ground = "$foreground", "$primary", "$primary"
    uncertain = TENTATIVE in (said.status, said.busy) or said.participation == NEEDS_ACTION
    if _is_off(event):
        style, edge, ground = f"{visuals.MUTED} strike", "$foreground 40%", ""
    elif said.busy == FREE:
        style, edge, ground = visuals.MUTED, "$foreground 40%", ""
    elif uncertain:
        style, edge, ground = "italic $foreground", "$primary 60%", ""
    elif clashing:
        style, edge, ground = "$foreground", "$warning", "$warning"
    elif event.uid in found.rituals:
        style, edge, ground = "$foreground", "$accent", "$accent"
    past = event.end <= found.at
    if past and not _is_off(event):
        style = f"italic {visuals.MUTED}" if uncertain else visuals.MUTED
        ground = ""
    start, end = minutes_of(event.start, event.end, day.day)
    return GridBlock(
        key=key, column=column, start=start, end=end, hour=f"{event.start:%H:%M}", text=_title(found, event),
        style=style, edge=edge, ground=ground,
        data=DayEvent(event, clashing, past), behind=is_background(found, event), dashed=uncertain,
    )  # fmt: skip


def _absent(day: WeekDay, column: int, meeting: PlannedMeeting) -> GridBlock:
    """A ritual's meeting that no event of the agenda stands for."""
    end = meeting.planned + timedelta(minutes=meeting.ritual.minutes)
    start_minute, end_minute = minutes_of(meeting.planned, end, day.day)
    return GridBlock(
        key=meeting.key, column=column, start=start_minute, end=end_minute, hour=f"{meeting.planned:%H:%M}",
        text=f"⚐ {meeting.ritual.name} · " + _("not in the agenda"), style="italic $foreground 80%",
        edge="$accent", data=meeting, dashed=True,
    )  # fmt: skip


def _starts_on(found: Week, hold: Hold, day: WeekDay) -> bool:
    return hold.starts_at is not None and hold.starts_at.astimezone(found.at.tzinfo).date() == day.day


def _held(found: Week, day: WeekDay, column: int, hold: Hold) -> GridBlock:
    """Time that is kept for a priority."""
    assert hold.starts_at is not None
    start = hold.starts_at.astimezone(found.at.tzinfo)
    end = (hold.ends_at or hold.starts_at).astimezone(found.at.tzinfo)
    start_minute, end_minute = minutes_of(start, end, day.day)
    return GridBlock(
        key=hold.code, column=column, start=start_minute, end=end_minute, hour=f"{start:%H:%M}",
        text=f"▣ {hold.title}", style="$foreground", edge="$secondary", ground="$secondary", data=hold,
    )  # fmt: skip


def _proposal(day: WeekDay, column: int, slot: Slot) -> GridBlock:
    start, end = minutes_of(slot.start, slot.end, day.day)
    return GridBlock(
        key="slot", column=column, start=start, end=end, hour=f"{slot.start:%H:%M}",
        text="◇ " + _("free slot"), style="bold $accent", edge="$accent", data=slot, dashed=True,
    )  # fmt: skip


def _bars(found: Week, days: Sequence[WeekDay]) -> Iterator[Bar]:
    """What lasts for days: holidays, then events, then maintenances, each once over all its days."""
    for column, day in enumerate(days):
        if day.holiday:
            yield Bar(f"holiday:{day.day}", column, column, f"✦ {day.holiday}", "$secondary", day.holiday)
    stretches: dict[str, tuple[Event | PlannedWork, list[int]]] = {}
    for column, day in enumerate(days):
        for event in day.events:
            if _lasts(event):
                stretches.setdefault(_key(event), (event, []))[1].append(column)
    for column, day in enumerate(days):
        for work in day.works:
            stretches.setdefault(f"{work.source}:{work.title}:{work.starts}", (work, []))[1].append(column)
    for key, (thing, columns) in stretches.items():
        if isinstance(thing, PlannedWork):
            text, style = f"◆ {_clock_of(found, thing)}{thing.title}", "$primary on $primary 15%"
        else:
            hour = "" if thing.all_day else f"{thing.start:%H:%M} "
            text = f"▬ {hour}{_title(found, thing)}"
            style = "$quiet strike" if _is_off(thing) else "$secondary on $secondary 18%"
        data = thing if isinstance(thing, PlannedWork) else DayEvent(thing, False, thing.end <= found.at)
        yield Bar(key, min(columns), max(columns), text, style, data)


def _dues(found: Week, days: Sequence[WeekDay]) -> Iterator[Bar]:
    """What is to be done or decided by a day; of a day that is past it is late, today's is pressing."""
    today = found.at.date()
    for column, day in enumerate(days):
        style = visuals.BAD if day.day < today else f"bold {visuals.WARN}" if day.day == today else ""
        for each in day.due:
            yield Bar(each.key, column, column, f"◷ {each.text}", style, each)


def _clock_of(found: Week, work: PlannedWork) -> str:
    return f"{work.starts.astimezone(found.at.tzinfo):%H:%M} " if work.starts else ""


def _is_off(event: Event) -> bool:
    return event.occurrence.status == CANCELLED or event.occurrence.participation == DECLINED


def _title(found: Week, event: Event) -> str:
    """Its signs and its title, with whose it is unless the title says so."""
    return " ".join([*(sign for sign, _word in signs(found, event)), agenda_events.label(event)])


# -- what is under the cursor


def under(found: Week, data: object, width: int) -> list[Content]:
    """What is under the cursor, in words: what matters most in the first line."""
    if isinstance(data, Due):
        return [_headline(dates.day_and_month(data.day), f"◷ {data.text}", [], data.code, width)]
    if isinstance(data, DayEvent):
        return _of_event(found, data.event, width)
    if isinstance(data, PlannedMeeting):
        end = data.planned + timedelta(minutes=data.ritual.minutes)
        when = f"{dates.day_and_month(data.planned.date())} {data.planned:%H:%M}–{end:%H:%M}"
        note = _("ritual that is not in the agenda")
        return [_headline(when, data.ritual.name, [note], "", width)]
    if isinstance(data, Hold) and data.starts_at is not None:
        at = data.starts_at.astimezone(found.at.tzinfo)
        when = f"{dates.day_and_month(at.date())} {at:%H:%M}"
        return [
            _headline(when, f"▣ {data.title}", [_("kept for a priority, in this cockpit only")], "", width)
        ]
    if isinstance(data, PlannedWork):
        when = _stretch(found, data)
        return [_headline(when, data.title, [_("maintenance of {name}").format(name=data.source)], "", width)]
    if isinstance(data, Slot):
        when = f"{dates.day_and_month(data.start.date())} {data.start:%H:%M}–{data.end:%H:%M}"
        missing = [_("without {people}").format(people=", ".join(data.missing))] if data.missing else []
        return [_headline(when, _("free slot"), missing, "", width, note_style=visuals.WARN)]
    return [Content.styled(f" ✦ {data}", "$secondary")] if isinstance(data, str) else []


def _of_event(found: Week, event: Event, width: int) -> list[Content]:
    card = event.occurrence
    words = [f"{sign} {word}" for sign, word in signs(found, event)]
    # Amber is for what asks for somebody: two things at once.
    style = visuals.WARN if (event.uid, event.start) in found.clashing else visuals.MUTED
    title = agenda_events.label(event)
    lines = [_headline(_when(event), title, words, card.location, width, note_style=style)]
    people = len(card.attendees)
    counted = ngettext("{n} attendee", "{n} attendees", people).format(n=people) if people else ""
    if card.organizer or people:
        said = ", ".join(card.attendees)
        lines.append(
            Content.assemble(
                " ",
                (" · ".join(filter(None, (card.organizer, counted))), "bold"),
                (f"  {said}", visuals.MUTED),
            )
        )
    if card.link:
        where = _("o opens {host}").format(host=links.host(card.link))
        lines.append(Content.styled(f" ↗ {where}", "$primary"))
    lines += [Content.styled(f" {line}", visuals.MUTED) for line in card.notes.splitlines() if line.strip()]
    return [line.truncate(width, ellipsis=True) for line in lines]


def _headline(
    when: str, title: str, words: Sequence[str], place: str, width: int, *, note_style: str = visuals.MUTED
) -> Content:
    left = Content.assemble((f" {when}  ", visuals.MUTED), (title, "bold"))
    note = " · ".join(words)
    left += Content.styled(f"  {note}" if note else "", note_style)
    room = width - left.cell_length - 3
    where = Content.styled(place, visuals.MUTED).truncate(max(0, room), ellipsis=True)
    return visuals.spread(width, left, where + " " if room > 7 and place else "")


def _when(event: Event) -> str:
    first, last = event.start.date(), event.end.date()
    if event.all_day:
        last -= timedelta(days=1)
        days = dates.day_and_month(first)
        return days if last <= first else f"{days} – {dates.day_and_month(last)}"
    end = f"{event.end:%H:%M}" if last == first else f"{dates.day_and_month(last)} {event.end:%H:%M}"
    return f"{dates.day_and_month(first)} {event.start:%H:%M}–{end}"


def _stretch(found: Week, work: PlannedWork) -> str:
    ends = [at.astimezone(found.at.tzinfo) for at in (work.starts, work.ends) if at is not None]
    texts = [f"{dates.day_and_month(at.date())} {at:%H:%M}" for at in ends]
    if len(ends) == 2 and ends[0].date() == ends[1].date():
        texts[1] = f"{ends[1]:%H:%M}"
    return "–".join(texts)


def beyond(found: Week, days: Sequence[WeekDay]) -> str:
    """What the days of the week that are not shown hold, as `Sat ×1 · Sun ×2`; empty when nothing."""
    shown: set[date] = {day.day for day in days}
    parts = [
        f"{dates.weekday(day.day)} ×{len(day.events) + len(day.meetings)}"
        for day in found.days
        if day.day not in shown and (day.events or day.meetings)
    ]
    return " · ".join(parts)
