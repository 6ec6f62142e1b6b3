"""What links resolve by: ids, then names, then aliases, exactly after folding."""

import difflib
from collections.abc import Mapping

from kith.load.note import ParsedFile, fold_name
from kith.model import CareerPath, Contact, Organization, QuestionSection

MAX_SUGGESTIONS = 50  # dead links whose nearest name is looked for: each costs a look at every name


class Names:
    """The names of the notes of one journal."""

    def __init__(self, files: Mapping[str, ParsedFile]) -> None:
        self.kinds = {id_: parsed.kind for id_, parsed in files.items()}
        self.names: dict[str, list[str]] = {}
        self.aliases: dict[str, list[str]] = {}
        self.suggested: dict[tuple[str, str], str] = {}
        for id_, parsed in files.items():
            note = parsed.note
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

    def table(self) -> dict[str, tuple[str, ...]]:
        """All folded ids, names and aliases with the ids they lead to."""
        return {name: self.candidates(name) for name in sorted({*self.kinds, *self.names, *self.aliases})}

    def nearest(self, text: str, kind: str = "") -> str:
        """The id nearest to a text that means none, `""` where none is near, or too many were asked for."""
        folded = fold_name(text)
        if (folded, kind) not in self.suggested:
            if len(self.suggested) == MAX_SUGGESTIONS:
                return ""
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
