"""The command line: virtual trials, single patients, photographs, studies and parameters."""

import signal
import sys
from typing import cast

import typer

from repigment.cli import (  # noqa: F401 - their commands are added by being read
    claims,
    lots,
    parameters,
    patients,
    photographs,
    plans,
    trials,
)
from repigment.cli.app import app
from repigment.errors import RepigmentError

# what Typer raises on a misuse, of the click that it brings with it
MISUSE = cast(type[typer.BadParameter], next(k for k in typer.BadParameter.__mro__ if k.__name__ == "ClickException"))
MISTAKE = 2  # exit code of everything that the user can mend
INTERRUPTED = 130  # what Typer makes of Ctrl-C


def main() -> None:
    """Run a command; a mistake of the user, or an interruption, is one message on standard error and exit code 2."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = app(standalone_mode=False)
    except RepigmentError as error:
        code = _mistake(f"repigment: {error}")
    except MISUSE as error:
        error.show()
        code = MISTAKE
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    if code == INTERRUPTED:
        code = _mistake("repigment: interrupted; what is finished is kept, the same command with --resume goes on")
    sys.exit(code)


def _mistake(message: str) -> int:
    """Tell it; signs that could steer a terminal, of a file's name say, are written out."""
    typer.echo("".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in message), err=True)
    return MISTAKE
