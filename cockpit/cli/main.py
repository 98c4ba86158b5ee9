"""The command line: one lazy group, so that a command loads only what it needs."""

from __future__ import annotations

import os
import sqlite3
from importlib import import_module
from typing import Any

import click

from cockpit import __version__
from cockpit.cli.kit.door import does, guarded, in_order
from cockpit.cli.kit.help_lines import HelpLines, whole_help
from cockpit.cli.kit.opening import NOT_ALLOWED
from cockpit.cli.kit.options import Options, common, has_written, seated
from cockpit.cli.kit.pipes import reader_left
from cockpit.domain.seats.seat import AboveSeat, NotAllowed
from cockpit.locale import N_, _, current

# name: (module and function, French alias, one line of help)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "block": ("work.entry:block", "bloc", N_("Write down a blocker in one line.")),
    "priority": ("work.entry:priority", "priorite", N_("Write down a priority in one line.")),
    "decide": ("work.decide:decide", "decision", N_("Write down a decision in one line.")),
    "approvals": (
        "approvals:approvals",
        "validations",
        N_("What waits for a yes: submit, approve, refuse, ask."),
    ),
    "brief": ("boards:brief", "point", N_("What needs you this morning, as text.")),
    "resume": (
        "boards:resume",
        "pouls",
        N_("One line for a prompt: the worst trouble, what is next, how many alerts."),
    ),
    "review": ("morning:review", "revue", N_("The morning review as text; end it.")),
    "prepare": ("morning:prepare", "preparer", N_("Write a line for the chief executive's review of today.")),
    "list": ("boards:list_", "liste", N_("List blockers, priorities or decisions.")),
    "today": (
        "work.today:today",
        "jour",
        N_("The three of the day: see them, choose a priority or a blocker."),
    ),
    "views": ("work.views:views", "vues", N_("Filters kept under a name: keep, rename, forget.")),
    "show": ("boards:show", "voir", N_("One record with its history.")),
    "agenda": ("agenda.agenda:agenda", "calendrier", N_("The merged agenda between two dates.")),
    "week": ("agenda.week:week", "semaine", N_("The seven days of a week.")),
    "flash": (
        "meetings.live:flash",
        "eclair",
        N_("The agenda of the next flash point, or the last minutes."),
    ),
    "kickoff": (
        "meetings.live:kickoff",
        "lancement",
        N_("The agenda of the next kick-off, the week's plan, or the last minutes."),
    ),
    "commitments": (
        "meetings.commitments:commitments",
        "promesses",
        N_("What meetings decided and handed out with a date, late first."),
    ),
    "figures": (
        "figures:figures",
        "chiffres",
        N_("The scorecard: thirteen weeks of each figure, reds first."),
    ),
    "figure": (
        "figures:figure",
        "indicateur",
        N_("Write the value of a figure in one line, or make a figure."),
    ),
    "goals": ("figures:goals", "objectifs", N_("The goals of the quarter; say how one stands.")),
    "absence": (
        "absence:absence",
        "absences",
        N_("What happened while somebody was away; the next absence."),
    ),
    "phase": (
        "organisation.phase:phase",
        "etape",
        N_("What the company goes through, and the dates before what it leads to."),
    ),
    "costs": ("costs:costs", "couts", N_("What functions and providers cost, with what no invoice says.")),
    "spent": ("costs:spent", "passe", N_("Note time spent on a record.")),
    "report": (
        "documents.report:report",
        "rapport",
        N_("The consolidated report of a month, with what is missing; close the month."),
    ),
    "export": (
        "agenda.export:export",
        "exporter",
        N_("Files that other programs read: the calendar of due dates."),
    ),
    "slots": ("agenda.week:slots", "creneaux", N_("When people are free together.")),
    "providers": ("boards:providers", "prestataires", N_("State of every status source.")),
    "sla": (
        "promises.sla:sla",
        "engagements",
        N_("Deadlines in business hours: running, paused, kept; what if."),
    ),
    "signals": ("signals:signals", "signaux", N_("Weak signals and the three gauges, week by week.")),
    "journal": ("records.journal:journal", "historique", N_("What was changed, by whom; its seal.")),
    "done": ("work.moves:done", "fait", N_("Solved or done.")),
    "lesson": ("work.moves:lesson", "lecon", N_("Keep what a blocker taught, in one line.")),
    "trial": ("work.trials:trial", "essai", N_("What is tried out, and its verdict: keep or stop.")),
    "snooze": ("work.moves:snooze", "reporter", N_("Out of sight until a date.")),
    "delegate": ("work.moves:delegate", "deleguer", N_("Somebody else carries it.")),
    "wait": ("work.moves:wait", "attendre", N_("Say who a record waits on.")),
    "next": (
        "work.moves:next_",
        "suite",
        N_("The next five things of a new cockpit; with a code, what happens next."),
    ),
    "escalate": ("work.moves:escalate", "escalader", N_("One step up the ladder.")),
    "undo": ("work.moves:undo", "annuler", N_("Take back the last change.")),
    "redo": ("work.moves:redo", "retablir", N_("Do again what was taken back.")),
    "drafts": ("work.drafts:drafts", "brouillons", N_("Lines that were not taken, to be typed again.")),
    "alerts": ("messages.outbox:alerts", "alertes", N_("What needs somebody now, and who does what next.")),
    "inbox": ("messages.inbox:inbox", "boite", N_("What partners without an account sent in.")),
    "channel": ("messages.outbox:channel", "canal", N_("The ways out: list, preview, let messages go.")),
    "outbox": (
        "messages.outbox:outbox",
        "envois",
        N_("What left, what is to leave, what was not delivered."),
    ),
    "watch": ("upkeep.watch:watch", "veille", N_("Read, raise alerts and deliver them, until Ctrl-C.")),
    "serve": ("serve:serve", "servir", N_("The screen in a browser, on this machine or behind a proxy.")),
    "schedule": ("upkeep.watch:schedule", "planifier", N_("The lines that run sync --notify by itself.")),
    "sync": ("upkeep.sync:sync", "synchroniser", N_("Read every agenda and status page once.")),
    "provider": (
        "providers.provider:provider",
        "prestataire",
        N_("Status pages: try, add, show; what we say of a provider."),
    ),
    "partner": (
        "documents.partner:partner",
        "partenaire",
        N_("What a provider may read of us in a shared folder: open matters, deadlines."),
    ),
    "ritual": (
        "meetings.ritual:ritual",
        "rituel",
        N_("Rituals: templates, a new one, an .ics file, minutes."),
    ),
    "audit": ("audits.audit:audit", "autodiagnostic", N_("The self-audit: twenty minutes to a first map.")),
    "handover": (
        "audits.handover:handover",
        "passation",
        N_("Arrivals, departures, ends of missions, step by step."),
    ),
    "map": ("organisation.views:map_", "carte", N_("Functions by mode, who carries them, how they are.")),
    "interfaces": (
        "organisation.views:interfaces",
        "flux",
        N_("Who gives what to whom, and the grey zones."),
    ),
    "feedback": (
        "organisation.feedback:feedback",
        "retour",
        N_("What both sides of each interface say of each other."),
    ),
    "expected": (
        "promises.expected:expected",
        "attendus",
        N_("Reports that are owed: one came, or is asked for."),
    ),
    "risks": ("organisation.views:risks", "risques", N_("The risks on the 5x5 scale, gross and net.")),
    "continuity": (
        "organisation.views:continuity",
        "continuite",
        N_("Plans, backups and drills of each function."),
    ),
    "sign": (
        "organisation.views:sign",
        "signer",
        N_("The chief executive's yearly signature on key processes: see, sign."),
    ),
    "manual": (
        "documents.manual:manual",
        "manuel",
        N_("The administration manual, written into a shared folder."),
    ),
    "what-if": (
        "organisation.views:what_if",
        "et-si",
        N_("What would break if a person or a provider left, and what is ready."),
    ),
    "contracts": (
        "organisation.views:contracts",
        "contrats",
        N_("Terms and notice dates of the next two years."),
    ),
    "raci": ("organisation.views:raci", "roles", N_("Who does what, with its faults; who decides.")),
    "dossier": (
        "documents.dossier:dossier",
        "cession",
        N_("The sale file: what it lacks; its issues in three phases."),
    ),
    "import": (
        "records.import_file:import_file",
        "importer",
        N_("Read a spreadsheet of blockers, priorities or any register."),
    ),
    "person": (
        "upkeep.person:person",
        "personne",
        N_("A person's right to be forgotten: erase name and contacts."),
    ),
    "register": ("records.register:register", "registre", N_("Registers: list, export, import.")),
    "init": ("beginning.init:init", "installer", N_("The first hour: eight questions, each tried at once.")),
    "settings": (
        "settings:settings",
        "reglages",
        N_("What is configured, and where from; change it by name."),
    ),
    "demo": ("upkeep.demo:demo", "demonstration", N_("A fictional company, in a throw-away database.")),
    "backup": ("upkeep.care:backup", "sauvegarde", N_("Copy the database while it is in use.")),
    "seats": ("seats:seats", "places", N_("Who has a seat here, what they read and what they may do.")),
    "restore": (
        "upkeep.care:restore",
        "restaurer",
        N_("Put a backup, or the copy elsewhere, in the database's place."),
    ),
    "drill": ("upkeep.care:drill", "exercice", N_("Restore the copies for a trial.")),
    "doctor": ("upkeep.care:doctor", "diagnostic", N_("What is installed, where files are, what is unsafe.")),
    "completion": ("upkeep.care:completion", "completer", N_("Completion for bash, zsh or fish.")),
}
ALIASES = {alias: name for name, (_target, alias, _help) in COMMANDS.items()} | {"puis": "next"}


class LazyGroup(click.Group):
    """Knows its commands by name and imports each when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of their use, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """By English name or French alias."""
        found = COMMANDS.get(ALIASES.get(cmd_name, cmd_name))
        if found is None:
            return None
        module, _colon, function = found[0].partition(":")
        command: click.Command = getattr(import_module(f"cockpit.cli.{module}"), function)
        return guarded(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say what was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            close = difflib.get_close_matches(args[0], [*COMMANDS, *ALIASES], 1)
            if not close:
                raise
            hint = _("Did you mean “{name}”?").format(name=close[0])
            raise click.UsageError(f"{error.message} {hint}", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, one line each, without importing any of them."""
        with formatter.section(_("Commands")):
            formatter.write_dl(
                [
                    (f"{name}, {alias}" if current() == "fr" else name, _(help))
                    for name, (_target, alias, help) in COMMANDS.items()
                ]
            )


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="cockpit", help=_("Show the version and exit."))
@seated
@common
@click.pass_context
def cli(context: click.Context) -> None:
    """Placeholder replaced by a translated help at run time."""
    if context.invoked_subcommand is None:
        from cockpit.cli.screen import open_screen

        given = context.ensure_object(Options)
        raise SystemExit(open_screen(given.workspace(), given.arguments()))


def _teach_click() -> None:
    """Have click find its own words in our catalogue; it asks the standard library's gettext for them."""
    import gettext
    import struct

    from cockpit.locale import DOMAIN
    from cockpit.locale import __file__ as catalogues

    # It reads from this variable which language is meant.
    os.environ["LANGUAGE"] = current()
    place = os.path.dirname(catalogues)
    try:
        gettext.translation(DOMAIN, place, [current()], fallback=True)
    except (OSError, ValueError, struct.error):
        return  # A damaged catalogue: click stays in English, as the rest does.
    gettext.bindtextdomain(DOMAIN, place)
    gettext.textdomain(DOMAIN)


def run(args: list[str]) -> int:
    """Run the command line in the current language; returns the exit code."""
    _teach_click()
    if any(arg.split("=")[0] == "--seat" for arg in args):
        # What asks click for completions instead of the command comes by the environment, as a caller's word may.
        os.environ.pop("_COCKPIT_COMPLETE", None)
    if wrong := in_order(args):
        click.echo(wrong, err=True)
        return NOT_ALLOWED
    # Names of types are the only words that it does not look up.
    click.INT.name = click.IntRange.name = _("integer")
    click.Context.formatter_class = HelpLines
    # Click cuts what the parts of a command do at some forty characters.
    setattr(click.Command, "get_short_help_str", whole_help)  # noqa: B010 - a method of click's is replaced on purpose
    cli.help = _(
        "Cockpit: the daily steering post of a chief executive. Without a command it opens the screen."
    )
    cli.epilog = _("Start with: cockpit demo, or cockpit init.")
    from cockpit.cli.kit.kept import until_taken

    with until_taken(cli, args) as codes:
        codes.append(_run(args))
    return codes[-1]


def _run(args: list[str]) -> int:
    try:
        result: Any = cli.main(args=args, prog_name="cockpit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (NotAllowed, AboveSeat) as refused:
        click.echo(str(refused), err=True)
        return NOT_ALLOWED
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Stopped."), err=True)
        return 130
    except sqlite3.DatabaseError as error:
        from cockpit.cli.kit.opening import broken, explain
        from cockpit.cli.kit.options import last_workspace

        workspace = last_workspace()
        click.echo(explain(broken(workspace, error)) if workspace else str(error), err=True)
        return 3
    except OSError as error:
        from cockpit import files

        # What is left to fail is mostly the reply: whoever reads of it should not do the deed a second time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        said = (
            _("the reply could not be written ({why}): cockpit journal says what was done")
            if error.filename is None
            else _("{path} could not be read or written ({why}): cockpit journal says what was done")
        )
        click.echo(said.format(path=error.filename, why=files.why(error)), err=True)
        return 1
    if reader_left() and (does() or has_written()):
        click.echo(
            _("the reply was not read to its end, and what was begun is done: cockpit journal says what"),
            err=True,
        )
    return result if isinstance(result, int) else 0
