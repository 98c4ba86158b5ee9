"""The views of the organisation as text: map, interfaces, risks, continuity, contracts, RACI, what if."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

import click

from cockpit.cli.kit.options import common, fail, options, print_json
from cockpit.cli.kit.options import level as with_level
from cockpit.cli.kit.refusals import refusals
from cockpit.domain.registers import ORGANISATION
from cockpit.locale import N_, _
from cockpit.services.desk.workspace import Workspace


def _view(name: str, help: str, module: str, read: str, reader: str = "") -> click.Command:
    """A command that shows what `services.organisation.MODULE.READ` finds, by that module's `lines` and `to_json`.

    `reader` is another module of the services to find it with."""

    @click.command(name, help=_(help))
    @click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
    @with_level
    @common
    def command(as_json: bool, level: int) -> None:
        service = import_module(f"cockpit.services.organisation.{module}")
        workspace = options().workspace().behind(level)
        found = getattr(import_module(f"cockpit.services.{reader}") if reader else service, read)(workspace)
        _tell(service, found, workspace, as_json=as_json)

    return command


def _tell(service: ModuleType, found: object, workspace: Workspace, *, as_json: bool) -> None:
    """What a service of the organisation found, for a program or in lines."""
    if as_json:
        print_json(service.to_json(found))
        return
    for line in service.lines(found):
        click.echo(line)
    _say_held_back(workspace)


def _say_held_back(workspace: Workspace) -> None:
    """What is missing may be there for somebody else: that is said, beside the answer."""
    if workspace.holds_back(*ORGANISATION):
        click.echo(_("Some records are above this level: what seems to be missing may exist."), err=True)


map_ = _view(
    "map", N_("Functions by mode, who carries them, how they are."), "function_map", "cards", "boards.health"
)
interfaces = _view("interfaces", N_("Who gives what to whom, and the grey zones."), "flows", "flow_map")
risks = _view("risks", N_("The risks on the 5x5 scale, gross and net."), "risks", "risk_map")
continuity = _view("continuity", N_("Plans, backups and drills of each function."), "continuity", "readiness")
_timeline = _view(
    "contracts", N_("Terms and notice dates of the next two years."), "contract_timeline", "timeline"
)


@click.group(
    "contracts", help=_("Terms and notice dates of the next two years."), invoke_without_command=True
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@with_level
@common
@click.pass_context
def contracts(context: click.Context, as_json: bool, level: int) -> None:
    if context.invoked_subcommand is None:
        context.invoke(_timeline, as_json=as_json, level=level)


@contracts.command(
    "decide",
    help=_(
        "What was decided of a contract's term: cockpit contracts decide CT-3 notice 12/06; or renewed,"
        " renegotiating, nothing."
    ),
)
@click.argument("code")
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@common
def decide(code: str, words: tuple[str, ...], as_json: bool) -> None:
    from cockpit.services.organisation import contract_decision

    workspace = options().workspace()
    with refusals():
        what, on = contract_decision.read(workspace, " ".join(words))
        told = contract_decision.decide(workspace, code, what, on)
    if as_json:
        print_json({"code": code.upper(), "decided": what, "text": told})
    else:
        click.echo(f"{told} · " + _("undo: cockpit undo"))


raci = _view("raci", N_("Who does what, with its faults; who decides."), "raci", "grid")


@click.command(
    "sign",
    help=_(
        "The chief executive's yearly signature on key processes. Without a code, how each stands; with codes,"
        " sign them as they are: cockpit sign PS-3 PS-4"
    ),
)
@click.argument("codes", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@with_level
@common
def sign(codes: tuple[str, ...], as_json: bool, level: int) -> None:
    from cockpit.services.organisation import signatures
    from cockpit.services.records import history

    workspace = options().workspace()
    if not codes:
        found = signatures.signatures(workspace.behind(level))
        if as_json:
            print_json(signatures.to_json(found))
        else:
            click.echo("\n".join(signatures.lines(found)))
        return
    with refusals():
        entries = signatures.sign(workspace, codes)
    if as_json:
        print_json({"changed": [history.to_json(entry) for entry in entries]})
    else:
        shown = ", ".join(entry.code for entry in entries)
        click.echo(_("{code} signed for a year · undo: cockpit undo").format(code=shown))


@click.command("what-if", help=_("What would break if a person or a provider left, and what is ready."))
@click.argument("name", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@with_level
@common
def what_if(name: tuple[str, ...], as_json: bool, level: int) -> None:
    from cockpit.services.desk import identities
    from cockpit.services.organisation import what_if as service

    workspace = options().workspace().behind(level)
    text = " ".join(name)
    try:
        code = service.who(workspace, text)
    except identities.SeveralNames as several:
        fail(str(several), 2)
    if code is None:
        known = ", ".join(identities.named(workspace.names(), service.WHO, ""))
        fail(_("“{text}” is nobody's name; known: {names}").format(text=text, names=known), 2)
    found = service.what_if(workspace, code)
    _tell(service, found, workspace, as_json=as_json)
