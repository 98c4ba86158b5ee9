"""The organisation: several views of the same registers, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import ClassVar

from cockpit.assets import asset_dir
from cockpit.ui.kit.kinds import Kind
from cockpit.ui.kit.named_view import NamedView
from cockpit.ui.kit.views import Views
from cockpit.ui.organisation.views import VIEWS


class OrganisationScreen(Views):
    """Place 3."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = [
        asset_dir("styles") / "views.tcss",
        asset_dir("styles") / "organisation.tcss",
    ]
    NAME = "organisation"
    VIEWS: ClassVar[Mapping[str, NamedView]] = VIEWS
    ACTIONS = "org"
    KINDS = frozenset({Kind.VIEWS, Kind.ORGANISATION})
