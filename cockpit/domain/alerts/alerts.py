"""The common part of every alert: its sentence, the next step, its level, and the record it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum, IntEnum
from typing import ClassVar

from cockpit.domain.dataclasses import dataclass, fields, replace
from cockpit.domain.providers.state import TROUBLES, State
from cockpit.locale import N_, _, ngettext

BUDGET = 7
"""Lines on the screen at once: more of them and none is read."""
NOTICE_RED_DAYS = 30
OLD_BLOCKER_DAYS = 7
EXPIRY_DAYS = 30
CERTIFICATE_WARNING = timedelta(days=21)
"""Before the end of a service's certificate: time to renew it; seven days before, it is red."""
CERTIFICATE_RED = timedelta(days=7)
CARRIED = 3
"""Times a priority is carried over before a choice is asked: do, delegate, date or drop."""
LASTING: Mapping[str, timedelta] = {"vital": timedelta(minutes=30), "important": timedelta(hours=4)}


class AlertLevel(IntEnum):
    """How bad it is, worse ones greater."""

    TO_COMPLETE = 0
    """Missing from what is written down: it can wait, and is told on one line."""
    ORANGE = 1
    """Will be late unless somebody acts."""
    RED = 2
    """Late, or down now."""


class InReview(Enum):
    """Whether the morning review tells it among its signals."""

    NEVER = "never"
    """It has a step of its own."""
    ALWAYS = "always"
    """A date of a contract or of somebody who leaves."""
    SOME = "some"
    """Told with the worst few."""


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One line that asks somebody to act. Each kind is a class with its own words; rules create instances.

    `TEXT`, `NEXT` and `MANY` are formatted with the fields of the kind by their names, beside `who`
    (by name) and `me`; a field `days` is said with its unit.
    """

    KIND: ClassVar[str]
    """Its name for programs, which never changes."""
    TEXT: ClassVar[str]
    """One sentence, verb first."""
    NEXT: ClassVar[str]
    """Who does what next, with the key that does it."""
    MINE: ClassVar[str] = N_("{me}: it waits for you: do it, or record what you decide (d)")
    """What is said instead where `who` is to be asked and is the one it is said to."""
    MANY: ClassVar[str] = ""
    """What is said of `{n}` of them at once, for kinds of which many are one line."""
    JOINS: ClassVar[str] = ""
    """Kinds that join under one name are one case on one target: one line says all of them."""
    MADE: ClassVar[tuple[str, str]] = ("", "")
    """Where a new record satisfies it: its register, and the field of it that holds the target."""
    BRIEFLY: ClassVar[str] = ""
    """What it adds to the line of another one of its case, without saying again what that is about."""
    ON_ITS_ROW: ClassVar[bool] = False
    """Whether the row of what it is about says it by itself, wherever that is listed."""
    IN_REVIEW: ClassVar[InReview] = InReview.SOME
    CASE: ClassVar[str] = ""
    """The kind that this one follows on the same trouble, where it follows one: what was soon and is late now."""
    STAGE: ClassVar[int] = 0
    """How much worse it is than the kinds of the same case before it."""

    level: AlertLevel
    subject: str = ""
    """Whom or what it is about, by name."""
    target: str = ""
    """What it opens: the code of a record, or `status:KEY`, `feed:KEY`."""
    who: str = ""
    """Who is to do something next: a code or a name."""
    severity: int = 3
    """Of what it is about, 1 to 4 as that of a blocker: what matters most within a level comes first."""
    cost: int = 0
    """What is at stake a year, in cents, where it is known: within a severity the dearest comes first."""
    since: str = ""
    """The day or instant from which it counts, in ISO 8601: at equal cost the oldest comes first."""
    conf: int = 1
    also: tuple[Alert, ...] = ()
    """Less bad ones of the same case, which this one's line says too."""

    @property
    def kind(self) -> str:
        """Its name for programs."""
        return self.KIND

    @property
    def case(self) -> str:
        """The name of the trouble: kinds that follow one another on the same trouble return the same name."""
        return self.CASE or self.kind

    @property
    def about(self) -> str:
        """The date or the cycle it is about: next year's certificate is another one than this year's."""
        return ""

    @property
    def stage(self) -> int:
        """How far it has come within its level, from 0 to 999; greater is worse."""
        return self.STAGE

    @property
    def key(self) -> str:
        """Its identity: the same trouble about the same date is the same alert, however bad it is by now."""
        return ":".join(filter(None, (self.case, self.target or self.subject, self.about)))

    @property
    def weight(self) -> int:
        """How bad it is by now: what is worse than what was taken up is news again, what is better is not."""
        return self.level * 1000 + self.stage

    @property
    def made(self) -> tuple[str, str]:
        """See `MADE`; empty where what is asked is no new record."""
        return self.MADE

    @property
    def parts(self) -> tuple[Alert, ...]:
        """It and what its line says too, each by itself: each is taken up, told and over by itself."""
        return (replace(self, also=()), *self.also) if self.also else (self,)

    def line(self, names: Mapping[str, str] | None = None) -> str:
        """All that is wrong in this case: its own sentence, then the others in a few words."""
        return " · ".join((self.text(names), *(each.briefly(names) for each in self.also)))

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """What is wrong, in one sentence."""
        return _(self.TEXT).format(**self._said(names or {}, _("nobody")))

    def briefly(self, names: Mapping[str, str] | None = None) -> str:
        """The same in a few words, beside another one of its case."""
        if not self.BRIEFLY:
            return self.text(names)
        return _(self.BRIEFLY).format(**self._said(names or {}, _("nobody")))

    def next(self, names: Mapping[str, str], me: str) -> str:
        """What to do next: `me` does it when nobody else is named, and is never told to ask themselves."""
        asks = "{who}" in self.NEXT and "{me}" in self.NEXT
        step = self.MINE if asks and (names.get(self.who, self.who) or me) == me else self.NEXT
        return _(step).format(**{**self._said(names, me), "me": me})

    def _said(self, names: Mapping[str, str], nobody: str) -> dict[str, object]:
        """The fields by their names, whoever is named by name."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        if "days" in said:
            said["days"] = ngettext("{n} day", "{n} days", said["days"]).format(n=said["days"])
        return said | {"who": names.get(self.who, self.who) or nobody}


@dataclass(frozen=True, kw_only=True)
class Counted(Alert):
    """So many of something, `n`: one more is worse."""

    n: int

    @property
    def stage(self) -> int:
        """Grows with their number."""
        return min(999, self.n)


@dataclass(frozen=True, kw_only=True)
class Many(Counted):
    """Many alerts of one kind on one line, as bad as the worst, which it opens."""

    TEXT: ClassVar[str] = "{n}"
    NEXT: ClassVar[str] = ""

    worst: Alert

    @property
    def kind(self) -> str:
        """Its name for programs, different from the kind of the alerts inside."""
        return f"{self.worst.KIND}_many"

    @property
    def key(self) -> str:
        """One identity for all of them, whichever is the worst."""
        return self.kind

    @property
    def made(self) -> tuple[str, str]:
        """That of the worst one, which it opens."""
        return self.worst.made

    def text(self, names: Mapping[str, str] | None = None) -> str:
        """How many there are, and of what."""
        return _(self.worst.MANY).format(n=self.n)

    def next(self, names: Mapping[str, str], me: str) -> str:
        """The next step of the worst one."""
        return self.worst.next(names, me)


APART = 2
"""Alerts of one kind that stand each on a line; more become one."""


def folded(found: Sequence[Alert], apart: int = APART) -> list[Alert]:
    """More than `apart` of one kind become one line, as bad as the worst, which opens on it."""
    told: list[Alert] = []
    for kind in dict.fromkeys(type(each) for each in found):
        same = sorted((each for each in found if type(each) is kind), key=_rank)
        if len(same) <= apart:
            told += same
        else:
            worst = same[0]
            told.append(
                Many(
                    level=worst.level, target=worst.target, severity=worst.severity, worst=worst, n=len(same),
                    cost=sum(each.cost for each in same), since=worst.since or worst.about,
                )
            )  # fmt: skip
    return told


def ranked(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """Worst first, then by severity, by what it costs and by date; each identity once."""
    once: dict[str, Alert] = {}
    for alert in alerts:
        once.setdefault(alert.key, alert)
    return tuple(sorted(once.values(), key=_rank))


def together(alerts: Sequence[Alert]) -> tuple[Alert, ...]:
    """One line a case: of ranked alerts that join on one target, the worst, which says the others too."""
    cases: dict[tuple[str, str], list[Alert]] = {}
    for number, each in enumerate(alerts):
        case = (each.JOINS, each.target) if each.JOINS and each.target else ("", str(number))
        cases.setdefault(case, []).append(each)
    return tuple(
        first
        if not others
        else replace(first, also=tuple(others), conf=max(each.conf for each in (first, *others)))
        for first, *others in cases.values()
    )


def _rank(alert: Alert) -> tuple[int, int, int, str]:
    return -alert.level, alert.severity, -alert.cost, alert.since or alert.about or "~"


@dataclass(frozen=True)
class ShownAlerts:
    """The alerts that fit the attention budget, and how many stand behind the lines that open on them."""

    lines: tuple[Alert, ...]
    rest: int
    """Others that ask for somebody."""
    to_complete: int
    """What is missing from what is written down."""


def within_budget(alerts: Sequence[Alert], budget: int = BUDGET) -> ShownAlerts:
    """The first of ranked alerts, and one line for the rest, one for what is to complete."""
    asking = [each for each in alerts if each.level > AlertLevel.TO_COMPLETE]
    to_complete = len(alerts) - len(asking)
    room = budget - (to_complete > 0)
    if len(asking) > room:
        room -= 1
    return ShownAlerts(tuple(asking[:room]), max(0, len(asking) - room), to_complete)


def as_confidential(alerts: Iterable[Alert], conf: Mapping[str, int]) -> list[Alert]:
    """Each alert at least as confidential as what `conf` says of what it opens and of whom it names."""
    found = []
    for each in alerts:
        needed = max(each.conf, conf.get(each.target, 0), conf.get(each.who, 0))
        found.append(replace(each, conf=needed) if needed > each.conf else each)
    return found


def level_of_fault(state: State, criticality: str, *, lasts: timedelta = timedelta()) -> AlertLevel | None:
    """How bad a fault that a provider reports is; comfort tools raise none, unknown is never one.

    A trouble that lasts turns red: after half an hour for what is vital, four hours for what is important.
    """
    if criticality == "comfort" or state not in TROUBLES:
        return None
    red = state is State.MAJOR_OUTAGE or (criticality == "vital" and state is State.PARTIAL_OUTAGE)
    return AlertLevel.RED if red or lasts >= LASTING[criticality] else AlertLevel.ORANGE


def level_of_certificate(expiry: datetime, now: datetime) -> AlertLevel | None:
    """How bad it is that the certificate of a probed service ends: orange 21 days before, red 7 days before."""
    left = expiry - now
    if left > CERTIFICATE_WARNING:
        return None
    return AlertLevel.RED if left <= CERTIFICATE_RED else AlertLevel.ORANGE


def level_of_expiry(by: date, today: date) -> AlertLevel | None:
    """How bad a date is that comes near or is past: orange thirty days before, red once it is past."""
    left = (by - today).days
    if left > EXPIRY_DAYS:
        return None
    return AlertLevel.ORANGE if left >= 0 else AlertLevel.RED


def in_quiet_hours(at: time, quiet: tuple[time, time] | None) -> bool:
    """Whether nobody wants to be told at that local time; the span may run over midnight."""
    if quiet is None or quiet[0] == quiet[1]:
        return False
    start, end = quiet
    return start <= at < end if start < end else at >= start or at < end


def is_stale(last_ok: datetime | None, now: datetime, interval_s: int) -> bool:
    """Whether an agenda was read too long ago: more than two intervals, six hours at least."""
    return last_ok is not None and now - last_ok > max(timedelta(seconds=2 * interval_s), timedelta(hours=6))
