"""What every status dialect needs to read a hostile document leniently, item by item."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Never, TypeVar

import msgspec

from cockpit.domain.messages.html import text_of
from cockpit.domain.providers.state import State
from cockpit.domain.providers.status import StatusReading, worst
from cockpit.domain.text import BODY_LIMIT, TITLE_LIMIT, clean, safe_link
from cockpit.locale import _, ngettext

T = TypeVar("T", bound=msgspec.Struct)
S = TypeVar("S")

Id = str | int
ITEMS_LIMIT = 2_000
"""Items read of one list: the largest real pages have some hundreds."""

_CLOCK_TOLERANCE = timedelta(minutes=5)
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_CLOSED = re.compile(
    r"^\W*(this (incident|issue|maintenance) (has been|was|is now) )?"
    r"(resolved|completed?|closed|fixed|mitigated|restored|postmortem|false alarm"
    r"|résolue?|terminée?|clôturée?|clos|corrigée?|rétablie?)\b",
    re.IGNORECASE,
)
_JAVASCRIPT_DATE = re.compile(r"\w{3} (\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})")
_EXTRA_DIGITS = re.compile(r"(\.\d{6})\d+")


class UnreadablePage(Exception):
    """The document is not what this dialect should serve. The message is for a person."""


def unreadable(message: str) -> StatusReading:
    """The reading of such a document: nothing is known."""
    return StatusReading(
        state=State.UNKNOWN, warnings=(message,), confidence="low", readable=False, complete=False
    )


def decode(body: bytes) -> Any:
    """The JSON in `body`: UTF-8, 16 or 32, with or without BOM. Raises Unreadable.

    NaN, infinities, numbers beyond a float and nesting beyond the stack are refused.
    """
    try:
        text = body.decode(json.detect_encoding(body), "replace").lstrip("\ufeff")
        return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise UnreadablePage(_("the answer is not readable as JSON")) from error


def _refuse(name: str) -> Never:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def convert(raw: object, shape: type[T]) -> T:
    """`raw` as `shape`; an optional field of a wrong type counts as absent.

    Raises msgspec.ValidationError when a required field is missing or wrong, or `raw` is no object.
    """
    try:
        return msgspec.convert(raw, shape, strict=False)
    except msgspec.ValidationError:
        if not isinstance(raw, dict):
            raise
    types = {field.encode_name: field.type for field in msgspec.structs.fields(shape)}
    fitting = {name: value for name, value in raw.items() if name in types and _fits(value, types[name])}
    return msgspec.convert(fitting, shape, strict=False)


def _fits(value: object, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return False
    return True


def root(body: bytes, shape: type[T]) -> T:
    """The whole document as `shape`. Raises Unreadable."""
    try:
        return convert(decode(body), shape)
    except msgspec.ValidationError as error:
        raise form_error() from error


def text(value: object, limit: int = TITLE_LIMIT) -> str:
    """One clean line of a string or number; empty for anything else."""
    return clean(str(value), limit) if isinstance(value, str | int | float) else ""


def message(value: object) -> str:
    """Clean text of a body that may hold HTML."""
    return clean(text_of(value), BODY_LIMIT, lines=True) if isinstance(value, str) else ""


def link(value: object) -> str:
    """An http(s) address, or empty."""
    return safe_link(value) or "" if isinstance(value, str) else ""


def moment(value: object) -> datetime | None:
    """The instant in any form that status pages use, in UTC; None when unset or unreadable.

    ISO 8601, epoch seconds (as number or text), RFC 5322, JavaScript's `Date.toString()`.
    A time without offset is taken as UTC. Years before 1990 mean "unset".
    """
    try:
        at = _parsed(value)
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC) if at else None
    except (ValueError, OverflowError, OSError, IndexError, TypeError):
        return None
    return at if at and at >= _OLDEST else None


def _parsed(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if not isinstance(value, str):
        return datetime.fromtimestamp(value, UTC)
    value = value.strip()[:100]
    if value.isascii() and value.isdigit() and len(value) > 8:
        return datetime.fromtimestamp(int(value), UTC)
    if value[:4].isdigit():
        return datetime.fromisoformat(_EXTRA_DIGITS.sub(r"\1", value))
    if found := _JAVASCRIPT_DATE.match(value):
        return datetime.strptime(" ".join(found.groups()), "%b %d %Y %H:%M:%S %z")
    return parsedate_to_datetime(value) if value else None


class Notes:
    """What a reader had to leave aside while it read one document, to be told with the reading."""

    def __init__(self, source_name: str, now: datetime) -> None:
        self.dropped = 0
        self._source = source_name
        self._now = now
        self._lines: dict[str, None] = {}

    def items(self, raw: object, shape: type[T]) -> Iterator[T]:
        """The readable items of a list; the others are counted. Anything but a list has none."""
        if not isinstance(raw, list):
            self.dropped += raw is not None
            return
        for item in raw[:ITEMS_LIMIT]:
            try:
                converted = convert(item, shape)
            except msgspec.ValidationError:
                self.dropped += 1
                continue
            yield converted
        self.dropped += max(len(raw) - ITEMS_LIMIT, 0)

    def state(self, table: Mapping[Any, State], token: object) -> State:
        """The state that a vendor's word stands for; a new word is `unknown`, with a warning."""
        known = table.get(token) if isinstance(token, str | int) else None
        if known is None:
            self.new_value(token)
            return State.UNKNOWN
        return known

    def new_value(self, token: object) -> None:
        """Tell of a vendor's word that this version does not know."""
        line = _("new value {value} from {source}")
        self.add(line.format(value=text(token, 60) or _("(empty)"), source=self._source))

    def past(self, value: object) -> datetime | None:
        """An instant that should not lie ahead; one that does is kept, and told."""
        at = moment(value)
        if at and at > self._now + _CLOCK_TOLERANCE:
            self.add(_("the clock of {source} is ahead of ours").format(source=self._source))
        return at

    def add(self, line: str) -> None:
        """One more line, once."""
        self._lines[line] = None

    def warnings(self) -> tuple[str, ...]:
        """All lines, the count of unreadable items last."""
        if not self.dropped:
            return tuple(self._lines)
        line = ngettext("{n} unreadable item ignored", "{n} unreadable items ignored", self.dropped)
        return (*self._lines, line.format(n=self.dropped))


def says_over(words: str) -> bool:
    """Whether a message begins by saying that the trouble is over: `Resolved`, `[Résolu] ...`."""
    return _CLOSED.match(words) is not None


def first_of_each(items: Iterator[Any], key: str = "id") -> Iterator[Any]:
    """The items without those whose `key` was seen before: pages do repeat ids."""
    seen: set[object] = set()
    for item in items:
        value = getattr(item, key)
        if value not in seen:
            seen.add(value)
            yield item


def optional(bodies: tuple[bytes, ...], index: int, shape: type[T]) -> T | None:
    """A document beside the essential one, if it came and can be read."""
    if index >= len(bodies) or not bodies[index]:
        return None
    try:
        return root(bodies[index], shape)
    except UnreadablePage:
        return None


def of_monitors(states: Sequence[State]) -> State:
    """The state of a page of monitors that know only up and down: one red among many is a partial outage."""
    others = [state for state in states if state is not State.MAJOR_OUTAGE]
    return (
        worst([State.PARTIAL_OUTAGE, *others]) if others and State.MAJOR_OUTAGE in states else worst(states)
    )


def newest(items: Sequence[S], times: Sequence[datetime | None]) -> S | None:
    """The item of the latest time, the last of equals; None when there is none or one has no time, since
    a wrong order would tell the past for the present."""
    dated = [(at, n) for n, at in enumerate(times) if at is not None]
    return items[max(dated)[1]] if dated and len(dated) == len(items) else None


def latest_first(items: Iterable[S], at: Callable[[S], datetime | None]) -> list[S]:
    """The items by their times; one without counts as the oldest, since it may tell of the past."""
    return sorted(items, key=lambda item: at(item) or _OLDEST, reverse=True)


def form_error() -> UnreadablePage:
    """The error of a document that is well written but is not the one expected."""
    return UnreadablePage(_("the answer does not have the expected form"))
