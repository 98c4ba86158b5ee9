"""`cockpit init`: five questions."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cockpit import files, locale
from cockpit.cli.options import agreed, common, fail, options
from cockpit.domain.settings import Settings
from cockpit.locale import _
from cockpit.services.desk import synced
from cockpit.services.settings import fault, sections, starter, writer


@click.command("init", help=_("Five questions, and a commented config.toml is written."))
@click.option(
    "--force", is_flag=True, help=_("Replace an existing configuration; the old one is kept beside it.")
)
@common
def init(force: bool) -> None:
    path = options().config_path
    if path.exists() and not force:
        fail(
            _("{path} exists already. Edit it, or start over with: cockpit init --force").format(path=path), 2
        )
    language = click.prompt(
        _("1/5 Language (fr, en)"),
        type=click.Choice(locale.LANGUAGES),
        default=locale.current(),
        show_choices=False,
    )
    locale.use(language)
    company = click.prompt(_("2/5 Name of the company"), default="", show_default=False)
    me = click.prompt(_("    Your name"), default="", show_default=False)
    zone = click.prompt(_("3/5 Time zone"), default=starter.local_zone(language), value_proc=_zone)
    region = click.prompt(_("    Public holidays (FR, FR-57, BE, CH-GE…)"), default="FR", value_proc=_region)
    agenda = click.prompt(
        _("4/5 Address of your agenda (iCal; empty for later)"),
        default="",
        show_default=False,
        value_proc=_agenda,
    )
    pages = click.prompt(
        _("5/5 Status pages of your tools, separated by spaces (empty for later)"),
        default="",
        show_default=False,
    )
    answers = starter.Answers(
        language=language, company=company, me=me, timezone=zone, holidays=region, agenda=agenda.strip(),
        statuses=_named([url if "://" in url else f"https://{url}" for url in pages.split()]),
    )  # fmt: skip
    text = starter.render(answers)
    try:
        sections.parse(text, path)
    except fault.ConfigError as error:
        fail(str(error), 2)
    if path.exists():
        stamp = options().clock(Settings())().strftime("%Y%m%d-%H%M%S")
        # Copied, not moved: at any instant there is a configuration.
        files.write(path.with_name(f"{path.name}.{stamp}.old"), path.read_bytes())
    writer.put(path, text)
    click.echo(_("Written: {path}").format(path=path))
    if client := synced.client_of(options().db_path):
        click.echo("! " + _("the database will be {what}").format(what=synced.in_words(client)), err=True)
    click.echo(_("Next: cockpit sync, then cockpit. To try without your data: cockpit demo."))
    click.echo(_("A first map of the company, in twenty minutes that you may interrupt: cockpit audit."))
    # Read from a pipe, there is nobody to ask.
    if sys.stdin.isatty() and sys.stdout.isatty() and agreed(_("Begin it now?")):
        from cockpit.cli.screen import open_screen

        given = options()
        raise SystemExit(open_screen(given.workspace(), given.arguments(), first="selfaudit"))


def _zone(text: str) -> str:
    from zoneinfo import available_timezones

    if text in available_timezones():
        return text
    raise click.BadParameter(_("write an IANA name such as Europe/Paris"))


def _region(text: str) -> str:
    from cockpit.services.desk import regions

    region = text.strip().upper()
    try:
        regions.check(region)
    except regions.UnknownRegion as error:
        raise click.BadParameter(str(error)) from error
    return region


def _agenda(text: str) -> str:
    text = text.strip()
    if not text or text.lower().startswith(("https://", "http://", "webcal://", "webcals://", "file://")):
        return text
    if Path(text).expanduser().exists():
        return text
    raise click.BadParameter(
        _("write an address that begins with https:// or webcal://, or an existing file")
    )


def _named(urls: list[str]) -> tuple[tuple[str, str], ...]:
    """Each address with a name that no other of them has."""
    names: list[str] = []
    for url in urls:
        name = starter.name_of(url)
        same = sum(each.partition(" ")[0] == name for each in names)
        names.append(f"{name} {same + 1}" if same else name)
    return tuple(zip(names, urls, strict=True))
