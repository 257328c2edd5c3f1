"""From a photograph to measures: what is in it, and what cannot be trusted."""
