"""Who leaves the other end of a pipe stops nothing half-way, and is told what was done."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.conftest import Run


def piped(*words: str, both: bool = False) -> tuple[int, str]:
    """The command with a reader who left before its first word; its exit code, and what it said on the side."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "cockpit", *words], stdin=subprocess.DEVNULL, stdout=writing,
            stderr=writing if both else subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    finally:
        os.close(writing)
    return done.returncode, done.stderr or ""


@pytest.mark.parametrize("both", [False, True])
def test_what_was_begun_is_done_to_its_end_and_told(kerlann_run: Run, both: bool) -> None:
    code, said = piped("--lang", "en", "person", "erase", "Maëlle Le Bihan", "--yes", both=both)
    assert code == 0, said
    assert both or "the reply was not read to its end, and what was begun is done" in said
    assert "Le Bihan" not in kerlann_run("list", "people").out
    assert kerlann_run("journal", "verify", "--all").code == 0


def test_a_question_that_nobody_can_read_is_answered_by_nobody(kerlann_run: Run) -> None:
    code, said = piped("--lang", "en", "person", "erase", "Maëlle Le Bihan")
    assert (code, "nothing was done" in said) == (1, True)
    assert "Le Bihan" in kerlann_run("list", "people").out


@pytest.mark.skipif(os.name != "posix", reason="a terminal of its own is of POSIX")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("init", "company"), 2, "nobody would see the questions"),
        (("person", "erase", "Maëlle Le Bihan"), 130, "[y/N]"),
    ],
)
def test_a_question_is_asked_where_it_is_seen_or_not_at_all(
    kerlann_run: Run, words: tuple[str, ...], code: int, told: str
) -> None:
    keyboard, terminal = os.openpty()
    os.write(keyboard, b"n\n")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "cockpit", "--lang", "en", *words], stdin=terminal, capture_output=True,
            text=True, check=False, timeout=60,
        )  # fmt: skip
    finally:
        os.close(keyboard)
        os.close(terminal)
    assert (done.returncode, told in done.stderr, told in done.stdout) == (code, True, False), done
    assert "Le Bihan" in kerlann_run("list", "people").out


def test_a_line_is_saved_once_and_is_no_draft_too(run: Run) -> None:
    run("block", "one")
    code, said = piped("block", "two")
    assert (code, "Traceback" in said) == (0, False)
    assert "two" not in run("drafts").out
    assert [each["title"] for each in run("list", "--json").json] == ["one", "two"]
