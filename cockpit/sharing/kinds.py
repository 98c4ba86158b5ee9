"""The kinds of channels: each is declared here, once, with what its configuration needs.

Only names: the module that delivers is loaded by `channel`, so that the configuration can check a name
without loading any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cockpit.locale import N_


class ChannelKind(NamedTuple):
    """One way by which a message can leave."""

    name: str
    title: str
    """What a person reads for it, to be translated."""
    needs_address: bool = True
    secret_address: bool = False
    """Whoever has the address can write there: it is as secret as a password."""
    needs_recipients: bool = False


KINDS: Mapping[str, ChannelKind] = {
    kind.name: kind
    for kind in (
        ChannelKind("slack", "Slack", secret_address=True),
        ChannelKind("teams", "Teams", secret_address=True),
        ChannelKind("google_chat", "Google Chat", secret_address=True),
        ChannelKind("ntfy", "ntfy", secret_address=True),
        ChannelKind("webhook", N_("the webhook")),
        ChannelKind("email", N_("the mail server"), needs_recipients=True),
        ChannelKind("desktop", N_("the desktop"), needs_address=False),
        ChannelKind("bell", N_("the bell"), needs_address=False),
    )
}
"""By the name that the configuration gives."""
