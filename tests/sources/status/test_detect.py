"""Finding the engine of a page: what is asked, in which order, and what is said where none fits."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from cockpit.domain.settings import StatusSource
from cockpit.sources import status
from cockpit.sources.engines import DIALECTS, GUESSED, document
from cockpit.sources.failure import Failed
from cockpit.sources.fetch import NO_VALIDATORS, Fetched, Fetcher, NotModified, Outcome, Request, Validators
from cockpit.sources.status import authorization, detect, probe
from tests.sources.status.hostile import NOW, source

SITE = "https://status.acme.test"
SUMMARY = {"page": {"id": "p1", "name": "Acme"}, "status": {"indicator": "none"}}
FEED = b'<rss version="2.0"><channel><title>Acme</title></channel></rss>'


def fetched(body: Any, url: str = SITE, code: int = 200, label: str = "text/html; charset=utf-8") -> Fetched:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Fetched(
        body=raw, status=code, content_type=label, validators=NO_VALIDATORS, final_url=url,
        certificate_expiry=None, elapsed_ms=80,
    )  # fmt: skip


class Site(Fetcher):
    """A site whose documents are given by address; what is not there is a 404."""

    def __init__(self, documents: dict[str, Any]) -> None:
        super().__init__(now=lambda: NOW)
        self._documents = {
            SITE + path if path.startswith("/") else path: each for path, each in documents.items()
        }
        self.asked: list[Request] = []
        self.pauses = 0

    async def fetch(self, request: Request) -> Outcome:
        self.asked.append(request)
        found = self._documents.get(request.url, Failed("not_found", "404", status=404))
        return found if isinstance(found, Fetched | NotModified | Failed) else fetched(found, request.url)

    async def pause(self, _source: StatusSource) -> None:
        self.pauses += 1

    def paths(self) -> list[str]:
        return [request.url.removeprefix(SITE) for request in self.asked]


async def found(documents: dict[str, Any], url: str = f"{SITE}/") -> tuple[detect.Detected | Failed, Site]:
    site = Site(documents)
    return await detect.detect(site, source("", url), now=lambda: NOW, pause=site.pause), site


async def test_an_address_that_names_its_engine_is_asked_for_that_document_alone() -> None:
    result, site = await found({"/api/v2/summary.json": SUMMARY}, f"{SITE}/api/v2/summary.json")
    assert isinstance(result, detect.Detected)
    assert (result.engine, result.url, result.reading.page, result.outcome.status) == (
        "statuspage",
        "",
        "Acme",
        200,
    )
    assert (site.paths(), site.pauses) == (["/api/v2/summary.json"], 0)
    broken, _site = await found({"/api/v2/summary.json": {"x": 1}}, f"{SITE}/api/v2/summary.json")
    assert broken == Failed("broken_body", "the answer does not have the expected form", status=200)


async def test_a_page_of_which_nothing_is_known_is_asked_for_each_guess_in_turn_with_a_pause() -> None:
    result, site = await found({"/": b"<title>Acme</title>"})
    addresses = [status.addresses(name, source(name, f"{SITE}/"))[0].removeprefix(SITE) for name in GUESSED]
    assert site.paths() == ["/", *dict.fromkeys(addresses)]
    assert site.pauses == len(site.asked) - 1
    assert isinstance(result, Failed)
    assert (result.kind, result.status) == ("not_understood", 200)
    assert result.message == (
        "this page is not understood (Acme): its web server answers, which says nothing of the service · give the"
        " address of its data or feed, or choose “only whether this address answers” (engine probe)"
    )
    assert detect.GUESSES == GUESSED


async def test_the_marks_of_a_page_order_the_guesses() -> None:
    result, site = await found({"/": b"<footer>Powered by CACHET</footer>", "/api/components?per_page=100": {"data": [
        {"id": "1", "attributes": {"name": "API", "status": {"value": 1}}}]}})  # fmt: skip
    assert isinstance(result, detect.Detected)
    assert result.engine == "cachet3"
    assert [path.partition("?")[0] for path in site.paths()] == ["/", "/api/v1/components", "/api/components"]
    # One that is not looked for otherwise, where the page names it.
    hund, site = await found({"/": b"<a href=//hund.io>"})
    assert site.paths()[1] == "/live/v2/status_page"
    assert isinstance(hund, Failed)


@pytest.mark.parametrize(
    ("body", "engine"),
    [(SUMMARY, "statuspage"), (b"\xef\xbb\xbf \n" + json.dumps(SUMMARY).encode(), "statuspage"), (FEED, "feed"),
     (b"\n<RSS version='2.0'>", ""), (b'<?xml version="1.0"?>' + FEED, "feed"), ([], ""), ({}, "")],
)  # fmt: skip
async def test_a_document_is_recognised_where_it_stands(body: Any, engine: str) -> None:
    place = f"{SITE}/data.json"
    result, site = await found({place: body}, place)
    assert (result.engine if isinstance(result, detect.Detected) else "") == engine
    assert (len(site.asked) == 1) is bool(engine)


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/history.rss">', "/history.rss"),
        ("<LINK href='feed?a=1&amp;b=2' TYPE=application/atom+xml rel='Alternate stylesheet'/>", "/feed?a=1&b=2"),
        ('<link rel="alternate" type="text/html" href="/fr"><link rel=alternate type=application/rss+xml href=/r>',
         "/r"),
        ('<link rel="alternate" type="application/rss+xml" href="https://evil.test/x">', ""),
        ('<link rel="alternate" type="application/rss+xml" href="http://status.acme.test/x">', ""),
        ('<link rel="alternate" type="application/rss+xml" href="//[x">'
         '<link rel="alternate" type="application/rss+xml" href="/r">', "/r"),
        ('<link rel="stylesheet" type="application/rss+xml" href="/r">', ""),
        ('<link rel="alternate" type="application/rss+xml">', ""),
    ],
)  # fmt: skip
async def test_the_feed_that_a_page_names_on_its_own_host_is_read(page: str, asked: str) -> None:
    assert detect.declared_feed(page, f"{SITE}/") == (SITE + asked if asked else "")
    result, site = await found({"/": page.encode(), **({asked: FEED} if asked else {})})
    assert (site.paths()[1] == asked) is bool(asked)
    assert isinstance(result, detect.Detected) is bool(asked)
    if isinstance(result, detect.Detected):
        assert (result.engine, result.url) == ("feed", SITE + asked)


async def test_a_page_gives_its_engine_away_by_its_place_or_by_what_it_loads() -> None:
    for page, url, first in (
        (b"<p>", f"{SITE}/status/main", f"{SITE}/api/status-page/main"),
        (b"<script>getMonitorList/abcd-1</script>", f"{SITE}/", f"{SITE}/api/getMonitorList/abcd-1?page=1"),
        (b"statuspage_id = '0123456789abcdef01234567'", f"{SITE}/",
         "https://api.status.io/1.0/status/0123456789abcdef01234567"),
    ):  # fmt: skip
        _result, site = await found({url: page}, url)
        assert site.asked[1].url == first
    site = Site({f"{SITE}/": b"<script>getMonitorList/abcd-1</script>"})
    assert await detect.locate(site, source("uptimerobot", f"{SITE}/"), "uptimerobot") == (
        f"{SITE}/api/getMonitorList/abcd-1?page=1"
    )
    told = await detect.locate(site, source("statusio", f"{SITE}/"), "statusio")
    assert told == Failed("broken_body", "the page no longer names its document")
    away = await detect.locate(Site({}), source("statusio", f"{SITE}/"), "statusio")
    assert away == Failed("not_found", "404", status=404)


@pytest.mark.parametrize(
    ("page", "guess", "kind", "requests"),
    [
        # What no other address of the host can change ends the search.
        *((Failed(kind, "x"), None, kind, 1) for kind in ("offline", "dns", "tls", "refused", "timeout",
         "rate_limited")),
        (Failed("redirect", "x", moved_to="https://b.test/"), None, "redirect", 1),
        *((b"<p>", Failed(kind, "x"), kind, 2) for kind in ("offline", "dns", "tls", "refused", "timeout",
         "rate_limited")),
        # What says that a document is not there leads on; what says nothing keeps the page unsure.
        *((Failed(kind, "x"), None, kind, 0) for kind in ("redirect", "auth", "server", "not_found", "gone")),
        *((b"<p>", Failed(kind, "x"), "not_understood", 0) for kind in ("gone", "redirect", "broken_body", "html")),
        *((b"<p>", Failed(kind, "x"), kind, 0) for kind in ("server", "auth", "too_big")),
    ],
)  # fmt: skip
async def test_a_search_ends_where_no_other_guess_can_do_better(
    page: Any, guess: Failed | None, kind: str, requests: int
) -> None:
    first = document(DIALECTS["statuspage"], f"{SITE}/")
    result, site = await found({"/": page, **({first: guess} if guess else {})})
    assert isinstance(result, Failed)
    assert result.kind == kind
    assert len(site.asked) == (requests or len(site.asked))
    assert (len(site.asked) > 2) is (requests == 0)


async def test_a_host_that_gives_a_web_page_for_everything_wants_a_sign_in() -> None:
    class Portal(Site):
        async def fetch(self, request: Request) -> Outcome:
            self.asked.append(request)
            return (
                fetched(b"<title>Sign&amp;in</title>") if request.url == f"{SITE}/" else Failed("html", "x")
            )

    site = Portal({})
    result = await detect.detect(site, source("", f"{SITE}/"), now=lambda: NOW, pause=site.pause)
    assert isinstance(result, Failed)
    assert (result.kind, "(Sign&in)" in result.message) == ("html", True)


async def test_what_a_page_looks_like_is_said_with_what_its_address_looks_like() -> None:
    for body, label, said in (
        (b"Powered by PagerDuty", "text/html",
         "(text/html): its web server answers, which says nothing of the service ·"
         " it looks like PagerDuty: give an address such as https://NAME.trust.pagerduty.com/posts/dashboard, or choose"
         " engine probe"),
        (b"x", "", "(?): its web server"), (b"x", "Text/Plain; x=1", "(Text/Plain): its web server"),
    ):  # fmt: skip
        result, _site = await found({"/": fetched(body, f"{SITE}/", label=label)})
        assert isinstance(result, Failed)
        assert said in result.message


# -- reading one source


async def test_the_documents_of_a_source_are_read_in_order_and_the_first_one_must_be_there() -> None:
    documents: dict[str, Any] = {"/api/v1/components?per_page=100": {"data": []}}
    site = Site(documents)
    told = await status.fetch(site, "cachet", source("cachet", SITE), authorization="Bearer x")
    assert [type(each).__name__ for each in told] == ["Fetched", "Failed", "Failed"]
    assert {request.authorization for request in site.asked} == {"Bearer x"}
    nothing = Site({})
    assert len(await status.fetch(nothing, "cachet", source("cachet", SITE))) == len(nothing.asked) == 1


async def test_a_document_alone_is_recognised_by_what_the_server_gave_for_it() -> None:
    site, known = Site({}), Validators("x", "y")
    await status.fetch(
        site, "statuspage", source("statuspage", SITE, user_agent="Mine", internal=True), known
    )
    (asked,) = site.asked
    assert asked == Request(
        url=f"{SITE}/api/v2/summary.json", wants="json", validators=known, user_agent="Mine", internal=True
    )
    await status.fetch(site, "hund", source("hund", SITE), known)
    assert (site.asked[1].until, site.asked[1].wants, site.asked[1].any_status) == (b"\n\n", "any", False)
    await status.fetch(site, "probe", source("probe", SITE), known)
    assert (site.asked[2].until, site.asked[2].wants, site.asked[2].any_status) == (b"", "any", True)


def monitors(total: int, following: str = "") -> dict[str, Any]:
    return {"status": "ok", "psp": {"monitors": [], "perPage": 1, "totalMonitors": total}, "next": following}


async def test_a_list_in_pages_is_read_to_its_end_within_eight_pages() -> None:
    for total, pages in ((1, 1), (2, 2), (8, 8), (9, 8)):
        site = Site({f"/api/getMonitorList/abcd?page={n}": monitors(total) for n in range(1, 12)})
        told = await status.fetch(site, "uptimerobot", source("uptimerobot", f"{SITE}/abcd"))
        assert len(told) == pages
        assert site.paths() == [f"/api/getMonitorList/abcd?page={n}" for n in range(1, pages + 1)]
    assert status.PAGES == 8
    broken = Site({"/api/getMonitorList/abcd?page=1": monitors(9)})
    assert len(await status.fetch(broken, "uptimerobot", source("uptimerobot", f"{SITE}/abcd"))) == 2


def test_a_page_that_is_of_another_one_is_told() -> None:
    body = (json.dumps(SUMMARY).encode(),)
    for page_id, readable in (("", True), ("p1", True), ("p2", False)):
        reading = status.read("statuspage", body, now=NOW, source=source("statuspage", page_id=page_id))
        assert reading.readable is readable
    assert reading.warnings == ("the page no longer says it is Acme",)
    nameless = (json.dumps({**SUMMARY, "page": {}}).encode(),)
    assert status.read("statuspage", nameless, now=NOW, source=source("statuspage", page_id="p2")).readable


# -- one answer of the service itself


@pytest.mark.parametrize(
    ("outcome", "options", "said"),
    [
        (fetched(b"hello"), {}, "operational | answered 200 in 80 ms"),
        (fetched(b"hello"), {"contains": "hell"}, "operational | answered 200 in 80 ms"),
        (fetched(b"hello"), {"contains": "bye"}, "major_outage | answered 200 in 80 ms, without the expected text"),
        (fetched(b"", code=405), {},
         "operational | answered 405 in 80 ms · it answers, and refuses this way of asking"),
        (fetched(b"", code=418), {}, "operational | answered 418 in 80 ms · it answers, and takes us for a robot"),
        (fetched(b"", code=451), {},
         "operational | answered 451 in 80 ms · it answers, and is not allowed to show itself here"),
        (fetched(b"", code=403), {}, "unknown | answered 403 in 80 ms: blocked, which is not down"),
        (fetched(b"", code=500), {}, "major_outage | answered 500 in 80 ms"),
        (fetched(b"", f"{SITE}/users/sign-in"), {},
         "operational | answered 200 in 80 ms · it answers, and asks to sign in"),
        (fetched(b"", f"{SITE}/?next=login"), {}, "operational | answered 200 in 80 ms"),
        (Failed("dns", "no such host"), {}, "unknown | no such host"),
        (Failed("tls", "expired"), {}, "major_outage | expired"),
    ],
)  # fmt: skip
def test_one_answer_of_a_service_is_told_in_words(
    outcome: Fetched | Failed, options: dict[str, Any], said: str
) -> None:
    reading = status.read_outcome("probe", outcome, now=NOW, source=source("probe", **options))
    assert f"{reading.state.value} | {reading.indicator}" == said
    assert (reading.page, [(part.id, part.name, part.state) for part in reading.components]) == (
        "Acme", [("acme", "Acme", reading.state)],
    )  # fmt: skip
    assert probe.SLOW_MS == 5_000


@pytest.mark.parametrize(
    ("moved_to", "said"),
    [("https://login.test/", "asks to sign in at login.test"), ("https://b.test/oauth2", "asks to sign in at b.test"),
     ("https://b.test/home", "sends to b.test"), ("/nowhere", "sends to ")],
)  # fmt: skip
def test_an_answer_that_sends_elsewhere_says_where_to(moved_to: str, said: str) -> None:
    answer = Fetched(
        body=b"", status=302, content_type="", validators=NO_VALIDATORS, final_url=SITE, certificate_expiry=None,
        elapsed_ms=5, moved_to=moved_to,
    )  # fmt: skip
    reading = status.read_outcome("probe", answer, now=NOW, source=source("probe"))
    assert reading.indicator == f"answered 302 in 5 ms · it answers, and {said}"


@pytest.mark.parametrize(
    ("left", "said"),
    [(timedelta(days=21, seconds=1), ()), (timedelta(days=21), ("the certificate expires in 21 days",)),
     (timedelta(days=2) - timedelta(seconds=1), ("the certificate expires in 1 day",)),
     (timedelta(hours=23), ("the certificate expires in 0 days",)), (timedelta(days=-3),
     ("the certificate expires in 0 days",))],
)  # fmt: skip
def test_the_end_of_a_certificate_is_told_in_whole_days(left: timedelta, said: tuple[str, ...]) -> None:
    ends: datetime = NOW + left
    answer = Fetched(
        body=b"",
        status=200,
        content_type="",
        validators=NO_VALIDATORS,
        final_url=SITE,
        certificate_expiry=ends,
    )
    for engine, words in (("probe", said), ("health", said)):
        body = (
            answer
            if engine == "probe"
            else Fetched(
                body=b"ok",
                status=200,
                content_type="",
                validators=NO_VALIDATORS,
                final_url=SITE,
                certificate_expiry=ends,
            )
        )
        reading = status.read_outcome(engine, body, now=NOW, source=source(engine))
        assert (reading.warnings, reading.certificate_expiry) == (words, ends)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"ok", "operational | ok |"), (b" OK\n", "operational | OK |"),
        (b"[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed", "major_outage | readyz check failed |"
         " ping operational, etcd major_outage"),
        (b"[+]ping ok\n[+]log ok", "operational | [+]log ok | ping operational, log operational"),
        (b'{"status": "UP", "description": "Shop"}', "operational | UP |"),
        (b'{"status": "pass", "output": "fine", "checks": {"db": [{"status": "fail"}, {"status": "pass"}], "q": {}}}',
         "partial_outage | fine | db major_outage, q operational"),
        (b'{"status": "pass", "components": {"db": {"status": "DOWN"}}}', "major_outage | pass | db major_outage"),
        (b'{"status": "pass", "checks": {"db": 7}}', "operational | pass | db unknown"),
        (b'{"status": "pass", "checks": [1]}', "operational | pass |"),
        (b'{"status": "out_of_service", "checks": {}}', "major_outage | out_of_service |"),
    ],
)  # fmt: skip
def test_a_health_document_is_read_check_by_check(body: bytes, said: str) -> None:
    reading = status.read("health", (body,), now=NOW, source=source("health"))
    parts = ", ".join(f"{part.name} {part.state.value}" for part in reading.components)
    assert f"{reading.state.value} | {reading.indicator} | {parts}".strip() == said
    assert reading.page == ("Shop" if b"Shop" in body else "Acme")


# -- what opens a source that is not public

TOKEN = "https://login.microsoftonline.com/dir/oauth2/v2.0/token"


async def opened(answer: Any, code: int = 200, **options: Any) -> str | Failed:
    site = Site({TOKEN: answer if isinstance(answer, Failed) else fetched(answer, TOKEN, code)})
    given = {"secret": "env:GRAPH", "user": "client", "tenant": "dir", **options}
    said = await authorization.authorization(site, "graph", source("graph", **given))
    if site.asked:
        assert site.asked[0].form == {
            "grant_type": "client_credentials", "client_id": "client", "client_secret": "s3cret",
            "scope": "https://graph.microsoft.com/.default",
        }  # fmt: skip
        assert site.asked[0].any_status
    return said


async def test_a_token_is_asked_with_the_secret_and_what_is_refused_is_told_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GRAPH", "s3cret")
    assert await opened({"access_token": "t0k"}) == "Bearer t0k"
    assert await opened({"access_token": "t0k"}, tenant=TOKEN) == "Bearer t0k"
    assert await opened({}, secret="") == ""
    needs = Failed("auth", "Microsoft Graph needs tenant, user (client id) and secret in the configuration")
    assert await opened({}, tenant="") == await opened({}, user="") == needs
    end = "; check the client secret, which expires"
    for answer, code, reason in (
        ({"error": "invalid_client", "error_description": "AADSTS7000215: s3cret"}, 401,
         "invalid_client AADSTS7000215"),
        ({"error": "invalid_client", "error_description": "s3cret: x"}, 400, "invalid_client"),
        ({"access_token": "t0k"}, 201, "?"), ({"access_token": "é"}, 200, "?"), ({"access_token": "a\nb"}, 200, "?"),
        ({"access_token": 7}, 200, "?"), ([1], 200, "?"), (b"junk", 200, "?"), ({"error": 7}, 400, "?"),
    ):  # fmt: skip
        said = f"Microsoft refuses the sign-in: {reason}{end}"
        assert await opened(answer, code) == Failed("auth", said, status=code)
    away = Failed("dns", "x")
    assert await opened(away) == away


async def test_other_sources_are_opened_by_a_password_or_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPH", "s3cret")
    for user, said in (("", "Bearer s3cret"), ("me", "Basic bWU6czNjcmV0")):
        given = source("statuspage", secret="env:GRAPH", user=user)
        assert await authorization.authorization(Site({}), "statuspage", given) == said
    missing = await authorization.authorization(
        Site({}), "statuspage", source("statuspage", secret="env:NONE_SUCH")
    )
    assert missing == Failed("auth", "the environment variable NONE_SUCH is not set")


async def test_somebody_else_s_host_is_asked_once_a_second_while_its_engine_is_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", wait)
    for internal, seconds in ((False, {1}), (True, set[int]())):
        site = Site({"/": b"<p>"})
        await detect.detect(site, source("", f"{SITE}/", internal=internal), now=lambda: NOW)
        assert set(waits) == seconds
        assert len(waits) == (0 if internal else len(site.asked) - 1)
        waits.clear()
