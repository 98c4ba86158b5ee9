"""Takes pictures of the three jobs in a real browser, over the web door: `python docs/browser.py` (Chromium).

It writes docs/browser-*.png, and docs/drill-log.txt of a restore drill with its ritual. The company is the demo's,
on a Monday morning; what is pressed is what the tests press (`tests/web`).
"""

from __future__ import annotations

import asyncio
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from cockpit.web.visitors import DoorRules  # noqa: E402
from tests.web.browser import Browser, browser  # noqa: E402
from tests.web.door import KEY, free_port, opened  # noqa: E402

WIDTH, HEIGHT = 1180, 720
COCKPIT = (sys.executable, "-P", "-m", "cockpit")
WHEN = ("--now", "2026-11-23T08:42", "--lang", "fr")
STILL_S = 3.0
"""How long the screen writes nothing before it is looked at."""
MOST_BYTES, COLOURS = 150_000, 48


class Shot(NamedTuple):
    """Keys, a text that is typed, and the picture that is taken once the screen has nothing more to show."""

    keys: Sequence[str] = ()
    text: str = ""
    picture: str = ""


SHOTS = (
    Shot(picture="board"),
    Shot(keys="b"),
    Shot(text="Paie octobre : écarts @Paie+ +rh p1 pour:demain", picture="quick-entry"),
    Shot(keys=("Enter",)),
    Shot(keys="m", picture="morning-review"),
    Shot(keys=("Escape",)),
    Shot(keys="f"),
    Shot(keys=("Enter",)),
    Shot(keys=" "),
    Shot(keys=("Enter",)),
    Shot(keys=("Enter",), picture="flash-point"),
)


async def take(page: Browser, shot: Shot) -> None:
    """Do what one scene says, and keep its picture."""
    if shot.keys:
        await page.press(*shot.keys)
    if shot.text:
        await page.type(shot.text)
    await page.at_rest(STILL_S)
    if shot.picture:
        image = fewer_colours(await page.picture())
        assert len(image) <= MOST_BYTES, f"{shot.picture}: {len(image)} bytes"
        (HERE / f"browser-{shot.picture}.png").write_bytes(image)


def fewer_colours(image: bytes) -> bytes:
    """A PNG of eight bits a colour again in its most frequent colours: letters need few, and their edges fewer."""
    width, height, depth, kind = struct.unpack(">IIBB", image[16:26])
    assert (depth, kind) in ((8, 2), (8, 6))
    size = 3 if kind == 2 else 4
    data, at = b"", 8
    while at < len(image):
        (length,) = struct.unpack(">I", image[at : at + 4])
        if image[at + 4 : at + 8] == b"IDAT":
            data += image[at + 8 : at + 8 + length]
        at += length + 12
    raw, stride = zlib.decompress(data), width * size + 1
    rows: list[bytearray] = []
    for y in range(height):
        line = bytearray(raw[y * stride + 1 : (y + 1) * stride])
        unfiltered(raw[y * stride], line, rows[-1] if rows else bytearray(len(line)), size)
        rows.append(line)
    every = [[bytes(row[x : x + 3]) for x in range(0, len(row), size)] for row in rows]
    seen = Counter(pixel for row in every for pixel in row)
    palette = [colour for colour, _n in seen.most_common(COLOURS)]
    nearest = {
        colour: min(
            range(len(palette)),
            key=lambda n: sum((a - b) ** 2 for a, b in zip(colour, palette[n], strict=True)),
        )
        for colour in seen
    }
    packed = b"".join(b"\0" + bytes(nearest[pixel] for pixel in row) for row in every)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)), (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(packed, 9)), (b"IEND", b""),
    )  # fmt: skip
    return image[:8] + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def unfiltered(kind: int, line: bytearray, above: bytearray, size: int) -> None:
    """A line of a PNG as it was before its filter, in its place (PNG, 9.2)."""
    for n in range(len(line)):
        left, up = line[n - size] if n >= size else 0, above[n]
        corner = above[n - size] if n >= size else 0
        if kind == 1:
            line[n] = (line[n] + left) & 255
        elif kind == 2:
            line[n] = (line[n] + up) & 255
        elif kind == 3:
            line[n] = (line[n] + (left + up) // 2) & 255
        elif kind == 4:
            guess = left + up - corner
            near = min((left, up, corner), key=lambda value: abs(guess - value))
            line[n] = (line[n] + near) & 255


async def main(company: Path) -> None:
    """Every picture, on a company of its own."""
    port = free_port()
    rules = DoorRules(address=f"http://127.0.0.1:{port}", key=KEY)
    files = ("--config", str(company / "config.toml"), "--db", str(company / "cockpit.db"))
    async with opened(rules, port, (*COCKPIT, *files, *WHEN)), browser(company / "profile") as page:
        # One size from the start: what changes it is another test's.
        await page.ask(
            "Emulation.setDeviceMetricsOverride",
            width=WIDTH,
            height=HEIGHT,
            deviceScaleFactor=1,
            mobile=False,
        )
        await page.open(f"{rules.address}/?key={KEY}")
        await page.until("document.activeElement.classList.contains('xterm-helper-textarea')")
        await page.wrote("Blocages")
        for shot in SHOTS:
            await take(page, shot)


def drill_log(cockpit: Sequence[str], target: Path) -> None:
    """A ritual, a backup, a drill, the next one that the sync holds, and what the journal keeps of it, as typed."""
    told = []
    for day, words in (
        ("2026-11-23T08:50", "ritual add drill"), ("2026-11-23T08:51", "backup"), ("2026-11-23T08:52", "drill"),
        ("2026-12-07T09:05", "sync"), ("2026-12-07T09:06", "drill --log"),
        ("2026-12-07T09:06", "journal --limit 1"),
    ):  # fmt: skip
        said = subprocess.run(  # noqa: S603 - the words are ours
            [*cockpit, "--now", day, "--lang", "en", *words.split()],
            capture_output=True,
            text=True,
            check=False,
        )
        lines = said.stdout.replace("\u00a0", " ").replace(str(target.parent), "~").splitlines()
        told += [f"$ cockpit {words}", *(lines if words != "sync" else lines[-1:]), ""]
    target.write_text("\n".join(told), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="cockpit-pictures-") as folder:
        made = Path(folder) / "company"
        words = [*COCKPIT, *WHEN, "demo", "--into", str(made)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - the words are ours
        asyncio.run(main(made))
        own = ("--config", str(made / "own.toml"), "--db", str(made / "own.db"))
        (made / "own.toml").write_text('language = "en"\nme = "Claire Martin"\n', encoding="utf-8")
        drill_log((*COCKPIT, *own), made / "drill-log.txt")
        log = (made / "drill-log.txt").read_text(encoding="utf-8").replace(str(made), "~")
        (HERE / "drill-log.txt").write_text(log, encoding="utf-8")
