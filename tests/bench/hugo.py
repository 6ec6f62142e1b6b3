"""Write the notes of a journal as a site for Hugo: `python tests/bench/hugo.py JOURNAL OUT`.

The work is as equal as it can be: each note is a page, there are lists and tags, each person's page lists the meetings
with them and who led to whom, each organisation and path its people. What Hugo does not know (follow-ups, findings, the
search index, the calendar, boards of evidence) it does not have to do.
"""

import argparse
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_LINK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")
_FIELD = re.compile(r'"\[\[([^\]|]+)\]\]"')

CONFIG = """\
baseURL = "http://127.0.0.1/"
title = "The journal of the benchmark"
buildFuture = true
disableKinds = ["RSS", "sitemap"]
uglyURLs = true
[taxonomies]
tag = "tags"
person = "with"
path = "paths_of"
organization = "works_at"
referrer = "via_of"
"""

FRAME = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ .Site.Title }}</title>
<link rel="stylesheet" href="/css/site.css">
</head>
<body>
<header><nav>
{{ range slice "contacts" "meetings" "organizations" "paths" "questions" }}<a href="/{{ . }}.html">{{ . }}</a>
{{ end }}<a href="/tags.html">tags</a>
</nav></header>
<main>
{{ block "main" . }}{{ end }}
</main>
<footer>{{ .Site.Title }}</footer>
</body>
</html>
"""

# Terms are only looked up, so their pages are not made: kith makes none either.
UNSEEN = """\
---
_build: {render: never, list: never}
cascade:
  _build: {render: never, list: never}
---
"""

PAGE = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<dl>
{{ range $name, $value := .Params }}{{ if not (in (slice "title" "iscjklanguage" "draft") $name) }}
<dt>{{ $name }}</dt><dd>{{ $value }}</dd>{{ end }}{{ end }}
</dl>
{{ .Content }}
{{ $id := .File.ContentBaseName }}
{{ with index .Site.Taxonomies.with $id }}<h2>Meetings</h2><ul>
{{ range .Pages.ByDate.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Date.Format "2 January 2006" }}</a></li>
{{ end }}</ul>{{ end }}
{{ with index .Site.Taxonomies.via_of $id }}<h2>Led to</h2><ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
{{ with index .Site.Taxonomies.works_at $id }}<h2>People</h2><ul>
{{ range .Pages.ByTitle }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
{{ with index .Site.Taxonomies.paths_of $id }}<h2>People and meetings</h2><ul>
{{ range .Pages.ByTitle }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
{{ range .Params.tags }}<a href="/tags/{{ . | urlize }}.html">{{ . }}</a>
{{ end }}
{{ end }}
"""

LIST = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<table>
{{ range .Pages }}<tr><td><a href="{{ .RelPermalink }}">{{ .Title }}</a></td><td>{{ .Params.role }}</td>
<td>{{ .Params.source }}</td><td>{{ .Date.Format "2006-01-02" }}</td></tr>
{{ end }}</table>
{{ end }}
"""

HOME = """\
{{ define "main" }}
<h1>{{ .Site.Title }}</h1>
<ul>
{{ range first 20 (where .Site.RegularPages "Section" "meetings").ByDate.Reverse }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>
{{ end }}
"""


def main() -> None:
    """Write the site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("journal", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    for name, text in convert(read_notes(options.journal)):
        path = options.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read_notes(journal: Path) -> dict[str, str]:
    """Return the texts of the notes by path."""
    paths = sorted(journal.glob("*/*.md"))
    return {path.relative_to(journal).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def convert(notes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the files of a site for Hugo by path."""
    yield "config.toml", CONFIG
    yield "layouts/_default/baseof.html", FRAME
    yield "layouts/_default/single.html", PAGE
    for kind in ("list", "taxonomy", "term", "section"):
        yield f"layouts/_default/{kind}.html", LIST
    yield "layouts/index.html", HOME
    yield "static/css/site.css", "body { font: 1rem/1.5 serif; }\n"
    for taxonomy in ("with", "paths_of", "works_at", "via_of"):
        yield f"content/{taxonomy}/_index.md", UNSEEN
    folders = {Path(name).stem: name.partition("/")[0] for name in notes}
    for name, text in notes.items():
        yield f"content/{name}", convert_note(name, text, folders)


def convert_note(name: str, text: str, folders: Mapping[str, str]) -> str:
    """Return a note as Hugo reads it: plain ids in front matter, links as Markdown has them."""
    _, front, body = text.split("---\n", 2)
    fields = dict(line.partition(": ")[::2] for line in front.splitlines())
    plain = {key: _FIELD.sub(r'"\1"', value) for key, value in fields.items()}
    plain.setdefault("title", plain.get("name") or Path(name).stem)
    # terms of taxonomies by which a page finds those that name it
    for key, term in (("contacts", "with"), ("paths", "paths_of"), ("organization", "works_at"), ("via", "via_of")):
        if key in plain:
            plain[term] = plain[key] if plain[key].startswith("[") else f"[{plain[key]}]"

    def link(match: re.Match[str]) -> str:
        folder = folders.get(match[1])
        words = match[2] or match[1]
        return f"[{words}](/{folder}/{match[1]}.html)" if folder else words

    lines = "\n".join(f"{key}: {value}" for key, value in plain.items())
    return f"---\n{lines}\n---\n{_LINK.sub(link, body)}"


if __name__ == "__main__":
    main()
