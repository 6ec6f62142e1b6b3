"""Notes that cannot be read: everything else is still read, shown and explained, and nothing raises."""

from datetime import date
from pathlib import Path

import pytest

from kith.load import Loaded, read_journal
from kith.pipeline import Review, build_site

TODAY = date(2026, 11, 22)
BROKEN = b"---\nname: a: b: c\n- d\n---\n"
GROUPS = 8


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_site_is_built_around_notes_that_cannot_be_read(demo: Path, group: int) -> None:
    paths = sorted(path for path in demo.rglob("*.md") if "_site" not in path.parts)
    files = {path.relative_to(demo).as_posix(): path.read_bytes() for path in paths}
    broken = sorted(files)[group::GROUPS]
    journal, findings = read_journal({**files, **dict.fromkeys(broken, BROKEN)})
    review = Review(Loaded(journal, findings, files), TODAY)

    site = build_site(review, {})

    assert {"index.html", "problems.html", "contacts.html"} <= set(site)
    named = {finding.place.file for finding in review.errors if finding.code == "K101"}
    assert named == set(broken)
