"""`cockpit week` and `cockpit slots`: the week as text, and when people are free together."""

from __future__ import annotations

from datetime import timedelta

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.locale import _
from cockpit.services.agenda import rows as agenda_rows
from cockpit.services.agenda.events import to_json
from cockpit.services.audits import rows as audits_rows
from cockpit.services.boards.week import Week
from cockpit.services.desk import as_json, dates
from cockpit.services.desk.date_phrases import understand_date
from cockpit.services.meetings import rows as meetings_rows


@click.command("week", help=_("The seven days of a week: events, rituals, who is there, maintenances."))
@click.argument("when", default="")
@click.option("--json", "as_json_", is_flag=True, help=_("Answer in JSON."))
@level
@common
def week(when: str, as_json_: bool, level: int) -> None:
    from cockpit.services.agenda.windows import extend
    from cockpit.services.boards import week as service

    workspace = options().workspace()
    at = understand_date(workspace, when) if when else workspace.now()
    if at is None:
        fail(_("“{text}” is not a date; write for example 2026-12-01 or next monday").format(text=when), 2)
    monday = at.date() - timedelta(days=at.weekday())
    extend(workspace.conn, monday, monday + timedelta(days=7), apart=True)
    found = service.week(workspace.behind(level), monday)
    if as_json_:
        print_json(_as_json(found))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: Week) -> list[str]:
    lines = []
    for day in found.days:
        holiday = f" · {day.holiday}" if day.holiday else ""
        lines.append(f"{dates.long_date(day.day)}{holiday}")
        timed = []
        for event in day.events:
            clash = (event.uid, event.start) in found.clashing
            row = agenda_rows.event(event, clash=clash, past=event.end <= found.at)
            timed.append(("" if event.all_day else f"{event.start:%H:%M}", row.printed))
        timed += [
            (f"{meeting.planned:%H:%M}", meetings_rows.meeting(meeting, found.at).printed)
            for meeting in day.meetings
        ]
        lines += [f"  {text}" for _at, text in sorted(timed)]
        lines += [f"  ◆ {work.title}" for work in day.works]
        lines += [f"  {audits_rows.due(each, dated=False).printed}" for each in day.due]
        if day.present:
            here = ", ".join(f"{name} {hours}" for name, hours in day.present)
            lines.append("  " + _("there: {people}").format(people=here))
    return lines


def _as_json(found: Week) -> list[dict[str, object]]:
    return [
        {
            "day": day.day.isoformat(),
            "holiday": day.holiday or None,
            "events": [to_json(event) for event in day.events],
            "rituals_not_in_agenda": [
                {"ritual": m.ritual.code, "name": m.ritual.name, "planned": as_json.plain(m.planned)}
                for m in day.meetings
            ],
            "due": [audits_rows.to_json(each) for each in day.due],
            "present": [{"name": name, "hours": hours} for name, hours in day.present],
            "maintenances": [
                {"source": w.source, "title": w.title, "starts_at": as_json.plain(w.starts)}
                for w in day.works
            ],
        }
        for day in found.days
    ]


@click.command("slots", help=_("When people are free together, from their agendas and presence."))
@click.argument("names", nargs=-1)
@click.option(
    "--for", "minutes", default=15, type=click.IntRange(1, 480), metavar="MINUTES", help=_("How long.")
)
@click.option(
    "--within", "days", default=10, type=click.IntRange(1, 60), metavar="DAYS", help=_("How far ahead.")
)
@click.option("--json", "as_json_", is_flag=True, help=_("Answer in JSON."))
@level
@common
def slots(names: tuple[str, ...], minutes: int, days: int, as_json_: bool, level: int) -> None:
    from cockpit.services.agenda import slots as service
    from cockpit.services.desk import forms

    workspace = options().workspace().behind(level)
    try:
        people = service.named(workspace, " ".join(names))
    except forms.WrongValue as error:
        fail(str(error), 2)
    found = service.find(workspace, people, timedelta(minutes=minutes), days)
    if as_json_:
        print_json(
            {
                "slots": [
                    {"start": s.start.isoformat(), "end": s.end.isoformat(), "missing": list(s.missing)}
                    for s in found.slots
                ],
                "presence_only": list(found.presence_only),
            }
        )
        return
    for slot in found.slots:
        when = f"{dates.long_date(slot.start.date())} {slot.start:%H:%M}"
        click.echo(("▲ " if slot.missing else "● ") + service.in_one_line(slot, when, people))
    if not found.slots:
        click.echo(_("No time suits in the next days: try a shorter one."))
    if found.presence_only:
        note = _("agenda not read, presence only: {people}")
        click.echo(note.format(people=", ".join(found.presence_only)))
