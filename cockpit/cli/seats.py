"""`cockpit seats`: who has a seat, what it may do; give one, take one away, the line that opens it by ssh."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cockpit.cli.opening import same_files
from cockpit.cli.options import common, fail, options, print_json
from cockpit.domain.refusal import Refusal
from cockpit.locale import _


@click.group(
    "seats", invoke_without_command=True,
    help=_("Who has a seat at this cockpit, what they read and what they may do."),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
@click.pass_context
def seats(context: click.Context, *, as_json: bool) -> None:
    from cockpit.services.seats import seats as service

    if context.invoked_subcommand is not None:
        return
    workspace = options().workspace()
    found = service.seats(workspace)
    if as_json:
        print_json({"here": service.here_json(workspace), "seats": [service.to_json(each) for each in found]})
        return
    click.echo(service.here(workspace))
    for each in found:
        click.echo(service.row(each).printed)
    if not found:
        click.echo(_("Nobody was given a seat yet: cockpit seats add NAME --role assistant"))
    click.echo(service.what_it_is_worth())


@seats.command(
    "key", help=_("Print the line of authorized_keys by which somebody's key opens their seat alone.")
)
@click.argument("name")
@click.argument("key", metavar="PUBLIC_KEY", required=False, default="-")
@common
def key(*, name: str, key: str) -> None:
    from cockpit.domain.seats.seat import who
    from cockpit.services.seats import ssh

    given = options()
    try:
        found = who(given.settings(), given=name)
        assert found is not None
        click.echo(
            ssh.line(
                _key(key), [*program(), *same_files(given.config_path, given.db_path), "--seat", found.person]
            )
        )
    except (Refusal, OSError) as error:
        fail(str(error), 2)


def _key(given: str) -> str:
    """The key itself, the file that has it, or what comes on standard input."""
    if given == "-":
        return sys.stdin.read(20_000)
    path = Path(given).expanduser()
    return path.read_text(encoding="utf-8", errors="replace")[:20_000] if path.is_file() else given


def program() -> tuple[str, ...]:
    """What starts this very program from anywhere: sshd knows no folder of ours."""
    beside = Path(sys.executable).with_name("cockpit")
    return (str(beside),) if beside.is_file() else (sys.executable, "-P", "-m", "cockpit")
