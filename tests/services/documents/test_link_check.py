"""The links of documents are tried once a month: what each answer says, and what nobody asks for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest

from cockpit.domain.dataclasses import replace
from cockpit.domain.documents import link_state as rules
from cockpit.domain.documents.link_state import LinkState
from cockpit.domain.registers import REGISTERS
from cockpit.services.alerts import document_rules
from cockpit.services.boards.record_page import related
from cockpit.services.desk.refusal import NotPossible
from cockpit.services.desk.workspace import Workspace
from cockpit.services.documents import link_check, links
from cockpit.services.records.find import find
from cockpit.store.outside import link_checks
from tests.conftest import TickingClock


@asynccontextmanager
async def answering(statuses: Mapping[str, str]) -> AsyncIterator[tuple[str, list[str]]]:
    """A server that answers `METHOD /path` by those statuses, else 404; its address and what it was asked."""
    heard: list[str] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = " ".join((await reader.readuntil(b"\r\n\r\n")).decode().split(" ")[:2])
        heard.append(asked)
        status = statuses.get(asked, "404 Not Found")
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", heard


@pytest.fixture
def inside(workspace: Workspace) -> Workspace:
    """A cockpit that may ask this machine."""
    settings = workspace.settings
    workspace.settings = replace(settings, documents=replace(settings.documents, internal=True))
    return workspace


def _document(workspace: Workspace, link: str, name: str = "Payroll, step by step") -> str:
    return workspace.add(REGISTERS["document"], {"name": name, "link": link})


def _state(workspace: Workspace, code: str) -> LinkState:
    return link_checks.checks(workspace.conn)[code].state


async def test_a_document_is_there_when_its_server_answers_its_head(inside: Workspace) -> None:
    async with answering({"HEAD /a": "200 OK"}) as (address, heard):
        code = _document(inside, f"{address}/a")
        tried = await link_check.check_due(inside)
    assert heard == ["HEAD /a"]
    assert tried is not None
    assert (tried.tried, tried.dead) == (1, 0)
    assert _state(inside, code) is LinkState.THERE
    assert "there, checked 23 Nov 2026" in [each.text for each in related(inside, find(inside, code)[1])]


async def test_a_server_that_knows_no_head_is_asked_for_the_whole(inside: Workspace) -> None:
    async with answering({"HEAD /a": "405 Method Not Allowed", "GET /a": "200 OK"}) as (address, heard):
        code = _document(inside, f"{address}/a")
        await link_check.check_due(inside)
    assert heard == ["HEAD /a", "GET /a"]
    assert _state(inside, code) is LinkState.THERE


async def test_a_document_that_is_gone_is_told_once_it_was_asked_for_whole(inside: Workspace) -> None:
    async with answering({}) as (address, heard):
        code = _document(inside, f"{address}/gone")
        await link_check.check_due(inside)
    assert heard == ["HEAD /gone", "GET /gone"]
    (alert,) = document_rules.of_links(inside.conn)
    assert (alert.target, alert.text()) == (code, "Dead link: Payroll, step by step")


@pytest.mark.parametrize(
    ("status", "state"),
    [("401 Unauthorized", LinkState.SIGN_IN), ("403 Forbidden", LinkState.SIGN_IN),
     ("302 Found\r\nLocation: https://accounts.example/", LinkState.SIGN_IN),
     ("410 Gone", LinkState.DEAD), ("503 Service Unavailable", LinkState.SILENT)],
)  # fmt: skip
async def test_what_an_answer_says(inside: Workspace, status: str, state: LinkState) -> None:
    async with answering({"HEAD /a": status, "GET /a": status}) as (address, _heard):
        code = _document(inside, f"{address}/a")
        await link_check.check_due(inside)
    assert _state(inside, code) is state


async def test_a_link_is_tried_again_after_a_month_and_one_in_trouble_sooner(
    inside: Workspace, clock: TickingClock
) -> None:
    async with answering({"HEAD /a": "200 OK"}) as (address, _heard):
        _document(inside, f"{address}/a")
        _document(inside, f"{address}/gone", "Another")
        await link_check.check_due(inside)
        assert link_check.due(inside) == ()
        clock.forward(days=8)
        assert [each.address for each in link_check.due(inside)] == [f"{address}/gone"]
        clock.forward(days=23)
        assert len(link_check.due(inside)) == 2


async def test_a_new_address_is_tried_at_once_and_what_the_old_one_said_is_forgotten(
    inside: Workspace,
) -> None:
    async with answering({"HEAD /a": "200 OK"}) as (address, _heard):
        code = _document(inside, f"{address}/gone")
        await link_check.check_due(inside)
        register, record = find(inside, code)
        inside.change(register, record, {"link": f"{address}/a"})
        _register, record = find(inside, code)
        assert links.of_record(inside, record) == "never checked"
        await link_check.check_due(inside)
    assert _state(inside, code) is LinkState.THERE
    assert list(document_rules.of_links(inside.conn)) == []


async def test_the_local_network_is_not_asked(workspace: Workspace) -> None:
    async with answering({"HEAD /a": "200 OK"}) as (address, heard):
        code = _document(workspace, f"{address}/a")
        await link_check.check_due(workspace)
    assert heard == []
    assert _state(workspace, code) is LinkState.REFUSED
    assert list(document_rules.of_links(workspace.conn)) == []


async def test_paths_archived_records_and_a_company_that_said_no_ask_for_nothing(
    workspace: Workspace,
) -> None:
    code = _document(workspace, "Manual/Payroll.md")
    assert await link_check.check_due(workspace) is None
    _register, record = find(workspace, code)
    assert links.of_record(workspace, record) == ""
    assert links.follow(record) == "it is a path in the shared folder: Manual/Payroll.md"
    _document(workspace, "https://docs.example/a", "Closed")
    settings = workspace.settings
    workspace.settings = replace(settings, documents=replace(settings.documents, check_links=False))
    assert await link_check.check_due(workspace) is None


def test_three_silences_are_a_dead_link_and_our_own_cut_says_nothing() -> None:
    assert rules.judge(None, "timeout", elsewhere=False, fails=0) is LinkState.SILENT
    assert rules.judge(None, "dns", elsewhere=False, fails=2) is LinkState.DEAD
    assert rules.judge(None, "offline", elsewhere=False, fails=9) is None
    assert rules.judge(None, "refused", elsewhere=False, fails=9) is LinkState.REFUSED


def test_a_record_without_a_link_says_how_to_give_it_one(workspace: Workspace) -> None:
    code = _document(workspace, "")
    with pytest.raises(NotPossible, match="no link yet"):
        links.follow(find(workspace, code)[1])
