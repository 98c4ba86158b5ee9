"""What one input may cost: `python -m tests.costs [--share S] [DOOR...]`, seconds of a processor and memory."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from multiprocessing.connection import Connection

from tests.costs.inputs import MB, Costly, every

MOST_S = 300
"""Seconds of a processor after which a reading is ended."""


def main() -> int:
    """Measure each input in a process of its own; a line each, the dearest of each door at the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("doors", nargs="*", help=f"of {', '.join(dict.fromkeys(c.door for c in every()))}")
    parser.add_argument("--share", type=float, default=1.0, help="of the size up to which a door reads")
    parser.add_argument("--only", default="", help="inputs with these words in their name")
    asked = parser.parse_args()
    dearest: dict[str, tuple[float, str]] = {}
    for costly in every():
        if (asked.doors and costly.door not in asked.doors) or asked.only not in costly.name:
            continue
        here, there, memory, said = measured(costly, int(costly.size * asked.share))
        print(
            f"{costly.door:14} {here:7.2f} s + {there:6.2f} s apart {memory:5.0f} MB  {costly.name}  {said}",
            flush=True,
        )
        dearest[costly.door] = max(dearest.get(costly.door, (0.0, "")), (here, costly.name))
    for door, (seconds, name) in dearest.items():
        print(f"dearest {door}: {seconds:.2f} s, {name}")
    return 0


def measured(costly: Costly, size: int) -> tuple[float, float, float, str]:
    """Seconds in the process that reads, in those it has read for it, megabytes of memory, and what it says."""
    ours, theirs = multiprocessing.Pipe()
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_read, args=(costly, size, theirs))
    process.start()
    theirs.close()
    try:
        here, there, memory, said = ours.recv()
    except EOFError:
        here, there, memory, said = MOST_S, 0.0, 0.0, "ENDED"
    process.join()
    return here, there, memory, said


def _read(costly: Costly, size: int, answer: Connection) -> None:
    given = costly.make(size)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_S, MOST_S))
    began, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = costly.read(given)
    here = time.process_time() - began
    apart = resource.getrusage(resource.RUSAGE_CHILDREN)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) * 1024 / MB
    said = str(found) if isinstance(found, tuple) and costly.door == "status" else f"{len(given) / MB:.1f} MB"
    answer.send((here, apart.ru_utime + apart.ru_stime, grown, said))


if __name__ == "__main__":
    sys.exit(main())
