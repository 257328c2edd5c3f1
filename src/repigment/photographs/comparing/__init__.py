"""Two photographs of one place: laid over each other, and what has changed."""
