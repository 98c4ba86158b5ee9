"""The words of HTML, whatever is made of its tags."""

from __future__ import annotations

import pytest

from cockpit.domain.messages.html import text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("a < b", "a < b"),
        ("I <3 you", "I <3 you"),
        ("<p>one</p><p>two<br/>three", "\none\ntwo\nthree"),
        ("caf&eacute; &amp; th&#233;", "café & thé"),
        ("&lt;b&gt;", "<b>"),
        ("<b>one</b><script>var a = '<p>';</SCRIPT>two", "onetwo"),
        ("<style>p {}</style>one<!-- <p>two --> three", "one three"),
        ("one<!doctype html><?xml?><![CDATA[two]]>three", "onethree"),
        ("<a title='a > b' href=\"c>d\">one</a>", "one"),
        ("<a title='never closed>one", "one"),
        ("one <a href", "one <a href"),
        ("one <!-- two", "one <!-- two"),
        ("one</", "one</"),
        ("<script>one", ""),
        ("İ<script>x</script>one", "İone"),
    ],
)
def test_the_words_stay_and_the_tags_go(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    "html", ["<![", "<![a", "<!a[", "&#" + "9" * 5_000, "&#x" + "f" * 9, "<![CDATA[<![<p>", "&#;", "<!"]
)
def test_nothing_ends_the_reading(html: str) -> None:
    assert "kept" in text_of(f"kept {html}")
    assert "kept" in text_of(f"<p>kept</p>{html} and more")
