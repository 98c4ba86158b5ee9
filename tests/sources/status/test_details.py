"""Small things that a page is read by: its first event, its address, its words, and what is said of them."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from cockpit.domain.providers.state import State
from cockpit.sources import status
from cockpit.sources.status import payload
from cockpit.sources.status.payload import Notes, UnreadablePage, decode
from tests.sources.status.hostile import NOW, read, source
from tests.sources.status.test_other_dialects import BETTERSTACK, of
from tests.sources.status.test_vendor_dialects import STATUSPAL

PAGE = json.dumps({"state": 1, "issues": []}).encode()


@pytest.mark.parametrize(
    ("stream", "state"),
    [
        (b"event: init_event\ndata: " + PAGE + b"\n\n", State.OPERATIONAL),
        (b"event:init_event\r\ndata:" + PAGE + b"\r\n\r\nevent: x\r\ndata: {}\r\n\r\n", State.OPERATIONAL),
        (b"\n\ndata: " + PAGE + b"\nevent:  init_event \n", State.OPERATIONAL),
        (b": hello\nid: 7\nevent: init_event\ndata: " + PAGE[:9] + b"\ndata: " + PAGE[9:] + b"\n\n", State.OPERATIONAL),
        (b"event: init_event\ndata: " + PAGE.replace(b": 1",
         b": -1") + b"\n\ndata: " + PAGE + b"\n\n", State.MAJOR_OUTAGE),
        (b"event: other\ndata: " + PAGE + b"\n\n", None), (b"data: " + PAGE + b"\n\n", None),
        (b"event: init_event\n\n", None),
        (b"", None),
    ],
)  # fmt: skip
def test_the_first_event_of_a_stream_is_the_page(stream: bytes, state: State | None) -> None:
    reading = read("hund", stream)
    assert reading.readable is (state is not None)
    assert reading.state is (state or State.UNKNOWN)


@pytest.mark.parametrize(
    ("engine", "asked", "first"),
    [
        ("statuspal", "https://acme.statuspal.io/", "https://statuspal.io/api/v2/status_pages/acme/summary"),
        ("statuspal", "https://acme.statuspal.eu/x?y", "https://statuspal.eu/api/v2/status_pages/acme/summary"),
        ("statuspal", "https://www.statuspal.io/x", "https://www.statuspal.io/x"),
        ("statuspal", "https://api.statuspal.eu/x", "https://api.statuspal.eu/x"),
        ("statuspal", "https://a.b.statuspal.io/x", "https://a.b.statuspal.io/x"),
        ("statuspal", "https://statuspal.io/api/v2/status_pages/acme",
         "https://statuspal.io/api/v2/status_pages/acme/summary"),
        ("cachet", "https://a.test/x/api/v1", "https://a.test/x/api/v1/components?per_page=100"),
        ("cachet3", "https://a.test/api", "https://a.test/api/components?per_page=100"),
        ("kuma", "https://a.test", "https://a.test/api/status-page/default"),
        ("kuma", "https://a.test/k/status/x/", "https://a.test/k/api/status-page/x"),
        ("uptimerobot", "https://stats.uptimerobot.com/abc",
         "https://stats.uptimerobot.com/api/getMonitorList/abc?page=1"),
    ],
)  # fmt: skip
def test_the_first_document_of_an_engine_is_found_from_where_a_person_was(
    engine: str, asked: str, first: str
) -> None:
    assert status.addresses(engine, source(engine, asked))[0] == first


class _Item(msgspec.Struct):
    id: int
    name: str = "none"


def test_a_list_is_read_item_by_item_and_an_optional_word_of_a_wrong_kind_is_absent() -> None:
    notes = Notes("Acme", NOW)
    raw = [{"id": 1, "name": "a", "more": 1}, {"id": "2", "name": ["x"]}, {"name": "b"}, 7, None, {"id": 3}]
    assert [(each.id, each.name) for each in notes.items(raw, _Item)] == [(1, "a"), (2, "none"), (3, "none")]
    assert notes.warnings() == ("3 unreadable items ignored",)


def test_what_is_to_be_told_is_told_once_in_order_with_the_count_last() -> None:
    notes = Notes("Acme", NOW)
    table: dict[Any, State] = {"up": State.OPERATIONAL, 1: State.DEGRADED, "": State.MAINTENANCE}
    said = [notes.state(table, token) for token in ("up", 1, "", "odd", "odd", None, ["up"], "x" * 70, 2)]
    assert said == [State.OPERATIONAL, State.DEGRADED, State.MAINTENANCE, *[State.UNKNOWN] * 6]
    list(notes.items([7], _Item))
    notes.add("first of all")
    assert notes.warnings() == (
        "new value odd from Acme", "new value (empty) from Acme", f"new value {'x' * 59}… from Acme",
        "new value 2 from Acme", "first of all", "1 unreadable item ignored",
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_json_is_decoded_in_every_way_that_it_may_be_written(encoding: str) -> None:
    assert decode('{"é": [1.5, -2]}'.encode(encoding)) == {"é": [1.5, -2]}


@pytest.mark.parametrize("body", [b"", b"NaN", b"[-Infinity]", b"[1e999]", b"[-1e999]", b"{", b"[" * 100_000])
def test_what_is_no_json_is_told_in_words(body: bytes) -> None:
    with pytest.raises(UnreadablePage, match="the answer is not readable as JSON"):
        decode(body)


def test_a_document_of_another_form_is_told_in_words_and_says_nothing() -> None:
    assert str(payload.form_error()) == "the answer does not have the expected form"
    reading = read("statuspage", {"x": 1})
    assert (reading.state, reading.confidence, reading.readable, reading.complete) == (
        State.UNKNOWN,
        "low",
        False,
        False,
    )
    assert reading.warnings == ("the answer does not have the expected form",)


OVER = [
    "Resolved", "Completed", "Closed", "Fixed", "Mitigated", "Restored", "Postmortem", "Résolu", "Résolue", "Terminé",
    "Terminée", "Clôturé", "Clos", "Corrigé", "Corrigée", "Rétabli", "Rétablie",
]  # fmt: skip


@pytest.mark.parametrize("word", OVER)
def test_what_is_over_is_said_at_the_begin_of_its_words(word: str) -> None:
    for words in (word, word.lower(), f"[{word}] API", f"- {word}: API", f"{word}, at last"):
        assert payload.says_over(words), words
    for words in (f"API {word}", f"not {word}", f"{word}x", f"un{word}"):
        assert not payload.says_over(words), words


@pytest.mark.parametrize("what", ["incident", "issue", "maintenance"])
def test_a_sentence_that_says_that_it_is_over_does(what: str) -> None:
    for verb in ("has been", "was", "is now"):
        assert payload.says_over(f"This {what} {verb} resolved.")
        assert not payload.says_over(f"That {what} {verb} resolved.")
        assert not payload.says_over(f"This {what} {verb} being looked at.")


def test_texts_are_cut_cleaned_and_without_what_is_none() -> None:
    assert (payload.text("  a\x1b[2J\nb "), payload.text(7), payload.text(1.5), payload.text(None)) == (
        "a b",
        "7",
        "1.5",
        "",
    )
    assert (payload.text("x" * 301), payload.text("x" * 9, 5)) == ("x" * 299 + "…", "xxxx…")
    assert payload.message("<p>One</p><p>Two<br>three</p>") == "One\nTwo\nthree"
    assert payload.message(None) == payload.message(["x"]) == ""
    assert (payload.link("https://a.test/x"), payload.link("javascript:x"), payload.link(7)) == (
        "https://a.test/x",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("up", "affected", "down", "state"),
    [
        (3, 0, 0, "operational"), (0, 0, 0, "unknown"), (1, 0, 1, "partial_outage"), (0, 1, 1, "partial_outage"),
        (0, 0, 1, "major_outage"), (0, 1, 0, "degraded"), (1, 1, 0, "degraded"), (1, 2, 3, "partial_outage"),
        (-1, 0, 1, "unknown"), (1, -1, 0, "unknown"), (1, 0, -1, "unknown"),
    ],
)  # fmt: skip
def test_a_page_that_only_counts_its_services_is_as_well_as_they_are(
    up: int, affected: int, down: int, state: str
) -> None:
    counters = {"count_status_1": up, "count_status_2": affected, "count_status_3": down}
    reading = read("statushub", {"counters": counters})
    assert (reading.state.value, reading.confidence) == (state, "medium")
    assert reading.indicator == f"{up} up, {affected} affected, {down} down"


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (b"healthy", "operational"), (b" Sick\n", "degraded"), (b"DEAD", "partial_outage"), (b"well", ""), (b"", ""),
        (b"healthy" + b" " * 13, "operational"), (b"healthy" + b" " * 14, ""), (b"dead\xff", ""),
    ],
)  # fmt: skip
def test_a_page_of_one_word_says_that_word_and_nothing_else(body: bytes, state: str) -> None:
    reading = read("vigil", body)
    assert (reading.state.value if reading.readable else "") == state
    assert (reading.indicator, reading.page) == (
        (body.decode().strip().lower(), "Acme") if state else ("", "")
    )


@pytest.mark.parametrize(
    ("ends", "phase"), [("09:29:59", "resolved"), ("09:30:00", "resolved"), ("09:30:01", "investigating")]
)
def test_an_incident_is_over_from_the_second_on_that_its_page_says(ends: str, phase: str) -> None:
    at = f"2026-11-20T{ends}Z"
    statuspal = of(STATUSPAL, incidents=[{"id": 1, "title": "x", "type": "minor", "ends_at": at}])
    report = {
        "id": 1,
        "type": "status_report",
        "attributes": {"title": "x", "aggregate_state": "degraded", "ends_at": at},
    }
    betterstack = of(BETTERSTACK, included=[report])
    for engine, document in (("statuspal", statuspal), ("betterstack", betterstack)):
        (incident,) = read(engine, document).incidents
        assert incident.phase == phase
        assert (incident.resolved is not None) is (phase == "resolved")


STREAM = b"event: init_event\ndata: "
LEAST: list[tuple[str, Any, str]] = [
    ("hund", STREAM + b'{"state": 1, "issues": [{"id": 7, "title": "Slow"}]}\n\n', "incident investigating Slow"),
    ("kuma", {"config": {"slug": "x"}, "publicGroupList": [], "incident": {"id": 7, "title": "Slow"}},
     "incident investigating Slow"),
    ("cstate", {"summaryStatus": "ok", "systems": [{"name": "API", "status": "ok", "unresolvedIssues": [
        {"title": "Slow", "severity": "disrupted"}]}]}, "part API, incident investigating Slow"),
    ("graph", {"value": [{"id": "X", "service": "X", "status": "serviceOperational", "issues": [
        {"id": "7", "title": "Slow", "status": "serviceDegradation"}]}]}, "part X, incident investigating Slow"),
    ("heroku", {"status": [{"system": "Apps", "status": "green"}], "incidents": [{"id": 7, "title": "Slow"}],
                "scheduled": [{"id": 8, "title": "Disks"}]},
     "part Apps, incident investigating Slow, work in_progress Disks"),
    ("statuspage", {"page": {}, "status": {"indicator": "none"}, "components": [
        {"id": "c", "name": "API", "status": "operational"}]}, "part API"),
    ("statuscake", {"data": [{"id": 7, "name": "API", "status": "up"}]}, "part API"),
    ("oneuptime", {"overallStatus": {"name": "x", "isOperationalState": True}, "statusPageResources": [],
                   "activeIncidents": [{"title": "Slow", "currentIncidentState": {}}],
                   "scheduledMaintenanceEvents": [{"title": "Disks", "currentScheduledMaintenanceState": {}}]},
     "incident investigating Slow, work scheduled Disks"),
    ("cachet", {"data": [{"id": 7, "name": "API", "status": 1}]}, "part API"),
]  # fmt: skip


@pytest.mark.parametrize(("engine", "document", "said"), LEAST, ids=[each[0] for each in LEAST])
def test_what_an_item_does_not_say_is_what_most_mean(engine: str, document: Any, said: str) -> None:
    reading = read(engine, document)
    found = [f"part {part.name}" for part in reading.components]
    found += [f"incident {each.phase} {each.title}" for each in reading.incidents]
    found += [f"work {each.phase} {each.title}" for each in reading.maintenances]
    assert ", ".join(found) == said


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"date": "2026-11-06T09:30:00Z"}, "major_outage investigating"),
        ({"date": "2026-11-06T09:29:59Z"}, "degraded investigating silent"),
        ({"date": "2026-11-06T09:29:59Z", "status": "1"}, "degraded investigating silent"),
        ({"date": "2026-11-06T09:29:59Z", "status": "9"}, "unknown investigating silent"),
        ({"date": "2026-11-06T09:29:59Z", "end_time": "2026-11-07T09:00:00Z"}, "major_outage resolved"),
        ({"date": "2026-11-06T09:29:59Z", "event_log": [{"message": "x", "timestamp": "2026-11-06T09:30:00Z"}]},
         "major_outage investigating"),
        ({"date": "2026-11-20T09:00:00Z", "status": 0}, "operational resolved"),
        ({"status": 2}, "partial_outage investigating"),
        ({"summary": "[RESOLVED] Slow"}, "major_outage resolved"),
        ({"event_log": [{"message": "x"}]}, "major_outage investigating"),
    ],
)  # fmt: skip
def test_an_event_of_aws_that_is_silent_for_two_weeks_is_shown_as_degraded(
    event: dict[str, Any], said: str
) -> None:
    reading = read("aws", [{"service": "ec2", "status": "3", **event}])
    (incident,) = reading.incidents
    silent = any("silent for two weeks" in line for line in reading.warnings)
    assert f"{incident.impact.value} {incident.phase}{' silent' if silent else ''}" == said


def test_what_stands_behind_a_page_that_cannot_be_read_is_not_read_and_told() -> None:
    def services(name: str) -> dict[str, Any]:
        return {"value": [{"id": name, "service": name, "status": "serviceOperational", "issues": []}]}

    found = read("graph", services("A"), b"junk", services("C"))
    assert ([part.name for part in found.components], found.state, found.complete) == (
        ["A"],
        State.UNKNOWN,
        False,
    )
    assert found.warnings == ("only the first pages of services were read",)
    whole = read("graph", services("A"), services("B"))
    assert ([part.name for part in whole.components], whole.complete, whole.warnings) == (
        ["A", "B"],
        True,
        (),
    )

    def monitors(number: int) -> dict[str, Any]:
        listed = [{"monitorId": number, "name": f"M{number}", "statusClass": "success"}]
        return {"status": "ok", "psp": {"monitors": listed, "totalMonitors": 2, "perPage": 1}}

    found = read("uptimerobot", monitors(1), b"junk", monitors(3))
    assert ([part.name for part in found.components], found.state, found.complete) == (
        ["M1"],
        State.UNKNOWN,
        False,
    )
    assert found.warnings == ("only 1 of 2 monitors were read",)
    whole = read("uptimerobot", monitors(1), monitors(2))
    assert ([part.name for part in whole.components], whole.complete, whole.warnings) == (
        ["M1", "M2"],
        True,
        (),
    )


def test_a_part_that_is_not_watched_is_passed_over_and_the_next_one_read() -> None:
    parts = [
        {"id": n, "type": "status_page_resource", "attributes": {"public_name": f"P{n}", "status": word}}
        for n, word in enumerate(("not_monitored", "operational"))
    ]
    assert [part.name for part in read("betterstack", of(BETTERSTACK, included=parts)).components] == ["P1"]
    listed = [
        {"monitorId": n, "name": f"M{n}", "statusClass": word} for n, word in enumerate(("black", "success"))
    ]
    listing = {"status": "ok", "psp": {"monitors": listed}}
    assert [part.name for part in read("uptimerobot", listing).components] == ["M1"]
    paused = {"data": [{"id": n, "name": f"T{n}", "status": "up", "paused": n == 0} for n in range(2)]}
    assert [part.name for part in read("statuscake", paused).components] == ["T1"]


@pytest.mark.parametrize(
    ("word", "events", "state", "told"),
    [
        ("ok", [], "operational", ()), ("active", [], "unknown", ()),
        ("odd", [], "unknown", ("new value odd from Acme",)),
        ("active", [{"id": 1, "type": "notice", "status": "resolved"}], "operational", ()),
        ("active", [{"id": 1, "type": "notice", "status": "active"}], "degraded", ()),
        ("ok", [{"id": 1, "type": "outage", "status": "active"}], "major_outage", ()),
        ("odd", [{"id": 1, "type": "notice", "status": "resolved"}], "unknown", ("new value odd from Acme",)),
        ("active", [{"id": 1, "type": "maintenance", "status": "active"}], "maintenance", ()),
        ("active", [{"id": 1, "type": "maintenance", "status": "scheduled"}], "operational", ()),
        ("ok", [7], "unknown", ("1 unreadable item ignored",)),
    ],
)  # fmt: skip
def test_slack_is_as_well_as_its_word_and_what_explains_it(
    word: str, events: list[Any], state: str, told: tuple[str, ...]
) -> None:
    reading = read("slack", {"status": word, "active_incidents": events})
    assert (reading.state.value, reading.warnings) == (state, told)
    fine = [part.state for part in reading.components if part.state is State.OPERATIONAL]
    assert bool(fine) is (state != "unknown")
