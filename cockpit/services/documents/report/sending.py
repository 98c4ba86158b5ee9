"""The consolidated report of a month on its way to people: read before it goes, at the level of its channel.

It goes to the outbox, where it is judged again when it leaves; that it was handed out is a record.
"""

from __future__ import annotations

from cockpit.domain.documents.month import ReportMonth
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.release import REPORT
from cockpit.domain.settings import Channel
from cockpit.domain.text import digest
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.report import closing, words
from cockpit.services.messages import allowed_addresses, outbox
from cockpit.sharing.message import Message
from cockpit.store import journal
from cockpit.store.transaction import transaction


def channels(workspace: Workspace) -> tuple[Channel, ...]:
    """The ways out that reach somebody else than this machine."""
    return tuple(each for each in workspace.settings.channels if allowed_addresses.needs_approval(each))


def message(workspace: Workspace, month: ReportMonth, channel: Channel) -> Message:
    """What a channel would carry: the report as people of its level may read it. Raises NotPossible."""
    shown = workspace.behind(channel.conf)
    try:
        report = closing.report(shown, month)
        body = words.message(report)
    finally:
        if shown is not workspace:
            shown.conn.close()
    return Message(
        id=f"report-{month.key}-{digest(body)[:12]}", event="report", title=report.publication.title, body=body,
        level=0, conf=channel.conf, at=workspace.now(),
    )  # fmt: skip


def preview(workspace: Workspace, month: ReportMonth, channel: Channel) -> str:
    """What the receiver reads. Raises NotPossible."""
    from cockpit.sharing.channel import preview as shown

    return shown(channel.kind, message(workspace, month, channel))


def send(workspace: Workspace, month: ReportMonth, channel: Channel) -> str:
    """Queue it, once a channel for one text; what to say of it. Raises NotPossible."""
    parcel = message(workspace, month, channel)
    with transaction(workspace.conn):
        if not outbox.queue(workspace, channel, parcel):
            return _("{channel} has it already").format(channel=channel.name)
        seq, head = journal.head(workspace.conn)
        workspace.add(
            REGISTERS["release"],
            {
                "name": parcel.title, "document": REPORT, "period": month.key, "recipient": channel.name,
                "issued_at": workspace.clock(), "level": channel.conf, "files": 0, "digest": digest(parcel.body),
                "head_seq": seq, "head": head,
            },
        )  # fmt: skip
    if not allowed_addresses.is_approved(workspace, channel):
        return _("held until somebody looks at a preview of {channel} (K)").format(channel=channel.name)
    return _("queued for {channel}").format(channel=channel.name)
