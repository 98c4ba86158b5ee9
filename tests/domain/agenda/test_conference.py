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


@pytest.mark.parametrize(
    "room",
    [
        "https://jitsi.essai.fr/PointFlash", "https://visio.essai.fr/reunion-hebdo",
        "https://bbb.essai.fr/b/cla-x2k-9fd-wqe", "https://bbb.essai.fr/rooms/cla-x2k-9fd-wqe/join",
        "https://cloud.essai.fr/call/a1b2c3d4", "https://cloud.essai.fr/index.php/call/a1b2c3d4",
        "https://essai.fr/nextcloud/index.php/call/a1b2c3d4",
        "https://essai.webex.com/meet/claire", "https://essai.webex.com/essai/j.php?MTID=m12",
        "https://gov.teams.microsoft.us/l/meetup-join/19%3agcch%3ameeting_abc/0",
        "https://dod.teams.microsoft.us/l/meetup-join/19%3adod%3ameeting_abc/0",
        "https://events.zoom.us/ej/AbCdEf", "https://events.zoom.us/e/view/abc",
        "https://webinaire.numerique.gouv.fr/meeting/signin/1/creator/2", TEAMS,
        "https://us02web.zoom.us/j/123456?pwd=abc",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "before",
    [
        "",
        "Besoin d'aide ? https://support.zoom.us/hc/fr/articles/201 https://aka.ms/JoinTeamsMeeting?omkt=fr ",
        "Télécharger : https://www.webex.com/downloads.html https://essai.webex.com/downloads "
        "https://jitsi.org/downloads/ https://www.microsoft.com/microsoft-teams/download-app ",
    ],
)
def test_the_room_is_preferred_to_pages_of_help_and_downloads(before: str, room: str) -> None:
    assert conference_link((), "", "", (f"{before}Rejoindre : {room}",)) == room


@pytest.mark.parametrize(
    "wrapped",
    [
        "https://eur03.safelinks.protection.outlook.com/ap/t-59584e83/?url=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij&data=05",
        "https://urldefense.com/v3/__https://meet.google.com/abc-defg-hij__;!!abc$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__meet.google.com_abc-2Ddefg-2Dhij&d=x",
        "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fmeet.google.com%2fabc-defg-hij&c=E",
        "https://eu-west-1.protection.sophos.com/?d=google.com&u=aHR0cHM6Ly9tZWV0Lmdvb2dsZS5jb20vYWJjLWRlZmctaGlq&i=x",
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F"
        "%2Fmeet.google.com%2Fabc-defg-hij__%3B%21%21x%24&data=05",
    ],
)
def test_links_come_out_of_what_mail_filters_wrap_them_in(wrapped: str) -> None:
    assert conference_link((), "", "", (wrapped,)) == "https://meet.google.com/abc-defg-hij"


@pytest.mark.parametrize(
    "page",
    [
        "https://essai.fr/blog/call/for-papers", "https://www.essai.fr/rapport", "https://meet.essai.fr/",
        "https://help.webex.com/fr-fr/article/1", "https://github.com/b/cockpit",
    ],
)  # fmt: skip
def test_a_page_is_no_room(page: str) -> None:
    assert conference_link((), "", "", (f"Voir {page}",)) == ""


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


ROOM = "https://meet.google.com/abc-defg-hij"


WRAPPED: list[tuple[str, str]] = [
    ("https://nam02.safelinks.protection.office365.us/?url=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij", ROOM),
    ("https://urldefense.proofpoint.com/v1/url?u=https://meet.google.com/abc-defg-hij&k=x", ROOM),
    ("https://eu.urldefense.com/v3/__https:/meet.google.com/abc-defg-hij__;!!a$", ROOM),
    ("https://emea01.linkprotect.cudasvc.com/url?u=https%3a%2f%2fmeet.google.com%2fabc-defg-hij", ROOM),
    ("https://eu-west-1.protection.sophos.com/?u=https%3a%2f%2fmeet.google.com%2fabc-defg-hij", ROOM),
    ("https://eu-west-1.protection.sophos.com/?u=aHR0cHM6Ly96b29tLnVzL2ovMQ==", "https://zoom.us/j/1"),
    ("https://eu-west-1.protection.sophos.com/?u=aHR0cHM6Ly96b29tLnVzL2ovMTI", "https://zoom.us/j/12"),
    ("https://eu-west-1.protection.sophos.com/?u=aHR0cHM6Ly96b29tLnVzL2ovMTIzNA", "https://zoom.us/j/1234"),
    ("https://eu-west-1.protection.sophos.com/?u=%ff%fe", ""),
    ("https://slack-redir.net/link?url=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij", ROOM),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij&h=AT", ROOM),
    ("https://www.linkedin.com/redir/redirect?redirectUrl=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij", ROOM),
    ("https://deref-gmx.net/mail/?redirectUrl=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij", ROOM),
    ("https://deref-web.de/?redirectUrl=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij", ROOM),
    ("https://google.fr/url?url=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij", ROOM),
    ("https://www.google.com/url?q=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij&url=https%3A%2F%2Fzoom.us", ROOM),
    ("https://www.google.com/search?q=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij", ""),
    ("https://nam02.safelinks.protection.outlook.com/?data=05", ""),
    ("https://urldefense.com/v3/nothing", ""),
    ("https://essai.fr/url?url=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij", ""),
    ("https://[essai.fr/url?url=x", ""),
    ("https://a.safelinks.protection.outlook.com/?url=https%3A%2F%2Fb.safelinks.protection.outlook.com%2F%3Furl"
     "%3Dhttps%253A%252F%252Fmeet.google.com%252Fabc-defg-hij", ROOM),
]  # fmt: skip


def test_each_filter_hides_an_address_in_a_place_of_its_own() -> None:
    for wrapped, link in WRAPPED:
        assert conference_link((), "", "", (f"Join: {wrapped} ",)) == link


SUREST: list[tuple[tuple[str, ...], str, str, tuple[str, ...], str]] = [
    ((), "", "", (), ""),
    (("https://essai.fr/a https://zoom.us/j/1",), "", "", (), "https://zoom.us/j/1"),
    (("https://essai.fr/a https://essai.fr/b",), "", "", (), "https://essai.fr/a"),
    (("tel:+33", "https://essai.fr/b"), "https://zoom.us/j/1", "", (), "https://essai.fr/b"),
    ((), "https://zoom.us/j/1", "https://zoom.us/j/2", ("https://zoom.us/j/3",), "https://zoom.us/j/1"),
    ((), "Salle 4", "https://zoom.us/j/2", ("https://zoom.us/j/3",), "https://zoom.us/j/2"),
    ((), "Salle 4", "https://essai.fr/a", ("https://zoom.us/j/3",), "https://zoom.us/j/3"),
    ((), "Salle 4", "https://essai.fr/a", ("https://essai.fr/b",), "https://essai.fr/a"),
    ((), "https://essai.fr/p", "https://essai.fr/a", (), "https://essai.fr/a"),
    ((), " https://essai.fr/p ", "", (), "https://essai.fr/p"),
    ((), "Salle 4 https://essai.fr/p", "", (), ""),
    ((), "", "<https://essai.fr/a><https://essai.fr/b>", (), ""),
    ((), "https://essai.fr/p", "<https://essai.fr/a><https://essai.fr/b>", (), "https://essai.fr/p"),
    ((), "", "", ("https://zoom.us/j/1 https://zoom.us/j/2",), "https://zoom.us/j/1"),
    ((), "", "", ("-" * 49_000 + " https://zoom.us/j/1",), "https://zoom.us/j/1"),
    ((), "", "", ("-" * 50_000 + " https://zoom.us/j/1",), ""),
]  # fmt: skip


def test_the_link_is_the_surest_one_that_is_given() -> None:
    for declared, place, url, texts, link in SUREST:
        assert conference_link(declared, place, url, texts) == link
