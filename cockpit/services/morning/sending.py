"""The text of a review that was ended, on its way to whoever prepares the day."""

from __future__ import annotations

from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.desk.workspace import Workspace
from cockpit.services.messages import allowed_addresses, outbox
from cockpit.services.morning.review import EndedReview
from cockpit.sharing.message import Message


def channels(workspace: Workspace) -> tuple[Channel, ...]:
    """The ways out that reach somebody else than this machine."""
    return tuple(each for each in workspace.settings.channels if allowed_addresses.needs_approval(each))


def send(workspace: Workspace, channel: Channel, ended: EndedReview) -> str:
    """Queue the text, once a review and channel; what to say of it."""
    message = Message(
        id=f"review-{ended.code}", event="review.ended", title=ended.subject, body=ended.message, level=0,
        at=workspace.now(),
    )  # fmt: skip
    if not outbox.queue(workspace, channel, message):
        return _("{channel} has it already").format(channel=channel.name)
    if not allowed_addresses.is_approved(workspace, channel):
        return _("held until somebody looks at a preview of {channel} (K)").format(channel=channel.name)
    return _("queued for {channel}").format(channel=channel.name)
