"""What tests share: a cockpit on a Monday morning, in English, far from the person's own files."""

from __future__ import annotations

import compileall
import gc
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings as laws

from cockpit import locale
from cockpit.domain.settings import Company, Settings
from cockpit.services.desk.workspace import Workspace
from cockpit.services.settings import load
from tests import prepared
from tests.companies import made

# A busy machine is no broken law; and what lands is judged on the same examples each time.
laws.register_profile("cockpit", deadline=None, derandomize=bool(os.environ.get("CI")))
laws.load_profile("cockpit")

# Ten thousand cases stand in memory: looking through them at every seven hundred new objects, and five times more
# when a process ends, costs more than what it finds.
gc.set_threshold(50_000, 20, 20)
LONGEST_NAME = 60
"""Characters of a value that name its case."""


def pytest_collection_finish() -> None:
    """What was collected stays until the end: the collector of garbage leaves it alone."""
    gc.freeze()


def pytest_make_parametrize_id(val: object) -> str | None:
    """A case goes by the beginning of a long value: its name is sent to and fro, and becomes that of a folder."""
    if not isinstance(val, str | bytes) or len(val) <= LONGEST_NAME:
        return None
    begin = (
        val[:LONGEST_NAME] if isinstance(val, str) else val[:LONGEST_NAME].decode("ascii", "backslashreplace")
    )
    return f"{begin.encode('unicode_escape').decode()}... of {len(val)}"


def pytest_configure(config: pytest.Config) -> None:
    """What was edited or pulled since is compiled anew, once, before any worker starts.

    That is a catalogue; and the program where Python was told to keep nothing of what it compiles: each of the
    hundreds of times that a test starts it in a process of its own took twice as long.
    """
    if not hasattr(config, "workerinput"):
        from cockpit.locale.build import compile_stale

        compile_stale(Path(locale.__file__).parent)
        if sys.dont_write_bytecode:
            compileall.compile_dir(Path(locale.__file__).parents[1], quiet=2)


MONDAY = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
"""08:42 in Paris."""


class TickingClock:
    """A clock that a test moves."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        """Move on by so many hours, days..."""
        self.at += timedelta(**span)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The name of a home that nobody had, each time: `tmp_path` is dearer, and most tests write no file."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees or touches the files and the language of whoever runs it."""
    home = next(homes)
    home.mkdir()
    for name in list(os.environ):
        if name.startswith(("COCKPIT_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    locale.use("en")
    monkeypatch.setattr(locale, "_asked", False)
    yield
    locale.use("en")
    try:
        home.rmdir()
    except OSError:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def prepared_databases() -> Iterator[None]:
    """A new database is copied from one that went through every migration; those of `test_connection` are not.

    No commit waits for the disk.
    """
    with pytest.MonkeyPatch.context() as patch:
        prepared.copy_new_databases(patch)
        prepared.wait_for_no_disk(patch)
        yield


@pytest.fixture
def clock() -> TickingClock:
    """Monday 23 November 2026, 08:42 in Paris, until the test moves it."""
    return TickingClock()


@pytest.fixture
def settings() -> Settings:
    """A company in Paris whose chief executive is Claire."""
    return Settings(me="Claire", company=Company(name="Atelier Mistral"))


@pytest.fixture
def workspace(tmp_path: Path, clock: TickingClock, settings: Settings) -> Iterator[Workspace]:
    """An empty cockpit."""
    opened = Workspace.open(tmp_path / "data" / "cockpit.db", settings, clock)
    yield opened
    opened.conn.close()


@pytest.fixture
def kerlann_files(tmp_path: Path) -> made.Files:
    """Copies of the files of the company that was made through the doors a person has."""
    return made.files().copy(tmp_path / "kerlann")


@pytest.fixture
def kerlann(kerlann_files: made.Files, clock: TickingClock) -> Iterator[Workspace]:
    """That company on Monday 23 November 2026, 08:42 in Paris, as its chief executive opens it."""
    settings = load.load(kerlann_files.config)
    opened = Workspace.open(kerlann_files.database, settings, clock, kerlann_files.config)
    yield opened
    opened.conn.close()
