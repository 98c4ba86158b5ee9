"""Writes `licences.md`: what is installed with Cockpit and under which licence: `python docs/licences.py`."""

from __future__ import annotations

import re
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

PAGE = Path(__file__).parent / "licences.md"
EXTRAS = ("web", "xlsx")
_HEAD = """# Licences

<!-- Made by `python docs/licences.py` from the metadata of the installed packages. -->

Cockpit and what is installed with it, its extras included; what only other systems need is left out.

| package | licence |
|---|---|
"""
_CLASSIFIER = "License :: OSI Approved :: "


def packages() -> dict[str, str]:
    """Each package that Cockpit needs, directly or not, and its licence; those of other systems are left out."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [("cockpit", extra) for extra in ("", *EXTRAS)]
    while waiting:
        name, extra = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if (key, extra) in seen:
            continue
        seen.add((key, extra))
        try:
            known = distribution(name)
        except PackageNotFoundError:
            continue
        found[key] = _licence(known.metadata)
        for needed in map(Requirement, known.requires or ()):
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                waiting += [(needed.name, each) for each in ("", *needed.extras)]
    return dict(sorted(found.items()))


def _licence(metadata: PackageMetadata) -> str:
    """The licence that a package says, by its expression, its classifiers or its first line about it."""
    for expression in metadata.get_all("License-Expression") or ():
        return str(expression)
    classifiers = [str(each) for each in metadata.get_all("Classifier") or ()]
    named = [each.removeprefix(_CLASSIFIER) for each in classifiers if each.startswith(_CLASSIFIER)]
    said = [str(each).splitlines()[0] for each in metadata.get_all("License") or () if str(each).strip()]
    return ", ".join(named) or next(iter(said), "not said")


def page() -> str:
    """The page."""
    return _HEAD + "".join(f"| {name} | {licence} |\n" for name, licence in packages().items())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
