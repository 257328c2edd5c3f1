"""From what melanin on skin counts as depigmented; without JAX, as photographs are judged by it too."""

SHARPNESS = 0.1  # width of the soft threshold between pigmented and depigmented skin, in constitutive units
HALF = 0.5  # melanin below half of the own skin counts as depigmented
