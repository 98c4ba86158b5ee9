"""`cockpit alerts`, `cockpit channel` and `cockpit outbox`: what needs somebody, and what leaves."""

from __future__ import annotations

import asyncio

import click

from cockpit.cli.kit.options import common, fail, level, options, print_json
from cockpit.domain.alerts.alerts import Alert, AlertLevel
from cockpit.domain.settings import Channel
from cockpit.locale import _
from cockpit.services.desk.date_phrases import understand_return
from cockpit.services.desk.workspace import Workspace


@click.group(
    "alerts", invoke_without_command=True, help=_("What needs somebody now, with who does what next.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
@click.pass_context
def alerts(context: click.Context, as_json: bool, level: int) -> None:
    from cockpit.services.alerts import rows
    from cockpit.services.boards.board import board

    if context.invoked_subcommand is not None:
        return
    workspace = options().workspace().behind(level)
    found = board(workspace)
    if as_json:
        print_json([rows.to_json(each, found.names, workspace.my_name) for each in found.alerts.loud])
        return
    for number, each in enumerate(found.alerts.loud, 1):
        if each.level == AlertLevel.TO_COMPLETE and (
            number == 1 or found.alerts.loud[number - 2].level > each.level
        ):
            click.echo(rows.to_complete(found.alerts.urgent.to_complete).printed)
        click.echo(f"{number:>3} {rows.alert(each, found.names).printed}")
        click.echo(f"      → {each.next(found.names, workspace.my_name)}")
    if not found.alerts.loud:
        click.echo(_("Nothing needs you now."))
    for over in found.alerts.over:
        click.echo(f"    {rows.over(over, found.at).printed}")


@alerts.command("seen", help=_("Somebody takes care of it: quiet until it is over or worse."))
@click.argument("number", type=int)
@click.argument("reason", nargs=-1)
@common
def seen(number: int, reason: tuple[str, ...]) -> None:
    from cockpit.services.alerts import gather as service

    workspace = options().workspace()
    item = _alert(workspace, number)
    code = service.acknowledge(workspace, item, " ".join(reason))
    click.echo(_("{name}: {value}").format(name=code, value=item.line(workspace.names())))


@alerts.command("mute", help=_("No word of it until a date."))
@click.argument("number", type=int)
@click.argument("reason", nargs=-1)
@click.option("--until", required=True, metavar="DATE", help=_("A date or a phrase such as tomorrow 9:00."))
@common
def mute(number: int, reason: tuple[str, ...], until: str) -> None:
    from cockpit.services.alerts import gather as service

    workspace = options().workspace()
    when = understand_return(workspace, until, any_day=True)
    if when is None or when <= workspace.now():
        fail(_("--until: “{text}” is not a moment to come").format(text=until), 2)
    item = _alert(workspace, number)
    code = service.mute(workspace, item, " ".join(reason), when)
    click.echo(_("{name}: {value}").format(name=code, value=item.line(workspace.names())))


def _alert(workspace: Workspace, number: int) -> Alert:
    from cockpit.services.boards.board import board

    found = board(workspace).alerts.loud
    if not 1 <= number <= len(found):
        fail(_("there is no alert {n}: cockpit alerts lists them").format(n=number), 2)
    return found[number - 1]


@click.group("channel", invoke_without_command=True, help=_("The ways out: list, preview, let messages go."))
@common
@click.pass_context
def channel(context: click.Context) -> None:
    from cockpit.services.messages import rows

    if context.invoked_subcommand is not None:
        return
    workspace = options().workspace()
    for each in workspace.settings.channels:
        click.echo(f"{each.name} ({each.key}) · {each.kind} · {rows.way_out(workspace, each)}")
    if not workspace.settings.channels:
        click.echo(_("No channel yet: add [[channel]] to {path}.").format(path=options().config_path))


@channel.command("preview", help=_("What would arrive there; --send lets messages go from now on."))
@click.argument("key")
@click.option("--send", is_flag=True, help=_("Send this one, and let messages go there from now on."))
@common
def preview(key: str, send: bool) -> int:
    from cockpit.services.desk import refusal
    from cockpit.services.messages import allowed_addresses
    from cockpit.services.messages import outbox as service
    from cockpit.services.upkeep import notify
    from cockpit.sharing.channel import deliver
    from cockpit.sharing.channel import preview as shown

    workspace = options().workspace()
    found = _channel(workspace, key)
    message = notify.test_message(workspace, found)
    click.echo(shown(found.kind, message))
    if not send:
        click.echo(
            _("To send it and let messages go there: cockpit channel preview {key} --send").format(key=key)
        )
        return 0
    try:
        target = allowed_addresses.target_of(found)
    except LookupError as missing:
        fail(str(missing), 1)
    outcome = asyncio.run(deliver(target, message, now=workspace.now()))
    if not outcome.delivered and not outcome.took:
        fail(_("not delivered: {why}").format(why=outcome.error), 1)
    try:
        service.approve(workspace, found, target)
    except OSError as error:
        fail(refusal.explain(error), 1)
    for each in outcome.refused:
        click.echo(f"{each.address}: {each.error}")
    click.echo(_("delivered; messages go there from now on"))
    return 0


def _channel(workspace: Workspace, key: str) -> Channel:
    from cockpit.services.messages import outbox as service

    found = service.channel_named(workspace, key)
    if found is None:
        known = ", ".join(each.key for each in workspace.settings.channels)
        fail(_("no channel has the key “{key}”; known: {keys}").format(key=key, keys=known), 2)
    return found


@click.group(
    "outbox", invoke_without_command=True, help=_("What left, what is to leave, what was not delivered.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@level
@common
@click.pass_context
def outbox(context: click.Context, as_json: bool, level: int) -> None:
    from cockpit.services.messages import rows
    from cockpit.store.outside import outbox as store

    if context.invoked_subcommand is not None:
        return
    workspace = options().workspace().behind(level)
    parcels = store.latest(workspace.conn)
    if as_json:
        print_json([
            {"id": p.id, "channel": p.channel, "state": p.state, "title": p.message["title"],
             "created_at": p.created_at, "attempts": p.attempts, "sent_at": p.sent_at, "error": p.error,
             "may_have_come": p.may_have_come, "sent_as": p.sent_as,
             "recipients": {who: found.state for who, found in p.recipients.items()}}
            for p in parcels
        ])  # fmt: skip
        return
    told: set[tuple[str, ...]] = set()
    for parcel in parcels:
        click.echo(f"{parcel.id:>4} {rows.parcel(parcel, workspace.now()).printed}")
        reasons = tuple(rows.reasons(workspace, parcel))
        # What left as one message is told of once.
        if reasons and (parcel.sent_as == "" or (parcel.sent_as, *reasons) not in told):
            told.add((parcel.sent_as, *reasons))
            click.echo("\n".join(f"       {said}" for said in reasons))
    if not parcels:
        click.echo(_("Nothing was sent yet."))


@outbox.command("show", help=_("What the receiver reads of a message."))
@click.argument("number", type=int)
@level
@common
def show(number: int, level: int) -> None:
    from cockpit.services.messages import outbox as service
    from cockpit.services.messages import rows
    from cockpit.store.outside import outbox as store

    workspace = options().workspace().behind(level)
    parcel = store.get(workspace.conn, number)
    if parcel is None:
        fail(_("there is no message {n}: cockpit outbox lists them").format(n=number), 2)
    for said in rows.told_of(workspace, parcel):
        click.echo(said)
    click.echo("\n" + service.shown(workspace, parcel))


@outbox.command("send", help=_("Let a held message go, or try again one that was not delivered."))
@click.argument("number", type=int)
@common
def send(number: int) -> int:
    from cockpit.services.messages import outbox as service
    from cockpit.services.messages import rows
    from cockpit.services.upkeep import notify
    from cockpit.store.outside import outbox as store

    workspace = options().workspace()
    if store.get(workspace.conn, number) is None:
        fail(_("there is no message {n}: cockpit outbox lists them").format(n=number), 2)
    if not service.release(workspace, number):
        fail(_("message {n} was sent already, or is being sent").format(n=number), 2)
    asyncio.run(notify.send_due(workspace, only=number))
    parcel = store.get(workspace.conn, number)
    assert parcel is not None
    for said in rows.told_of(workspace, parcel):
        click.echo(said)
    return 0 if parcel.state == "sent" else 1


@outbox.command("drop", help=_("A message that is not to be sent."))
@click.argument("number", type=int)
@common
def drop(number: int) -> None:
    from cockpit.services.messages import outbox as service

    service.drop(options().workspace(), number)
    click.echo(_("dropped"))
