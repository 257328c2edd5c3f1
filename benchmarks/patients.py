"""Time and memory of the built-in phase 3 trial against the number of patients: `python benchmarks/patients.py`."""

import subprocess
import sys
import tempfile
import time

from _timing import table

SIZES = (50, 100, 200, 674)


def one(patients: int, folder: str) -> tuple[float, float]:
    """Seconds and peak MB of a process that plays `patients` patients and writes the report."""
    code = (
        "import resource, sys; from repigment import Study; "
        f"Study.load('true-v').run(patients={patients}, out=sys.argv[1]).report(sys.argv[1] + '/report.html'); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)
    return time.perf_counter() - started, float(done.stdout)


def main() -> None:
    """Print seconds, report included, and peak memory; the first size is played once more before, to compile."""
    rows = []
    for turn, size in enumerate((SIZES[0], *SIZES)):
        with tempfile.TemporaryDirectory() as folder:
            seconds, peak = one(size, folder)
        if turn:
            rows.append([str(size), f"{seconds:.0f}", f"{1000 * seconds / size:.0f}", f"{peak:.0f}"])
    table(["patients", "seconds", "ms per patient", "peak MB"], rows)


if __name__ == "__main__":
    main()
