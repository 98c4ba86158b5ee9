"""What was submitted in the demo company, and what became of it: by the doors that people have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from cockpit.services.approvals import answering, submitting, sweep
from cockpit.services.approvals.submitting import Submission
from cockpit.services.demo.year import YearStep
from cockpit.services.desk.workspace import PROGRAM, Workspace
from cockpit.services.work import entry


def steps(
    tables: Iterable[Mapping[str, Any]], codes: Mapping[tuple[str, str], str], past: Callable[..., datetime]
) -> Iterator[YearStep]:
    """Each with its answers, in no order: `past` gives the moments, `codes` the records that are submitted."""
    for table in tables:
        made: list[str] = []
        at = past(table["at"])
        yield YearStep(at, table["by"], partial(_submit, table, codes, made))
        for when, who, deed, *details in table.get("then", ()):
            yield YearStep(past(when, since=at), who or PROGRAM, partial(_act, made, deed, details))


def _submit(
    table: Mapping[str, Any], codes: Mapping[tuple[str, str], str], made: list[str], workspace: Workspace
) -> None:
    about = codes["decision", table["about"]] if "about" in table else ""
    said = entry.understand(workspace, table.get("line", ""))
    made.append(submitting.submit(workspace, Submission(said, about, kind=table.get("kind", ""))))


def _act(made: list[str], deed: str, details: list[str], workspace: Workspace) -> None:
    (code,) = made
    match deed, details:
        case "approve", []:
            answering.approve(workspace, code)
        case "refuse", [reason]:
            answering.refuse(workspace, code, reason)
        case "ask", [question]:
            answering.ask(workspace, code, question)
        case "reply", [text]:
            answering.reply(workspace, code, text)
        case "delegate", [who]:
            answering.delegate(workspace, code, who)
        case "send", []:
            answering.note_sent(workspace, code)
        case "sweep", []:
            sweep.sweep(workspace)
        case _:
            raise ValueError(f"{deed!r} is no deed of the story")
