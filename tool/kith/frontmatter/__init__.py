"""Front matter: text to fields with their places, and the python-frontmatter handler that others can use.

The block between the `---` lines is a flat YAML mapping of scalars and lists of scalars. It is read in one walk over
PyYAML's parser events, the C parser where there is one. Scalars keep the text as written; what a field makes of it is
the schema's business (so `NO`, `+1 555 0100`, `02134` and `10:30` need no quotes). Anchors, aliases, tags and nesting
beyond what a list of unquoted wikilinks has are refused while they are events, before they can cost anything.

Another program reads our notes with `frontmatter.load(path, handler=kith.frontmatter.Handler())`.
"""

from kith.frontmatter.handler import FrontMatterError, Handler, plain_value
from kith.frontmatter.mending import quote
from kith.frontmatter.reading import CLOSING_FENCE, FENCE, MAX_CHARACTERS, MAX_DEPTH, nearly_fenced, read, split
from kith.frontmatter.values import Field, FrontMatter, Mapping, Node, Scalar, Sequence

__all__ = [
    "CLOSING_FENCE",
    "FENCE",
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "Field",
    "FrontMatter",
    "FrontMatterError",
    "Handler",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "nearly_fenced",
    "plain_value",
    "quote",
    "read",
    "split",
]
