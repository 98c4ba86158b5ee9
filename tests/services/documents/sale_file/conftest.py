"""Two companies to write the sale file of: the demo, and the one that was made through the doors a person has."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.documents.disclosure import MOST_CONFIDENTIAL, Disclosure, Mask, SalePhase
from cockpit.domain.records.record import FieldKind
from cockpit.domain.registers import REGISTERS
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents.sale_file import compose, issue
from cockpit.services.documents.sale_file.compose import SaleRequest
from cockpit.services.documents.sale_file.issue import Issued
from cockpit.services.settings import load
from tests.companies import made
from tests.conftest import MONDAY, TickingClock
from tests.services.demo.demo_shown import seeded

Issue = Callable[..., Issued]


@pytest.fixture(params=["demo", "kerlann"])
def any_company(
    request: pytest.FixtureRequest, tmp_path: Path, clock: TickingClock, kerlann_files: made.Files
) -> Iterator[Workspace]:
    """Each of the two, free to change."""
    if request.param == "demo":
        opened = replace(seeded(MONDAY, tmp_path / "mistral" / "demo.db").workspace, clock=clock)
    else:
        opened = Workspace.open(
            kerlann_files.database, load.load(kerlann_files.config), clock, kerlann_files.config
        )
    yield opened
    opened.conn.close()


@pytest.fixture
def issued(tmp_path: Path) -> Issue:
    """Write an issue of a phase into a folder of its own."""

    def write(
        workspace: Workspace, phase: str, masks: Sequence[str] = (), *, level: int | None = None, to: str = "",
        since: datetime | None = None, closing: date | None = None, out: Path | None = None,
    ) -> Issued:  # fmt: skip
        wanted = SalePhase(phase)
        disclosure = Disclosure(
            wanted, frozenset(map(Mask, masks)), MOST_CONFIDENTIAL[wanted] if level is None else level
        )
        request = SaleRequest(disclosure=disclosure, recipient=to, since=since, closing=closing)
        return issue.issue(workspace, compose.compose(workspace, request), out or tmp_path / "out")

    return write


def everything_in(folder: Path) -> dict[str, str]:
    """All that somebody may read in a folder: the names of its files, their texts, and each part of a workbook."""
    found = {"names of files": "\n".join([folder.name, *(path.name for path in folder.iterdir())])}
    for path in folder.iterdir():
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
                for name in book.namelist():
                    found[f"{path.name}:{name}"] = f"{name}\n{html.unescape(book.read(name).decode())}"
        else:
            text = path.read_text("utf-8")
            found[path.name] = (
                html.unescape(text).replace("\\", "") if path.suffix in (".html", ".md") else text
            )
    return found


def amounts(workspace: Workspace) -> Iterator[str]:
    """Every amount of money that is stored, as people and spreadsheets write it."""
    cents = {
        row["said"]
        for register in REGISTERS.values() for field in register.fields if field.kind is FieldKind.MONEY
        for row in workspace.conn.execute(f'SELECT "{field.name}" AS said FROM {register.name}')
        if row["said"]
    }  # fmt: skip
    for each in cents:
        yield from (f"{each / 100:.2f}", f"{each // 100} €", f"€{each // 100}", forms.money(each))
        if each >= 1_000_00:
            yield from (f"{each // 100}", f"{each // 100:,}", f"{each // 100:,}".replace(",", " "))


def holds(text: str, said: str) -> bool:
    """Whether `said` stands in a text by itself."""
    # Most stand nowhere: only those that do are looked at as words.
    return said in text and re.search(rf"(?<![\w.,]){re.escape(said)}(?![\w])", text) is not None
