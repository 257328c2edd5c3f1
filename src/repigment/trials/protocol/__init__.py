"""The parts of a study: population, arms, endpoints, published results, and whether they hold together."""
