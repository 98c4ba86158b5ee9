"""Where to join a meeting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.domain.agenda.conference import conference_link, without_cancellation

TEAMS = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (f"Join here <{TEAMS}> now", TEAMS),
        (f"Options: https://teams.microsoft.com/meetingOptions/?x=1 Join: {TEAMS}.", TEAMS),
        ("https://eu01web.zoom.us/j/123456?pwd=abc)", "https://eu01web.zoom.us/j/123456?pwd=abc"),
        ("dial https://us02web.zoom.us/u/kabc", ""),
        ("https://meet.google.com/abc-defg-hij", "https://meet.google.com/abc-defg-hij"),
        (
            "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij&data=05",
            "https://meet.google.com/abc-defg-hij",
        ),
        ("https://www.google.com/url?q=https://whereby.com/room&amp;sa=D", "https://whereby.com/room"),
        ("see https://example.com/report", ""),
        ("javascript:alert(1) file:///etc/passwd", ""),
    ],
)
def test_the_room_is_found_in_the_text_of_an_invitation(text: str, link: str) -> None:
    assert conference_link((), "", "", (text,)) == link


def test_what_is_declared_comes_first_then_the_place_then_the_text() -> None:
    zoom, jitsi = "https://zoom.us/j/1", "https://meet.jit.si/room"
    assert (
        conference_link(("tel:+33", "https://visio.example/x"), zoom, "", (jitsi,))
        == "https://visio.example/x"
    )
    assert conference_link((), f"Room 4; {zoom}", "", (jitsi,)) == zoom
    assert conference_link((), "", "https://example.com/event", ("no link",)) == "https://example.com/event"


@given(st.text(max_size=400))
def test_no_text_gives_anything_but_http_without_controls(text: str) -> None:
    link = conference_link((text,), text, text, (text,))
    assert not link or (link.lower().startswith("http") and link.isprintable() and " " not in link)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Canceled: Board", ("Board", True)),
        ("Cancelled : Board", ("Board", True)),
        ("Annulé : Comité", ("Comité", True)),
        ("Annulée: Réunion", ("Réunion", True)),
        ("Annuler le contrat", ("Annuler le contrat", False)),
        ("Board canceled: no", ("Board canceled: no", False)),
    ],
)
def test_outlook_says_cancelled_in_the_title(title: str, expected: tuple[str, bool]) -> None:
    assert without_cancellation(title) == expected
