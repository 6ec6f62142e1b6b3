"""New notes as bytes: from the schema's table, or from the person's own template. Nothing here touches the disk."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from kith import frontmatter
from kith.edit.body import refuse_signs
from kith.edit.front import in_list, scalar, set_key
from kith.edit.source import Source, read_source
from kith.errors import JournalError
from kith.load import fold_id, parse_note
from kith.model import FOLDERS, Kind
from kith.schema import FIELDS

Values = Mapping[str, str | Sequence[str]]

MAX_SLUG = 80  # characters
_MAX_BYTES = 180  # of a slug: some systems take no more than 255 for a name, and sync tools add to it
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_SIGNS = frozenset({"Ll", "Lo", "Lm", "Mn", "Mc"})  # categories of signs that an id may have besides digits and hyphens
_WORDS = frozenset({"date", "month", "duration", "cadence", "minutes", "count", "time", "yes-no"})
_WORD = re.compile(r"[\w.:-]+", re.ASCII)
_NOTHING = re.compile(r"(?!)")
_PLACEHOLDER = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")

# The keys that a new note shows although they are empty, because most notes of its kind have them.
_SHOWN: Mapping[Kind, tuple[str, ...]] = {
    "journal": ("title", "name", "email", "school", "field-of-study", "graduation", "status", "timezone", "resume"),
    "contact": ("name", "organization", "role", "source", "via", "email", "phone", "paths", "added"),
    "meeting": ("contacts", "date", "time", "minutes", "mode", "place", "status", "paths"),
    "organization": ("name", "industry", "website", "location"),
    "path": ("title", "status", "question"),
    "questions": ("title",),
    "letter": ("for", "subject", "when", "channel"),
}
_BODIES: Mapping[Kind, str] = {
    "contact": "## Research\n\n## Log\n",
    "meeting": "## Goals\n\n## Questions\n\n## Notes\n",
    "organization": "## Research\n",
    "letter": "Dear {{ person.called }},\n\n\n\nWith kind regards\n{{ me.name }}\n",
}


# --- notes -----------------------------------------------------------------------------------------------------------


def new_note(
    kind: Kind, file: str, values: Values, *, template: bytes | None = None, heading: str = "", body: str | None = None
) -> bytes:
    """The bytes of a new note that says `values`; raises JournalError for values that it cannot say.

    `template` is what the person's own notes of the kind start from. Without one, `heading` stands above the body, and
    `body` takes the place of the usual one.
    """
    said = {key: cleaned for key, value in values.items() if (cleaned := _clean(key, value))}
    if template is None:
        title = f"# {_clean('title', heading)}\n\n" if heading else ""
        data = _render(kind, said, title + (_BODIES.get(kind, "") if body is None else body)).encode()
    else:
        data = _fill(f"templates/{kind}.md", kind, template, said).to_bytes()
    _check(file, data, said, f"templates/{kind}.md" if template is not None else "")
    return data


def _clean(key: str, value: str | Sequence[str]) -> str | tuple[str, ...]:
    """A value without the blanks around it; raises JournalError for one that no line can hold."""
    if not isinstance(value, str):
        return tuple(one for one in (str(_clean(key, one)) for one in value) if one)
    text = value.strip()
    if "\n" in text or "\r" in text:
        raise JournalError(f"`{key}` takes one line", "write what is longer into the note itself")
    refuse_signs(text)
    return text


def _as_yaml(kind: Kind, key: str, value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return value if _is_word(kind, key, value) else scalar(value)
    return scalar(value[0]) if len(value) == 1 else f"[{', '.join(map(in_list, value))}]"


def _is_word(kind: Kind, key: str, value: str) -> bool:
    """Whether a value is a number, a day, `yes` or the like, which its field reads without quotes."""
    spec = next((one for one in FIELDS[kind] if one.name == key), None)
    return spec is not None and spec.type in _WORDS and _WORD.fullmatch(value) is not None


def _render(kind: Kind, said: Values, body: str) -> str:
    keys = [spec.name for spec in FIELDS[kind] if spec.name in said or spec.name in _SHOWN[kind]]
    lines = [f"{key}: {_as_yaml(kind, key, said[key])}" if key in said else f"{key}:" for key in keys]
    return "\n".join(["---", *lines, "---", ""]) + (f"\n{body}" if body else "")


def _fill(name: str, kind: Kind, template: bytes, said: Values) -> Source:
    """A template with its placeholders filled, `{{ name }}` or `{{date}}`, and its keys set to what is said."""
    source = read_source(name, template)
    last = frontmatter.split(source.text).body_line - 1
    lines = [
        _fill_key(row, kind, said) if at < last else _fill_text(row, kind, said) for at, row in enumerate(source.lines)
    ]
    source = Source(source.file, tuple(lines), source.ends, source.bom)
    for key, value in said.items():
        one = value if isinstance(value, str) else value[0] if len(value) == 1 else None
        word = one is not None and _is_word(kind, key, one)
        source = set_key(source, key, value if one is None else one, word=word)
    return source


def _fill_key(row: str, kind: Kind, said: Values) -> str:
    """A line of front matter: what `set_key` will set may be anything until then, and what is not known is empty."""
    match = _PLACEHOLDER.search(row)
    if match is None:
        return row
    head, colon, rest = row.partition(":")
    if colon and (head.strip() in said or rest.strip().strip("\"'") == match[0]):
        return (
            f"{head}:"
            if head.strip() in said or match[1] not in said
            else f"{head}: {_as_yaml(kind, head.strip(), said[match[1]])}"
        )
    return _PLACEHOLDER.sub(lambda one: _as_text(said.get(one[1], "")), row)


def _fill_text(row: str, kind: Kind, said: Values) -> str:
    """A line of the body; a letter's placeholders are its own, and are filled when it is drafted."""
    if kind == "letter":
        return row
    return _PLACEHOLDER.sub(lambda one: _as_text(said[one[1]]) if one[1] in said else one[0], row)


def _as_text(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _check(file: str, data: bytes, said: Values, template: str) -> None:
    """Read the new note: what it says has to be what was meant, without a finding."""
    parsed = parse_note(file, data)
    wrong = next((finding for finding in parsed.findings if finding.severity != "info"), None)
    if wrong is not None:
        where = f"{template}:{wrong.place.line}: " if template else ""
        raise JournalError(f"{where}{wrong.message}", wrong.hint)
    front = frontmatter.read(read_source(file, data).text, file)
    found = {field.key: _texts(field.value) for field in front.fields}
    for key, value in said.items():
        if found.get(key) != ((value,) if isinstance(value, str) else tuple(value)):
            raise JournalError(f"`{key}` cannot be `{_as_text(value)}`", "choose other words")


def _texts(node: frontmatter.Node) -> tuple[str, ...]:
    if isinstance(node, frontmatter.Sequence):
        return tuple(text for item in node.items for text in _texts(item))
    return (node.text,) if isinstance(node, frontmatter.Scalar) else (node.source,)


# --- names of files --------------------------------------------------------------------------------------------------


def slug(text: str, longest: int = MAX_SLUG) -> str:
    """A text as an id: small letters of any script, digits and single hyphens, `""` where it has none of these.

    It is at most `longest` characters, cut between words where there are several.
    """
    from slugify import slugify

    folded = fold_id(unicodedata.normalize("NFKC", fold_id(unicodedata.normalize("NFKC", text)))).replace(
        "i\u0307", "i"
    )
    folded = folded.replace("'", "").replace("’", "")  # `O'Neil` is one word
    kept = "".join(sign if sign in "0123456789" or unicodedata.category(sign) in _SIGNS else "-" for sign in folded)
    made = kept
    while made:
        made = slugify(
            kept,
            entities=False,
            decimal=False,
            hexadecimal=False,
            allow_unicode=True,
            regex_pattern=_NOTHING,  # what may not stay has gone already
            max_length=longest,
            word_boundary=True,
        )
        made = unicodedata.normalize("NFC", made).strip("-")
        if len(made.encode()) <= _MAX_BYTES:
            break
        longest -= 1
    return made


def choose_id(wanted: Iterable[str], is_taken: Callable[[str], bool], nameless: str = "note") -> str:
    """The first of the wanted texts, as an id, that is free; else the first of all with a number behind it.

    `nameless` is what is wanted where no text has a sign that an id may have.
    """
    ids = list(dict.fromkeys(one for one in map(slug, wanted) if one)) or [nameless]
    for one in ids:
        if one not in _RESERVED and not is_taken(one):
            return one
    number = 2
    stem = slug(ids[0], MAX_SLUG - 5)
    while is_taken(numbered := f"{stem}-{number}"):
        number += 1
    return numbered


def file_of(kind: Kind, id_: str) -> str:
    """The path of a note from the journal."""
    return f"{next(folder for folder, its in FOLDERS.items() if its == kind)}/{id_}.md"
