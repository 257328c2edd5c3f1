"""The article's claims: what is known of each, what the model gives when it is run, which trial would settle it."""

from repigment.claims.catalogue import Claim, claim, claims
from repigment.claims.question import Question, questions

__all__ = ["Claim", "Question", "claim", "claims", "questions"]
