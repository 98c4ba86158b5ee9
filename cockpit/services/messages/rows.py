"""What a partner sent in, and what leaves, as rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cockpit.domain.registers.statement import LEFT, Statement
from cockpit.domain.settings import Channel
from cockpit.locale import N_, _
from cockpit.services.desk import dates
from cockpit.services.desk.row import ROOMY, Piece, Role, Row
from cockpit.services.desk.workspace import Workspace
from cockpit.store.outside import outbox as store
from cockpit.store.outside.outbox import Parcel
from cockpit.store.records import instant

STATES: Mapping[str, str] = {
    store.HELD: N_("waits for a preview"),
    store.QUEUED: N_("to be sent"),
    store.SENT: N_("sent"),
    store.FAILED: N_("not delivered"),
    store.DROPPED: N_("dropped"),
}
RECIPIENTS: Mapping[str, str] = {
    store.HAS: N_("has it"),
    store.WAITS: N_("does not have it yet"),
    store.REFUSED: N_("was refused"),
}
"""What became of one recipient."""
_SIGNS: Mapping[str, tuple[str, Role]] = {
    store.HELD: ("◌", Role.WATCH),
    store.QUEUED: ("→", Role.PLAIN),
    store.SENT: ("✓", Role.GOOD),
    store.FAILED: ("■", Role.BAD),
    store.DROPPED: ("✗", Role.QUIET),
}
_ROLES: Mapping[str, Role] = {"p1": Role.STRONG, "p2": Role.PLAIN}


def statement(item: Statement, at: datetime) -> Row:
    """`P2 Tramontane The lorry is stuck      today 08:12`: how bad they say it is, who says what, when."""
    if item.triage == LEFT:
        why = f" · {item.reason}"
        left = (Piece("■ ", Role.BAD), Piece(item.sender or item.title, Role.STRONG), Piece(why, Role.BAD))
        return Row(left, (Piece(_("g takes it"), Role.QUIET),), code=item.code)
    role = _ROLES.get(item.severity, Role.QUIET)
    said_at = item.said_at or item.created_at
    when = (Piece(dates.moment(said_at, at), Role.QUIET, at=ROOMY),) if said_at else ()
    left = (
        Piece(f"{item.severity.upper()} ", role),
        Piece(item.sender, Role.STRONG),
        Piece(f" {item.title}"),
        *((Piece(f" · {item.reason}", Role.WATCH),) if item.reason else ()),
    )
    return Row(left, when, code=item.code)


def parcel(item: Parcel, at: datetime) -> Row:
    """`✓ Payslips: SLA passed       slack · sent · today 08:12`. Why it is as it is: `reasons`."""
    when = dates.moment(datetime.fromisoformat(item.sent_at or item.created_at), at)
    said = _(STATES[item.state])
    has = sum(found.state == store.HAS for found in item.recipients.values())
    if item.recipients and 0 < has < len(item.recipients):
        said = _("{n} of {all} have it").format(n=has, all=len(item.recipients))
    return outgoing(str(item.message["title"]), f"{item.channel} · {said}", item.state, f" · {when}")


def told_of(workspace: Workspace, parcel: Parcel) -> list[str]:
    """What became of a message, in sentences: why, and who has it when not everybody does."""
    state = _(STATES[parcel.state])
    # Whom it did not reach is said of each below.
    told = parcel.state in (store.QUEUED, store.FAILED) and any(r.error for r in parcel.recipients.values())
    why = "" if told else parcel.error
    said = [_("{name}: {value}").format(name=state, value=why) if why else state]
    if parcel.state == store.QUEUED and (parcel.claimed_until or "") > instant(workspace.clock()):
        said = [_("being sent")]
    elif parcel.state in (store.QUEUED, store.FAILED) and parcel.may_have_come:
        said.append(_("a try was cut off or not confirmed: it may have arrived; a new one says so"))
    elif parcel.state == store.DROPPED and parcel.may_have_come:
        said.append(_("an earlier try was cut off or not confirmed: it may have arrived all the same"))
    if parcel.sent_as not in ("", parcel.dedup):
        said.append(_("left together with others, as one message"))
    for who, found in parcel.recipients.items():
        word = _(RECIPIENTS[found.state])
        said.append(f"{who}: {word}" + (f" ({found.error})" if found.error else ""))
    return said


def reasons(workspace: Workspace, item: Parcel) -> list[str]:
    """Why a message is not simply on its way or sent, in sentences; empty when it is."""
    if item.state == store.SENT or (item.state in (store.QUEUED, store.HELD) and not item.error
                                    and not item.may_have_come and not item.recipients):  # fmt: skip
        return []
    return told_of(workspace, item)


def way_out(workspace: Workspace, channel: Channel) -> str:
    """Whether messages may leave by a channel, and what to do when they may not."""
    # Not before it is asked for: rows are among the first things shown.
    from cockpit.services.messages import allowed_addresses
    from cockpit.sharing.channel import unusable

    if why := unusable(channel.kind):
        return _("cannot be used here: {why}").format(why=why)
    if allowed_addresses.is_approved(workspace, channel):
        return _("messages leave by it")
    if allowed_addresses.was_approved(workspace, channel):
        return _("its address changed; waits for: cockpit channel preview {key}").format(key=channel.key)
    return _("waits for: cockpit channel preview {key}").format(key=channel.key)


def outgoing(title: str, note: str, state: str, when: str = "") -> Row:
    """Something that leaves, or waits to."""
    sign, role = _SIGNS[state]
    right = (Piece(note, Role.QUIET), Piece(when, Role.QUIET, at=ROOMY), Piece(" ", Role.QUIET))
    return Row((Piece(f" {sign} ", role), Piece(title)), right)
