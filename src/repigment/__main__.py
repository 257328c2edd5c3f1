"""`python -m repigment`."""

from repigment.cli import main

main()
