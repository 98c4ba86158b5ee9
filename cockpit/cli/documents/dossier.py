"""`cockpit dossier`: the sale file: what it lacks, and its issues in three phases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cockpit.cli.kit.options import agreed, common, fail, options, print_json
from cockpit.domain.documents.disclosure import MOST_CONFIDENTIAL, Disclosure, Mask, SalePhase
from cockpit.domain.records.confidentiality import EVERYTHING
from cockpit.locale import _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from cockpit.services.desk.workspace import Workspace
    from cockpit.services.documents.sale_file.compose import SaleFile, SaleRequest

_REFUSED = 4
"""Exit code of what is above the level and nobody agreed to."""
LAST = "last"


@click.command(
    "dossier",
    help=_("The sale file. Without --phase: what it still lacks, who brings it, by when, what opens it; nothing is"
           " written. With it: a new folder with the document, its tables and its seals; nothing is sent. (Sensitive"
           " files are another thing: cockpit list dossier.)"),
)  # fmt: skip
@click.option(
    "--phase",
    type=click.Choice([each.value for each in SalePhase]),
    help=_(
        "How much is told: teaser (nobody can tell the company), dd (people by their roles), closing (everything)."
    ),
)
@click.option(
    "--mask", "masks", default="", metavar="WORDS", help=_("Left out: people, amounts, or both with a comma.")
)
@click.option(
    "--since",
    default="",
    metavar="DATE",
    help=_(
        "Tell what changed since that day; “last”: since the last issue, to the same person where --to says one."
    ),
)
@click.option(
    "--to", "recipient", default="", metavar="WHOM", help=_("For whom it is; the issue is recorded under it.")
)
@click.option(
    "--closing",
    default="",
    metavar="DATE",
    help=_(
        "The day of the closing, from which consents and gaps count back; else that of the phase of the company."
    ),
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIRECTORY",
    help=_("Where the new folder is made."),
)
@click.option("--issues", is_flag=True, help=_("What was handed out until now, and to whom."))
@click.option("--legend", is_flag=True, help=_("Which letter of the teasers stands for whom; for you alone."))
@click.option("--yes", is_flag=True, help=_("Agree to what --level 3 adds, once it was shown."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer in JSON."))
@click.option(
    "--level",
    type=click.IntRange(0, EVERYTHING),
    help=_("Highest confidentiality in the file, 0 to 3; without it 1 in a teaser, else 2."),
)
@common
def dossier(
    *, phase: str | None, masks: str, since: str, recipient: str, closing: str, out: Path | None, issues: bool,
    legend: bool, yes: bool, as_json: bool, level: int | None,
) -> int:  # fmt: skip
    from cockpit.services.documents.sale_file.releases import aimed_at

    workspace = options().workspace()
    if issues or legend:
        return _issues(workspace, as_json) if issues else _legend(workspace, as_json)
    day = _day(workspace, closing, "--closing") or aimed_at(workspace)
    if phase is None:
        return _gaps(workspace, day, as_json, EVERYTHING if level is None else level)
    request = _request(
        workspace, SalePhase(phase), masks=masks, since=since, recipient=recipient, closing=day, level=level
    )
    _agree(workspace, request, yes)
    return _issue(workspace, request, out, as_json)


def _request(
    workspace: Workspace, phase: SalePhase, *, masks: str, since: str, recipient: str, closing: date | None,
    level: int | None,
) -> SaleRequest:  # fmt: skip
    from datetime import datetime, time

    from cockpit.domain.text import typed
    from cockpit.services.documents.sale_file.compose import SaleRequest
    from cockpit.services.documents.sale_file.releases import last_release
    from cockpit.services.documents.sale_file.words import mask_named

    found: set[Mask] = set()
    for word in filter(str.strip, masks.split(",")):
        mask = mask_named(word)
        if mask is None:
            fail(
                _("--mask: “{text}” is not known; write people, amounts, or both").format(text=word.strip()),
                2,
            )
        found.add(mask)
    if phase is SalePhase.TEASER and level is not None and level > 2:
        fail(_("a teaser tells nothing of level 3: write it without --level"), 2)
    recipient, at = typed(recipient), None
    if since.strip().lower() in (LAST, "dernier", "derniere", "dernière"):
        before = last_release(workspace, recipient)
        if before is None or before.issued_at is None:
            fail(_("--since: there is no former issue to compare with"), 2)
        at = before.issued_at
    elif since:
        first = _day(workspace, since, "--since")
        assert first is not None
        at = datetime.combine(first, time(), workspace.zone)
    disclosure = Disclosure(phase, frozenset(found), MOST_CONFIDENTIAL[phase] if level is None else level)
    return SaleRequest(disclosure=disclosure, recipient=recipient, since=at, closing=closing)


def _day(workspace: Workspace, text: str, option: str) -> date | None:
    from cockpit.services.desk.date_phrases import understand_date

    if not text:
        return None
    found = understand_date(workspace, text, backwards=option == "--since")
    if found is None:
        fail(
            _("{option}: “{text}” is not a day; write for example 2027-03-31").format(
                option=option, text=text
            ),
            2,
        )
    return found.date()


def _agree(workspace: Workspace, request: SaleRequest, yes: bool) -> None:
    """Level 3 leaves by an explicit choice, with what it adds before one's eyes."""
    import sys

    from cockpit.services.documents.sale_file.compose import above

    if request.disclosure.level < EVERYTHING:
        return
    added = above(workspace, EVERYTHING - 1)
    said = ngettext("Level 3 adds {n} record:", "Level 3 adds {n} records:", len(added)).format(n=len(added))
    click.echo(said, err=True)
    for each in added:
        click.echo(f"  {each.code}  {getattr(each, 'name', '') or getattr(each, 'title', '')}", err=True)
    if yes or (sys.stdin.isatty() and agreed(_("Hand this out?"))):
        return
    fail(_("nothing was written: what level 3 adds was not agreed to (--yes agrees)"), _REFUSED)


def _issue(workspace: Workspace, request: SaleRequest, out: Path | None, as_json: bool) -> int:
    from cockpit.services.desk import refusal
    from cockpit.services.desk.paths import short
    from cockpit.services.documents import shelf
    from cockpit.services.documents.folder import CannotWrite
    from cockpit.services.documents.sale_file import compose, gaps, issue

    sale_file = compose.compose(workspace, request)
    try:
        written = issue.issue(workspace, sale_file, out or shelf.folder(workspace))
    except (CannotWrite, *refusal.ORDINARY) as error:
        fail(refusal.explain(error) if not isinstance(error, CannotWrite) else str(error))
    known = gaps.gap_list(workspace.behind(request.disclosure.level), request.closing)
    if as_json:
        print_json({
            "folder": str(written.folder), "files": [each.name for each in written.files], "release": written.code,
            "phase": request.disclosure.phase.value, "masked": sorted(request.disclosure.masks),
            "level": request.disclosure.level, "held_back": sale_file.held_back, "to": request.recipient or None,
            "since": request.since.isoformat() if request.since else None, "changed": sale_file.changed,
            "head": sale_file.verdict.head, "journal_holds": sale_file.verdict.holds, "digest": written.digest,
            "gaps": [gaps.to_json(each) for each in known],
        })  # fmt: skip
        return 0
    click.echo(_("{folder}: {n} files, {code}; nothing was sent").format(
        folder=short(written.folder), n=len(written.files), code=written.code))  # fmt: skip
    if sale_file.held_back:
        click.echo(_held(sale_file, request))
    if sale_file.changed is not None:
        n = sale_file.changed
        click.echo(ngettext("{n} record changed since then", "{n} records changed since then", n).format(n=n))
    click.echo(gaps.standing(known))
    return 0


def _held(sale_file: SaleFile, request: SaleRequest) -> str:
    n, level = sale_file.held_back, request.disclosure.level
    said = ngettext(
        "{n} record is above level {level} and not in it",
        "{n} records are above level {level} and not in it",
        n,
    )
    return said.format(n=n, level=level)


def _gaps(workspace: Workspace, closing: date | None, as_json: bool, level: int) -> int:
    from cockpit.services.desk import dates
    from cockpit.services.documents.sale_file import gaps

    found = gaps.gap_list(workspace.behind(level), closing)
    if as_json:
        print_json([gaps.to_json(each) for each in found])
        return 0
    click.echo(gaps.standing(found))
    heading = ""
    for each in found:
        if each.chapter.heading != heading:
            heading = each.chapter.heading
            click.echo(f"\n{heading}")
            click.echo("  " + _("complete with: {what}").format(what=_(each.chapter.completed_by)))
        when = (
            _("before {day}").format(day=dates.whole_day(each.gap.due)) if each.gap.due else _("no date set")
        )
        said = (each.gap.what, each.gap.who or _("nobody named"), when, each.gap.opens)
        click.echo("  ▲ " + " · ".join(filter(None, said)))
    if found and closing is None:
        click.echo("\n" + _("→ a day to count back from: cockpit phase sale --for DATE, or --closing DATE"))
    return 0


def _issues(workspace: Workspace, as_json: bool) -> int:
    from cockpit.domain.registers import REGISTERS
    from cockpit.services.desk import dates
    from cockpit.services.desk.as_json import of_record
    from cockpit.services.documents.sale_file.releases import releases

    found = releases(workspace)
    if as_json:
        print_json([of_record(each, REGISTERS["release"]) for each in found])
        return 0
    if not found:
        click.echo(_("No sale file was handed out yet: cockpit dossier --phase teaser"))
    for each in found:
        when = dates.whole_day(each.issued_at.astimezone(workspace.zone)) if each.issued_at else ""
        masked = _("without {what}").format(what=each.masked) if each.masked else ""
        said = (each.name, each.recipient or _("nobody named"), when, masked, each.folder)
        click.echo(f"{each.code:<6} " + " · ".join(filter(None, said)))
    return 0


def _legend(workspace: Workspace, as_json: bool) -> int:
    from cockpit.services.documents.sale_file.legend import Legend

    names = workspace.names()
    found = [(letter, code, names.get(code, code)) for letter, code in Legend(workspace).meanings()]
    if as_json:
        print_json([{"letter": letter, "code": code, "name": name} for letter, code, name in found])
        return 0
    for letter, code, name in found:
        click.echo(f"{code:<6} {letter:>3}  {name}")
    return 0
