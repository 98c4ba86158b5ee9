"""One message for people outside the cockpit, before any channel gives it its own form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from cockpit.domain.dataclasses import dataclass, replace
from cockpit.domain.text import clean, safe_link
from cockpit.locale import N_, _

FACTS_LIMIT = 20
TEXT_LIMIT = 100_000
"""Characters of a body: the channels have limits of their own."""
_NAME_LIMIT = 60
_VALUE_LIMIT = 200
_KEY_LIMIT = 200
_LABEL_LIMIT = 80

_OPEN = frozenset({"alert.opened", "alert.updated"})
_LEVELS: Mapping[int, str] = {2: N_("MAJOR"), 1: N_("WARNING")}
_EVENTS: Mapping[str, str] = {
    "alert.acked": N_("ACKNOWLEDGED"),
    "alert.resolved": N_("RESOLVED"),
    "test": N_("TEST"),
}


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is to be said. `level` is 2 red, 1 orange, 0 for information.

    `id` is the key by which a receiver recognises a message that comes twice; `thread` is the same for
    all messages about one thing. `facts` are names with their values. `conf` is the confidentiality of
    what it tells: who chooses the channels reads it. `provider` (key, name) and `state` (before, after)
    serve programs that read a webhook.
    """

    id: str
    event: str = "alert.opened"
    title: str
    body: str = ""
    level: int = 1
    link: str = ""
    link_label: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    thread: str = ""
    conf: int = 1
    at: datetime | None = None
    provider: tuple[str, str] | None = None
    state: tuple[str, str] | None = None
    items: tuple[str, ...] = ()
    """Lines that are told whole or counted: where they do not all fit, the last says how many more there are."""
    rest: str = ""
    """Where all of it can be read, said where a channel cuts it."""


def cleaned(message: Message) -> Message:
    """The message without what could harm a receiver: control characters, endless texts, odd links.

    Its title and the label of its link are never empty.
    """
    facts = ((clean(name, _NAME_LIMIT), clean(value, _VALUE_LIMIT)) for name, value in message.facts)
    return replace(
        message,
        id=clean(message.id, _KEY_LIMIT),
        event=clean(message.event, _KEY_LIMIT),
        title=clean(message.title) or _("(no title)"),
        body=_bounded(message),
        link=_sound(message.link),
        link_label=clean(message.link_label, _LABEL_LIMIT) or _("Open"),
        facts=tuple((name, value) for name, value in facts if value)[:FACTS_LIMIT],
        thread=clean(message.thread, _KEY_LIMIT),
        provider=_pair(message.provider),
        state=_pair(message.state),
        items=tuple(filter(None, (clean(item) for item in message.items))),
        rest=clean(message.rest),
    )


def _pair(pair: tuple[str, str] | None) -> tuple[str, str] | None:
    return (clean(pair[0], _KEY_LIMIT), clean(pair[1], _KEY_LIMIT)) if pair else None


def _bounded(message: Message) -> str:
    # One more than what is kept tells that there was more, and leaves room to say so.
    text = clean(message.body, TEXT_LIMIT + 1, lines=True)
    return text if len(text) <= TEXT_LIMIT else f"{text[: TEXT_LIMIT - 200].rstrip()}{_cut(message)}"


def _sound(link: str) -> str:
    # Several services refuse the whole message for one link that they cannot read.
    found = safe_link(link)
    try:
        return found if found and urlsplit(found).hostname else ""
    except ValueError:
        return ""


def heading(message: Message) -> str:
    """The title, preceded by what became of the matter unless it is still open."""
    return _labelled(_EVENTS.get(message.event, ""), message.title)


def headline(message: Message) -> str:
    """The title for places that show nothing else: it says how bad the matter is, too."""
    label = _LEVELS.get(message.level, "") if message.event in _OPEN else _EVENTS.get(message.event, "")
    return _labelled(label, message.title)


def _labelled(label: str, title: str) -> str:
    return f"[{_(label)}] {title}" if label else title


def body_of(message: Message) -> str:
    """The body and the lines that are counted."""
    return "\n".join(part for part in (message.body, *message.items) if part)


def details(message: Message) -> str:
    """The body, the lines that are counted and the facts, one a line; may be empty."""
    facts = (_("{name}: {value}").format(name=name, value=value) for name, value in message.facts)
    return "\n".join(part for part in (body_of(message), *facts) if part)


def fitted(message: Message, fits: Callable[[str], bool]) -> str:
    """The details if they fit, else as much of them as does and the words that say what is missing and where
    it is. Lines that are counted are never cut in two; empty when nothing fits.
    """
    whole = details(message)
    if fits(whole):
        return whole
    if not message.items:
        cut = _cut(message)
        return longest(whole, fits, cut) or longest(whole, fits)

    def first(n: int) -> str:
        more = _("and {n} more: {where}").format(
            n=len(message.items) - n, where=message.rest or _("see the cockpit")
        )
        return details(replace(message, items=(*message.items[:n], more)))

    low, high = -1, len(message.items)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(first(middle)) else (low, middle)
    return first(low) if low >= 0 else ""


def _cut(message: Message) -> str:
    return "… " + (message.rest or _("(cut here: the whole is in the cockpit)"))


def linked(message: Message) -> str:
    """The link with its label as one line; empty without a link."""
    if not message.link:
        return ""
    host = _host(message.link)
    # Letters that only look like those of a name that one knows: the name as computers read it tells.
    link = message.link if host in message.link.lower() else f"{message.link} ({host})"
    return _("{name}: {value}").format(name=message.link_label, value=link)


def _host(link: str) -> str:
    """Where a link leads, in ASCII."""
    try:
        return (urlsplit(link).hostname or "").encode("idna").decode("ascii")
    except ValueError:
        return "?"


def moment(message: Message) -> str:
    """When it happened, by the clock of the zone that `at` carries; empty when that is not known."""
    return f"{message.at:%Y-%m-%d %H:%M %Z}".rstrip() if message.at else ""


def as_text(message: Message) -> str:
    """The whole message as plain text, for previews, e-mail and the desktop."""
    message = cleaned(message)
    parts = (headline(message), details(message), linked(message), moment(message))
    return "\n\n".join(part for part in parts if part)


def longest(text: str, fits: Callable[[str], bool], cut: str = "…") -> str:
    """`text` if it fits, else its longest start that does with `cut` after it; empty when none does."""
    if fits(text):
        return text
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(_start(text, middle, cut)) else (low, middle)
    return _start(text, low, cut) if low else ""


def _start(text: str, length: int, cut: str) -> str:
    return text[:length].rstrip() + cut
