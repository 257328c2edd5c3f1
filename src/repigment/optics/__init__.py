"""From melanin to colour and pictures."""
