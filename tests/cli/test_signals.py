"""`cockpit signals`: measured, listed, proved, answered, in both languages and at each level."""

from __future__ import annotations

from tests.cli.conftest import Run

KEYS = {"signal", "subject", "week", "value", "threshold", "n", "state", "proof"}


def company(run: Run) -> None:
    run("block", "VPN", "down", "@InfoSud", now="2026-11-02T09:00")
    run("priority", "Hire", now="2026-11-02T09:00")


def test_before_the_first_measure_it_says_how_to_measure(run: Run) -> None:
    said = run("signals")
    assert said.code == 0
    assert "--measure" in said.out


def test_measured_signals_have_the_keys_of_the_page(run: Run) -> None:
    company(run)
    found = run("signals", "--measure", "--json").json
    assert found
    assert all(set(each) >= KEYS for each in found)
    assert all(set(each["proof"]) == {"figures", "rows", "missing"} for each in found)
    assert {each["week"] for each in found} == {"2026-11-23"}
    said = run("signaux", "--measure", lang="fr")
    assert "semaine mesurée" in said.out
    assert "données insuffisantes" in said.out


def test_a_signal_shows_its_proof_and_is_answered_by_an_action_or_a_date(run: Run) -> None:
    company(run)
    run("signals", "--measure")
    assert "Formula: " in run("signals", "show", "s21").out
    assert run("signals", "show", "s99").code == 2
    done = run("signals", "act", "S21", "Choose", "it", "due:friday")
    assert "P-2" in done.out
    assert run("signals", "accept", "S21", "yesterday").code == 2
    until = run("signals", "accept", "S21", "31/12", "--because", "holidays", "--json").json
    assert until["until"].startswith("2026-12-31")
    assert run("signals", "show", "S21", "--json").json["history"]


def test_the_team_is_said_to_be_told_with_how(run: Run) -> None:
    company(run)
    assert run("signals", "told", "at", "the", "meeting", "of", "3", "March").code == 0
    assert "the meeting of 3 March" in run("journal").out
