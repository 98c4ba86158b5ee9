"""The engines of status pages that Cockpit reads: each is declared here, once, with all that is known of it.

Only names and addresses: the module that reads a document is loaded when a source speaks it, so that the
configuration and the shell can check a name without loading any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from cockpit.domain.text import clean
from cockpit.locale import N_, _
from cockpit.sources.body import Wants

_NO_HOSTS: Mapping[str, str] = {}


class Dialect(NamedTuple):
    """One engine: what it is called, where its document is, and by what it is recognised."""

    name: str
    title: str
    """The product or vendor, as people know it."""
    module: str = ""
    """The module of `sources.status` that reads it; named like the engine when empty."""
    suffix: str = ""
    """Completes an address that names only the page."""
    wants: Wants = "json"
    interval_s: int = 120
    probes: bool = False
    """The answer itself is the status: asked for by name only, never guessed."""
    until: bytes = b""
    aliases: tuple[str, ...] = ()
    hosts: Mapping[str, str] = _NO_HOSTS
    """Hosts of the vendor, each with the address of its document; empty when the address names it."""
    endings: tuple[str, ...] = ()
    """Ends of paths that only this engine has."""
    marks: tuple[str, ...] = ()
    """Words by which its web pages give it away, in lower case; they only order the guesses."""
    guessed: bool = False
    """Whether its document is looked for on a page of which nothing is known."""
    distinct: bool = False
    """Whether its document is unlike any other, so that it is recognised wherever it is."""
    form: str = ""
    """What its address looks like, for a person who has to find it."""
    limit: str = ""
    """What it does not cover, said beside every state; a message to translate."""

    @property
    def reader(self) -> str:
        """The name of the module that reads it."""
        return self.module or self.name


_MICROSOFT = N_("public notices only, not Teams nor Exchange")
_FEED = N_("a history: it never says that all is well")

_ALL = (
    Dialect(
        "statuspage", "Atlassian Statuspage", suffix="/api/v2/summary.json", aliases=("atlassian",),
        endings=("/api/v2/summary.json",), marks=("statuspage.io", "statuspage"), guessed=True, distinct=True,
        form="https://STATUS.EXAMPLE/api/v2/summary.json",
    ),
    Dialect(
        "incidentio", "incident.io", "statuspage", "/api/v2/summary.json", aliases=("incident.io",),
        marks=("incident.io",),
    ),
    Dialect(
        "widget", "incident.io (widget)", suffix="/api/v1/summary", aliases=("incidentio-widget",),
        guessed=True, distinct=True,
    ),
    Dialect(
        "betterstack", "Better Stack", suffix="/index.json", aliases=("better-stack", "betteruptime"),
        marks=("betterstack", "betteruptime", "better stack"), guessed=True, distinct=True,
    ),
    Dialect("cstate", "cState", suffix="/index.json", marks=("cstate",), guessed=True, distinct=True),
    Dialect(
        "instatus", "Instatus", suffix="/summary.json", marks=("instatus",), guessed=True, distinct=True
    ),
    Dialect("checkly", "Checkly", "instatus", "/summary.json", marks=("checkly",)),
    Dialect(
        "rootly", "Rootly", suffix="/api/v1/status.json", endings=("/api/v1/status.json",), marks=("rootly",),
        guessed=True,
    ),
    Dialect(
        "sorry", "Sorry", suffix="/api/v1/status", marks=("sorryapp", "sorry™"), guessed=True, distinct=True
    ),
    Dialect(
        "cachet", "Cachet 2", suffix="/api/v1/components", aliases=("cachet2",), marks=("cachet",), guessed=True
    ),
    Dialect("cachet3", "Cachet 3", "cachet", "/api/components", marks=("cachet",), guessed=True),
    Dialect(
        "gatus", "Gatus", suffix="/api/v1/endpoints/statuses", endings=("/api/v1/endpoints/statuses",),
        marks=("gatus",), guessed=True,
    ),
    Dialect(
        "kuma", "Uptime Kuma", aliases=("uptime-kuma",), marks=("uptime kuma", "uptime-kuma"), guessed=True,
        form="https://STATUS.EXAMPLE/status/NAME",
    ),
    Dialect("statping", "Statping", suffix="/api/services", marks=("statping",), guessed=True),
    Dialect("statushub", "StatusHub", suffix="/api/statuses", marks=("statushub",), guessed=True, distinct=True),
    Dialect(
        "vigil", "Vigil", suffix="/status/text", wants="any", endings=("/status/text",),
        form="https://STATUS.EXAMPLE/status/text",
    ),
    Dialect(
        "oneuptime", "OneUptime", marks=("oneuptime",), guessed=True, distinct=True,
        form="https://oneuptime.com/status-page-api/overview/PAGE-ID",
    ),
    Dialect(
        "pagerduty", "PagerDuty", wants="any", marks=("pagerduty",), distinct=True,
        hosts={"status.pagerduty.com": "https://status.pagerduty.com/posts/dashboard"},
        form="https://NAME.trust.pagerduty.com/posts/dashboard",
    ),
    Dialect(
        "uptimerobot", "UptimeRobot", marks=("uptimerobot", "getmonitorlist"), distinct=True,
        hosts={"stats.uptimerobot.com": ""}, form="https://stats.uptimerobot.com/PAGE-ID", interval_s=300,
    ),
    Dialect(
        "statuspal", "StatusPal", marks=("statuspal",), distinct=True,
        hosts={"statuspal.io": "", "statuspal.eu": ""},
        form="https://statuspal.io/api/v2/status_pages/NAME/summary",
    ),
    Dialect(
        "openstatus", "OpenStatus", marks=("openstatus",), hosts={"api.openstatus.dev": ""},
        form="https://NAME.openstatus.dev",
    ),
    Dialect(
        "statusio", "Status.io", aliases=("status.io",), marks=("status.io",), distinct=True,
        hosts={"api.status.io": ""}, form="https://api.status.io/1.0/status/PAGE-ID",
    ),
    Dialect(
        "hund", "Hund", suffix="/live/v2/status_page", wants="any", until=b"\n\n", marks=("hund.io",)
    ),
    Dialect(
        "upptime", "Upptime", suffix="/history/summary.json", interval_s=300, marks=("upptime",),
        hosts={"raw.githubusercontent.com": ""},
        form="https://raw.githubusercontent.com/OWNER/REPOSITORY/HEAD/history/summary.json",
    ),
    Dialect(
        "statuscake", "StatusCake", interval_s=600, marks=("statuscake",),
        hosts={"api.statuscake.com": ""},
    ),
    Dialect(
        "slack", "Slack", suffix="/api/v2.0.0/current", endings=("/api/v2.0.0/current",), distinct=True,
        hosts=dict.fromkeys(
            ("slack-status.com", "status.slack.com"), "https://slack-status.com/api/v2.0.0/current"
        ),
    ),
    Dialect(
        "google", "Google", suffix="/incidents.json", interval_s=300,
        aliases=("google-workspace", "google-cloud"), endings=("/incidents.json",),
        hosts={
            "www.google.com": "https://www.google.com/appsstatus/dashboard/incidents.json",
            "workspace.google.com": "https://www.google.com/appsstatus/dashboard/incidents.json",
            "status.cloud.google.com": "https://status.cloud.google.com/incidents.json",
        },
    ),
    Dialect(
        "microsoft", "Microsoft 365", interval_s=600, aliases=("microsoft365",), limit=_MICROSOFT,
        hosts={
            "status.cloud.microsoft": "https://status.cloud.microsoft/api/posts/mac",
            "status.office.com": "https://status.cloud.microsoft/api/posts/mac",
            "status.office365.com": "https://status.cloud.microsoft/api/posts/mac",
        },
    ),
    Dialect("graph", "Microsoft Graph", interval_s=300, hosts={"graph.microsoft.com": ""}),
    Dialect(
        "azure", "Azure", wants="xml", interval_s=300,
        hosts=dict.fromkeys(
            ("azure.status.microsoft", "rssfeed.azure.status.microsoft", "status.azure.com"),
            "https://rssfeed.azure.status.microsoft/en-us/status/feed/",
        ),
    ),
    Dialect(
        "aws", "AWS", suffix="/public/currentevents", interval_s=300,
        hosts={"health.aws.amazon.com": "https://health.aws.amazon.com/public/currentevents",
               "status.aws.amazon.com": "https://health.aws.amazon.com/public/currentevents"},
    ),
    Dialect(
        "oracle", "Oracle Cloud", suffix="/api/v2/components.json", interval_s=300, distinct=True,
        hosts={"ocistatus.oraclecloud.com": "https://ocistatus.oraclecloud.com/api/v2/components.json"},
    ),
    Dialect(
        "salesforce", "Salesforce Trust", interval_s=300,
        hosts=dict.fromkeys(
            ("status.salesforce.com", "api.status.salesforce.com"),
            "https://api.status.salesforce.com/v1/incidents/active",
        ),
        form="https://api.status.salesforce.com/v1/instances/INSTANCE/status",
    ),
    Dialect(
        "heroku", "Heroku", suffix="/api/v4/current-status",
        hosts={"status.heroku.com": "https://status.heroku.com/api/v4/current-status"},
    ),
    Dialect(
        "zendesk", "Zendesk", suffix="/api/incidents/active", interval_s=300,
        hosts={"status.zendesk.com": "https://status.zendesk.com/api/incidents/active"},
    ),
    Dialect(
        "stripe", "Stripe", suffix="/current/full",
        hosts={"status.stripe.com": "https://status.stripe.com/current/full"},
    ),
    Dialect(
        "paypal", "PayPal", suffix="/api/v1/components",
        hosts=dict.fromkeys(
            ("www.paypal-status.com", "paypal-status.com"), "https://www.paypal-status.com/api/v1/components"
        ),
    ),
    Dialect(
        "apple", "Apple", wants="any", interval_s=300,
        hosts={"www.apple.com": "https://www.apple.com/support/systemstatus/data/system_status_en_US.js"},
    ),
    Dialect(
        "feed", "RSS / Atom", wants="xml", interval_s=300, aliases=("rss", "atom"), limit=_FEED,
        endings=("/history.rss", "/history.atom", "/feed.rss"),
    ),
    Dialect(
        "health", "health+json", wants="any", interval_s=60, probes=True, aliases=("health+json",)
    ),
    Dialect(
        "healthz", "Kubernetes healthz", "health", wants="any", interval_s=60, probes=True,
        endings=("/healthz", "/livez", "/readyz"),
    ),
    Dialect("probe", "HTTP", wants="any", interval_s=60, probes=True, aliases=("http",)),
)  # fmt: skip

DIALECTS: Mapping[str, Dialect] = {each.name: each for each in _ALL}
_ALIASES = {alias: each.name for each in _ALL for alias in each.aliases}
ENGINES = frozenset(DIALECTS) | frozenset(_ALIASES)
"""Every name by which a source may say its engine."""
_HOSTS = {host: each for each in _ALL for host in each.hosts}
_ENDINGS = {ending: each for each in _ALL for ending in each.endings}
_OWN_DOMAINS = {".statuspal.io": "statuspal", ".statuspal.eu": "statuspal", ".openstatus.dev": "openstatus"}
GUESSED = tuple(each.name for each in _ALL if each.guessed)
"""What is looked for on a page of which nothing is known, the most common first."""


class UnknownEngine(ValueError):
    """No dialect has this name. The message lists those that exist."""


def dialect(engine: str) -> Dialect:
    """The dialect of that name or alias. Raises UnknownEngine."""
    name = engine.strip().lower()
    name = _ALIASES.get(name, name)
    if name not in DIALECTS:
        known = ", ".join(sorted(DIALECTS))
        raise UnknownEngine(
            _("unknown engine {engine}: use one of {known}").format(engine=clean(engine, 60), known=known)
        )
    return DIALECTS[name]


def limit(engine: str) -> str:
    """What the engine does not cover, in the current language; empty for most, and for no engine."""
    try:
        said = dialect(engine).limit
    except UnknownEngine:
        return ""
    return _(said) if said else ""


def named(url: str) -> str:
    """The engine that the address itself gives away, else empty."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    found = next((each.name for end, each in _ENDINGS.items() if path.endswith(end)), "")
    by_host = _HOSTS.get(host)
    if by_host is not None and _speaks(by_host, host, path, found):
        return by_host.name
    own = next((name for domain, name in _OWN_DOMAINS.items() if host.endswith(domain)), "")
    return found or own


def _speaks(found: Dialect, host: str, path: str, ending: str) -> bool:
    """Whether an address on a vendor's host is of its status: www.google.com and www.apple.com hold more,
    and a document of another form has a name of its own."""
    if host in ("www.google.com", "workspace.google.com"):
        return "appsstatus" in path or ending == found.name
    if host == "www.apple.com":
        return "systemstatus" in path
    return found.wants == "xml" or path.rpartition(".")[2] not in ("rss", "atom", "xml")


def with_suffix(url: str, suffix: str) -> str:
    """`url`, completed by `suffix` when it names only a page and not the document itself."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    last = path.rpartition("/")[2]
    if not suffix or path.endswith(suffix) or "." in last or last == suffix.rpartition("/")[2]:
        return url
    return urlunsplit(parts._replace(path=path + suffix))


def document(spoken: Dialect, url: str) -> str:
    """The address of the document, for an address as a person copied it from the vendor's page."""
    parts = urlsplit(url)
    known = spoken.hosts.get((parts.hostname or "").lower(), "")
    if not known:
        return with_suffix(url, spoken.suffix)
    path, own = parts.path.rstrip("/"), urlsplit(known).path
    is_document = (
        path == own or "." in path.rpartition("/")[2] or path.startswith(_FAMILY.get(spoken.name, "\0"))
    )
    return url if is_document else known


_FAMILY = {
    "salesforce": "/v1/",
    "microsoft": "/api/posts/",
    "zendesk": "/api/",
    "azure": "/en-us/status/feed",
}
"""Paths of a vendor under which every address is a document of the same form."""
