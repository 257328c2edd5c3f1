"""Cost of a lesion-year by grid and batch, with and without the coarse companion: `python benchmarks/cost.py`."""

from _timing import rounds, spread, table, ward

from repigment.patients.ward import Resolution

WEEKS = 8
GRIDS = {f"{n} x {dx} mm": Resolution(n, dx) for n, dx in ((24, 0.3), (32, 0.3), (48, 0.2), (64, 0.2))}
BATCHES = (1, 8, 32, 64)


def main() -> None:
    """Print milliseconds per lesion-year, all cores, half-day steps, float32."""
    jobs, counts = {}, {}
    for grid, resolution in GRIDS.items():
        for batch in BATCHES:
            for companion in (False, True) if batch == 32 else (False,):
                name = (grid, str(batch), "yes" if companion else "no")
                followed, tables = ward(batch, resolution, companion=companion)
                jobs["|".join(name)] = lambda followed=followed, tables=tables: followed.follow(tables[: 7 * WEEKS])
                counts["|".join(name)] = batch
    seconds = rounds(jobs, count=3)
    rows = [
        [*name.split("|"), spread([1000 * s * 52 / WEEKS / counts[name] for s in each])]
        for name, each in seconds.items()
    ]
    table(["grid", "lesions at once", "companion", "ms per lesion-year"], rows)


if __name__ == "__main__":
    main()
