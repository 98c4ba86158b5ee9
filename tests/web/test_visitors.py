"""Who may come in by the browser."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cockpit.web.visitors import PROXY_KEY, DoorRules, NotReachable, Visitor, judge, may_listen, origin

HERE = DoorRules(address="http://127.0.0.1:8642", key="k" * 24)
BEHIND = DoorRules(address="https://cockpit.example", key="p" * 24, header="X-Forwarded-User")


def asked(
    rules: DoorRules,
    sent: Mapping[str, str] | None = None,
    *,
    said: str = "",
    cookie: str = "",
    upgrades: bool = False,
) -> Visitor:
    """A request with the headers of a browser, and what else it sends."""
    host = rules.address.partition("://")[2]
    usual = {"Host": host, **({"Origin": rules.address} if upgrades else {})}
    return judge(rules, {**usual, **(sent or {})}, said=said, cookie=cookie, upgrades=upgrades)


def test_on_this_machine_the_key_opens_and_nothing_else_does() -> None:
    assert asked(HERE, said=HERE.key) == asked(HERE, cookie=HERE.key, upgrades=True) == Visitor()
    assert asked(HERE).refused == 401
    assert asked(HERE, said="k" * 23).refused == 401
    assert asked(HERE, {"X-Forwarded-User": "Claire"}).refused == 401


@pytest.mark.parametrize("rules", [HERE, BEHIND])
def test_a_page_from_elsewhere_opens_no_screen(rules: DoorRules) -> None:
    keyed = {PROXY_KEY: BEHIND.key, "X-Forwarded-User": "claire"}
    for origin_said in ("https://evil.example", "null", ""):
        found = asked(rules, {**keyed, "Origin": origin_said}, cookie=HERE.key, upgrades=True)
        assert found.refused == 403
    assert asked(rules, {**keyed, "Host": "evil.example"}, cookie=HERE.key).refused == 421


def test_behind_a_proxy_a_name_counts_only_with_the_proxys_key() -> None:
    assert asked(BEHIND, {PROXY_KEY: BEHIND.key, "X-Forwarded-User": "Hélène"}) == Visitor(name="Hélène")
    assert asked(BEHIND, {"X-Forwarded-User": "claire"}).refused == 403
    assert asked(BEHIND, {PROXY_KEY: "p", "X-Forwarded-User": "claire"}).refused == 403
    assert asked(BEHIND, {"X-Forwarded-User": "claire"}, said=BEHIND.key, cookie=BEHIND.key).refused == 403


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_who_did_not_sign_in_has_no_screen(name: str) -> None:
    assert asked(BEHIND, {PROXY_KEY: BEHIND.key, "X-Forwarded-User": name}).refused == 401


def test_a_name_in_utf_8_is_read_as_it_was_written() -> None:
    sent = "Hélène".encode().decode("utf-8", "surrogateescape")
    assert asked(BEHIND, {PROXY_KEY: BEHIND.key, "X-Forwarded-User": sent}).name == "Hélène"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_may_always_be_listened_to(host: str) -> None:
    may_listen(host, behind="")


@pytest.mark.parametrize(
    ("host", "behind"),
    [
        ("0.0.0.0", ""),
        ("0.0.0.0", "https://cockpit.example"),
        ("::", "https://c.example"),
        ("192.0.2.1", ""),
        ("x", ""),
    ],
)
def test_more_than_this_machine_is_never_listened_to_by_accident(host: str, behind: str) -> None:
    with pytest.raises(NotReachable):
        may_listen(host, behind=behind)


def test_one_address_of_the_house_is_listened_to_behind_a_proxy() -> None:
    may_listen("192.0.2.1", behind="https://cockpit.example")


def test_an_address_is_written_as_an_origin() -> None:
    assert origin("https://Cockpit.example/") == "https://cockpit.example"
    for wrong in ("cockpit.example", "ftp://x", "https://x/y", "https://u:p@x", "https://x?y"):
        with pytest.raises(NotReachable):
            origin(wrong)
