"""The pages in docs/ are what the code says today, and nothing in them points nowhere."""

import re
from pathlib import Path

import pytest

from repigment.biology import PROCESSES
from repigment.evidence.parameters import parameters

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(#[^)]*)?\)")


def test_generated_pages_are_up_to_date(docs: Path, pages: dict[str, str]) -> None:
    stale = [path for path, text in pages.items() if not (docs / path).is_file() or (docs / path).read_text() != text]
    assert not stale, f"run `make docs`: {', '.join(stale)}"


def test_no_page_is_left_of_a_process_that_is_gone(docs: Path) -> None:
    assert {page.stem for page in (docs / "processes").glob("*.md")} == {p.__name__ for p in PROCESSES}


def test_every_parameter_is_on_the_page_of_parameters(pages: dict[str, str]) -> None:
    assert [name for name in parameters() if f"| `{name}` |" not in pages["parameters.md"]] == []


def test_mathematics_is_in_blocks_that_are_closed(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        assert text.count("```") % 2 == 0, path
        assert text.count(r"\begin{aligned}") == text.count(r"\end{aligned}"), path
        assert text.count(r"\left") == text.count(r"\right"), path


@pytest.mark.parametrize(
    "page", [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda page: page.stem
)
def test_links_lead_to_files(page: Path) -> None:
    links = [target for target, _ in LINK.findall(page.read_text("utf-8"))]
    assert [link for link in links if not (page.parent / link).exists()] == []
