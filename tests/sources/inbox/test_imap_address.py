"""Where a mailbox is: its server as the configuration names it."""

from __future__ import annotations

import pytest

from cockpit.network.reach import Refused
from cockpit.sources.inbox import imap


@pytest.mark.parametrize(
    ("url", "internal", "server"),
    [
        ("imaps://Mail.test", False, imap.Server("imaps", "mail.test", 993)),
        (" imaps://mail.test:1993/INBOX ", False, imap.Server("imaps", "mail.test", 1993)),
        ("imap+starttls://mail.test", False, imap.Server("imap+starttls", "mail.test", 143)),
        ("imap://mail.test", True, imap.Server("imap", "mail.test", 143)),
        ("imaps://é.test", False, imap.Server("imaps", "xn--9ca.test", 993)),
    ],
)
def test_the_server_of_an_address_has_the_usual_port_unless_it_says_another(
    url: str, internal: bool, server: imap.Server
) -> None:
    assert imap.server_of(url, internal=internal) == server


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("imap://mail.test", "mail.test: a mailbox without encryption is not read"),
        *((url, "the address of a mailbox is written imaps://host, without user or password") for url in (
            "imaps://me@mail.test", "imaps://", "pop3://mail.test", "imaps://mail.test:x", "imaps://mail.test:99999",
            "mail.test", "imaps://:993")),
    ],
)  # fmt: skip
def test_an_address_of_a_mailbox_that_cannot_be_is_refused_in_words(url: str, said: str) -> None:
    with pytest.raises(Refused) as told:
        imap.server_of(url, internal=False)
    assert str(told.value) == said
