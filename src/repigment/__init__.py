"""repigment: virtual trials and patient twins for skin pigmentation."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from repigment.trials.study import Study

__all__ = ["Study", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`repigment.Study`, imported when it is first asked for: `import repigment` stays quick."""
    if name == "Study":
        from repigment.trials.study import Study

        return Study
    raise AttributeError(f"module 'repigment' has no attribute {name!r}")
