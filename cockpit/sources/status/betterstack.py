"""Better Stack (Better Uptime) `index.json`, a JSON:API document.

https://betterstack.com/docs/uptime/status-pages/
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

import msgspec

from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import Component, Incident, Maintenance, StatusReading, Update, worst
from cockpit.domain.settings import StatusSource
from cockpit.sources.status.payload import (
    Id,
    Notes,
    convert,
    form_error,
    latest_first,
    message,
    moment,
    of_monitors,
    root,
    says_over,
    text,
)

T = TypeVar("T", bound=msgspec.Struct)

_PAGES = {
    "operational": State.OPERATIONAL,
    "degraded": State.DEGRADED,
    "downtime": State.PARTIAL_OUTAGE,
    "maintenance": State.MAINTENANCE,
}
_RESOURCES = {**_PAGES, "downtime": State.MAJOR_OUTAGE}
_REPORTS = {**_PAGES, "resolved": State.OPERATIONAL, "": State.DEGRADED}


class _Record(msgspec.Struct):
    id: Id
    type: str
    attributes: dict[str, Any]
    relationships: Any = None


class _Page(msgspec.Struct):
    aggregate_state: str
    company_name: str | None = None


class _Resource(msgspec.Struct):
    public_name: str = ""
    status: str = ""
    status_page_section_id: Id | None = None


class _Section(msgspec.Struct):
    name: str = ""


class _Affected(msgspec.Struct):
    status_page_resource_id: Id


class _Report(msgspec.Struct):
    title: str = ""
    report_type: str = ""
    starts_at: str | None = None
    ends_at: str | None = None
    aggregate_state: str | None = None
    affected_resources: Any = None


class _Update(msgspec.Struct):
    message: str | None = None
    published_at: str | None = None


class _Document(msgspec.Struct):
    data: _Record
    included: Any = None


def read(body: bytes, *_more: bytes, now: datetime, source: StatusSource) -> StatusReading:
    """The page as its index says. Raises Unreadable when it is not one."""
    document = root(body, _Document)
    if document.data.type != "status_page":
        raise form_error()
    try:
        page = convert(document.data.attributes, _Page)
    except msgspec.ValidationError as error:
        raise form_error() from error
    notes = Notes(source.name, now)
    records = {(r.type, text(r.id)): r for r in notes.items(document.included, _Record)}
    lost = bool(notes.dropped)
    components = _components(records, notes)
    reports = [(r, convert(r.attributes, _Report)) for r in _of_type(records, "status_report")]
    planned = [(r, report) for r, report in reports if report.report_type == "maintenance"]
    states = [notes.state(_PAGES, page.aggregate_state)]
    if components:
        states.append(of_monitors([component.state for component in components]))
    return StatusReading(
        state=worst([*states, State.UNKNOWN] if lost else states),
        page=text(page.company_name),
        page_id=text(document.data.id),
        indicator=text(page.aggregate_state),
        components=components,
        incidents=tuple(
            _incident(r, report, records, notes, now)
            for r, report in reports
            if report.report_type != "maintenance"
        ),
        maintenances=tuple(_maintenance(r, report, records, notes, now) for r, report in planned),
        warnings=notes.warnings(),
        complete=not notes.dropped,
    )


def _of_type(records: dict[tuple[str, str], _Record], kind: str) -> list[_Record]:
    return [record for (found, _id), record in records.items() if found == kind]


def _components(records: dict[tuple[str, str], _Record], notes: Notes) -> tuple[Component, ...]:
    found = []
    for record in _of_type(records, "status_page_resource"):
        resource = convert(record.attributes, _Resource)
        if resource.status == "not_monitored":
            continue
        section = records.get(("status_page_section", text(resource.status_page_section_id)))
        found.append(
            Component(
                id=text(record.id),
                name=text(resource.public_name) or text(record.id),
                state=notes.state(_RESOURCES, resource.status),
                group=text(convert(section.attributes, _Section).name) if section else "",
            )
        )
    return tuple(found)


def _incident(
    record: _Record,
    report: _Report,
    records: dict[tuple[str, str], _Record],
    notes: Notes,
    now: datetime,
) -> Incident:
    ends = moment(report.ends_at)
    updates = latest_first(_updates(record, records), lambda update: update.at)
    in_words = bool(updates) and says_over(updates[0].text)
    over = report.aggregate_state == "resolved" or (ends is not None and ends <= now) or in_words
    return Incident(
        key=text(record.id),
        title=text(report.title),
        impact=notes.state(_REPORTS, report.aggregate_state or ""),
        phase="resolved" if over else "investigating",
        started=notes.past(report.starts_at),
        updated=updates[0].at if updates else None,
        resolved=(ends or (updates[0].at if updates else None)) if over else None,
        components=_touched(report, records, notes),
        message=updates[0].text if updates else "",
        updates=tuple(updates),
    )


def _maintenance(
    record: _Record,
    report: _Report,
    records: dict[tuple[str, str], _Record],
    notes: Notes,
    now: datetime,
) -> Maintenance:
    starts, ends = moment(report.starts_at), moment(report.ends_at)
    begun = starts is not None and starts <= now
    updates = latest_first(_updates(record, records), lambda update: update.at)
    in_words = bool(updates) and says_over(updates[0].text)
    over = report.aggregate_state == "resolved" or (ends is not None and ends <= now) or in_words
    return Maintenance(
        key=text(record.id),
        title=text(report.title),
        phase="resolved" if over else "in_progress" if begun else "scheduled",
        starts=starts,
        ends=ends,
        components=_touched(report, records, notes),
    )


def _updates(record: _Record, records: dict[tuple[str, str], _Record]) -> list[Update]:
    """The updates that a report points to; some pointers lead nowhere."""
    found = []
    for pointer in _pointers(record.relationships):
        target = records.get(("status_update", pointer))
        if target is not None:
            said = convert(target.attributes, _Update)
            found.append(Update(key=pointer, at=moment(said.published_at), text=message(said.message)))
    return found


def _pointers(relationships: Any) -> list[str]:
    try:
        data = relationships["status_updates"]["data"]
    except (KeyError, TypeError, IndexError):
        return []
    return [text(item.get("id")) for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def _touched(report: _Report, records: dict[tuple[str, str], _Record], notes: Notes) -> tuple[str, ...]:
    ids = [text(part.status_page_resource_id) for part in notes.items(report.affected_resources, _Affected)]
    resources = [records.get(("status_page_resource", id_)) for id_ in ids]
    names = [text(convert(r.attributes, _Resource).public_name) for r in resources if r is not None]
    return tuple(name for name in (*ids, *names) if name)
