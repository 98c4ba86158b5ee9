"""A tool is found by a few letters, read before it is believed, and written without touching the rest."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cockpit.domain.settings import StatusSource
from cockpit.services.providers import add, catalogue
from cockpit.services.providers.add import Candidate, CannotAdd, NotUnderstood, OnLocalNetwork
from cockpit.services.settings import load
from cockpit.sources import status
from cockpit.sources.engines import ENGINES
from tests.sources.loopback import response, serving

NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
PAGE = {
    "page": {"id": "p1", "name": "Acme"},
    "status": {"indicator": "none", "description": "Fine"},
    "components": [{"id": name, "name": name, "status": "operational"} for name in ("API", "Site")],
}
RSS = (
    b'<rss version="2.0"><channel><title>Acme</title><item><title>Panne</title><guid>1</guid>'
    b"<pubDate>Mon, 23 Nov 2026 07:00:00 GMT</pubDate></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("slack", "Slack"),
        ("sla", "Slack"),
        ("teams", "Microsoft 365"),
        ("drive", "Google Workspace"),
        ("gmail", "Google Workspace"),
        ("notion", "Notion"),
        ("ovh", "OVHcloud (web)"),
        ("pennylane", "Pennylane"),
        ("comptabilite", "Pennylane"),
        ("office", "Microsoft 365"),
        ("SILAE", "Silae"),
    ],
)
def test_a_few_letters_propose_the_right_source(typed: str, first: str) -> None:
    assert catalogue.search(typed)[0].name == first


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(name, name) for name in (
        "Box", "Dropbox", "Cegid", "EBP", "Yousign", "DocuSign", "Infomaniak", "Orange Pro", "Alan", "Swile",
        "Doctolib", "Chorus Pro", "net-entreprises", "URSSAF", "Aircall", "Mailjet", "Zendesk", "Salesforce",
        "Qonto", "PayFit", "Spendesk", "Lucca", "Silae", "Pennylane", "Asana", "Heroku", "PayPal", "Apple",
    )] + [("dsn", "net-entreprises"), ("box", "Box"), ("teams", "Microsoft 365"), ("xbox", None), ("ropbox", None)],
)  # fmt: skip
def test_a_name_means_the_tool_of_that_name(typed: str, meant: str | None) -> None:
    found = catalogue.named(typed)
    assert (found.name if found else None) == meant


def test_each_tool_says_where_its_address_comes_from_and_is_of_the_form_of_its_engine() -> None:
    text = Path(catalogue.__file__).with_name("catalogue.toml").read_text(encoding="utf-8")
    entries = text.split("[[tool]]")
    sources = [before.rstrip().splitlines()[-1] for before in entries[:-1]]
    assert all(line.startswith("# Source: ") for line in sources)
    for line, tool in zip(sources, catalogue.tools(), strict=True):
        assert ("one public list" in line) == (tool.note == "unsure"), tool.name
    for tool in catalogue.tools():
        parts = urlsplit(tool.url)
        assert "." in (parts.hostname or "")
        assert not parts.username
        if tool.engine:
            source = StatusSource(key="x", name="x", url=tool.url, engine=tool.engine)
            assert status.addresses(tool.engine, source)[0] == tool.url, "the document itself is written down"
            assert status.is_probe(tool.engine) == (tool.note == "probe"), tool.name


def test_nothing_is_proposed_for_nothing_or_for_nonsense() -> None:
    assert catalogue.search("") == catalogue.search("zzqx") == ()


def test_every_tool_can_be_written_down() -> None:
    for tool in catalogue.tools():
        assert tool.url.startswith("https://")
        assert not tool.engine or tool.engine in ENGINES
        assert tool.note in catalogue.NOTES
    assert len({tool.name for tool in catalogue.tools()}) == len(catalogue.tools())


@pytest.mark.parametrize("text", ["https://user:secret@status.acme.test", "ftp://acme.test", "zzqx"])
def test_what_cannot_be_tried_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(CannotAdd):
        add.meant(text)


async def look_at(documents: dict[str, bytes], *, internal: bool = True, path: str = "") -> Candidate:
    async def answer(asked: str, _fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        body = documents.get(asked)
        kind = "text/html" if body and body.startswith(b"<html") else "application/json"
        writer.write(response(body, Content_Type=kind) if body else response(b"", "404 Not Found"))

    async with serving(answer) as port:
        tool = add.meant(f"http://127.0.0.1:{port}{path}")
        return await add.look(tool, now=NOW, internal=internal)


async def test_the_engine_the_page_and_its_parts_are_found_out() -> None:
    found = await look_at({"/api/v2/summary.json": json.dumps(PAGE).encode()})
    assert (found.engine, found.page_id, found.components) == ("statuspage", "p1", ("API", "Site"))


async def test_a_web_page_that_names_its_feed_is_read_by_it() -> None:
    html = b'<html><head><link rel="alternate" type="application/rss+xml" href="/history.rss"></head></html>'
    found = await look_at({"": html, "/": html, "/history.rss": RSS})
    assert found.engine == "feed"
    assert found.url.endswith("/history.rss")


async def test_a_feed_on_another_host_is_not_followed() -> None:
    html = b'<html><link rel="alternate" type="application/rss+xml" href="http://10.0.0.1/x.rss"></html>'
    with pytest.raises(NotUnderstood):
        await look_at({"": html, "/": html})


async def test_the_local_network_is_allowed_by_a_person_only() -> None:
    with pytest.raises(OnLocalNetwork):
        await look_at({"/api/v2/summary.json": json.dumps(PAGE).encode()}, internal=False)


CANDIDATE = Candidate(
    name="Acme", url="https://status.acme.test", engine="statuspage", page_id="p1", found={"components": []}
)


def test_a_source_is_appended_and_every_word_of_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('me = "Claire"  # moi\n\n# mes pages\n[[status]]\nname = "A"\nurl = "https://a.test"\n')
    before = path.read_text()
    chosen = add.chosen_from(CANDIDATE, components=("API", 'Le "site"'), criticality="vital")
    add.save(path, load.load(path), CANDIDATE, chosen)
    assert path.read_text().startswith(before.rstrip("\n"))
    (_a, acme) = load.load(path).statuses
    assert (acme.name, acme.components, acme.criticality, acme.page_id) == (
        "Acme",
        ("API", 'Le "site"'),
        "vital",
        "p1",
    )
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_same_page_or_name_is_not_added_twice(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    chosen = add.chosen_from(CANDIDATE)
    add.save(path, load.load(path), CANDIDATE, chosen)
    text = path.read_text()
    for again in (chosen, add.chosen_from(CANDIDATE, name="Other")):
        with pytest.raises(CannotAdd):
            add.save(path, load.load(path), CANDIDATE, again)
    assert path.read_text() == text
