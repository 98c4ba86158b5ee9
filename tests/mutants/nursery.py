"""Judging changes quickly: one process has loaded all that is not ours, and each change is tested in a copy of it."""

from __future__ import annotations

import importlib
import os
import resource
import signal
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.mutants.sampling import Mutant

GROUPS = ("cockpit/domain", "cockpit/store", "cockpit/sources", "cockpit/services/alerts")
"""What a run goes through."""
_HEAVY = (
    "hypothesis", "icalendar", "recurring_ical_events", "httpx", "sqlite_utils", "arrow", "msgspec", "holidays",
    "openpyxl", "xlsxwriter", "defusedxml.ElementTree", "trustme", "click", "click.testing", "textual.app",
    "tzlocal", "pytest_asyncio", "truststore",
)  # fmt: skip
_SERVED = ("upkeep", "changes", "records", "messages", "providers", "agenda", "meetings", "morning")
_ALERTED = (
    "upkeep",
    "promises",
    "providers",
    "organisation",
    "meetings",
    "messages",
    "work",
    "figures",
    "costs",
)
_ICAL = ("zones", "cases", "reading", "came_out_wrong", "oracle")


def _services(*wings: str) -> tuple[str, ...]:
    return tuple(f"tests/services/{wing}" for wing in wings)


_TESTS_OF = {
    "cockpit/domain/registers": _services("records", "spreadsheets"),
    "cockpit/domain/signals": ("tests/domain/signals", *_services("signals")),
    "cockpit/domain/alerts": _services("alerts", "upkeep"),
    "cockpit/domain/messages": ("tests/sources/inbox", *_services("messages")),
    "cockpit/domain/settings.py": _services("settings"),
    "cockpit/domain/text.py": (
        "tests/sources/inbox", *_services("records"), "tests/ui/test_hostile_text.py",
    ),
    "cockpit/domain/time": (
        "tests/domain/time", "tests/domain/promises", "tests/domain/work", *_services("promises"),
    ),
    "cockpit/store": ("tests/store", *_services(*_SERVED)),
    "cockpit/sources/status": ("tests/sources/status", *_services("providers")),
    "cockpit/sources/engines.py": ("tests/sources/status", *_services("providers", "settings")),
    "cockpit/sources/inbox": ("tests/sources/inbox", *_services("messages")),
    "cockpit/sources/ical": (
        *(f"tests/sources/test_ical_{what}.py" for what in _ICAL), *_services("agenda"),
    ),
    "cockpit/sources/table": ("tests/sources/test_table.py", *_services("spreadsheets")),
    "cockpit/sources/numbers.py": ("tests/sources/test_numbers.py", *_services("spreadsheets", "figures")),
    "cockpit/sources/caldav_source.py": ("tests/sources/test_caldav.py",),
    "cockpit/sources": ("tests/sources/test_fetch.py", "tests/sources", "tests/network", *_services("upkeep")),
    "cockpit/services/alerts": (
        *_services("alerts", *_ALERTED), "tests/cli/test_agendas_tell.py", "tests/journeys/test_alerts_open.py",
    ),
}  # fmt: skip
_PATIENCE_S = 20.0
"""Processor time that a wing's tests may take beyond twice what they take without a change."""
_AT_ALL_S = 900.0
"""Seconds that they may take in all, however busy the machine is."""


def tests_of(path: Path) -> tuple[str, ...]:
    """The tests that judge a module: those of its wing first, then those of whoever uses it."""
    for place, tests in _TESTS_OF.items():
        if str(path).startswith(place):
            return tests
    wing = path.parts[2].removesuffix(".py")
    found = tuple(
        f"tests/{storey}/{wing}" for storey in ("domain", "services") if Path("tests", storey, wing).exists()
    )
    return found or ("tests/domain", "tests/services/records")


class Nursery:
    """Tests run in children of this process, one at a time."""

    def __init__(self, *, own: bool) -> None:
        self._own = own
        for name in _HEAVY:
            importlib.import_module(name)
        self._base = cache(self._time_of)

    def judge(self, mutant: Mutant) -> str:
        """What becomes of a change: killed (a test failed), timeout (it never ended) or survived."""
        changed = mutant.changed()
        before = mutant.path.read_text(encoding="utf-8")
        if changed is None or changed == before:
            return "no change"
        mutant.path.write_text(changed, encoding="utf-8")
        try:
            for tests in tests_of(mutant.path)[: 1 if self._own else None]:
                mutant.path.write_text(before, encoding="utf-8")
                patience = 2 * self._base(tests) + _PATIENCE_S
                mutant.path.write_text(changed, encoding="utf-8")
                code, _took = _run((tests,), patience)
                if code is None:
                    return "timeout"
                if code:
                    return "killed"
        finally:
            mutant.path.write_text(before, encoding="utf-8")
        return "survived"

    def _time_of(self, tests: str) -> float:
        code, took = _run((tests,), _AT_ALL_S)
        if code:
            raise SystemExit(f"{tests} fails without any change")
        return took


def _run(tests: Sequence[str], processor_s: float) -> tuple[int | None, float]:
    """The code with which the tests end in a child, None when they do not; and the processor time they took."""
    child = os.fork()
    if child == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (int(processor_s) + 1, int(processor_s) + 2))
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        code = 3
        try:
            code = int(pytest.main(["-x", "-q", "-n", "0", "--no-header", *tests]))
        finally:
            os._exit(code)
    until = time.monotonic() + _AT_ALL_S
    while True:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return (None if code < 0 else code), used.ru_utime + used.ru_stime
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return None, 0.0
        time.sleep(0.02)
