"""To which addresses messages may go: to the very address that somebody saw a preview for, until it changes.

What is kept is a digest under a key that lies in a file beside the database: the database alone tells no
address, and a row that was written into it approves none.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from pathlib import Path

from cockpit import files
from cockpit.domain.settings import Channel
from cockpit.services.desk.workspace import Workspace
from cockpit.sharing.kinds import KINDS
from cockpit.sharing.target import ChannelTarget
from cockpit.store.state import memos

_APPROVED = "channel_approved:"
_KEY_BYTES = 32


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
    return _kept(workspace, channel).get("said") == _digest(workspace, _said(channel))


def stands(workspace: Workspace, channel: Channel, target: ChannelTarget) -> bool:
    """Whether the address to which a message would go now is the one that was approved."""
    if not needs_approval(channel):
        return True
    kept = _kept(workspace, channel).get("address", "")
    return bool(kept) and hmac.compare_digest(kept, _digest(workspace, _address(target)))


def was_approved(workspace: Workspace, channel: Channel) -> bool:
    """Whether some address of that channel was approved and the approval has not been ended."""
    return bool(_kept(workspace, channel))


def keep(workspace: Workspace, channel: Channel, target: ChannelTarget) -> None:
    """From now on messages may go to that address. Raises OSError when the key cannot be written."""
    _make_key(workspace)
    digests = {"said": _digest(workspace, _said(channel)), "address": _digest(workspace, _address(target))}
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


def key_path(workspace: Workspace) -> Path:
    """Where the key lies: without it every approval has ended."""
    return workspace.path.with_name(f"{workspace.path.name}.key")


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


def _digest(workspace: Workspace, text: str) -> str:
    try:
        key = key_path(workspace).read_bytes()
    except OSError:
        key = b""
    # Without the key nothing is what it was: an empty digest equals none.
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest() if len(key) == _KEY_BYTES else ""


def _make_key(workspace: Workspace) -> None:
    try:
        files.write(key_path(workspace), os.urandom(_KEY_BYTES), new=True)
    except FileExistsError:
        if len(key_path(workspace).read_bytes()) != _KEY_BYTES:
            files.write(key_path(workspace), os.urandom(_KEY_BYTES))
