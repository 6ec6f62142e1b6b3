"""A journal whose every field, body, label, file name and setting was written to break out of the page it is shown on.

`payloads.txt` holds the attempts, one a line. What belongs together is one line of a note, so that a few notes
hold each of them in each place.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from kith.model import LABELS, LOG_KINDS, Kind
from kith.schema import FIELDS, FieldSpec

PAYLOADS = tuple((Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").splitlines())
GROUPS = 2
WORD = "harmless"  # what stands for a payload where somebody means no harm
CARD = '"><svg onload=alert(1)>.svg'
ATTACHMENTS: Mapping[str, bytes] = {
    f"attachments/{CARD}": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
}
_FOLDERS: Mapping[Kind, str] = {
    "contact": "contacts",
    "meeting": "meetings",
    "organization": "organizations",
    "path": "paths",
    "questions": "questions",
    "letter": "letters",
}
# what these say has to hold, so that the note and not only its finding is shown
_SOUND: Mapping[Kind, str] = {
    "journal": "",
    "contact": "source: referral\nvia: '[[h0]]'\norganization: '[[o0]]'\npaths: ['[[p0]]']\nadded: 2026-10-01\n"
    f"card: 'attachments/{CARD}'\n",
    "meeting": "time: 16:30\nminutes: 20\npaths: ['[[p0]]']\n",
    "organization": "",
    "path": "status: exploring\n",
    "questions": "",
    "letter": "",
}
_TEMPLATE = ("{{", "{%", "{#")  # what a letter does not take


def heaps(*, harmless: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return all payloads in groups; harmless, as many words in their place."""
    words = [WORD] * len(PAYLOADS) if harmless else PAYLOADS
    return tuple(tuple(words[group::GROUPS]) for group in range(GROUPS))


def front(kind: Kind, heap: tuple[str, ...], alias: str = "") -> str:
    """Return front matter whose texts are payloads; what is no text is sound."""
    lines = [f"{spec.name}: {_quoted(' '.join(heap))}\n" for spec in FIELDS[kind] if spec.type == "text"]
    aliases = [f"aliases: [{alias}, {_quoted(heap[0])}]\n"] if alias else []
    texts = "".join(line for line in lines if not line.startswith("aliases:"))
    return f"---\n{texts}{''.join(aliases)}{_SOUND[kind]}"


def broken(kind: Kind, heap: tuple[str, ...]) -> str:
    """Return front matter whose every field is a payload, of whatever type it should be, and one key too."""
    lines = [f"{spec.name}: {_wrong(spec, heap)}\n" for spec in FIELDS[kind]]
    return f"---\n{''.join(lines)}{_quoted(heap[0])}: {_quoted(heap[1])}\n---\n"


def fields_only(*, harmless: bool = False) -> dict[str, str]:
    """Return a journal with payloads in its texts of front matter alone, which Markdown has no part in."""
    files = {"journal.md": f"{front('journal', heaps(harmless=harmless)[0])}---\n"}
    for number, heap in enumerate(heaps(harmless=harmless)):
        files[f"contacts/h{number}.md"] = f"{front('contact', heap, f'h{number}')}---\n"
        files[f"meetings/m{number}.md"] = f"{_meeting(number, heap)}---\n"
        files[f"organizations/o{number}.md"] = f"{front('organization', heap, f'o{number}')}---\n"
        files[f"paths/p{number}.md"] = f"{front('path', heap, f'p{number}')}---\n"
    return files


def journal() -> dict[str, str]:
    """Return a journal with every payload in every place."""
    every = heaps()
    names = [payload for payload in PAYLOADS if "/" not in payload and "\t" not in payload]
    files = {"journal.md": f"{front('journal', every[0])}{_settings(every[1])}---\n\n{_body(every[0], 0)}"}
    files["inbox.md"] = "".join(f"- {payload}\n" for payload in PAYLOADS)
    for number, heap in enumerate(every):
        name = names[number * len(names) // GROUPS]
        files[f"contacts/{name}.md"] = f"{front('contact', heap, f'h{number}')}---\n\n{_log(heap)}{_body(heap, 0)}"
        files[f"meetings/{name} m.md"] = f"{_meeting(number, heap)}---\n\n{_questions(heap)}{_body(heap, 1)}"
        files[f"organizations/{name} o.md"] = f"{front('organization', heap, f'o{number}')}---\n\n{_body(heap, 2)}"
        files[f"paths/{name} p.md"] = f"{front('path', heap, f'p{number}')}---\n\n{_body(heap, 3)}"
    files["questions/q.md"] = f"{front('questions', every[0])}---\n\n{''.join(_bank())}"
    letter = "\n".join(_said(PAYLOADS))
    files["letters/l.md"] = f"{front('letter', _said(every[0]))}for: reach-out\n---\n\n{letter}\n"
    files["letters/t.md"] = "---\nfor: thank-you\nsubject: Thanks\n---\n\n" + "".join(PAYLOADS)
    for kind, folder in _FOLDERS.items():
        files[f"{folder}/broken.md"] = broken(kind, every[-1])
    files["contacts/torn.md"] = f"---\nname: {' '.join(PAYLOADS)}\n---\n"
    return files


def _meeting(number: int, heap: tuple[str, ...]) -> str:
    day = f"2026-11-{21 + number}"
    people = f"contacts: ['[[h{number}]]', {_quoted(heap[0])}]"
    return f"{front('meeting', heap)}date: {day}\n{people}\n"


def _settings(heap: tuple[str, ...]) -> str:
    """Return each field of `journal.md` that takes no text."""
    return "".join(f"{spec.name}: {_wrong(spec, heap)}\n" for spec in FIELDS["journal"] if spec.type != "text")


def _wrong(spec: FieldSpec, heap: tuple[str, ...]) -> str:
    return f"[{', '.join(_quoted(payload) for payload in heap[:5])}]" if spec.many else _quoted(" ".join(heap))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _said(payloads: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(payload for payload in payloads if not any(sign in payload for sign in _TEMPLATE))


def _body(heap: tuple[str, ...], quarter: int) -> str:
    """Return prose, headings, a table, and an item of each label: the kinds of notes share the payloads of labels."""
    prose = "\n\n".join((f"## {payload}\n\n{payload}") for payload in heap)
    few = " ".join(heap[quarter::4])
    labels = "\n".join(f"- {label} ({heap[quarter]}): {few}" for label in LABELS)
    boxes = "\n".join(f"- [ ] {label}: {few} due:2026-11-20" for label in ("promise", "waiting", "read"))
    table = "\n".join(f"| {payload} | x |" for payload in heap[:5])
    return f"{labels}\n{boxes}\n\n## Goals\n\n- {heap[1]}\n\n| a | b |\n|---|---|\n{table}\n\n{prose}\n"


def _log(heap: tuple[str, ...]) -> str:
    kinds = enumerate(sorted(LOG_KINDS))
    lines = [f"- 2026-10-{at + 1:02} {kind} by email: {' '.join(heap[at % 4 :: 4])}" for at, kind in kinds]
    return "## Log\n\n" + "\n".join([*lines, *(f"- {payload}" for payload in heap)]) + "\n\n"


def _questions(heap: tuple[str, ...]) -> str:
    asked = [f"- [x] {' '.join(heap)}?\n  - {' '.join(heap)}", *(f"- [ ] {payload}" for payload in heap[:5])]
    return "## Questions\n\n" + "\n".join(asked) + "\n\n"


def _bank() -> Iterator[str]:
    for heap in heaps():
        yield f"- must: {' '.join(heap)}\n  - {heap[0]}\n"
