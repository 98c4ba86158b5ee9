"""Which tests touch a line: from one run of them all, what each came past and how long it took."""

from __future__ import annotations

import ast
import os
import re
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from functools import cache
from pathlib import Path

from coverage.numbits import numbits_to_nums

FOLDERS = ("domain", "store", "sources", "network", "sharing", "services", "cli", "ui", "journeys")
"""The tests that judge."""
_LOOKED_AT = "cockpit/domain,cockpit/store,cockpit/sources,cockpit/services/alerts"
_TOOK = re.compile(r"^([\d.]+)s (?:setup|call|teardown) +(\S+)", re.MULTILINE)
_PLAIN = re.compile(r"[\w./-]+::\w+(?:::\w+)?(?:\[[\w.:-]+\])?")


class Touching:
    """The tests that come past each line of a function."""

    def __init__(self, folder: Path) -> None:
        self._took: dict[str, float] = defaultdict(float)
        self._past: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for log in sorted(folder.glob("*.durations")):
            for seconds, test in _TOOK.findall(log.read_text(encoding="utf-8")):
                self._took[named(test)] += float(seconds)
        for data in sorted(folder.glob("*.coverage")):
            self._read(data)

    def _read(self, data: Path) -> None:
        with closing(sqlite3.connect(data)) as conn:
            rows = conn.execute(
                "SELECT path, context, numbits FROM line_bits JOIN file ON file.id = file_id "
                "JOIN context ON context.id = context_id WHERE context <> ''"
            )
            for path, context, bits in rows:
                module = path[path.rindex("/cockpit/") + 1 :]
                for line in numbits_to_nums(bits):
                    self._past[module][line].add(named(context.rpartition("|")[0]))

    def tests(self, module: Path, line: int) -> list[str]:
        """Those that came past the line: those of its own file, then of its wing, and the quickest first.

        For what is read when the module is loaded: those that come past its functions, then those of its wing.
        """
        inside, past = _in_functions(module), self._past[str(module)]
        wing = module.parts[-2] if module.parts[1] == "services" else module.parts[2].removesuffix(".py")
        near = (f"/{wing}/", f"test_{module.stem}.py", f"/{module.parent.name}/")
        first = past[line] if line in inside else {test for each in inside for test in past[each]}
        found = set(first)
        if line not in inside:
            found |= {test for test in self._took if any(each in test for each in near)}
        return sorted(
            found,
            key=lambda test: (
                near[1] not in test, test not in first, not any(each in test for each in near), self._took[test], test,
            ),
        )  # fmt: skip

    def seconds(self, test: str) -> float:
        """How long it took."""
        return self._took[test]


def named(test: str) -> str:
    """The test by a name that pytest takes back: without its case where that has signs of its own."""
    return test if _PLAIN.fullmatch(test) else test.partition("[")[0]


@cache
def _in_functions(module: Path) -> frozenset[int]:
    """The lines that run when a function is called, not when the module is loaded."""
    functions = (
        node
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return frozenset(
        line for each in functions for line in range(each.body[0].lineno, (each.end_lineno or 0) + 1)
    )


def look(folder: Path) -> None:
    """Run the tests once and keep in `folder` what each came past; takes a quarter of an hour."""
    folder.mkdir(parents=True, exist_ok=True)
    rc = folder / "rc"
    rc.write_text(f"[run]\nsource = {_LOOKED_AT}\nomit = */migrations/*\n", encoding="utf-8")
    for name in FOLDERS:
        command = [
            sys.executable, "-m", "pytest", "-n", "0", "--cov", f"--cov-config={rc}", "--cov-context=test",
            "--cov-report=", "--durations=0", "--durations-min=0", f"tests/{name}",
        ]  # fmt: skip
        env = {**os.environ, "COVERAGE_FILE": str(folder / f"{name}.coverage")}
        with (folder / f"{name}.durations").open("w", encoding="utf-8") as log:
            subprocess.run(command, env=env, check=True, stdout=log)
