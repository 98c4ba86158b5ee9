"""The views of the organisation, apart from what they show: `test_screens` looks at that."""

from __future__ import annotations

import pytest
from textual.containers import Container

from cockpit.services.desk.workspace import Workspace
from cockpit.ui.app import CockpitApp
from cockpit.ui.kit.views import make
from cockpit.ui.organisation.screen import OrganisationScreen
from cockpit.ui.organisation.views import VIEWS


@pytest.mark.parametrize("name", list(VIEWS)[1:])
async def test_a_view_may_be_painted_before_it_has_read(mistral: Workspace, name: str) -> None:
    """A slow machine paints what was mounted, and gives it the keys, while it still waits for its turn to read."""
    app = CockpitApp(mistral)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f3")
        await app.workers.wait_for_complete()
        place = app.screen
        assert isinstance(place, OrganisationScreen)
        place._made[place.view_name].display = False
        view = make(name, VIEWS)
        place.view_name, place._made[name] = name, view
        await place.query_one("#view", Container).mount(view)
        for part in view.query("*"):
            part.focus()
            await pilot.pause()
        assert place.target().code == ""
        view.show()
        await pilot.pause()
        assert place.focused is not None
