"""A source that has moved: which one a row is about, and its new address taken beside the screen."""

from __future__ import annotations

from collections.abc import Callable

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import _
from cockpit.services.boards.board import Board
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.ui.kit.host import Cockpit, Target
from cockpit.ui.kit.kinds import Kind


@dataclass(frozen=True)
class MovedSource:
    """An agenda or a status page that says that it is elsewhere now."""

    command: str
    """Of the shell: `agenda` or `provider`."""
    key: str
    name: str
    host: str
    """Where it went, as far as it may be shown."""


@dataclass(frozen=True)
class AddressElsewhere:
    """Where a source that is being added sends, to be taken in place of what was given."""

    take: Callable[[], None]


def that_moved(board: Board, target: Target) -> MovedSource | None:
    """The source that has moved and that a row is about; the first agenda that moved, on rows of the agenda."""
    if isinstance(target.data, ProviderLine):
        code = f"status:{target.data.key}"
    else:
        code = "feed:" if Kind.AGENDA in target.kinds else target.code
    if code.startswith("feed:"):
        for feed in board.outside.feeds:
            if feed.moved_to and code in ("feed:", f"feed:{feed.key}"):
                return MovedSource("agenda", feed.key, feed.name, feed.moved_to)
    elif code.startswith("status:"):
        for line in board.outside.providers:
            if line.row is not None and line.row.moved_to and code == f"status:{line.key}":
                return MovedSource("provider", line.key, line.name, line.row.moved_to)
    return None


def take(cockpit: Cockpit, source: MovedSource) -> None:
    """Ask the new address of its server, try it, and write it into the configuration."""
    if not cockpit.command or cockpit.workspace.config_path is None:
        cockpit.tell(_("it could not be tried: there is no configuration to write into"))
        return
    cockpit.tell(_("{name}: trying its new address at {host}…").format(name=source.name, host=source.host))
    cockpit.run_worker(_take(cockpit, source), group="move", exclusive=True, exit_on_error=False)


async def _take(cockpit: Cockpit, source: MovedSource) -> None:
    from cockpit.services.settings import fault, load
    from cockpit.ui.kit.background import run_command

    words = (source.command, "move", source.key, "--to", source.host)
    code, said = await run_command(cockpit.command, words)
    path = cockpit.workspace.config_path
    if code or path is None:
        cockpit.tell(said or _("the new address could not be tried"))
        return
    try:
        settings = load.load(path)
    except (fault.ConfigError, OSError) as error:
        cockpit.tell(str(error))
        return
    cockpit.follow_settings(settings)
    told = _("“{name}” is read at {host} from now on")
    cockpit.tell(told.format(name=source.name, host=source.host))
