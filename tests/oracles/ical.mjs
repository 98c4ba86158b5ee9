// Occurrences of calendars as ical.js sees them: an implementation that shares nothing with ours.
// In: {"library": path, "calendars": [{"id", "text", "windows": [[lo, hi], ...]}]}, days in ISO.
// Out, a line each: [id, [[uid, kind, start, end], ...]], or [id, null] where it refuses the calendar.
import { readFileSync } from "node:fs";

const { library, calendars } = JSON.parse(readFileSync(0, "utf8"));
const { default: ICAL } = await import(library);
const MOST = 40_000;
const DAY = 86_400_000;

function placed(time) {
  const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  if (time.isDate) return ["day", Date.UTC(time.year, time.month - 1, time.day)];
  if (time.zone === ICAL.Timezone.localTimezone) return ["floating", wall];
  return ["timed", time.toUnixTime() * 1000];
}

function written(kind, at) {
  const text = new Date(at).toISOString().slice(0, kind === "day" ? 10 : 19);
  return kind === "timed" ? `${text}+00:00` : text;
}

function rowsOf(root, windows, found) {
  ICAL.TimezoneService.reset();
  for (const zone of root.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  // Else it takes any exception at the same time, whatever its UID.
  const events = root.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each, { exceptions: [] }));
  const latest = Math.max(...windows.map(([, hi]) => Date.parse(hi))) + 40 * DAY;
  const add = (uid, start, end) => {
    const [kind, at] = placed(start);
    let last = placed(end)[1];
    if (kind === "day") last = Math.max(last, at + DAY);
    const near = ([lo, hi]) => at >= Date.parse(lo) - 2 * DAY && at < Date.parse(hi) + 2 * DAY;
    if (windows.some(near)) found.push([uid ?? "", kind, written(kind, at), written(kind, last)]);
  };
  for (const event of events.filter((each) => !each.isRecurrenceException())) {
    for (const other of events) {
      if (other.isRecurrenceException() && other.uid === event.uid) event.relateException(other);
    }
    if (!event.isRecurring()) {
      add(event.uid, event.startDate, event.endDate);
      continue;
    }
    const steps = event.iterator();
    for (let n = 0, next; n < MOST && (next = steps.next()); n++) {
      const details = event.getOccurrenceDetails(next);
      add(event.uid, details.startDate, details.endDate);
      if (placed(next)[1] > latest) break;
    }
  }
}

for (const { id, text, windows } of calendars) {
  let found = [];
  try {
    const parsed = ICAL.parse(text);
    const roots = typeof parsed[0] === "string" ? [parsed] : parsed;
    for (const root of roots) rowsOf(new ICAL.Component(root), windows, found);
  } catch {
    found = null;
  }
  process.stdout.write(`${JSON.stringify([id, found])}\n`);
}
