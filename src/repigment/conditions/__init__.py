"""What makes a disease: parameters, maps and forcing on the one model."""
