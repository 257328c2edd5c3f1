"""Numbers with unit, range, source and status."""
