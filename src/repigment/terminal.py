"""What commands show while they work and when they are done: tables and a progress bar."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


def console(*, err: bool = False) -> "Console":
    """Where text is printed: standard output, or standard error."""
    from rich.console import Console

    return Console(stderr=err, soft_wrap=False)


def table(*headings: str, whole: bool = False) -> Any:
    """An empty table with these headings; words of the first column, or of all if `whole`, are never broken."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in headings:
        made.add_column(heading, overflow="fold", no_wrap=whole or heading == headings[0])
    return made


class _Silent:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


class _Bar:
    """A progress bar with the time left, on standard error."""

    def __init__(self, title: str) -> None:
        from rich.progress import (
            BarColumn,
            Progress,
            TaskProgressColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("elapsed"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=console(err=True))
        self._task = self._progress.add_task(title, total=None)

    def __enter__(self) -> Any:
        return self._tell  # the bar appears with the first news, not before a mistake is told

    def _tell(self, done: int, total: int) -> None:
        self._progress.start()
        self._progress.update(self._task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self._progress.stop()


def progress(title: str, *, quiet: bool) -> Any:
    """A progress bar to enter; what it gives is told (done, total). Nothing is shown if `quiet`."""
    return _Silent() if quiet else _Bar(title)
