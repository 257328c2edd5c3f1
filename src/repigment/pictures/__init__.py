"""From maps of pigments to pictures and photographs."""
