"""The page tells every claim, in numbers, and opens without a network."""

import json
import re
from html import unescape

import pytest

from repigment.claims.catalogue import claims
from repigment.claims.keeping import written
from repigment.claims.page import render, write_page
from repigment.claims.page.words import REACH
from repigment.claims.running import Run

WITHOUT_NUMBERS = {
    *("promising", "powerful", "breakthrough", "revolutionary", "remarkable", "impressive", "dramatic", "excellent"),
    *("amazing", "effective", "proven", "gentle", "innovative", "cutting-edge", "substantial", "considerable"),
    *("huge", "poor", "strong", "great", "better-than-ever", "novel", "unique", "superior", "outstanding"),
}


@pytest.fixture(scope="module")
def page(invented):
    return render(Run(1, 64, 20, invented))


@pytest.fixture(scope="module")
def text(page):
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<(style|svg).*?</\1>", " ", page, flags=re.DOTALL)))


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: str(claim.number))
def test_a_claim_has_its_place_words_grade_comment_and_references(page, text, claim):
    assert page.count(f'id="claim-{claim.number}"') == 1
    assert f'href="#claim-{claim.number}"' in page
    assert f"{claim.number}. {claim.words}" in text
    assert claim.comment in text
    for reference in claim.references:
        assert reference.name in text
        assert reference.identifier in text


def test_every_run_claim_has_drawings_a_share_and_a_trial(page, invented):
    for answer in invented:
        start = page.index(f'<article class="item" id="claim-{answer.claim.number}"')
        part = page[start : page.index("</article>", start)]
        assert part.count('class="chart" role="img"') == len(answer.findings)
        if answer.findings:
            assert "Smallest trial that would tell" in part
            assert "no effect" in part
            assert "draw" in part


def test_what_cells_do_at_full_strength_is_drawn_told_and_explained(page, text, invented):
    drawn = sum(finding.full_strength is not None for answer in invented for finding in answer.findings)
    assert page.count("full strength</text>") == drawn > 30
    assert text.count("percentage points, beyond the margin") > 30
    assert " ".join(REACH.split()) in " ".join(text.split())
    assert page.count("at full strength</li>") == sum(
        any(finding.full_strength is not None for finding in answer.findings) for answer in invented
    )


def test_no_share_of_draws_is_told_as_zero(text):
    assert not re.search(r"(?<![\d.])0(\.0)?\s%\s(of draws|of \d+ draws)", text)


def test_the_summary_counts_all_claims(text):
    assert "of 31 claims, 0 rest on a controlled trial" in text
    assert "8 on small, uncontrolled or indirect studies" in text
    assert "3 the model cannot speak to" in text
    assert "It is no chance that the claim is true" in text


def test_no_adjective_stands_without_a_number(text):
    words = set(re.findall(r"[a-z-]+", text.casefold()))
    assert words & WITHOUT_NUMBERS == set()
    assert "no medical device" in text


def test_it_opens_offline_and_runs_nothing(page):
    assert "<script" not in page
    assert re.findall(r'(?:src|@import|url\()\s*=?\s*["\']?https?:', page) == []


def test_identifiers_are_unique(page):
    found = re.findall(r'\sid="([^"]+)"', page)
    assert len(found) == len(set(found))


def test_the_same_run_gives_the_same_bytes(invented, page):
    assert render(Run(1, 64, 20, invented)) == page


def test_what_was_not_run_says_so(invented, tmp_path):
    from repigment.claims.answers import answered

    run = Run(1, 64, 20, tuple(answered(claim, {}) for claim in claims()))
    write_page(run, tmp_path / "claims.html")
    assert (tmp_path / "claims.html").read_text().count("Not run for this page.") == 28


def test_all_of_it_is_json(invented):
    told = json.loads(written(Run(1, 64, 20, invented).plain()))
    assert [each["number"] for each in told["claims"]] == list(range(1, 32))
