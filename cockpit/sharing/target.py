"""Where a message goes, what is asked of a server, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass, field


@dataclass(frozen=True)
class ChannelTarget:
    """One channel as a person set it up. `url` and `token` are secrets: no repr shows them.

    `token` is the password of a mail account, the access token of ntfy or the key that signs a webhook.
    `internal` allows an address of this machine or the local network, and one without encryption.
    """

    kind: str
    url: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    user: str = ""
    recipients: tuple[str, ...] = ()
    sender: str = ""
    internal: bool = False
    left: tuple[str, ...] = ()
    """Those of the recipients who do not have the message yet; empty: all of them."""
    success: int | None = None
    """The one status by which the receiver says that it took a message, where its documentation names one."""


@dataclass(frozen=True)
class HttpRequest:
    """One request, ready to be sent as it stands."""

    url: str = field(repr=False)
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    method: str = "POST"


@dataclass(frozen=True)
class RefusedRecipient:
    """A recipient that got nothing, why, and whether trying again cannot help."""

    address: str
    error: str
    permanent: bool


@dataclass(frozen=True)
class Delivery:
    """Whether a message was delivered, as far as the other side tells.

    `error` is one sentence for a person, without secret or path. `retry_after_s` is how long the other
    side asks to wait, None when it does not say; `permanent` means that trying again cannot help.
    `may_have_come` means that the message may have arrived all the same. `took` and `refused` tell the
    recipients apart when only some of them were taken.
    """

    delivered: bool
    error: str = ""
    retry_after_s: int | None = None
    permanent: bool = False
    may_have_come: bool = False
    took: tuple[str, ...] = ()
    refused: tuple[RefusedRecipient, ...] = ()


DELIVERED = Delivery(delivered=True)


def failed(
    error: str, *, permanent: bool = False, retry_after_s: int | None = None, may_have_come: bool = False
) -> Delivery:
    """A message that was not delivered, and why."""
    return Delivery(False, error, retry_after_s, permanent, may_have_come)
