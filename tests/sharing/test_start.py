"""What loads with this package, where start-up counts."""

from __future__ import annotations

import subprocess
import sys

from tests.places import ROOT


def test_nothing_that_sends_is_loaded_before_something_is_sent() -> None:
    code = (
        "import sys, cockpit.sharing; print('asyncio' in sys.modules);"
        "import cockpit.sharing.channel; print(sorted({'httpx', 'smtplib', 'truststore'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.split("\n")[:2] == ["False", "[]"]
