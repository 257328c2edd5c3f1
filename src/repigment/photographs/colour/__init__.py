"""From what a camera wrote to the colour of skin: the card in a picture, and cameras as they might be."""
