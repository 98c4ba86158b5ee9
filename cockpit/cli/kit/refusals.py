"""What the shell says where a job refuses, in one place: no command words it another way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cockpit.cli.kit.exit_codes import ExitCode
from cockpit.cli.kit.options import fail
from cockpit.domain.refusal import Refusal
from cockpit.domain.seats.seat import AboveSeat, NotAllowed
from cockpit.locale import _
from cockpit.services.desk import refusal


@contextmanager
def refusals() -> Iterator[None]:
    """Where the job inside is refused, or a file cannot be written, that is said and the command ends with 2.

    What a seat may not do, and a database that is busy or damaged, end any command and have numbers of their
    own: they pass, as a fault of the program does.
    """
    try:
        yield
    except (NotAllowed, AboveSeat):
        raise
    except refusal.UnknownCode as error:
        fail(no_such_record(str(error.args[0])), ExitCode.WRONG)
    except (Refusal, OSError) as error:
        fail(refusal.explain(error), ExitCode.WRONG)


def no_such_record(code: str) -> str:
    """What is said of a code that was typed and that nothing bears."""
    return _("{code}: no such record. `cockpit list` shows the codes.").format(code=code)
