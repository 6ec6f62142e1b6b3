"""Every kind of page is valid HTML, by the checker of the standard's authors; `tests/run.py` installs it."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.run import JAR
from tests.site.kinds import KINDS
from tests.site.reader import write_site
from tests.site.small import JOURNAL, site_of

# a run this short is over before the better compiler pays, and without it the checker needs a larger stack
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss2m")


def complaints(pages: list[Path]) -> Iterator[str]:
    """Yield what the checker has to say, errors and warnings; it starts slowly, so it reads all pages at once."""
    command = [*JAVA, "-jar", str(JAR), "--stdout", "--exit-zero-always", "--format", "json", *map(str, pages)]
    checked = subprocess.run(command, capture_output=True, text=True, check=True)
    for one in json.loads(checked.stdout)["messages"]:
        # of the policy it knows neither where a page lies nor what a hash is of: browser tests hold it
        if "violates Content Security Policy (meta tag)" not in one["message"]:
            yield f"{one['url']}:{one.get('lastLine')}: {one['message']} {one.get('extract')}"


@pytest.mark.skipif(not JAR.is_file(), reason="needs Java, and the Nu HTML checker that tests/run.py installs")
def test_every_kind_of_page_is_valid(site: Path, tmp_path: Path) -> None:
    empty = {"journal.md": "---\ntitle: J\nname: Robin\n---\n"}
    for name, journal in {"small": JOURNAL, "empty": empty}.items():
        write_site({address: html.encode() for address, html in site_of(journal).items()}, tmp_path / name)
    pages = [*(site / address for address in KINDS.values()), *tmp_path.rglob("*.html")]
    assert list(complaints(pages)) == []
