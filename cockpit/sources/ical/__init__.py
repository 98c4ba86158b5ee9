"""iCalendar feeds: bytes to occurrences, whatever the feed does."""
