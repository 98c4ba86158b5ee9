"""Every key has its words and its place, and reads back what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit import locale
from cockpit.domain.configuration import GROUPS, KEYS, SECTIONS
from cockpit.domain.settings import AgendaSource, Settings
from cockpit.services.settings import listing, new_entry, sections, values
from cockpit.services.settings.change import SettingPlace, made, place_of
from cockpit.services.settings.checks import Wrong

EVERY = [
    SettingPlace(section=section.name, entry="e" if section.is_list else "", key=field.name)
    for section in SECTIONS
    for field in values.settable(section)
]


def test_every_key_stands_in_one_group() -> None:
    held = [name for group in GROUPS for name in group.holds]
    for place in EVERY:
        stands = [name for name in held if name in (place.section, f"{place.section}.{place.key}".strip("."))]
        assert len(stands) == 1, str(place)
    assert KEYS in held


@pytest.mark.parametrize("place", EVERY, ids=str)
def test_every_key_says_what_it_is(place: SettingPlace) -> None:
    field = values.declared(place)
    assert field is not None
    assert field.metadata["label"]
    assert field.metadata["help"] or place.section == "signals"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_shown_of_a_default_is_read_back_as_it(language: str) -> None:
    locale.use(language)
    for section in SECTIONS:
        if section.is_list:
            continue
        now = Settings()
        for field in values.settable(section):
            place = SettingPlace(section=section.name, key=field.name)
            text = values.typed(listing.one(now, place))
            change_to = values.read(place, text)
            raw = {section.name: {field.name: change_to}} if section.name else {field.name: change_to}
            again = Settings() if change_to is None else sections.checked(raw, "", Path("c"))
            assert again == now, str(place)


@pytest.mark.parametrize(
    ("place", "typed", "read"),
    [
        ("emails", "a@b.example, c@d.example", ["a@b.example", "c@d.example"]),
        ("alerts.quiet", "20h – 7h30", "20:00-07:30"),
        ("alerts.quiet", "", ""),
        ("alerts.weekend", "oui", True),
        ("company.holidays", "", ""),
        ("company.chief", "", None),
        ("signals.s1_ratio", "2,5", 2.5),
        ("weeks_back", "8", 8),
        ("agenda.a.interval_s", "", None),
        ("status.a.expect", "200, 204", [200, 204]),
        ("status.a.criticality", "vital", "vital"),
        ("channel.a.level", "red and", "orange"),
        ("language", "français", "fr"),
        ("theme", "high contrast", "cockpit-contrast"),
        ("theme", "cockpit-light", "cockpit-light"),
        ("theme", "harbour", "harbour"),
        ("company.exceptions", "24/12/2026 fermé", "24/12/2026 closed"),
        ("keys.work.done", "x,f8", "x,f8"),
    ],
)
def test_a_value_is_read_as_a_person_types_it(place: str, typed: str, read: object) -> None:
    assert values.read(place_of(place), typed) == read


@pytest.mark.parametrize(
    ("place", "typed"),
    [("weeks_back", "beaucoup"), ("alerts.weekend", "peut-être"), ("alerts.quiet", "25h-7h"), ("alerts.quiet", "19h"),
     ("status.a.criticality", "huge"), ("signals.s1_ratio", "x")],
)  # fmt: skip
def test_a_value_that_is_none_says_what_to_write(place: str, typed: str) -> None:
    with pytest.raises(Wrong) as wrong:
        values.read(place_of(place), typed)
    assert wrong.value.fix


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://calendar.example/private-abc/basic.ics", "https://calendar.example/…"),
        ("https://me:pw@calendar.example:8443/?token=x", "https://calendar.example:8443/…"),
        ("webcal://calendar.example", "webcal://calendar.example"),
        ("keyring:cockpit-slack", "keyring:cockpit-slack"),
        ("~/agenda.ics", "~/agenda.ics"),
        ("https://[broken", "…"),
    ],
)
def test_an_address_that_may_be_a_password_is_masked(address: str, shown: str) -> None:
    assert values.masked(address) == shown
    assert "abc" not in shown
    assert values.shown(place_of("agenda.a.url"), address) == shown


def test_a_new_entry_is_written_with_only_what_it_says_and_read_back_the_same() -> None:
    source = AgendaSource(
        key="sophie", name="Sophie", url="https://b.example/a.ics", owner="Sophie", internal=True
    )
    change = new_entry.agenda(source)
    assert change.values == {
        "name": "Sophie", "url": "https://b.example/a.ics", "owner": "Sophie", "internal": True,
    }  # fmt: skip
    assert sections.checked(made({}, change), "", Path("c")).agendas == (source,)
