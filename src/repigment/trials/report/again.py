"""How to make the result again: command, seed, version, and the study itself."""

import shlex

from repigment.trials.reading.library import built_in_studies
from repigment.trials.report.blocks import Block, Code, Details, Prose, Section
from repigment.trials.report.reads import Trial, patients


def section(trial: Trial) -> Section:
    """The command and its likeness in Python, and the study as TOML."""
    name, count = str(trial.study.name), patients(trial)
    if name not in built_in_studies():
        name += ".toml"  # the file that the reader saves from the end of this page
    command = f"repigment trial {shlex.quote(name)} --patients {count} --seed {trial.seed}"
    python = (
        f"from repigment import Study\n\n"
        f"result = Study.load({name!r}).run(patients={count}, seed={trial.seed})\n"
        'result.report("report.html")'
    )
    said = f"With repigment {trial.version} and seed {trial.seed} the same command gives the same numbers."
    blocks: list[Block] = [
        Prose([said]),
        Code("On the command line", command),
        Code("In Python", python),
        Details(
            "The study as TOML",
            [Code("Save it as a file, change it, and give the file to the command", trial.study.toml())],
        ),
    ]
    return Section("again", "How to make it again", blocks)
