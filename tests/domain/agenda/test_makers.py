"""Whose agenda an address is, and the feed behind a page made for people."""

from __future__ import annotations

import pytest

from cockpit.domain.agenda.makers import Maker, feed_of_page, is_page, maker


@pytest.mark.parametrize(
    ("url", "whose"),
    [
        ("https://calendar.google.com/calendar/u/0/r", Maker.GOOGLE),
        ("https://outlook.office365.com/owa/calendar/a@b.example/c/calendar.html", Maker.MICROSOFT),
        ("webcal://p12-caldav.icloud.com/published/2/abc", Maker.APPLE),
        ("https://drive.mistral.example/index.php/apps/calendar/p/AbC123", Maker.NEXTCLOUD),
        ("https://cloud.mistral.example/remote.php/dav/public-calendars/AbC123?export", Maker.NEXTCLOUD),
        ("https://calendar.example/private.ics", Maker.OTHER),
        ("https://google.com.example/calendar", Maker.OTHER),
        ("chez moi", Maker.OTHER),
    ],
)
def test_an_address_tells_whose_it_is(url: str, whose: Maker) -> None:
    assert maker(url) is whose


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        (
            "https://outlook.office365.com/owa/calendar/a@b.example/c/calendar.html",
            "https://outlook.office365.com/owa/calendar/a@b.example/c/calendar.ics",
        ),
        (
            "https://calendar.google.com/calendar/embed?src=claire%40mistral.example&ctz=Europe%2FParis",
            "https://calendar.google.com/calendar/ical/claire%40mistral.example/public/basic.ics",
        ),
        (
            "https://calendar.google.com/calendar/u/0?cid=Y2xhaXJlQG1pc3RyYWwuZXhhbXBsZQ",
            "https://calendar.google.com/calendar/ical/claire%40mistral.example/public/basic.ics",
        ),
        (
            "https://cloud.mistral.example/apps/calendar/p/AbC123/dayGridMonth/now",
            "https://cloud.mistral.example/remote.php/dav/public-calendars/AbC123?export",
        ),
        (
            "https://mistral.example/nuage/index.php/apps/calendar/embed/AbC123",
            "https://mistral.example/nuage/remote.php/dav/public-calendars/AbC123?export",
        ),
    ],
)
def test_a_page_leads_to_its_feed(page: str, feed: str) -> None:
    assert feed_of_page(page) == feed


@pytest.mark.parametrize(
    "url",
    [
        "https://calendar.google.com/calendar/u/0?cid=%ff%fe",
        "https://calendar.google.com/calendar/u/0/r/settings",
        "https://calendar.google.com/calendar/ical/claire%40mistral.example/private-abc/basic.ics",
        "https://outlook.office365.com/owa/calendar/a@b.example/c/calendar.ics",
        "https://cloud.mistral.example/apps/calendar",
        "https://calendar.example/calendar.html",
    ],
)
def test_where_nothing_follows_the_address_is_left_alone(url: str) -> None:
    assert feed_of_page(url) == ""


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://calendar.google.com/calendar/u/0/r", True),
        ("https://calendar.app.google/AbCd", True),
        ("https://outlook.live.com/calendar/0/view/week", True),
        ("https://outlook.office.com/calendar/view/week", True),
        ("https://www.icloud.com/calendar", True),
        ("https://outlook.live.com/mail/0/", False),
        ("https://outlook.live.com/calendar/shared.ics", False),
        ("https://calendar.google.com/calendar/ical/claire%40mistral.example/private-abc/basic.ics", False),
        ("https://outlook.office365.com/owa/calendar/a@b.example/c/calendar.ics", False),
        ("https://outlook.live.com/owa/calendar/a/b/cid-c/calendar.ics", False),
        ("webcal://p12-caldav.icloud.com/published/2/abc", False),
        ("https://cloud.example/remote.php/dav/public-calendars/x?export", False),
        ("https://intranet.example/agenda", False),
    ],
)
def test_a_page_for_people_is_told_by_its_address_and_a_feed_never_is(url: str, page: bool) -> None:
    assert is_page(url) is page
