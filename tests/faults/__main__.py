"""Every fault at every place, at length: `python -m tests.faults [--every N] [--fault F] [DEED...]`. Needs strace."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.faults.deeds import DEEDS, make_template
from tests.faults.injector import CALLS, FAULTS, SHORT, points, strike


def main() -> int:
    """Strike, and tell what broke; 1 when something did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "deeds",
        nargs="*",
        help=f"of {', '.join(deed.name for deed in DEEDS)}; all without any",
    )
    parser.add_argument(
        "--fault", choices=(*FAULTS, SHORT), action="append", help="only these; all without any"
    )
    parser.add_argument("--every", type=int, default=1, help="only every N-th place of each call")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        template, scratch = Path(folder, "template"), Path(folder, "scratch")
        make_template(template)
        for deed in DEEDS:
            if asked.deeds and deed.name not in asked.deeds:
                continue
            found = points(template, scratch, deed)
            places = [
                (fault, call, n)
                for call in CALLS
                for n in range(1, found.get(call, 0) + 1, asked.every)
                for fault in FAULTS
            ]
            places += [(SHORT, "write", size) for size in range(1, 200_000, 12_345 * asked.every)]
            places = [place for place in places if not asked.fault or place[0] in asked.fault]
            for place in places:
                counts[place[0]] += 1
                for each in strike(template, scratch, deed, place):
                    broken += 1
                    print(each, flush=True)
            print(f"{deed.name}: {len(places)} faults", flush=True)
    print(", ".join(f"{n} x {fault}" for fault, n in counts.items()), f"· {broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
