"""A process states the equation it returns, for every field it touches."""

import inspect

import pytest

from repigment.biology import PROCESSES
from repigment.biology.rates import Process
from repigment.biology.typeset import terms
from repigment.skin.fields import ABOUT


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.__name__)
def test_docstring_has_an_equation_for_each_field(process: Process) -> None:
    stated = inspect.getdoc(process) or ""
    touched = {ABOUT[term.field].symbol for term in terms() if term.process == process.__name__}
    assert [symbol for symbol in sorted(touched) if f"{symbol}' =" not in stated] == []


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.__name__)
def test_a_process_has_a_file_of_its_name(process: Process) -> None:
    assert process.__module__ == f"repigment.biology.{process.__name__}"
