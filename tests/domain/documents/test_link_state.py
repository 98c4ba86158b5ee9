"""What one try of an address says of the document behind it."""

from __future__ import annotations

import pytest

from cockpit.domain.documents.link_state import MOST_FAILS, LinkState, again_in, is_silence, judge

THERE, SIGN_IN, DEAD, SILENT = LinkState.THERE, LinkState.SIGN_IN, LinkState.DEAD, LinkState.SILENT


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, THERE), (301, THERE), (399, THERE), (401, SIGN_IN), (402, SIGN_IN), (403, SIGN_IN), (407, SIGN_IN),
        (451, SIGN_IN), (404, DEAD), (410, DEAD), (199, SILENT), (400, SILENT), (405, SILENT), (500, SILENT),
    ],
)  # fmt: skip
def test_only_an_answer_of_its_own_host_says_that_a_document_is_there(status: int, state: LinkState) -> None:
    assert judge(status, "", elsewhere=False, fails=0) is state
    assert judge(status, "", elsewhere=True, fails=0) is SIGN_IN, "it sends to another host"


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        ("offline", None),
        ("refused", LinkState.REFUSED),
        ("too_big", THERE),
        ("timeout", SILENT),
        ("tls", SILENT),
    ],
)
def test_a_failure_says_only_what_it_is_about(failure: str, state: LinkState | None) -> None:
    assert judge(None, failure, elsewhere=False, fails=0) is state


def test_what_never_answers_is_dead_after_so_many_tries_and_still_silent() -> None:
    assert judge(500, "", elsewhere=False, fails=MOST_FAILS - 2) is SILENT
    assert judge(500, "", elsewhere=False, fails=MOST_FAILS - 1) is DEAD
    assert is_silence(DEAD, 500)
    assert is_silence(SILENT, None)
    assert not is_silence(DEAD, 404)
    assert not is_silence(THERE, 200)


def test_a_link_is_asked_again_the_sooner_the_less_it_said() -> None:
    days = {state: again_in(state).total_seconds() / 86_400 for state in LinkState}
    assert days == {
        THERE: 30, SIGN_IN: 30, DEAD: 7, SILENT: 1, LinkState.REFUSED: 30, LinkState.UNCHECKED: 30,
    }  # fmt: skip
    assert MOST_FAILS == 3
    assert judge(404, "offline", elsewhere=False, fails=0) is None
    assert judge(404, "refused", elsewhere=True, fails=0) is LinkState.REFUSED
    assert judge(404, "too_big", elsewhere=False, fails=9) is DEAD
    assert judge(None, "timeout", elsewhere=True, fails=9) is SIGN_IN
    assert judge(401, "timeout", elsewhere=False, fails=9) is SIGN_IN
    assert judge(200, "", elsewhere=False, fails=9) is THERE
    assert judge(500, "", elsewhere=False, fails=9) is DEAD
    assert is_silence(DEAD, None)
    assert not is_silence(DEAD, 410)
    assert not is_silence(SIGN_IN, None)
