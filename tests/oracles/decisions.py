"""Where we differ from both engines on purpose, by calendar, each with its reason."""

_ICALENDAR = "src/icalendar/tests/"
_RECURRING = "recurring_ical_events/test/calendars/"

DECISIONS = {
    f"{_ICALENDAR}calendars/issue_178_component_with_invalid_name_represented.ics": (
        "no VCALENDAR in it: told as no calendar, not as an empty one"
    ),
    f"{_ICALENDAR}events/issue_464_invalid_rdate.ics": (
        "one unreadable date of a list costs that date, not the event"
    ),
    "tests/ics/tz_windows_format.ics": (
        "a name of Windows or of the IANA counts, not what the feed defines under it: definitions age"
    ),
    f"{_RECURRING}bad_rrule_missing_until_event.ics": (
        "a misspelt part of a rule costs that part, and Europe/London is known without a definition"
    ),
    f"{_RECURRING}issue_132_swapped_start_and_end.ics": (
        "an end before its start is left out and told: which of the two is wrong, nobody knows"
    ),
    f"{_RECURRING}issue_28_rrule_with_UTC_endinginZ.ics": (
        "UNTIL in UTC of a series of whole days is the midnight of its last day where it was written"
    ),
    f"{_RECURRING}issue_75_range_parameter.ics": (
        "UNTIL as a date, of a series with hours, counts to the end of that day"
    ),
}
