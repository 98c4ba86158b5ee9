"""`cockpit provider seen|mute|problem|settle|state|spoke`: what we say of a provider, from the shell."""

from __future__ import annotations

from datetime import datetime

import click

from cockpit.cli.kit.options import common, fail, options
from cockpit.domain.providers.state import State
from cockpit.domain.records.identities import candidates
from cockpit.domain.text import fold
from cockpit.locale import _
from cockpit.services.desk import identities
from cockpit.services.desk.date_phrases import understand_return
from cockpit.services.desk.workspace import Workspace
from cockpit.services.providers import our_words, rows
from cockpit.services.providers.provider_line import ProviderLine


@click.command(
    "seen", help=_("Somebody takes care of the trouble, until it is over: no more alert about it.")
)
@click.argument("name")
@click.argument("reason", nargs=-1)
@common
def seen(name: str, reason: tuple[str, ...]) -> None:
    workspace = options().workspace()
    our_words.acknowledge(workspace, named(workspace, name).about, " ".join(reason))
    _show(workspace, name)


@click.command("mute", help=_("No alert about it until a date."))
@click.argument("name")
@click.argument("reason", nargs=-1)
@click.option("--until", required=True, metavar="DATE", help=_("A date or a phrase such as tomorrow 9:00."))
@click.option("--component", default="", metavar="NAME", help=_("Only this component."))
@common
def mute(name: str, reason: tuple[str, ...], until: str, component: str) -> None:
    workspace = options().workspace()
    about = named(workspace, name).about
    our_words.mute(workspace, about, " ".join(reason), _moment(workspace, until), component)
    _show(workspace, name)


@click.command("problem", help=_("We see a problem, whatever its page says."))
@click.argument("name")
@click.argument("what", nargs=-1, required=True)
@click.option(
    "--state",
    default="degraded",
    type=click.Choice([s.value for s in State if s is not State.QUIET]),
    help=_("How bad it is."),
)
@common
def problem(name: str, what: tuple[str, ...], state: str) -> None:
    workspace = options().workspace()
    our_words.report_problem(workspace, named(workspace, name).about, " ".join(what), State(state))
    _show(workspace, name)


@click.command("state", help=_("The state of a provider without a page, given by hand until a date."))
@click.argument("name")
@click.argument("state", type=click.Choice([s.value for s in State if s not in (State.UNKNOWN, State.QUIET)]))
@click.argument("reason", nargs=-1, required=True)
@click.option("--until", required=True, metavar="DATE", help=_("A date or a phrase such as tomorrow 9:00."))
@common
def state(name: str, state: str, reason: tuple[str, ...], until: str) -> None:
    workspace = options().workspace()
    line = named(workspace, name)
    if line.has_page:
        fail(
            _("{name} says its own state: to say that we see a problem, cockpit provider problem").format(
                name=line.name
            ),
            2,
        )
    our_words.set_state(workspace, line.about, State(state), " ".join(reason), _moment(workspace, until))
    _show(workspace, name)


@click.command("spoke", help=_("Note that we spoke with a provider, about what."))
@click.argument("name")
@click.argument("what", nargs=-1, required=True)
@common
def spoke(name: str, what: tuple[str, ...]) -> None:
    workspace = options().workspace()
    our_words.note_exchange(workspace, named(workspace, name).about, " ".join(what))
    _show(workspace, name)


@click.command(
    "settle", help=_("What we said of a provider no longer holds: seen, muted, problem, state by hand.")
)
@click.argument("name")
@common
def settle(name: str) -> None:
    workspace = options().workspace()
    ours = named(workspace, name).ours
    said = [each for each in (ours.acknowledged, ours.muted, ours.problem, ours.manual) if each is not None]
    if not said:
        fail(_("nothing was said of {name}").format(name=name))
    for each in said:
        our_words.settle(workspace, each)
    _show(workspace, name)


COMMANDS = (seen, mute, problem, state, spoke, settle)


def named(workspace: Workspace, name: str) -> ProviderLine:
    """The provider that a name, a key or a code means. Ends the command when none is, or several are."""
    lines = {each.code or each.key: each for each in rows.providers(workspace)}
    by_key = next((code for code, each in lines.items() if each.key == fold(name)), None)
    found = (by_key,) if by_key else candidates({code: each.name for code, each in lines.items()}, name)
    if len(found) > 1:
        fail(str(identities.SeveralNames(name, tuple(lines[code].name for code in found))), 2)
    if not found:
        known = ", ".join(each.name for each in lines.values())
        fail(_("no provider is called “{name}”; known: {names}").format(name=name, names=known), 2)
    return lines[found[0]]


def _moment(workspace: Workspace, text: str) -> datetime:
    found = understand_return(workspace, text, any_day=True)
    if found is None or found <= workspace.now():
        fail(_("--until: “{text}” is not a moment to come").format(text=text), 2)
    return found


def _show(workspace: Workspace, name: str) -> None:
    click.echo(rows.provider(named(workspace, name), workspace.now()).printed)
