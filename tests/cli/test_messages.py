"""What leaves and what came in, in the shell."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from tests.cli.conftest import Run

PRIVATE = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:p@test
CLASS:CONFIDENTIAL
DTSTART:20261123T130000Z
DTEND:20261123T140000Z
SUMMARY:Cardiologue
LOCATION:CHU
END:VEVENT
END:VCALENDAR
"""


class Hook(http.server.BaseHTTPRequestHandler):
    """Takes whatever comes, and keeps it."""

    came: ClassVar[list[bytes]]
    status = 204
    asked: threading.Event
    goes_on: threading.Event
    """Nothing is answered before."""

    def do_POST(self) -> None:
        self.came.append(self.rfile.read(int(self.headers["content-length"])))
        self.asked.set()
        self.goes_on.wait(30)
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        return


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Hook]]:
    """A webhook on this machine, whose address is in the environment."""

    class OneHook(Hook):
        came: ClassVar[list[bytes]] = []
        asked = threading.Event()
        goes_on = threading.Event()

    OneHook.goes_on.set()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OneHook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("HOOK", f"http://127.0.0.1:{server.server_port}/in")
    yield OneHook
    OneHook.goes_on.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def company(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A company with a channel and a folder, and no source."""
    config = tmp_path / "config.toml"
    config.write_text(
        'me = "Claire"\n\n[[channel]]\nname = "Team"\nkind = "webhook"\nurl = "env:HOOK"\nlevel = "orange"\n'
        f'internal = true\n\n[inbox]\nfolder = "{tmp_path / "drop"}"\n'
    )
    (tmp_path / "drop").mkdir()
    monkeypatch.setenv("COCKPIT_CONFIG", str(config))
    return run


def test_alerts_leave_without_any_source_and_in_json_too(company: Run, hook: type[Hook]) -> None:
    assert "its first" in company("channel").out or "waits for" in company("channel").out
    assert company("channel", "preview", "team", "--send").code == 0
    company("block", "VPN p1")
    said = company("sync", "--notify", "--json", now="2026-11-23T09:01")
    assert (said.code, said.json) == (0, [])
    assert b"VPN" in hook.came[-1]
    (parcel,) = company("outbox", "--json").json
    assert (parcel["state"], parcel["may_have_come"], parcel["recipients"]) == ("sent", False, {})


@pytest.mark.skipif(os.name != "posix", reason="processes are killed otherwise elsewhere")
def test_a_kill_in_the_middle_of_a_delivery_loses_nothing_and_repeats_nothing_unsaid(
    company: Run, hook: type[Hook]
) -> None:
    company("channel", "preview", "team", "--send")
    company("block", "VPN p1")
    hook.asked.clear()
    hook.goes_on.clear()
    command = [
        sys.executable,
        "-m",
        "cockpit",
        "--now",
        "2026-11-23T09:01",
        "--lang",
        "en",
        "sync",
        "--notify",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        assert hook.asked.wait(30)
        process.kill()
    hook.goes_on.set()
    assert "being sent" in company("outbox", now="2026-11-23T09:02").out
    # Another process may be at it: it is left alone as long as that may be.
    company("sync", "--notify", now="2026-11-23T09:02")
    assert len(hook.came) == 2
    assert "it may have arrived" in company("outbox", now="2026-11-23T09:04").out
    company("sync", "--notify", now="2026-11-23T09:04")
    first, again = (json.loads(body) for body in hook.came[1:])
    assert first["id"] == again["id"]
    assert [fact["name"] for fact in first["incident"]["facts"]] == ["Since", "Next", "Record"]
    assert [fact["name"] for fact in again["incident"]["facts"]] == ["Since", "Next", "Record", "Repeated"]
    assert [each["state"] for each in company("outbox", "--json").json] == ["sent"]


def test_an_approval_ends_with_its_address(
    company: Run, hook: type[Hook], monkeypatch: pytest.MonkeyPatch
) -> None:
    company("channel", "preview", "team", "--send")
    assert "messages leave by it" in company("channel").out
    monkeypatch.setenv("HOOK", "http://127.0.0.1:9/elsewhere")
    assert "its address changed" in company("channel").out
    company("block", "VPN p1")
    company("sync", "--notify", now="2026-11-23T09:01")
    assert [each["state"] for each in company("outbox", "--json").json] == ["held"]
    refused = company("outbox", "send", "1")
    assert refused.code == 1
    assert "the address of this channel changed" in refused.out


def test_a_refusal_is_told_with_its_reason_and_tried_again_by_hand(company: Run, hook: type[Hook]) -> None:
    company("channel", "preview", "team", "--send")
    hook.status = 404
    company("block", "VPN p1")
    assert "1 not delivered" in company("sync", "--notify", now="2026-11-23T09:01").out
    assert "does not know this address any more (404)" in company("outbox").out
    hook.status = 202
    assert company("outbox", "send", "1").out == "sent\n"
    again = company("outbox", "send", "1")
    assert again.code == 2
    assert "was sent already" in again.err
    company("outbox", "drop", "1")
    assert company("outbox", "--json").json[0]["state"] == "sent"


def test_nothing_private_leaves_by_a_message(company: Run, hook: type[Hook], tmp_path: Path) -> None:
    (tmp_path / "mine.ics").write_text(PRIVATE)
    with (tmp_path / "config.toml").open("a") as config:
        config.write(f'\n[[agenda]]\nkey = "mine"\nname = "Claire"\nurl = "{tmp_path / "mine.ics"}"\n')
    company("channel", "preview", "team", "--send")
    company("block", "VPN p1")
    company("sync", "--notify", now="2026-11-23T09:01")
    company("ritual", "add", "flash", now="2026-11-23T09:02")
    assert "Cardiologue" in company("agenda", "--from", "2026-11-23", "--to", "2026-11-24").out
    for command in (("brief",), ("week",), ("agenda",), ("review",)):
        for more in ((), ("--json",)):
            assert "Cardiologue" not in company(*command, *more, "--level", "1").out
    assert all(b"Cardiologue" not in body for body in hook.came)


def test_what_could_not_be_taken_is_seen_and_taken(company: Run, tmp_path: Path) -> None:
    (tmp_path / "drop" / "panne.json").write_text('{"title": "Truck stuck",')
    (tmp_path / "drop" / "note.txt").write_text("The truck is stuck\nTomorrow before 10.")
    assert "2 files wait: they came or changed less than 5 s ago" in company("inbox", "receive").out
    assert "1 taken, 1 refused" in company("inbox", "receive", now="2026-11-23T09:01").out
    said = company("inbox").out
    assert "■ panne.json · the file is not valid JSON" in said
    assert "inbox take IN-2" in said
    assert '"title": "Truck stuck"' in company("inbox", "show", "IN-2").out
    assert company("inbox", "take", "IN-2").out == "IN-2 taken\n"
    assert [each["triage"] for each in company("inbox", "--json").json] == ["new", "new"]
    assert company("inbox", "take", "IN-2").code == 2
