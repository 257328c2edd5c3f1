"""One formula for numpy and for JAX: fast on maps, and differentiable where a derivative is wanted."""

from typing import Any

import numpy as np


def library(*values: Any) -> Any:
    """The library that computes on the values: numpy, or that of the first array of another, such as a JAX array.

    >>> library(1.0, np.ones(3)) is np
    True
    """
    for each in values:
        if hasattr(each, "__array_namespace__") and not isinstance(each, np.ndarray | np.generic):
            return each.__array_namespace__()
    return np
