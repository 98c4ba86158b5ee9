"""Messages and targets that the tests of this storey share."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from cockpit.sharing.channel import ChannelTarget
from cockpit.sharing.message import Message

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ID = "4d1c0f6e-0a53-4b0e-9d4e-5d3b8f0a7c11"
OUTAGE = Message(
    id=ID,
    title="Notion: partial outage",
    body="API failing since 09:12 (Paris)",
    level=2,
    link="https://www.notion-status.com",
    link_label="status page",
    facts=(("Since", "09:12"), ("Phase", "identified")),
    thread="notion-i1",
    at=datetime(2026, 11, 20, 9, 12, tzinfo=ZoneInfo("Europe/Paris")),
    provider=("notion", "Notion"),
    state=("operational", "partial_outage"),
)

URLS = {
    "slack": "https://hooks.slack.com/services/T0/B0/secret",
    "teams": "https://prod-1.westeurope.logic.azure.com/workflows/w/triggers/manual/paths/invoke?sig=secret",
    "google_chat": "https://chat.googleapis.com/v1/spaces/S/messages?key=k&token=secret",
    "ntfy": "https://ntfy.sh/secret-topic",
    "webhook": "https://hooks.example.com/in/secret",
}


def target(kind: str, url: str = "", **more: object) -> ChannelTarget:
    """A target of a kind, at the usual address of that kind unless `url` says another."""
    return ChannelTarget(kind, url or URLS.get(kind, ""), **more)  # type: ignore[arg-type]


_NASTY = st.sampled_from(
    [
        "\x1b]52;c;aGk=\x07", "\x9b31m", "<!channel>", "<users/all>", "&amp;", "<https://evil.example|ok>",
        "](https://evil.example)", "![x](https://evil.example)", "*", "`", '"', "\\", "\r\nBcc: evil@example.com",
        "\n", "\x00", "\ud800", "\u202e", "=?utf-8?q?=0D=0ABcc:_evil=40example.com?=", "💥", "👩‍👩‍👧", "é" * 90,
        "$(reboot)", "'; reboot", "-e", "--help", "&" * 400, '"' * 400, "\\" * 400, "<" * 400, "💥" * 2_500,
    ]
)  # fmt: skip
HOSTILE = st.lists(st.one_of(_NASTY, st.text(max_size=8)), max_size=5).map("".join)
MESSAGES = st.builds(
    Message,
    id=HOSTILE,
    event=st.sampled_from(["alert.opened", "alert.updated", "alert.acked", "alert.resolved", "test"]),
    title=HOSTILE,
    body=HOSTILE,
    level=st.integers(-1, 3),
    link=st.one_of(
        st.just(""),
        HOSTILE,
        HOSTILE.map(lambda text: "https://example.com/" + text),
        st.sampled_from(["https://[broken", "http://plain.example/", "javascript:alert(1)"]),
    ),
    link_label=HOSTILE,
    facts=st.lists(st.tuples(HOSTILE, HOSTILE), max_size=3).map(tuple),
    thread=HOSTILE,
    at=st.none() | st.just(NOW),
)
