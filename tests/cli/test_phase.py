"""`cockpit phase`, and that below the chief executive's level no command says a word of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cockpit import locale
from cockpit.cli.main import COMMANDS, LazyGroup
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.registers.phase import PHASES, SALE
from tests.cli.conftest import Run

CONFIG = """
[company]
name = "Brunet"
[[date]]
name = "Tell the employees"
phase = "sale"
ahead = "2 months"
[[date]]
name = "Ask for the consent"
phase = "sale"
ahead = "30d"
of = "consent"
"""


@pytest.fixture
def brunet(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A company whose sale is in view since a month, with a contract that needs a consent."""
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("COCKPIT_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "providers.csv").write_text("name\nPaie+\n", encoding="utf-8")
    (tmp_path / "contracts.csv").write_text(
        "name,provider,change_of_control\nPayroll,Paie+,consent needed\nSupport,Paie+,free\n",
        encoding="utf-8",
    )
    run("block", "VPN down p1")
    for name in ("provider", "contract"):
        assert run("register", "import", name, str(tmp_path / f"{name}s.csv")).code == 0
    run("phase", "steady", "--since", "1/1/2026")
    run("phase", "growth", "--since", "1/6/2026", "--note", "two hirings")
    said = run("phase", "sale", "--since", "23/10/2026", "--for", "20/1/2027")
    assert said.code == 0, said.err
    return run


def test_the_phase_says_its_dates_counted_back(brunet: Run) -> None:
    said = brunet("phase", "--json").json
    assert (said["phase"], said["since"], said["target_on"]) == (SALE, "2026-10-23", "2027-01-20")
    assert [(each["day"], each["what"], each["contract"]) for each in said["dates"]] == [
        ("2026-11-20", "Tell the employees", ""),
        ("2026-12-21", "Ask for the consent", "CT-1"),
    ]
    text = brunet("phase").out
    assert "sale in view" in text
    assert "Ask for the consent · Payroll" in text


def test_the_dates_are_alerts_and_stand_in_the_week(brunet: Run) -> None:
    alerts = brunet("alerts").out
    assert "Tell the employees: was due by 20 Nov 2026" in alerts
    assert "Ask for the consent · Payroll: by 21 Dec 2026" in alerts
    assert "Ask for the consent" in brunet("week", now="2026-12-21T09:00").out
    assert "Tell the employees" in brunet("brief").out


def test_a_word_that_is_no_phase_is_refused_with_those_there_are(brunet: Run) -> None:
    said = brunet("phase", "panic")
    assert said.code == 2
    assert "sale in view" in said.err
    assert brunet("phase", "sale").code == 2
    assert brunet("phase", "--for", "yesterdays").code == 2


def test_undo_takes_it_back(brunet: Run) -> None:
    brunet("undo")
    assert brunet("phase", "--json").json["phase"] == "growth"


def levelled() -> Iterator[tuple[str, ...]]:
    """Every command that has a level and needs no argument, with its JSON where it has one."""
    context = click.Context(click.Command("x"))
    for name in COMMANDS:
        command = LazyGroup().get_command(context, name)
        assert command is not None
        found: list[tuple[tuple[str, ...], click.Command]] = [((name,), command)]
        if isinstance(command, click.Group):
            found += [((name, sub), each) for sub, each in command.commands.items()]
        for words, each in found:
            options = {option for param in each.params for option in param.opts}
            asks = any(isinstance(param, click.Argument) and param.required for param in each.params)
            if "--level" in options and not asks:
                yield (*words, "--level", str(EVERYTHING - 1))
                if "--json" in options:
                    yield (*words, "--level", str(EVERYTHING - 1), "--json")


WAYS = [*levelled(), ("show", "PH-3", "--level", "2"), ("show", "CT-1", "--level", "2", "--json")]


def words() -> set[str]:
    """What names a phase, in both languages, and what else is written of it."""
    found = {"Tell the employees", "Ask for the consent", "two hirings", "PH-"}
    for language in ("fr", "en"):
        locale.use(language)
        found |= {locale._(word) for word in PHASES.values()}
    return found


def test_many_commands_are_looked_at() -> None:
    assert len(WAYS) > 40
    assert ("brief", "--level", "2") in WAYS


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_below_the_level_of_the_chief_executive_no_command_says_a_word_of_it(
    brunet: Run, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115
    brunet("signals", "--measure", now="2026-11-29T09:00")
    never = words()
    for way in WAYS:
        said = brunet(*way, lang=lang, now="2026-12-01T09:00")
        told = {word for word in never if word in said.out + said.err and word not in " ".join(way)}
        assert not told, (way, told)


def test_above_it_many_say_it(brunet: Run) -> None:
    said = [brunet(*("3" if part == "2" else part for part in way)).out for way in WAYS]
    assert sum("PH-3" in each or "Tell the employees" in each for each in said) > 5
