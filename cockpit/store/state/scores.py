"""What signals said of each week, as it was measured then."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from cockpit.domain.dataclasses import dataclass
from cockpit.domain.signals.score import Evidence, GaugeName, ScoreProof, SignalScore, SignalState

_GAUGES = frozenset(GaugeName)
_STATES = {state.word: state for state in SignalState}


@dataclass(frozen=True)
class Kept:
    """A score as it is stored."""

    score: SignalScore
    raised: date | None
    """The Monday since which it is raised; None when it is not."""
    is_whole: bool
    """Whether its week had ended when it was measured."""
    conf: int
    """How confidential the most confidential of the records is that it tells of."""
    at: str
    """When it was measured: UTC, ISO 8601."""


def save(conn: sqlite3.Connection, week: date, kept: Iterable[Kept]) -> None:
    """Put the scores of a week in the place of those it had. Inside the caller's transaction."""
    conn.execute("DELETE FROM score WHERE week = ?", (week.isoformat(),))
    conn.executemany(
        "INSERT INTO score (week, signal, subject, value, threshold, n, state, raised, whole, at, conf, proof)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_values(each) for each in kept],
    )


def forget_after(conn: sqlite3.Connection, week: date) -> int:
    """Take away the scores of weeks to come, which a clock that was wrong made; how many weeks."""
    day = week.isoformat()
    found: int = conn.execute("SELECT count(DISTINCT week) FROM score WHERE week > ?", (day,)).fetchone()[0]
    if found:
        conn.execute("DELETE FROM score WHERE week > ?", (day,))
    return found


def last_week(conn: sqlite3.Connection, *, whole: bool = False) -> date | None:
    """The last week that was measured; with `whole`, the last one that had ended."""
    row = conn.execute(
        "SELECT max(week) FROM score WHERE whole" if whole else "SELECT max(week) FROM score"
    ).fetchone()
    return date.fromisoformat(row[0]) if row[0] else None


def of_week(conn: sqlite3.Connection, week: date, level: int, *, whole: bool = True) -> tuple[Kept, ...]:
    """The scores of a week that tell of nothing above `level`; not `whole`: without the records behind them."""
    rows = conn.execute("SELECT * FROM score WHERE week = ? AND conf <= ?", (week.isoformat(), level))
    return tuple(_kept(row, whole=whole) for row in rows)


def in_danger(conn: sqlite3.Connection, level: int) -> frozenset[tuple[str, str]]:
    """Number and subject of what is raised and in danger, as measured last."""
    rows = conn.execute(
        "SELECT signal, subject FROM score WHERE week = (SELECT max(week) FROM score) AND raised IS NOT NULL"
        " AND state = 'danger' AND conf <= ?",
        (level,),
    )
    return frozenset((row["signal"], row["subject"]) for row in rows)


def held_back(conn: sqlite3.Connection, week: date, level: int) -> int:
    """How many scores of a week tell of something above `level`."""
    row = conn.execute("SELECT count(*) FROM score WHERE week = ? AND conf > ?", (week.isoformat(), level))
    found: int = row.fetchone()[0]
    return found


def history(
    conn: sqlite3.Connection, about: tuple[str, str], until: date, *, weeks: int, level: int
) -> tuple[Kept, ...]:
    """The last weeks of a signal about a subject, oldest first."""
    rows = conn.execute(
        "SELECT * FROM score WHERE signal = ? AND subject = ? AND week <= ? AND conf <= ?"
        " ORDER BY week DESC LIMIT ?",
        (*about, until.isoformat(), level, weeks),
    ).fetchall()
    return tuple(_kept(row) for row in reversed(rows))


def trends(
    conn: sqlite3.Connection, first: date, last: date, level: int
) -> dict[tuple[str, str], dict[str, float | None]]:
    """The values of every signal, by the Monday of each week as it is stored (ISO 8601)."""
    rows = conn.execute(
        "SELECT week, signal, subject, value FROM score WHERE week >= ? AND week <= ? AND conf <= ?",
        (first.isoformat(), last.isoformat(), level),
    )
    found: dict[tuple[str, str], dict[str, float | None]] = {}
    for week, signal, subject, value in rows:
        found.setdefault((signal, subject), {})[week] = value
    return found


def _values(kept: Kept) -> tuple[object, ...]:
    score, proof = kept.score, kept.score.proof
    told = {
        "figures": dict(proof.figures),
        "rows": [[row.code, row.value, row.why] for row in proof.rows],
        "missing": proof.missing,
    }
    return (
        score.week.isoformat(), score.signal, score.subject, score.value, score.threshold, score.n,
        score.state.word, kept.raised.isoformat() if kept.raised else None, int(kept.is_whole), kept.at,
        kept.conf, json.dumps(told, ensure_ascii=False, separators=(",", ":")),
    )  # fmt: skip


def _kept(row: sqlite3.Row, *, whole: bool = True) -> Kept:
    told = json.loads(row["proof"])
    proof = ScoreProof(
        figures=told["figures"],
        # Those of a gauge are its signals, a handful, which its line names.
        rows=tuple(Evidence(*each) for each in told["rows"]) if whole or row["signal"] in _GAUGES else (),
        missing=told["missing"],
    )
    score = SignalScore(
        signal=row["signal"], subject=row["subject"], week=date.fromisoformat(row["week"]), value=row["value"],
        threshold=row["threshold"], n=row["n"], state=_STATES[row["state"]], proof=proof,
    )  # fmt: skip
    raised = date.fromisoformat(row["raised"]) if row["raised"] else None
    return Kept(score, raised, bool(row["whole"]), row["conf"], row["at"])
