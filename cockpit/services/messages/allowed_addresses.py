"""To which addresses messages may go: to the very address that somebody saw a preview for, until it changes.

What is kept is a digest under a key that lies in a file beside the database: the database alone tells no
address, and a row that was written into it approves none.
"""

from __future__ import annotations

import json

from cockpit.domain.settings import Channel
from cockpit.services.desk.workspace import Workspace
from cockpit.services.records import keyed
from cockpit.sharing.kinds import KINDS
from cockpit.sharing.target import ChannelTarget
from cockpit.store.state import memos

_APPROVED = "channel_approved:"


def needs_approval(channel: Channel) -> bool:
    """Whether somebody else reads what leaves there."""
    return not KINDS[channel.kind].on_this_computer


def is_approved(workspace: Workspace, channel: Channel) -> bool:
    """Whether messages may go there, as far as the configuration and the environment tell.

    An address that lies in the keyring is only compared when a message leaves (`stands`): a screen cannot
    wait for it.
    """
    if not needs_approval(channel):
        return True
    if not channel.url.startswith("keyring:"):
        try:
            return stands(workspace, channel, target_of(channel))
        except LookupError:
            pass
    return _kept(workspace, channel).get("said") == keyed.digest(workspace, _said(channel))


def stands(workspace: Workspace, channel: Channel, target: ChannelTarget) -> bool:
    """Whether the address to which a message would go now is the one that was approved."""
    if not needs_approval(channel):
        return True
    kept = _kept(workspace, channel).get("address", "")
    return keyed.same(kept, keyed.digest(workspace, _address(target)))


def was_approved(workspace: Workspace, channel: Channel) -> bool:
    """Whether some address of that channel was approved and the approval has not been ended."""
    return bool(_kept(workspace, channel))


def keep(workspace: Workspace, channel: Channel, target: ChannelTarget) -> None:
    """From now on messages may go to that address. Raises OSError when the key cannot be written."""
    keyed.make_key(workspace)
    digests = {
        "said": keyed.digest(workspace, _said(channel)),
        "address": keyed.digest(workspace, _address(target)),
    }
    memos.put(workspace.conn, _APPROVED + channel.key, json.dumps(digests))


def end(workspace: Workspace, channel: Channel) -> None:
    """Nothing goes there any more before somebody looks at a preview again."""
    memos.put(workspace.conn, _APPROVED + channel.key, "")


def target_of(channel: Channel) -> ChannelTarget:
    """The channel with its secrets. Raises LookupError whose message says what is missing."""
    from cockpit.sources.secrets import SecretMissing, resolve

    try:
        url = resolve(channel.url) if channel.url.startswith(("env:", "keyring:")) else channel.url
        token = resolve(channel.secret) if channel.secret else ""
    except SecretMissing as missing:
        raise LookupError(str(missing)) from missing
    return ChannelTarget(
        channel.kind, url, token, channel.user, channel.to, channel.sender, channel.internal,
        success=channel.success,
    )  # fmt: skip


def _kept(workspace: Workspace, channel: Channel) -> dict[str, str]:
    try:
        found = json.loads(memos.get(workspace.conn, _APPROVED + channel.key) or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _said(channel: Channel) -> str:
    """Where a channel leads as the configuration says it."""
    return json.dumps([channel.kind, channel.url, *channel.to])


def _address(target: ChannelTarget) -> str:
    """Where a channel leads in truth, whatever the name under which its address is kept."""
    return json.dumps([target.kind, target.url.strip(), *sorted(target.recipients)])
