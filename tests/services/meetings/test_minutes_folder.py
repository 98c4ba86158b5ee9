"""Minutes in a folder that people write in too."""

from __future__ import annotations

from pathlib import Path

from cockpit.services.desk.workspace import Workspace
from cockpit.services.meetings import minutes_folder


def test_minutes_that_somebody_wrote_in_stay_and_the_new_ones_take_the_next_number(
    workspace: Workspace,
) -> None:
    def put(text: str) -> Path:
        fault, path = minutes_folder.put(workspace, "2026-11-23-0900-flash", text, f"<p>{text}</p>")
        assert fault == ""
        return Path(path)

    first = put("one")
    assert put("one, written again") == first, "what was left there is replaced"
    first.write_text("one, with a remark of Sophie", encoding="utf-8")
    second = put("two")
    assert (first.name, second.name) == ("2026-11-23-0900-flash.md", "2026-11-23-0900-flash-2.md")
    assert first.read_text(encoding="utf-8") == "one, with a remark of Sophie"
    assert (second.read_text(encoding="utf-8"), put("three")) == ("two", second)
