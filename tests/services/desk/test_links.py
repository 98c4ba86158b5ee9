"""Where a link leads is said as it is, or it is no link."""

from __future__ import annotations

import pytest

from cockpit.domain.text import safe_link
from cockpit.services.desk import links


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example\\@good.example/", "https://good.example@evil.example/", "https://a:b@evil.example",
        "https://good.example\\.evil.example/x", "javascript:alert(1)", "https:///x", "https://@", "http://?q",
    ],
)  # fmt: skip
def test_what_leads_elsewhere_than_it_seems_is_no_link(address: str) -> None:
    assert safe_link(address) is None
    assert links.host(address) == ""


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://good.example/a@b?c=@d#@e", "good.example"),
        ("http://good.example:8080", "good.example"),
        ("HTTPS://Good.Example/", "good.example"),
        ("https://аpple.example/", "xn--pple-43d.example"),
    ],
)
def test_the_host_is_told_as_computers_read_it(address: str, host: str) -> None:
    assert links.host(address) == host
