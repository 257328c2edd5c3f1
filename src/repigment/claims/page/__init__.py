"""One page of all claims: what is known, what the model gives, which trial would settle it."""

from repigment.claims.page.page import render, write_page

__all__ = ["render", "write_page"]
