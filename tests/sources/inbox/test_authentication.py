"""A signature counts when one's own server says so, in words that a sender cannot have put in its mouth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.sources.inbox.authentication import signed_by

OURS = "mx.mistral.test"


@pytest.mark.parametrize(
    "header",
    [
        "mx.mistral.test; dkim=pass header.d=infosud.test",
        "MX.Mistral.test 1; spf=pass smtp.mailfrom=infosud.test; DKIM = PASS header.d = InfoSud.test.",
        '"mx.mistral.test" (at home); dkim=pass (2048-bit; rsa (good)) header.d="infosud.test" header.b=aB=',
        "mx.mistral.test;\r\n\tdkim=fail header.d=list.test;\r\n\tdkim/1=pass header.i=@a.test header.d=infosud.test",
        "mx.mistral.test; dkim=pass header.i=@infosud.test header.s=20230601 header.b=xyz; dmarc=pass",
        r"mx.mistral.test (a \) comment (within \( another)) (and) (more); dkim=pass header.d=infosud.test",
        r'"mx.\mistral.test"; dkim=pass header.d="info\sud.test" reason="( ; \" "',
        "mx.mistral.test; dkim=pass header.d=infosud.test " + "x" * 7_900,
    ],
)
def test_a_good_signature_of_the_domain_counts(header: str) -> None:
    assert signed_by([header], OURS, "infosud.test") == "infosud.test"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "mx.mistral.test",
        "mx.mistral.test; none",
        "mx.mistral.test; dkim=fail header.d=infosud.test",
        "mx.mistral.test; dkim=pass",
        "mx.mistral.test; dkim=pass header.d=evil.test",
        "mx.mistral.test; dkim=pass header.d=test",
        "mx.mistral.test; dkim=pass header.d=mail.infosud.test",
        "mx.mistral.test; dkim=pass header.d=sud.test",
        "mx.mistral.test; dkim=pass header.d=evil.test header.d=infosud.test",
        "mx.mistral.test; dkim=pass header.d=evil.test header.i=@infosud.test",
        "mx.mistral.test; spf=pass header.d=infosud.test; dmarc=pass header.from=infosud.test",
        "mx.mistral.test; spf=pass dkim=pass header.d=infosud.test",
        "mx.mistral.test; dkim=fail dkim=pass header.d=infosud.test",
        # What a sender can choose, in comments, in quotes, in the local part of an address.
        "mx.mistral.test; dkim=fail (dkim=pass header.d=infosud.test)",
        "mx.mistral.test (; dkim=pass header.d=infosud.test); dkim=fail header.d=infosud.test",
        'mx.mistral.test; dkim=fail reason="x; dkim=pass header.d=infosud.test"',
        'mx.mistral.test; spf=pass smtp.mailfrom="a; dkim=pass header.d=infosud.test b"@evil.test',
        'mx.mistral.test; dkim=pass header.i="a header.d=infosud.test b"@evil.test',
        'mx.mistral.test; dkim=pass header.i=x"y header.d=infosud.test z"@evil.test',
        "mx.mistral.test; dkim=pass header.i=x=header.d=infosud.test=y@evil.test",
        r'mx.mistral.test; dkim=fail reason="\"; dkim=pass header.d=infosud.test"',
        # What does not close cannot be read.
        "mx.mistral.test; dkim=pass header.d=infosud.test (",
        "mx.mistral.test; dkim=pass header.d=infosud.test )",
        'mx.mistral.test; dkim=pass header.d=infosud.test "',
        "mx.mistral.test; dkim=pass header.d=infosud.test " + "x" * 10_000,
        "mx.mistral.test; ; header.d=infosud.test",
        "mx.mistral.test; dkim=pass header.d=infosud",
        "mx.mistral.test; dkim=pass header.d=infosud..test",
        "mx.mistral.test (); (() dkim=pass header.d=infosud.test",
        "mx.mistral.test ) (; dkim=pass header.d=infosud.test",
        # Other servers.
        "evil.test; dkim=pass header.d=infosud.test",
        "mx.mistral.test.evil.test; dkim=pass header.d=infosud.test",
        "(mx.mistral.test) evil.test; dkim=pass header.d=infosud.test",
        "dkim=pass header.d=infosud.test",
    ],
)
def test_anything_else_does_not(header: str) -> None:
    assert signed_by([header], OURS, "infosud.test") == ""


def test_a_parent_domain_signs_for_its_children() -> None:
    header = "mx.mistral.test; dkim=pass header.d=infosud.test"
    assert signed_by([header], OURS, "mail.infosud.test") == "infosud.test"
    assert signed_by([header], OURS, "notinfosud.test") == ""


def test_only_the_topmost_of_our_server_counts() -> None:
    good, bad = (f"{OURS}; dkim={word} header.d=infosud.test" for word in ("pass", "fail"))
    elsewhere = "relay.test; dkim=pass header.d=infosud.test"
    assert signed_by([bad, good], OURS, "infosud.test") == ""
    assert signed_by([elsewhere, bad, good], OURS, "infosud.test") == ""
    assert signed_by([elsewhere, good, bad], OURS, "infosud.test") == "infosud.test"
    # One that cannot be read may be ours.
    assert signed_by([f"{OURS} (", good], OURS, "infosud.test") == ""


PIECES = st.sampled_from(
    [
        "dkim",
        "=",
        "pass",
        ";",
        " ",
        '"',
        "(",
        ")",
        "\\",
        "header.d",
        "header.i",
        "evil.test",
        "@",
        OURS,
        "\n",
        "x",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=40))
def test_no_words_without_the_domain_sign_for_it(words: str, text: str) -> None:
    assert signed_by([words, text, f"{OURS}; {words}"], OURS, "infosud.test") == ""
