"""The report of a trial: one HTML file that opens offline."""

from repigment.trials.report.page import render, write_report

__all__ = ["render", "write_report"]
