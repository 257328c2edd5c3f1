"""From pixels to millimetres: a card, a ruler, or what the user states."""
