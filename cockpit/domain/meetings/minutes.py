"""Minutes and agendas as text: one list of blocks, written as Markdown or as a self-contained HTML page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import TypeVar

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.meetings.facilitation import NO_VOTES, OUTCOMES, Tally
from cockpit.locale import N_, _, current, ngettext

RESTRICTED = 2
"""Confidentiality from which nothing is told where it is shared."""
SHARED = RESTRICTED - 1
WORDS = {
    "solved": N_("solved"),
    "waiting": N_("waits"),
    "escalated": N_("escalated"),
    "parked": N_("parked"),
    "decided": N_("decided"),
    "": N_("not settled: comes back"),
}
assert set(OUTCOMES) < set(WORDS)

T = TypeVar("T")
Block = tuple[str, str]
"""A tag (h1, h2, p, li) and its text."""


@dataclass(frozen=True)
class Topic:
    """A subject: what was asked, what came of it, how long it took."""

    code: str
    question: str
    outcome: str = ""
    seconds: int = 0
    conf: int = 1
    owner: str = ""
    days: int = 0


@dataclass(frozen=True)
class Resolve:
    """A decision, an action or a priority: who carries it, for when, by which circuit."""

    code: str
    title: str
    who: str = ""
    when: str = ""
    circuit: str = ""
    conf: int = 1

    @property
    def complete(self) -> bool:
        """Whether it says who and when; it stays red until it does."""
        return bool(self.who and self.when)


@dataclass(frozen=True)
class Said:
    """A text with its confidentiality."""

    text: str
    conf: int = 1


@dataclass(frozen=True)
class PastCommitment:
    """A commitment of last time, and whether it was kept."""

    resolve: Resolve
    kept: bool


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """Everything that minutes tell; names and dates are already formatted for the reader."""

    title: str
    when: str
    facilitator: str = ""
    taken: bool = True
    """Whether somebody said who was there: else only whoever led it is known to have been."""
    present: Sequence[str] = ()
    late: Sequence[str] = ()
    absent: Sequence[str] = ()
    commitments: Sequence[PastCommitment] = ()
    topics: Sequence[Topic] = ()
    priorities: Sequence[Resolve] = ()
    decisions: Sequence[Resolve] = ()
    actions: Sequence[Resolve] = ()
    escalations: Sequence[Said] = ()
    parking: Sequence[Said] = ()
    tally: Tally = NO_VOTES
    cost: str = ""
    overrun: str = ""
    coming: str = ""
    """When the next one is."""
    fingerprint: str = ""


def blocks(minutes: Minutes, level: int = SHARED) -> Iterator[Block]:
    """The minutes for readers up to that confidentiality; what is above is counted, not told."""
    yield "h1", f"{minutes.title} {minutes.when}"
    yield "p", _people(minutes)
    if minutes.commitments:
        kept = sum(each.kept for each in minutes.commitments)
        total = len(minutes.commitments)
        yield "h2", _("Previous commitments ({kept}/{total} kept)").format(kept=kept, total=total)
        yield from _listed(minutes.commitments, lambda each: each.resolve.conf, _promise, level)
    yield "h2", _("Subjects")
    yield from _listed(minutes.topics, lambda each: each.conf, _topic, level)
    for title, resolves in (
        (_("Priorities of the week"), minutes.priorities),
        (_("Decisions"), minutes.decisions),
        (_("Actions"), minutes.actions),
    ):
        if resolves:
            yield "h2", title
            yield from _listed(resolves, lambda each: each.conf, _resolve, level)
    for title, texts in ((_("Escalations"), minutes.escalations), (_("Parking"), minutes.parking)):
        if texts:
            yield "h2", title
            yield from _listed(texts, lambda each: each.conf, lambda each: each.text, level)
    for line in (_figures(minutes.tally), minutes.cost, minutes.overrun, minutes.coming):
        if line:
            yield "p", line
    if minutes.fingerprint:
        yield "p", _("Journal fingerprint {hash}").format(hash=minutes.fingerprint)


def agenda_blocks(title: str, when: str, topics: Sequence[Topic], level: int = SHARED) -> Iterator[Block]:
    """The agenda as it is shared before the meeting."""
    yield "h1", _("Agenda: {title} {when}").format(title=title, when=when)
    if not topics:
        yield "p", _("No subject yet: send yours.")
    yield from _listed(topics, lambda each: each.conf, _asked, level)


def to_markdown(parts: Iterable[Block]) -> str:
    """Blocks as Markdown. What was typed can make neither a link nor a tag of it."""
    marks = {"h1": "# ", "h2": "## ", "p": "", "li": "- "}
    lines: list[str] = []
    before = ""
    for tag, text in parts:
        if lines and not (tag == before == "li"):
            lines.append("")
        lines.append(marks[tag] + (_literal(text) if tag == "li" else text.replace("<", "\\<")))
        before = tag
    return "\n".join(lines) + "\n"


def to_text(parts: Iterable[Block]) -> str:
    """Blocks as plain text for the body of a message, without the title, which the message has already."""
    lines = []
    for tag, text in parts:
        if tag == "h2":
            lines += ["", text]
        elif tag != "h1":
            lines.append(f"- {text}" if tag == "li" else text)
    return "\n".join(lines).strip()


def to_html(parts: Iterable[Block]) -> str:
    """Blocks as one self-contained HTML page; every text is escaped."""
    body: list[str] = []
    title, in_list = "", False
    for tag, text in parts:
        if (tag == "li") != in_list:
            body.append("</ul>" if in_list else "<ul>")
            in_list = tag == "li"
        title = title or text
        body.append(f"<{tag}>{escape(text)}</{tag}>")
    if in_list:
        body.append("</ul>")
    return (
        f'<!doctype html>\n<html lang="{current()}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:1.5rem}@media print{body{margin:0}}"
)


def _listed(
    items: Sequence[T], conf: Callable[[T], int], text: Callable[[T], str], level: int
) -> Iterator[Block]:
    hidden = 0
    for item in items:
        if conf(item) > level:
            hidden += 1
        else:
            yield "li", text(item)
    if hidden:
        yield "li", restricted(hidden)


def restricted(count: int) -> str:
    """`1 restricted subject`."""
    return ngettext("{n} restricted subject", "{n} restricted subjects", count).format(n=count)


def _people(minutes: Minutes) -> str:
    parts = [
        text.format(names=", ".join(names))
        for text, names in (
            (_("Present: {names}"), minutes.present),
            (_("Late: {names}"), minutes.late),
            (_("Absent: {names}"), minutes.absent),
        )
        if names
    ]
    if not minutes.taken:
        parts.append(_("the others: not taken") if minutes.present else _("Attendance: not taken"))
    if minutes.facilitator:
        parts.append(_("Facilitator: {name}").format(name=minutes.facilitator))
    return " · ".join(parts) or _("Nobody was noted.")


def _topic(topic: Topic) -> str:
    spent = clock(topic.seconds)
    return f"{topic.code} — {topic.question} — {_(WORDS.get(topic.outcome, topic.outcome))} — {spent}"


def _asked(topic: Topic) -> str:
    age = _("{n} d").format(n=topic.days)
    parts = (topic.code, topic.question, topic.owner or _("no owner"), age, clock(topic.seconds))
    return " — ".join(filter(None, parts))


def _resolve(resolve: Resolve) -> str:
    who, when = resolve.who or _("who?"), resolve.when or _("for when?")
    return f"{resolve.code} {resolve.title} — {who} — {when}" + (
        f" — {resolve.circuit}" if resolve.circuit else ""
    )


def _promise(promise: PastCommitment) -> str:
    said = _("kept") if promise.kept else _("not kept")
    return f"{'✓' if promise.kept else '✗'} {_resolve(promise.resolve)} — {said}"


def _figures(tally: Tally) -> str:
    if not tally.roti[1] and not tally.inward[1] and not tally.outward[1]:
        return ""
    return _("ROTI {roti} · interface {inward}/{outward}").format(
        roti=mean(tally.roti), inward=mean(tally.inward), outward=mean(tally.outward)
    )


def mean(pair: tuple[int, int]) -> str:
    """The mean of votes with one decimal, a dash without votes."""
    if not pair[1]:
        return "—"
    text = f"{pair[0] / pair[1]:.1f}"
    return text.replace(".", ",") if current() == "fr" else text


def clock(seconds: float) -> str:
    """`2:30`; a negative span carries its sign."""
    whole = int(abs(seconds))
    return f"{'-' if seconds <= -1 else ''}{whole // 60}:{whole % 60:02}"


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("<", "\\<").replace("[", "\\[").replace("`", "\\`")
