"""`cockpit review` and `cockpit prepare`, as a person types them."""

from __future__ import annotations

from tests.cli.conftest import Run


def test_the_review_is_read_then_ended_and_looks_back_to_there(run: Run) -> None:
    run("block", "VPN down @InfoSud p1")
    said = run("review")
    assert said.code == 0
    assert [line for line in said.out.splitlines() if line.startswith(tuple("123456"))] == [
        "1/6 What is new", "2/6 Today", "3/6 SLA", "4/6 Blockers", "5/6 Providers and signals",
        "6/6 My three priorities",
    ]  # fmt: skip
    assert "── New\n  ■ B-1    VPN down" in said.out
    assert run("review", "--json").json["news"][0]["code"] == "B-1"
    assert "RV-1" in run("review", "--done").out
    assert run("review", "--json", now="2026-11-24T08:40").json["news"] == []
    run("undo")
    assert len(run("review", "--json").json["news"]) == 1


def test_the_french_names_answer(run: Run) -> None:
    assert run("revue", lang="fr").code == 0
    assert run("preparer", lang="fr").code == 0


def test_lines_are_prepared_until_none_is_left(run: Run) -> None:
    run("block", "VPN down p1")
    run("block", "paper p4")
    assert [each["code"] for each in run("prepare", "--json").json["to_prepare"]] == ["B-1", "B-2"]
    assert run("prepare", "b-2", "sign", "before", "noon", "--rank", "1").code == 0
    assert run("prepare", "B-2").out.strip() == "sign before noon"
    run("prepare", "B-1", "wait")
    assert "Nothing is left to prepare" in run("prepare").out
    assert "prepared by" in run("prepare", "--done").out
    found = run("review", "--json").json
    assert [each["code"] for each in found["blockers"]] == ["B-2", "B-1"]
    assert found["lines"] == {"B-2": "sign before noon", "B-1": "wait"}
    assert run("prepare", "B-9", "x").code == 2
