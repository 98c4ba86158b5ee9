"""Text made harmless: what is taken out, and that what is cut says so."""

from __future__ import annotations

import pytest

from cockpit.domain.text import clean


@pytest.mark.parametrize("padding", ["\x1b[31m", "\u200b", "\x1b]0;x\x07", "\u202e"])
def test_words_that_stand_behind_signs_that_are_taken_out_are_kept_or_told_as_cut(padding: str) -> None:
    said = clean("VPN" + padding * 400 + "down", 80)
    assert said.startswith("VPN")
    assert said.endswith(("down", "…"))
    assert clean("VPN" + " " * 2_000, 80) == "VPN"
