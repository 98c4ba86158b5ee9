"""What a feed, a page or a partner wrote is shown as plain text, in every pane, and never reaches the terminal."""

from __future__ import annotations

import pytest

from cockpit.domain.registers import REGISTERS
from cockpit.services import agenda_sync, entry
from cockpit.services.workspace import Workspace
from cockpit.ui.app import CockpitApp

HOSTILE = [
    "[/]", "[/foo] closes nothing", "[@click=app.quit]click[/]", "[P1] urgent", "[$primary]x", "a \\[b]",
    "\x1b]52;c;aGVsbG8=\x07clip", "\x1b[31mred\x1b[0m", "\x9b31mC1", "txt\u202eexe.pdf", "nul\x00bell\x07",
    "👩\u200d👩\u200d👧 family 漢字", "x" * 10_000, "tab\there\nnew line", "\ud800 lone",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_every_pane_shows_it_and_none_acts_on_it(workspace: Workspace, text: str) -> None:
    for kind in ("blocker", "priority", "decision"):
        entry.save(workspace, kind, entry.understand(workspace, f"before {text}"))
    for name in ("provider", "person", "function"):
        register = REGISTERS[name]
        from cockpit.services import forms

        workspace.add(register, {"name": forms.read(workspace, register.field("name"), f"n {text}", {})})
    summary = text.replace("\n", "\\n").encode("utf-8", "replace").decode()
    feed = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261123T090000Z\r\n"
        f"DTEND:20261123T100000Z\r\nSUMMARY:{summary}\r\nLOCATION:{summary}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    agenda_sync.apply_body(
        workspace.conn, "mine", feed.encode("utf-8", "replace"), now=workspace.clock(), zone="Europe/Paris"
    )
    app = CockpitApp(workspace)
    async with app.run_test(size=(150, 45)) as pilot:
        for keys in (
            (),
            ("tab", "enter"),
            ("escape", "3", "tab"),
            ("5",),
            ("1", "tab", "tab", "tab", "enter"),
        ):
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            drawn = "".join(s.text for line in app.screen._compositor.render_strips() for s in line)
            assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066" for c in drawn)
        assert app.is_running
    drawn_titles = [row[0] for row in workspace.conn.execute("SELECT title FROM blocker")]
    assert drawn_titles[0].startswith("before")
