"""How the state of the skin advances: one step, a week, a batch, and what is seen of it."""
