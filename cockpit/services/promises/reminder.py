"""A reminder that is ready to send: what is owed, since when, and what we ask for by when."""

from __future__ import annotations

from urllib.parse import quote

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.registers.blocker import Blocker
from cockpit.domain.registers.clock import Clock
from cockpit.domain.registers.policy import METRICS
from cockpit.domain.text import clean
from cockpit.locale import _
from cockpit.services.desk import dates
from cockpit.services.desk.refusal import NotPossible, UnknownCode
from cockpit.services.desk.workspace import Workspace
from cockpit.services.promises import clocks
from cockpit.store import records
from cockpit.store.journal import JournalEntry
from cockpit.store.transaction import transaction


@dataclass(frozen=True)
class Letter:
    """A text that is ready: to whom (a name, and an address if one is known), its subject and its body."""

    about: str
    """Code of the record."""
    who: str
    address: str
    subject: str
    body: str

    @property
    def mailto(self) -> str:
        """The link that opens it in the mail program."""
        return f"mailto:{quote(self.address, safe='@')}?subject={quote(self.subject)}&body={quote(self.body)}"


def reminder(workspace: Workspace, code: str) -> Letter:
    """The reminder about a blocker or a clock. Raises UnknownCode, NotPossible when nobody is waited for.

    It goes to whom the clock of that code is about, else to whoever the blocker waits for first, and tells
    of no promise of somebody else's.
    """
    blocker, clock = _case(workspace, code)
    names = workspace.names()
    about = blocker.code if blocker else code.upper()
    whom = _whom(code, blocker, clock)
    if not whom:
        raise NotPossible(code, _("it waits for nobody: say first for whom"))
    title = blocker.title if blocker else clock.title if clock else ""
    lines = [_("Hello,"), "", _("We are waiting for you about “{title}” ({code}).").format(
        title=title, code=about)]  # fmt: skip
    now = workspace.now()
    if blocker is not None and blocker.since is not None:
        since = blocker.since.astimezone(workspace.zone).date()
        lines.append(_("It has been open since {when}.").format(when=dates.long_date(since)))
    if clock is not None and clock.due is not None:
        due = clock.due.astimezone(workspace.zone)
        when = f"{dates.long_date(due.date())} {due:%H:%M}"
        passed = clock.until is not None and now > clock.until
        text = _("What you owe us ({what}) was due on {when}.") if passed else _(
            "What you owe us ({what}) is due on {when}.")  # fmt: skip
        lines.append(text.format(what=_(METRICS[clock.metric]), when=when))
    lines += ["", _("Could you tell us today what is being done, by whom, and when it will be settled?"),
              "", _("Thank you,"), workspace.actor]  # fmt: skip
    subject = _("Reminder: {title} ({code})").format(title=title, code=about)
    return Letter(about, names.get(whom, whom), _address(workspace, whom), subject, "\n".join(lines))


def note_reminder(workspace: Workspace, code: str) -> list[JournalEntry]:
    """Write down on the open clocks of the case that somebody was reminded."""
    letter = reminder(workspace, code)
    blocker, clock = _case(workspace, code)
    live = clocks.of_blocker(workspace, blocker.code) if blocker else (clock,) if clock else ()
    still = [each for each in live if each.ended_at is None]
    with transaction(workspace.conn):
        changes = clocks.moved(workspace, still, "reminded", who=letter.who)
        return workspace.change_all(changes, "clock.remind") if changes else []


def _case(workspace: Workspace, code: str) -> tuple[Blocker | None, Clock | None]:
    code = code.upper()
    clock = records.get(workspace.conn, clocks.CLOCK, code) if code.startswith("CK-") else None
    of_clock = clock.blocker if isinstance(clock, Clock) else ""
    found = records.get(workspace.conn, clocks.BLOCKER, of_clock or code)
    blocker = found if isinstance(found, Blocker) else None
    if blocker is None and clock is None:
        raise UnknownCode(code)
    if clock is None and blocker is not None:
        theirs = ("", *blocker.waiting_on[:1])
        live = [
            c
            for c in clocks.of_blocker(workspace, blocker.code)
            if c.ended_at is None and (c.provider in theirs or not blocker.waiting_on)
        ]
        clock = min(live, key=lambda c: (c.due is None, str(c.due)), default=None)
    return blocker, clock if isinstance(clock, Clock) else None


def _whom(code: str, blocker: Blocker | None, clock: Clock | None) -> str:
    waiting = blocker.waiting_on[:1] if blocker else ()
    owed_by = clock.provider if clock else ""
    return owed_by if owed_by and code.upper().startswith("CK-") else next(iter(waiting), owed_by)


def _address(workspace: Workspace, code: str) -> str:
    """The e-mail address in the contact of a provider, of its people, or of a person; empty when none is."""
    rows = workspace.conn.execute(
        "SELECT contact FROM provider WHERE code = :code UNION ALL"
        " SELECT contact FROM person WHERE code = :code OR provider = :code",
        {"code": code},
    )
    for row in rows:
        for word in clean(row["contact"] or "").replace(",", " ").replace(";", " ").split():
            if "@" in word.strip("<>") and "." in word.rpartition("@")[2]:
                return word.strip("<>()")
    return ""
