"""Views that are kept under a name: each person's own, renamed, removed, and the last change taken back."""

from __future__ import annotations

import pytest

from cockpit import locale
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import filtering, saved_views
from cockpit.services.work.saved_views import WrongView
from cockpit.store.state import memos


def names(workspace: Workspace) -> list[str]:
    return [each.name for each in saved_views.every(workspace) if not each.is_ours]


def test_a_view_is_kept_found_renamed_removed_and_taken_back(workspace: Workspace) -> None:
    saved_views.keep_line(workspace, "waits on Paie+", "@Paie+ p1")
    saved_views.keep_line(workspace, "Échéances", "due:friday")
    assert names(workspace) == ["Échéances", "waits on Paie+"]
    assert saved_views.named(workspace, "echean").line == "due:friday"
    saved_views.rename(workspace, "waits on Paie+", "payroll")
    saved_views.remove(workspace, "échéances")
    assert names(workspace) == ["payroll"]
    assert saved_views.take_back(workspace)
    assert names(workspace) == ["Échéances", "payroll"]
    assert saved_views.take_back(workspace), "again: it is done again"
    assert names(workspace) == ["payroll"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_those_that_come_with_the_cockpit_are_lines_that_it_reads(
    workspace: Workspace, language: str
) -> None:
    locale.use(language)
    for view in saved_views.shipped(workspace):
        asked = filtering.understood(workspace, view.line)
        assert asked.marks != filtering.Marks() or asked.without
        with pytest.raises(WrongView):
            saved_views.remove(workspace, view.name)
        with pytest.raises(WrongView):
            saved_views.keep(workspace, view.name, "p1")


def test_what_cannot_be_a_view_is_refused_and_what_is_damaged_is_none(workspace: Workspace) -> None:
    with pytest.raises(WrongView):
        saved_views.keep(workspace, " ", "p1")
    with pytest.raises(WrongView):
        saved_views.keep(workspace, "all", "")
    with pytest.raises(ValueError, match="sla"):
        saved_views.keep_line(workspace, "odd", "sla:4ho")
    with pytest.raises(WrongView, match="mine"):
        saved_views.named(workspace, "zzz")
    for kept in ("{", "[1]", '[{"name": "a"}]'):
        memos.put(workspace.conn, workspace.my("views"), kept)
        assert names(workspace) == []
