"""What may be written in the configuration, and what holds where nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from cockpit.domain.configuration import GROUPS, SECTIONS
from cockpit.domain.dataclasses import MISSING, fields
from cockpit.domain.setting import Check, named, setting
from cockpit.domain.settings import InboxSettings

SETTINGS = {
    "": "weeks_back 1.., weeks_ahead 1..",
    "agenda": "interval_s 60..",
    "status": "interval_s 30..",
    "figure": "interval_s 300..",
    "channel": "conf 0..3, success 200..299",
    "seat": "level 0..3",
    "alerts": "remind_hours 1..",
    "signals": (
        "s1_ratio 1.., s1_sure 0.., s1_least 17.., s2_watch 1.., s2_control 1.., s3_share 0..100, s3_sure "
        "0.., s4_share 0..100, s5_ratio 0.., s5_chance 0.., s5_least 1.., s6_fall 0.., s6_dead 0..100, "
        "s6_hub 0..100, s6_least 1.., s7_present 0..100, s7_fall 0.., s7_roti 1.., s8_complete 0..100, "
        "s8_sure 0.., s8_reminders 1.., s9_watch 0.., s9_control 0.., s10_control 0.., s10_danger 0.., "
        "s11_share 0..100, s11_concentration 0.., s12_alone 0..100, s12_waiting 0..100, s12_absent 0.., "
        "s13_within 0..100, s13_sure 0.., s14_more 1.., s15_doubles 1.., s15_open 0..100, s16_days 1.., "
        "s17_share 0..100, s18_share 0..100, s18_sure 0.., s19_up 0..100, s20_times 2.., s20_days 1.., "
        "s21_times 1.., s22_urgent 1.., s22_churn 0..100, s23_days 1.., s24_days 1.., s26_mark 1..5, "
        "s26_gap 0.., s27_days 0.."
    ),
}


def room(low: float | None, high: float | None) -> str:
    bounds = f"{'' if low is None else low}..{'' if high is None else high}"
    return "" if bounds == ".." else f" {bounds}"


def test_a_setting_stays_within_bounds() -> None:
    found = {
        section.name: ", ".join(
            f"{each.name}{known}"
            for each in fields(section.kind)
            if (known := room(each.metadata.get("low"), each.metadata.get("high")))
        )
        for section in SECTIONS
    }
    assert {name: said for name, said in found.items() if said} == SETTINGS


WITHOUT_A_WORD = {
    "": "theme cockpit-dark, weeks_back 5, weeks_ahead 13",
    "company": (
        "timezone Europe/Paris, holidays FR, hours mon-fri 09:00-12:30 14:00-18:00, day_start 09:00, day_end 18:00"
    ),
    "agenda": "kind ical, internal no",
    "status": "criticality important, internal no",
    "figure": "internal no",
    "channel": "level red, conf 1, internal no",
    "date": "of company",
    "seat": "role member",
    "alerts": "quiet 19:00-08:00, weekend no, remind_hours 24",
    "inbox": "mailbox INBOX, require_dkim yes, internal no",
    "documents": "check_links yes, internal no",
    "signals": (
        "s1_ratio 2, s1_sure 2.2, s1_least 17, s2_watch 2, s2_control 3, s3_share 15, s3_sure 0.84, s4_share 80, "
        "s5_ratio 0.6, s5_chance 0.02, s5_least 16, s6_fall 0.2, s6_dead 30, s6_hub 60, s6_least 10, "
        "s7_present 75, s7_fall 0.15, s7_roti 2, s8_complete 90, s8_sure 1.28, s8_reminders 2, s9_watch 15, "
        "s9_control 30, s10_control 1.5, s10_danger 4, s11_share 40, s11_concentration 0.25, s12_alone 70, "
        "s12_waiting 30, s12_absent 0.8, s13_within 80, s13_sure 0.84, s14_more 2, s15_doubles 3, s15_open 60, "
        "s16_days 90, s17_share 70, s18_share 90, s18_sure 0.84, s19_up 99.5, s20_times 3, s20_days 60, "
        "s21_times 3, s22_urgent 3, s22_churn 40, s23_days 90, s24_days 183, s26_mark 3, s26_gap 1.5, s27_days 1"
    ),
}
"""What holds where nothing is written; all else is empty."""
MUST_BE_WRITTEN = {
    "agenda": "name url", "status": "name url", "figure": "name url", "channel": "name kind",
    "date": "name phase ahead", "seat": "name",
}  # fmt: skip
WORTH_A_PASSWORD = {"agenda": "url", "figure": "url", "channel": "url", "inbox": "mail"}
STRICTEST = (
    "s1_ratio 1, s2_watch 1, s2_control 1, s3_share 0, s4_share 100, s5_ratio 1, s6_fall 0, s6_dead 0, s6_hub 0, "
    "s7_present 100, s7_fall 0, s7_roti 5, s8_complete 100, s8_reminders 1, s9_watch 0, s9_control 0, "
    "s10_control 0, s10_danger 0, s11_share 0, s11_concentration 0, s12_alone 0, s12_waiting 0, s12_absent 1, "
    "s13_within 100, s14_more 1, s15_doubles 1, s15_open 100, s16_days 0, s17_share 100, s18_share 100, "
    "s19_up 100, s20_times 2, s21_times 1, s22_urgent 1, s22_churn 0, s23_days 365, s24_days 0, s26_mark 5, "
    "s26_gap 0, s27_days 0"
)
"""The strictest that each limit of a signal may be; those that guard against chance alone have none."""


def of_each(said: Callable[[Any], str], between: str = " ") -> dict[str, str]:
    """What is said of the keys of each section, where anything is."""
    found = {
        section.name: between.join(filter(None, map(said, fields(section.kind)))) for section in SECTIONS
    }
    return {name: words for name, words in found.items() if words}


def written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "-".join(map(written, value))
    return (
        f"{value:%H:%M}"
        if isinstance(value, time)
        else f"{value:g}"
        if isinstance(value, float)
        else f"{value}"
    )


def test_what_is_not_written_is_as_is_usual() -> None:
    def said(key: Any) -> str:
        return "" if key.default in (MISSING, None, "", ()) else f"{key.name} {written(key.default)}"

    assert of_each(said, ", ") == WITHOUT_A_WORD


def test_an_entry_without_what_makes_it_one_is_asked_for_it() -> None:
    assert of_each(lambda key: key.name if key.metadata.get("required") else "") == MUST_BE_WRITTEN


def test_what_is_worth_a_password_is_masked_and_never_printed() -> None:
    assert of_each(lambda key: key.name if key.metadata.get("hidden") else "") == WORTH_A_PASSWORD
    assert of_each(lambda key: "" if key.repr else key.name) == WORTH_A_PASSWORD


def test_a_limit_is_tightened_towards_the_strictest() -> None:
    def said(key: Any) -> str:
        strict = key.metadata.get("strict")
        return "" if strict is None else f"{key.name} {strict}"

    assert of_each(said, ", ") == {"signals": STRICTEST}


def test_what_there_may_be_several_of_has_a_name_of_its_own() -> None:
    several = {section.name for section in SECTIONS if section.is_list}
    assert several == {"agenda", "status", "figure", "channel", "date", "seat"}
    assert several == {each.name for each in SECTIONS if "key" in {key.name for key in fields(each.kind)}}


def test_thresholds_and_keys_are_one_row_each_among_the_others() -> None:
    assert {group.name for group in GROUPS if group.is_folded} == {"signals", "keys"}


def test_what_is_chosen_or_checked_says_by_what() -> None:
    assert setting(choices={"a": "A"}).metadata == {
        "label": "", "help": "", "required": False, "choices": ("a",), "words": {"a": "A"}, "known": (),
        "low": None, "high": None, "check": None, "hidden": False, "strict": None,
    }  # fmt: skip
    told = setting(
        "x", known={"b": "B"}, choices=("c",), low=0, high=9, check=Check.HOURS, strict=0.5
    ).metadata
    assert (told["choices"], told["words"], told["known"]) == (("c",), {"b": "B"}, ("b",))
    assert (told["low"], told["high"], told["check"], told["strict"]) == (0, 9, "hours", 0.5)
    assert setting(choices=("c",)).metadata["words"] == {}
    assert setting(hidden=True).metadata["hidden"]
    assert (setting(hidden=True).repr, setting().repr) == (False, True)
    assert named(label="n", help="h").metadata == {"label": "n", "help": "h", "required": True}


def test_an_inbox_is_open_by_a_folder_or_by_a_mailbox() -> None:
    assert not InboxSettings().is_open
    assert InboxSettings(folder="in").is_open
    assert InboxSettings(mail="imaps://mail.example:993").is_open
