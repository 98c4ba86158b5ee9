"""What minutes and agendas say, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.meetings.facilitation import Tally
from cockpit.domain.meetings.minutes import (
    Minutes,
    PastCommitment,
    Resolve,
    Said,
    Topic,
    agenda_blocks,
    blocks,
    clock,
    mean,
    to_html,
    to_markdown,
    to_text,
)
from cockpit.locale import use


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0:00"), (0.9, "0:00"), (59, "0:59"), (60, "1:00"), (3_601, "60:01"), (-0.9, "0:00"), (-1, "-0:01"),
        (-61.5, "-1:01"),
    ],
)  # fmt: skip
def test_a_span_is_minutes_and_whole_seconds_with_its_sign(seconds: float, said: str) -> None:
    assert clock(seconds) == said


@pytest.mark.parametrize(("pair", "english", "french"), [((0, 0), "—", "—"), ((7, 2), "3.5", "3,5")])
def test_votes_are_told_by_their_mean_and_none_by_a_dash(
    pair: tuple[int, int], english: str, french: str
) -> None:
    use("en")
    assert mean(pair) == english
    use("fr")
    assert mean(pair) == french


WHOLE = Minutes(
    title="Point flash", when="23/11 10:45", facilitator="Claire", present=["Claire", "Marc"], late=["Ana (5 min)"],
    absent=["Paul"],
    commitments=[
        PastCommitment(Resolve("A-1", "Send it", "Marc", "20/11", circuit="purchases"), kept=True),
        PastCommitment(Resolve("A-2", "Call <them>", "", "21/11"), kept=False),
        PastCommitment(Resolve("A-3", "secret", conf=2), kept=True),
    ],
    topics=[
        Topic("B-1", "Who pays?", "solved", 61), Topic("B-2", "When?", seconds=600), Topic("B-3", "Odd?", "later", 5),
        Topic("B-4", "secret", conf=2), Topic("B-5", "secret", conf=3),
    ],
    priorities=[Resolve("P-1", "Hire", "Ana", "27/11")],
    decisions=[Resolve("D-1", "Sign *it*", "", "")],
    actions=[Resolve("A-4", "secret", conf=3)],
    escalations=[Said("B-2 to the bank"), Said("secret", 2)],
    parking=[Said("[link](http://x) `code` \\ <b>", 0)],
    tally=Tally((7, 2), (3, 1), (0, 0)), cost="Cost: 120 €", overrun="Over by 2:00", coming="Next: 24/11",
    fingerprint="ab12",
)  # fmt: skip

MARKDOWN = r"""# Point flash 23/11 10:45

Present: Claire, Marc · Late: Ana (5 min) · Absent: Paul · Facilitator: Claire

## Previous commitments (2/3 kept)

- ✓ A-1 Send it — Marc — 20/11 — purchases — kept
- ✗ A-2 Call \<them> — who? — 21/11 — not kept
- 1 restricted subject

## Subjects

- B-1 — Who pays? — solved — 1:01
- B-2 — When? — not settled: comes back — 10:00
- B-3 — Odd? — later — 0:05
- 2 restricted subjects

## Priorities of the week

- P-1 Hire — Ana — 27/11

## Decisions

- D-1 Sign *it* — who? — for when?

## Actions

- 1 restricted subject

## Escalations

- B-2 to the bank
- 1 restricted subject

## Parking

- \[link](http://x) \`code\` \\ \<b>

ROTI 3.5 · interface 3.0/—

Cost: 120 €

Over by 2:00

Next: 24/11

Journal fingerprint ab12
"""

TEXT = r"""Présents : Claire, Marc · Retard : Ana (5 min) · Absents : Paul · Animation : Claire

Engagements précédents (2/3 tenus)
- ✓ A-1 Send it — Marc — 20/11 — purchases — tenu
- ✗ A-2 Call <them> — qui ? — 21/11 — non tenu
- ✓ A-3 secret — qui ? — pour quand ? — tenu

Sujets
- B-1 — Who pays? — résolu — 1:01
- B-2 — When? — non réglé : revient — 10:00
- B-3 — Odd? — later — 0:05
- B-4 — secret — non réglé : revient — 0:00
- 1 sujet restreint

Priorités de la semaine
- P-1 Hire — Ana — 27/11

Décisions
- D-1 Sign *it* — qui ? — pour quand ?

Actions
- 1 sujet restreint

Escalades
- B-2 to the bank
- secret

Parking
- [link](http://x) `code` \ <b>
ROTI 3,5 · interface 3,0/—
Cost: 120 €
Over by 2:00
Next: 24/11
Empreinte journal ab12"""


def test_minutes_tell_all_that_was_said_to_those_who_may_read_it() -> None:
    assert to_markdown(blocks(WHOLE)) == MARKDOWN
    use("fr")
    assert to_text(blocks(WHOLE, 2)).replace("\u00a0", " ") == TEXT


def test_minutes_as_a_page_are_the_same_blocks_between_tags() -> None:
    page = to_html(blocks(replace(WHOLE, commitments=(), priorities=(), escalations=(), fingerprint="")))
    head, _body, rest = page.partition("<body>\n")
    assert head.startswith(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Point flash 23/11 10:45</title>'
    )
    assert rest == (
        "<h1>Point flash 23/11 10:45</h1>\n"
        "<p>Present: Claire, Marc · Late: Ana (5 min) · Absent: Paul · Facilitator: Claire</p>\n"
        "<h2>Subjects</h2>\n<ul>\n<li>B-1 — Who pays? — solved — 1:01</li>\n"
        "<li>B-2 — When? — not settled: comes back — 10:00</li>\n<li>B-3 — Odd? — later — 0:05</li>\n"
        "<li>2 restricted subjects</li>\n</ul>\n"
        "<h2>Decisions</h2>\n<ul>\n<li>D-1 Sign *it* — who? — for when?</li>\n</ul>\n"
        "<h2>Actions</h2>\n<ul>\n<li>1 restricted subject</li>\n</ul>\n"
        "<h2>Parking</h2>\n<ul>\n<li>[link](http://x) `code` \\ &lt;b&gt;</li>\n</ul>\n"
        "<p>ROTI 3.5 · interface 3.0/—</p>\n<p>Cost: 120 €</p>\n<p>Over by 2:00</p>\n<p>Next: 24/11</p>\n"
        "</body></html>\n"
    )
    assert to_html([("p", "a & b"), ("li", "c")]).endswith(
        "<body>\n<p>a &amp; b</p>\n<ul>\n<li>c</li>\n</ul>\n</body></html>\n"
    )
    use("fr")
    assert '<html lang="fr">' in to_html([("h1", "x")])


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ({}, "Nobody was noted."),
        ({"taken": False}, "Attendance: not taken"),
        ({"taken": False, "present": ["Claire"]}, "Present: Claire · the others: not taken"),
        ({"taken": False, "facilitator": "Claire"}, "Attendance: not taken · Facilitator: Claire"),
        ({"absent": ["Paul", "Ana"]}, "Absent: Paul, Ana"),
        ({"late": ["Paul"]}, "Late: Paul"),
    ],
)
def test_of_a_meeting_that_kept_nothing_only_who_was_there_is_told(said: dict[str, Any], people: str) -> None:
    assert [*blocks(Minutes(title="Flash", when="now", **said))] == [
        ("h1", "Flash now"), ("p", people), ("h2", "Subjects"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tally", "line"),
    [
        (Tally(), None), (Tally(roti=(5, 1)), "ROTI 5.0 · interface —/—"),
        (Tally(inward=(9, 2)), "ROTI — · interface 4.5/—"),
        (Tally(outward=(10, 3)), "ROTI — · interface —/3.3"),
    ],
)  # fmt: skip
def test_votes_are_told_where_there_is_one(tally: Tally, line: str | None) -> None:
    told = [*blocks(Minutes(title="Flash", when="now", tally=tally))][3:]
    assert told == ([("p", line)] if line else [])


def test_an_agenda_is_shared_with_who_holds_each_subject_and_for_how_long_it_is_open() -> None:
    topics = [
        Topic("B-1", "Who pays?", owner="Marc", days=6, seconds=150), Topic("B-2", "", days=0, seconds=60),
        Topic("", "", conf=2),
    ]  # fmt: skip
    assert [*agenda_blocks("Flash", "11:45", topics)] == [
        ("h1", "Agenda: Flash 11:45"), ("li", "B-1 — Who pays? — Marc — 6 d — 2:30"),
        ("li", "B-2 — no owner — 0 d — 1:00"),
        ("li", "1 restricted subject"),
    ]  # fmt: skip
    assert [*agenda_blocks("Flash", "11:45", topics, 2)][3:] == [("li", "no owner — 0 d — 0:00")]
    assert [*agenda_blocks("Flash", "11:45", [])] == [
        ("h1", "Agenda: Flash 11:45"), ("p", "No subject yet: send yours."),
    ]  # fmt: skip


@pytest.mark.parametrize(("who", "when", "complete"), [("a", "b", True), ("a", "", False), ("", "b", False)])
def test_what_is_resolved_is_complete_when_it_says_who_and_when(who: str, when: str, complete: bool) -> None:
    assert Resolve("D-1", "Sign", who, when).complete is complete
