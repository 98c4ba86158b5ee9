"""Is there a test for each change of the code? `python -m tests.mutants [--sample N] [--seed N] [MODULE...]`.

Changes are drawn over the rules, the store, what reads the outside and the alerts; each is made in a copy of the
program, and the tests that come past the changed line judge it there, the quickest first. What no test notices is
printed as a difference: it gets a test, or is equivalent and named so in `tests/mutants/equivalent.md`. Needs
`cosmic-ray`, whose operators make the changes, and `pytest-cov`, which tells what each test comes past; Linux or
macOS.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.mutants.nursery import SURVIVED, UNTOUCHED, Nursery
from tests.mutants.sampling import drawn
from tests.mutants.touching import Touching, look

ROOT = Path(__file__).resolve().parents[2]
GROUPS = ("cockpit/domain", "cockpit/store", "cockpit/sources", "cockpit/services/alerts")
"""What a run goes through."""


def main() -> int:
    """Draw, judge, and tell what survived; 1 when something did."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*", help="such as cockpit/domain/promises; all without any")
    parser.add_argument("--sample", type=int, default=60, help="how many changes of each storey; 0 for all")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws others")
    parser.add_argument(
        "--touching", type=Path, help="a folder that keeps what each test comes past, for the next run"
    )
    parser.add_argument(
        "--seconds", type=float, default=13.6, help="of tests, the quickest first, that a change must outlive"
    )
    asked = parser.parse_args()
    if Path.cwd() == ROOT and "COCKPIT_MUTANTS" not in os.environ:
        return _in_a_copy()
    kept = asked.touching or Path("touching")
    if not kept.is_dir():
        look(kept)
    nursery = Nursery(Touching(kept), asked.seconds)
    survived = 0
    for group in GROUPS:
        counts: Counter[str] = Counter()
        for mutant in drawn(Path.cwd(), group, asked.modules, asked.sample, asked.seed):
            outcome = nursery.judge(mutant)
            counts[outcome] += 1
            if outcome not in (SURVIVED, UNTOUCHED):
                print(f"{outcome} {mutant.path}:{mutant.line}", flush=True)
            if outcome in (SURVIVED, UNTOUCHED):
                survived += 1
                print(f"{outcome} {mutant.path}:{mutant.line}\n{mutant.difference()}", flush=True)
        if counts:
            words = ", ".join(f"{n} {outcome}" for outcome, n in counts.most_common())
            print(f"== {group}: {counts.total()} mutants: {words}", flush=True)
    return 1 if survived else 0


def _in_a_copy() -> int:
    """The same command again in a copy of what git knows, which it may spoil."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(
            ["tar", "--null", "-T", "-", "-cf", f"{folder}/all.tar"], input=names, cwd=ROOT, check=True
        )
        subprocess.run(["tar", "-xf", "all.tar"], cwd=folder, check=True)
        env = {
            **os.environ,
            "PYTHONPATH": folder,
            "PYTHONDONTWRITEBYTECODE": "1",
            "CI": "1",
            "COCKPIT_MUTANTS": "1",
        }
        command = [sys.executable, "-m", "tests.mutants", *sys.argv[1:]]
        return subprocess.run(command, cwd=folder, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
