"""The line of `authorized_keys` by which somebody's key opens their seat, and nothing else."""

from __future__ import annotations

import base64
import binascii
import shlex
from collections.abc import Sequence

from cockpit.domain.refusal import Refusal
from cockpit.domain.text import clean
from cockpit.locale import _

KINDS = (
    "ssh-ed25519", "sk-ssh-ed25519@openssh.com", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com", "ssh-rsa",
)  # fmt: skip
"""The kinds of keys that OpenSSH takes."""


class NotAKey(Refusal):
    """What was given is no public key."""

    def __str__(self) -> str:
        return _("this is no public key: it begins with ssh-ed25519, and stands in ~/.ssh/id_ed25519.pub")


def line(key: str, command: Sequence[str]) -> str:
    """The line that has `key` run `command`, in a terminal, without any forwarding. Raises NotAKey.

    `key` is one line as ssh-keygen writes it; options before it are refused, since they would be obeyed.
    """
    kind, _space, rest = key.strip().partition(" ")
    body, _space, comment = rest.strip().partition(" ")
    if kind not in KINDS or _kind_inside(body) != kind:
        raise NotAKey
    forced = shlex.join(command).replace("\\", "\\\\").replace('"', '\\"')
    return f'command="{forced}",restrict,pty {kind} {body} {clean(comment, 80)}'.rstrip()


def _kind_inside(body: str) -> str:
    """The kind that the key itself says: a text behind its length."""
    try:
        raw = base64.b64decode(body, validate=True)
        return raw[4 : 4 + int.from_bytes(raw[:4])].decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
