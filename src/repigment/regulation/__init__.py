"""What a plan is in a country: registered, allowed, only in a trial, not accepted, unknown. Never legal advice."""

from repigment.regulation.standing import Item, Standing, standing
from repigment.regulation.statement import COUNTRIES, Statement

__all__ = ["COUNTRIES", "Item", "Standing", "Statement", "standing"]
