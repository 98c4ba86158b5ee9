"""`cockpit seats`: who has a seat, what it may do; give one, take one away, the line that opens it by ssh."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cockpit.cli.kit.opening import same_files
from cockpit.cli.kit.options import common, fail, options, print_json
from cockpit.domain.dataclasses import replace
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.domain.refusal import Refusal
from cockpit.domain.seats.seat import SeatRole, UnknownSeat, who
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


@seats.command(
    "add",
    help=_(
        "Give somebody a seat: cockpit seats add “Sophie Le Goff” --role assistant. Says how they come in."
    ),
)
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([str(role) for role in SeatRole]),
    default="member",
    show_default=True,
    help=_("What they read and may do."),
)
@click.option(
    "--level",
    "reads",
    type=click.IntRange(0, EVERYTHING),
    default=None,
    help=_("The highest level they read; else that of the role."),
)
@click.option(
    "--may",
    multiple=True,
    metavar="RIGHT",
    help=_("What they may do, instead of what the role may; repeatable."),
)
@click.option("--user", default="", help=_("Their user on this machine, where they have one."))
@click.option("--signed-in", default="", metavar="NAME", help=_("How a reverse proxy announces them."))
@common
def add(*, name: str, role: str, reads: int | None, may: tuple[str, ...], user: str, signed_in: str) -> None:
    from cockpit.services.seats import giving
    from cockpit.services.seats import seats as service

    given = options()
    workspace = given.workspace()
    try:
        said = giving.give(
            workspace,
            given.config_path,
            name,
            role=role,
            level=reads,
            may=may,
            user=user,
            signed_in=signed_in,
        )
    except (Refusal, OSError) as error:
        fail(str(error), 2)
    seat = who(replace(workspace.settings, seats=(said,)), given=said.name)
    assert seat is not None
    click.echo(
        _("{who} has a seat ({role}, level {n}): {may}").format(
            who=seat.person, role=seat.role.label, n=seat.level, may=service.may(seat)
        )
    )
    for line in service.how_to_come_in(said, same_files(given.config_path, given.db_path)):
        click.echo(line)
    click.echo(service.what_it_is_worth())


@seats.command(
    "remove",
    help=_("Take somebody's seat away; what they wrote stays. Remove their line of authorized_keys too."),
)
@click.argument("name")
@common
def remove(*, name: str) -> None:
    from cockpit.services.seats import giving
    from cockpit.services.settings.change import NoSuchEntry

    given = options()
    try:
        giving.take_away(given.workspace(), given.config_path, name)
    except NoSuchEntry:
        fail(str(UnknownSeat(name)), 2)
    except (Refusal, OSError) as error:
        fail(str(error), 2)
    click.echo(_("{who} has no seat any more: take their line out of authorized_keys too").format(who=name))
