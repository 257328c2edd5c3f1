"""People, populations, their lesions, and how they are followed."""
