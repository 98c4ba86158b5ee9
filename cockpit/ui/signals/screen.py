"""The place of signals: what the weeks say, what we count."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import ClassVar

from cockpit.assets import asset_dir
from cockpit.ui.kit.named_view import NamedView
from cockpit.ui.kit.views import Views
from cockpit.ui.signals.views import VIEWS


class SignalsScreen(Views):
    """Place 4."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = [
        asset_dir("styles") / "views.tcss",
        asset_dir("styles") / "signals.tcss",
    ]
    NAME = "signals"
    VIEWS: ClassVar[Mapping[str, NamedView]] = VIEWS
    ACTIONS = "signals"
