"""What links resolve by: ids, then names, then aliases, exactly after folding."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property

from kith.load.note import ParsedFile, fold_name
from kith.model import BankQuestion, CareerPath, Contact, Organization, QuestionSection


class Names:
    """The names of the notes of one journal: all that linking one note asks about the others.

    `files` has the path of each note by id, in the order of ids, `kinds` what it is. Of two notes with one id the first
    by path is kept, and both paths are in `doubles`.
    """

    def __init__(self, parsed: Iterable[ParsedFile]) -> None:
        kept: dict[str, ParsedFile] = {}
        self.doubles: list[tuple[str, str]] = []
        for one in sorted(parsed, key=lambda one: (unicodedata.normalize("NFC", one.file), one.file)):
            if one.kind in ("inbox", "journal"):
                continue
            if (first := kept.setdefault(one.id, one)) is not one:
                self.doubles.append((first.file, one.file))
        kept = dict(sorted(kept.items()))
        self.files = {id_: one.file for id_, one in kept.items()}
        self.kinds = {id_: one.kind for id_, one in kept.items()}
        self.ids = {unicodedata.normalize("NFC", file): id_ for id_, file in self.files.items()}
        self.names: dict[str, list[str]] = {}
        self.aliases: dict[str, list[str]] = {}
        self.bank = read_bank(kept.values())
        self.suggested: dict[tuple[str, str], str] = {}
        for id_, one in kept.items():
            note = one.note
            if isinstance(note, Contact | Organization):
                self.names.setdefault(fold_name(note.name), []).append(id_)
            elif isinstance(note, CareerPath | QuestionSection):
                self.names.setdefault(fold_name(note.title), []).append(id_)
            if isinstance(note, Contact | Organization | CareerPath):
                for alias in dict.fromkeys(map(fold_name, note.aliases)):
                    self.aliases.setdefault(alias, []).append(id_)

    def candidates(self, text: str, kind: str = "") -> tuple[str, ...]:
        """The ids that `text` may mean, those of `kind` alone where there is one of that kind."""
        folded = fold_name(text)
        if folded in self.kinds and kind in ("", self.kinds[folded]):
            return (folded,)
        for table in (self.names, self.aliases):
            right = tuple(id_ for id_ in table.get(folded, ()) if kind in ("", self.kinds[id_]))
            if right:
                return right
        if folded in self.kinds:
            return (folded,)
        return tuple(dict.fromkeys([*self.names.get(folded, ()), *self.aliases.get(folded, ())]))

    @cached_property
    def table(self) -> Mapping[str, tuple[str, ...]]:
        """All folded ids, names and aliases with the ids they lead to."""
        return {name: self.candidates(name) for name in sorted({*self.kinds, *self.names, *self.aliases})}

    def nearest(self, folded: str, kind: str) -> str:
        """The id nearest to a folded text that means none, `""` where none is near; each is looked for once."""
        if (folded, kind) not in self.suggested:
            self.suggested[folded, kind] = self.look_for(folded, kind)
        return self.suggested[folded, kind]

    def look_for(self, folded: str, kind: str) -> str:
        """The id nearest to a folded text, by ids and names."""
        pool = [id_ for id_, its in self.kinds.items() if kind in ("", its)]
        pool += [name for name, ids in self.names.items() if kind in ("", self.kinds[ids[0]])]
        near = difflib.get_close_matches(folded, pool, 1, 0.8)
        if not near:
            return ""
        return near[0] if near[0] in self.kinds else self.names[near[0]][0]


def read_bank(files: Iterable[ParsedFile]) -> Mapping[str, str]:
    """What each wording means: a question of the bank before an earlier wording of another one."""
    asked = [question for one in files for question in _questions(one) if question.key]
    bank = {question.key: question.key for question in asked}
    for question in asked:
        for earlier in filter(None, question.earlier):
            bank.setdefault(earlier, question.key)
    return bank


def are_named_alike(files: Mapping[str, ParsedFile], others: Mapping[str, ParsedFile]) -> bool:
    """Whether two journals, parsed files by path, have the same `Names`."""
    return files.keys() == others.keys() and all(
        one is (other := others[file]) or _face(one) == _face(other) for file, one in files.items()
    )


def _face(one: ParsedFile) -> object:
    """What a file shows of itself in the names of a journal, besides its path."""
    note = one.note
    names = (getattr(note, name, None) for name in ("name", "title", "aliases"))
    return *names, [(question.key, question.earlier) for question in _questions(one)]


def _questions(one: ParsedFile) -> tuple[BankQuestion, ...]:
    return one.note.questions if isinstance(one.note, QuestionSection) else ()
