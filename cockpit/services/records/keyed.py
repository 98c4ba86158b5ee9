"""Digests under a key that lies in a file beside the database.

The database alone tells nothing of what was digested, and a row that was written into it by hand proves nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from cockpit import files
from cockpit.services.desk.workspace import Workspace

_KEY_BYTES = 32


def key_path(workspace: Workspace) -> Path:
    """Where the key lies."""
    return workspace.path.with_name(f"{workspace.path.name}.key")


def digest(workspace: Workspace, text: str) -> str:
    """The digest of a text; empty without the key, and nothing is what it was then."""
    key = _key(workspace)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest() if key else ""


def same(one: str, other: str) -> bool:
    """Whether two digests are one; an empty one equals none."""
    return bool(one) and hmac.compare_digest(one, other)


def key_name(workspace: Workspace) -> str:
    """What tells this key from another one, without telling it; empty without a key."""
    key = _key(workspace)
    return hashlib.sha256(b"name of a key\0" + key).hexdigest()[:8] if key else ""


def make_key(workspace: Workspace) -> None:
    """Have a key. Raises OSError when it cannot be written."""
    try:
        files.write(key_path(workspace), os.urandom(_KEY_BYTES), new=True)
    except FileExistsError:
        if len(key_path(workspace).read_bytes()) != _KEY_BYTES:
            files.write(key_path(workspace), os.urandom(_KEY_BYTES))
    files.open_to_group(key_path(workspace), workspace.path)


def _key(workspace: Workspace) -> bytes:
    try:
        key = key_path(workspace).read_bytes()
    except OSError:
        return b""
    return key if len(key) == _KEY_BYTES else b""
