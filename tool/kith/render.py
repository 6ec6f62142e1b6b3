"""Contexts and templates to the files of a site: pure, every page by itself.

All text is escaped unless it is `Markup`, which only `kith.pages` makes, and only of what `kith.markdown` rendered. A
name that a template uses and its context lacks is an error.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any

import msgspec

from kith.cores import spread
from kith.pages import Asset, Page

WORTH_A_PROCESS = 100  # pages: to render fewer takes no longer than to start a process
TEMPLATES = "templates/"
COPIED = ("css/", "scripts/")  # the folders of the template that become part of the site as they are


class Site(Mapping[str, bytes]):
    """The files of a site by address. A page is rendered when it is looked at, unless `render` has done so before.

    `others` are files that are there already. What an earlier site, `before`, has rendered and still shows the same is
    not rendered again. `kept` are the addresses of pages that are as `previous` has them (see `render`).
    """

    def __init__(
        self,
        pages: Iterable[Page],
        template_files: Mapping[str, bytes],
        others: Mapping[str, bytes] = {},
        before: "Site | None" = None,
    ) -> None:
        self._pages = {page.address: page for page in pages}
        # copied first: somebody may be looking at a page of the earlier site
        known = {} if before is None else dict(before.rendered)
        self.rendered: dict[str, tuple[str, bytes]] = {
            address: made for address, made in known.items() if address in self._pages
        }
        self.kept: frozenset[str] = frozenset()
        self._previous: Mapping[str, bytes] = {}
        self._stamp = _stamp(template_files)
        self._environment = _environment(self._stamp, template_files)
        self._files = {path: data for path, data in template_files.items() if path.startswith(COPIED)} | dict(others)

    def render(self, previous: MutableMapping[str, bytes]) -> None:
        """Render on all cores what `previous` does not hold, the pages of an earlier build; in the end it holds these.

        Its keys change with what a page shows and with the templates. Behind a space a key has the address.
        """
        keys = {self._key(page): page for page in self._pages.values()}
        new = [(key, page) for key, page in keys.items() if key not in previous]
        made = spread(lambda one: render_page(one[1], self._environment), new, bytes, WORTH_A_PROCESS)
        for key in [key for key in previous if key not in keys]:
            del previous[key]
        for (key, page), data in zip(new, made, strict=True):
            self.rendered[page.address] = key, data
            previous[key] = data
        self.kept = frozenset(self._pages) - self.rendered.keys()
        self._previous = previous

    def __getitem__(self, address: str) -> bytes:
        if (data := self._files.get(address)) is not None:
            return data
        page = self._pages[address]
        key = self._key(page)
        known, data = self.rendered.get(address, ("", b""))
        if known == key:
            return data
        data = self._previous.get(key) or render_page(page, self._environment)
        if address not in self.kept:
            self.rendered[address] = key, data
        return data

    def __contains__(self, address: object) -> bool:
        return address in self._files or address in self._pages

    def __iter__(self) -> Iterator[str]:
        return iter((*self._files, *self._pages))

    def __len__(self) -> int:
        return len(self._files) + len(self._pages)

    def _key(self, page: Page) -> str:
        return f"{self._stamp}{page.key} {page.address}"


_environments: dict[str, Any] = {}


def _environment(stamp: str, template_files: Mapping[str, bytes]) -> Any:  # noqa: ANN401 - see make_environment
    """The environment of these templates: compiling them takes longer than to render most pages."""
    if stamp not in _environments:
        _environments.clear()
        _environments[stamp] = make_environment(template_files)
    return _environments[stamp]


def make_environment(template_files: Mapping[str, bytes]) -> Any:  # noqa: ANN401 - jinja2 is imported as late as it is
    """A Jinja environment with the templates among `template_files`."""
    import jinja2

    sources = {
        path.removeprefix(TEMPLATES): data.decode()
        for path, data in template_files.items()
        if path.startswith(TEMPLATES)
    }
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(sources),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["csp_hash"] = _csp_hash
    return environment


def _csp_hash(text: str) -> str:
    """What a content security policy calls a style that stands in the page."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def render_page(page: Page, environment: Any) -> bytes:  # noqa: ANN401 - see make_environment
    """The bytes of one page."""
    context = page.context()
    if isinstance(context, Asset):
        return context.content
    fields = {name: getattr(context, name) for name in context.__struct_fields__}  # type: ignore[attr-defined]
    html: str = environment.get_template(page.template).render(fields)
    return html.encode("utf-8", "replace")


def _stamp(template_files: Mapping[str, bytes]) -> str:
    """A hash of the templates."""
    digest = hashlib.blake2b(digest_size=8)
    for path, data in sorted(template_files.items()):
        if path.startswith(TEMPLATES):
            digest.update(msgspec.msgpack.encode((path, data)))
    return digest.hexdigest()
