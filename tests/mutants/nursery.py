"""Judging changes quickly: one process has loaded the program and its tests; each change is made in a copy of it."""

from __future__ import annotations

import gc
import importlib
import inspect
import io
import os
import pkgutil
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from types import CodeType, FunctionType

import pytest

import cockpit
from tests import prepared
from tests.mutants.sampling import Mutant
from tests.mutants.touching import FOLDERS, Touching, named

SURVIVED, UNTOUCHED = "survived", "untouched"
"""What becomes of a change that no test noticed, and of one that no test comes past."""
_TURNS = (0.04, 0.22, 0.74)
"""Shares of the time that tests may take, in turns: most changes are noticed by the first tests, or by none."""
_PATIENCE_S = 20.0
"""Processor time that tests may take beyond thrice what they take without a change."""
_AT_ALL_S = 900.0
"""Seconds that they may take in all, however busy the machine is."""
# Temporary folders of its own: others who run tests clear the common one, and a change would look noticed.
_QUIET = ("-x", "-q", "-n", "0", "--no-header", "-p", "no:cov", "-p", "no:benchmark", "--basetemp=temporary")


class Nursery:
    """Tests run in children of this process, one at a time."""

    def __init__(self, touching: Touching, seconds: float) -> None:
        self._touching = touching
        self._seconds = seconds
        self._good: set[str] = set()
        collected = _Collected()
        with redirect_stdout(io.StringIO()):
            pytest.main([*_QUIET, "--collect-only", *(f"tests/{each}" for each in FOLDERS)], [collected])
        # What was looked at earlier may have another name by now.
        self._there = collected.tests
        for module in pkgutil.walk_packages(cockpit.__path__, "cockpit."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        prepared._pages()
        # What was set apart once it was collected is among them, or no change would be made in what is loaded.
        gc.unfreeze()
        functions = (each for each in gc.get_objects() if isinstance(each, FunctionType))
        _functions.extend(each for each in functions if "/cockpit/" in each.__code__.co_filename)
        # What is loaded stays: no child looks through it again and again for what may be freed.
        gc.collect()
        gc.freeze()

    def judge(self, mutant: Mutant) -> str:
        """What becomes of a change: killed (a test failed), timeout (it never ended), untouched or survived."""
        before = mutant.path.read_text(encoding="utf-8")
        changed = mutant.changed()
        if changed is None or changed == before:
            return "no change"
        tests = [each for each in self._touching.tests(mutant.path, mutant.line) if each in self._there]
        if not tests:
            return UNTOUCHED
        bodies = _changed_bodies(mutant.path, before, changed)
        # For what is read when a module is loaded, and for the processes that tests start.
        mutant.path.write_text(changed, encoding="utf-8")
        try:
            for turn in self._turns(tests):
                code = _run(
                    turn, mutant.path, bodies, 3 * sum(map(self._touching.seconds, turn)) + _PATIENCE_S
                )
                if code is None:
                    return "timeout"
                if code:
                    self._must_pass(turn)
                    return "killed"
        finally:
            mutant.path.write_text(before, encoding="utf-8")
        return SURVIVED

    def _must_pass(self, tests: Sequence[str]) -> None:
        new = [test for test in tests if test not in self._good]
        if new and _run(new, Path(), {}, _AT_ALL_S):
            raise SystemExit(f"fails without any change: {new}")
        self._good.update(new)

    def _turns(self, tests: Sequence[str]) -> Iterator[list[str]]:
        left = list(tests)
        for share in _TURNS:
            turn: list[str] = []
            taken = 0.0
            while left and (not turn or taken < share * self._seconds):
                turn.append(left.pop(0))
                taken += self._touching.seconds(turn[-1])
            if turn:
                yield turn


class _Collected:
    """The names of all tests."""

    def __init__(self) -> None:
        self.tests: set[str] = set()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.tests = {named(each.nodeid) for each in session.items}


_functions: list[FunctionType] = []
"""Those of the program that are loaded."""
Bodies = dict[tuple[str, int], CodeType]
"""The code of functions by their full name and first line."""


def _bodies(code: CodeType) -> Bodies:
    found: Bodies = {}
    for each in code.co_consts:
        if isinstance(each, CodeType):
            found[each.co_qualname, each.co_firstlineno] = each
            found |= _bodies(each)
    return found


def _changed_bodies(path: Path, before: str, after: str) -> Bodies:
    """The functions that a change is in; empty when it is outside of them all, or moves the lines behind it."""
    old, new = (_bodies(compile(text, str(path), "exec")) for text in (before, after))
    if old.keys() != new.keys():
        return {}
    return {
        key: code
        for key, code in new.items()
        if code != old.get(key)
        and code.co_flags & inspect.CO_NEWLOCALS
        and not code.co_name.endswith(("comp>", "expr>"))
    }


def _put(path: Path, bodies: Bodies) -> None:
    """Give the functions that are loaded their changed code; without any, forget all that is loaded of ours."""
    end = "/" + str(path)
    for each in _functions if bodies else ():
        if each.__code__.co_filename.endswith(end):
            key = each.__code__.co_qualname, each.__code__.co_firstlineno
            each.__code__ = bodies.get(key, each.__code__)
    for name in () if bodies or path == Path() else tuple(sys.modules):
        if name.partition(".")[0] in ("cockpit", "tests"):
            del sys.modules[name]


def _run(tests: Sequence[str], path: Path, bodies: Bodies, processor_s: float) -> int | None:
    """The code with which the tests end in a child; None when they do not."""
    child = os.fork()
    if child == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (int(processor_s) + 1, int(processor_s) + 2))
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        code = 3
        try:
            _put(path, bodies)
            code = int(pytest.main([*_QUIET, *tests]))
        finally:
            os._exit(code)
    until = time.monotonic() + _AT_ALL_S
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return None if code < 0 else code
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return None
        time.sleep(0.02)
