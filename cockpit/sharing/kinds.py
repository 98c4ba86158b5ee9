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
    module: str
    """The module of this package that says what a receiver reads, and delivers."""
    needs_address: bool = True
    secret_address: bool = False
    """Whoever has the address can write there: it is as secret as a password."""
    needs_recipients: bool = False
    on_this_computer: bool = False
    """It shows or rings here: nobody else reads it, and it needs no preview."""


KINDS: Mapping[str, ChannelKind] = {
    kind.name: kind
    for kind in (
        ChannelKind("slack", "Slack", "slack", secret_address=True),
        ChannelKind("teams", "Teams", "teams", secret_address=True),
        ChannelKind("google_chat", "Google Chat", "google_chat", secret_address=True),
        ChannelKind("ntfy", "ntfy", "ntfy", secret_address=True),
        ChannelKind("webhook", N_("the webhook"), "webhook"),
        ChannelKind("email", N_("the mail server"), "mail", needs_recipients=True),
        ChannelKind("desktop", N_("the desktop"), "desktop", needs_address=False, on_this_computer=True),
        ChannelKind("bell", N_("the bell"), "bell", needs_address=False, on_this_computer=True),
    )
}
"""By the name that the configuration gives."""
