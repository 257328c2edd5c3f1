"""What the package imports is what it declares: a plain installation must start."""

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imported() -> set[str]:
    """Top-level names that any module of the package imports."""
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found


def test_every_import_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=!~ \[]", each)[0].lower().replace("-", "_") for each in declared}
    brought = {"PIL": "pillow", "pydantic_core": "pydantic", "markupsafe": "jinja2"}  # under another name, or by one
    brought["sympy"] = "jax"  # typesets the equations of docs/ and is asked for there only; an extra installs it
    brought |= {"cv2": "opencv_python_headless"}
    extras = {"av", "pillow_heif"}  # optional: films as MP4, photographs of telephones; asked for where they are needed
    others = imported() - set(sys.stdlib_module_names) - {"repigment"}
    assert {brought.get(name, name).lower() for name in others} - names <= extras
