// Occurrences of calendars as ical.js sees them: an implementation that shares nothing with ours.
// In: {"library": path, "calendars": [{"id", "text", "lo", "hi"}]}, instants as seconds since 1970.
// Out: {"id": [[uid, kind, start, end], ...]} or {"id": null} where it refuses the calendar.
import { readFileSync } from "node:fs";

const { library, calendars } = JSON.parse(readFileSync(0, "utf8"));
const { default: ICAL } = await import(library);
const MOST = 4000;

function placed(time) {
  const wall = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second) / 1000;
  if (time.isDate) return ["day", Date.UTC(time.year, time.month - 1, time.day) / 1000];
  if (time.zone === ICAL.Timezone.localTimezone) return ["floating", wall];
  return ["timed", time.toUnixTime()];
}

function occurrences({ text, lo, hi }) {
  const root = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of root.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const events = root.getAllSubcomponents("vevent").map(
    // Else it takes any exception at the same time, whatever its UID.
    (each) => new ICAL.Event(each, { exceptions: [] }),
  );
  const found = [];
  const add = (uid, start, end) => {
    const [kind, at] = placed(start);
    if (at >= lo && at < hi) found.push([uid, kind, at, placed(end)[1]]);
    return at;
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
      if (placed(next)[1] > hi + 40 * 86400) break;
    }
  }
  return found;
}

const answers = {};
for (const calendar of calendars) {
  try {
    answers[calendar.id] = occurrences(calendar);
  } catch {
    answers[calendar.id] = null;
  }
}
process.stdout.write(JSON.stringify(answers));
