"""Any input at every door, at length: `python -m tests.fuzz [--inputs N] [--seed N] [DOOR...]`.

Each input is made from what such a door really gets, damaged by chance. It is taken or refused in a sentence;
nothing else is raised, nothing takes longer than some seconds, and no word of what is typed or received is lost.
A failure prints the seed and the number by which it comes again: `--seed S --only N DOOR`.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
from types import FrameType

from tests.fuzz import doors
from tests.fuzz.doors import Door
from tests.fuzz.inner_doors import INNER_DOORS

DOORS = {**doors.DOORS, **INNER_DOORS}
PATIENCE_S = 5
"""Seconds of a processor that one input may take."""


class TooLong(BaseException):
    """An input cost more than anybody waits for."""


def main() -> int:
    """Try, and tell what broke; 1 when something did."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("doors", nargs="*", help=f"{', '.join(DOORS)}; all without any")
    parser.add_argument("--inputs", type=int, default=20_000, help="how many for each door")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="only the input of that number")
    asked = parser.parse_args()
    signal.signal(signal.SIGPROF, _end)
    broken = 0
    for name in asked.doors or DOORS:
        door, begun, refused, slowest = DOORS[name], time.process_time(), 0, 0.0
        numbers = [asked.only] if asked.only is not None else range(max(1, int(asked.inputs * door.share)))
        for number in numbers:
            started = time.process_time()
            found = tried(door, random.Random(f"{name} {asked.seed} {number}"))
            slowest = max(slowest, time.process_time() - started)
            refused += found == REFUSED
            if found not in (TAKEN, REFUSED):
                broken += 1
                print(f"{name} --seed {asked.seed} --only {number}: {found}", flush=True)
        took = time.process_time() - begun
        print(
            f"{name}: {len(numbers)} inputs, {refused} refused, slowest {slowest * 1000:.0f} ms, {took:.0f} s",
            flush=True,
        )
    print(f"{broken} broken")
    return 1 if broken else 0


TAKEN, REFUSED = "taken", "refused"


def tried(door: Door, chance: random.Random) -> str:
    """What becomes of one input: taken, refused, or what went wrong."""
    given = door.make(chance)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE_S)
    try:
        lost = door.take(given)
    except door.refusals as error:
        return REFUSED if str(error).strip() else f"refused without a word: {given!r}"
    except TooLong:
        return f"longer than {PATIENCE_S} s"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
        at = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({at.filename}:{at.lineno})"[:400]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return f"lost: {lost!r}"[:400] if lost else TAKEN


def _end(_sent: int, _frame: FrameType | None) -> None:
    raise TooLong


if __name__ == "__main__":
    sys.exit(main())
