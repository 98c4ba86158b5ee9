"""What a feed, a page or a partner wrote is shown as plain text, in every pane, and never reaches the terminal."""

from __future__ import annotations

from datetime import date

import pytest

from cockpit.domain.records.record import Value
from cockpit.domain.registers import REGISTERS
from cockpit.domain.text import TITLE_LIMIT
from cockpit.services.agenda import intake
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import capture, entry
from cockpit.ui.app import CockpitApp
from cockpit.ui.organisation.views import VIEWS

HOSTILE = [
    "[/]", "[/foo] closes nothing", "[@click=app.quit]click[/]", "[P1] urgent", "[$primary]x", "a \\[b]",
    "\x1b]52;c;aGVsbG8=\x07clip", "\x1b[31mred\x1b[0m", "\x9b31mC1", "txt\u202eexe.pdf", "nul\x00bell\x07",
    "👩\u200d👩\u200d👧 family 漢字", "x" * 10_000, "tab\there\nnew line", "\ud800 lone",
]  # fmt: skip


def _map(workspace: Workspace, text: str) -> None:
    """The same words wherever a view of the organisation shows some."""
    from cockpit.services.desk import forms

    records: dict[str, dict[str, Value]] = {
        "contract": {"provider": "PR-1", "functions": ("FN-1",), "starts_on": date(2026, 1, 1)},
        "interface": {"source": "FN-1", "target": "PR-1", "channel": "?"},
        "process": {"function": "FN-1", "accountable": "PE-1", "responsible": ("PR-1",)},
        "risk": {"function": "FN-1", "gross_likelihood": 5, "gross_impact": 5},
        "continuity": {"function": "FN-1", "backup": "PE-1"},
        "circuit": {"decider": "PE-1"},
        "access": {"holder": "PE-1", "vault": "?"},
    }
    for name, values in records.items():
        for field in REGISTERS[name].fields:
            if field.name == "name" or values.get(field.name) == "?":
                values[field.name] = forms.read(workspace, field, f"n {text}"[: forms.limit_of(field)], {})
        workspace.add(REGISTERS[name], values)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_every_pane_shows_it_and_none_acts_on_it(workspace: Workspace, text: str) -> None:
    for kind in ("blocker", "priority", "decision"):
        capture.save(workspace, kind, entry.understand(workspace, f"before {text}"))
    for name in ("provider", "person", "function"):
        register = REGISTERS[name]
        from cockpit.services.desk import forms

        workspace.add(
            register, {"name": forms.read(workspace, register.field("name"), f"n {text}"[:TITLE_LIMIT], {})}
        )
    _map(workspace, text)
    summary = text.replace("\n", "\\n").encode("utf-8", "replace").decode()
    feed = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261123T090000Z\r\n"
        f"DTEND:20261123T100000Z\r\nSUMMARY:{summary}\r\nLOCATION:{summary}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    intake.apply_body(
        workspace.conn, "mine", feed.encode("utf-8", "replace"), now=workspace.clock(), zone="Europe/Paris"
    )
    app = CockpitApp(workspace)
    async with app.run_test(size=(150, 45)) as pilot:
        for keys in (
            (),
            ("tab", "enter"),
            ("escape", "f3", "tab"),
            *[("semicolon",)] * len(VIEWS),
            ("semicolon", "enter"),
            ("escape",),
            ("f5",),
            ("f1", "tab", "tab", "tab", "enter"),
        ):
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            drawn = "".join(s.text for line in app.screen._compositor.render_strips() for s in line)
            assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066" for c in drawn)
        assert app.is_running
    drawn_titles = [row[0] for row in workspace.conn.execute("SELECT title FROM blocker")]
    assert drawn_titles[0].startswith("before")
