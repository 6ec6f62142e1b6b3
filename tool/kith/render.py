"""Contexts and templates to the files of a site: pure, every page by itself.

All text is escaped unless it is `Markup`, which only `kith.pages` makes, and only of what `kith.markdown` rendered. A
name that a template uses and its context lacks is an error.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from kith.pages import Asset, Page

TEMPLATES = "templates/"
COPIED = ("css/", "scripts/")  # the folders of the template that become part of the site as they are


class Site(Mapping[str, bytes]):
    """The files of a site by address. A page is rendered whenever it is looked at, and not held.

    `others` are files that are there already.
    """

    def __init__(
        self, pages: Iterable[Page], template_files: Mapping[str, bytes], others: Mapping[str, bytes] = {}
    ) -> None:
        self._pages = {page.address: page for page in pages}
        self._stamp = _stamp(template_files)
        self._environment = _environment(self._stamp, template_files)
        self._files = {path: data for path, data in template_files.items() if path.startswith(COPIED)} | dict(others)

    @property
    def versions(self) -> Mapping[str, str]:
        """For each page by address what changes with all that it shows, and with the templates."""
        return {address: self._version(page) for address, page in self._pages.items()}

    def __getitem__(self, address: str) -> bytes:
        if (data := self._files.get(address)) is not None:
            return data
        return self._render(self._pages[address])

    def __contains__(self, address: object) -> bool:
        return address in self._files or address in self._pages

    def __iter__(self) -> Iterator[str]:
        return iter((*self._files, *self._pages))

    def __len__(self) -> int:
        return len(self._files) + len(self._pages)

    def _version(self, page: Page) -> str:
        return f"{self._stamp}{page.key}"

    def _render(self, page: Page) -> bytes:
        return render_page(page, self._environment)


class Preview(Site):
    """A site that is looked at again and again: what it has rendered, or `before` has and still shows, is held."""

    def __init__(
        self,
        pages: Iterable[Page],
        template_files: Mapping[str, bytes],
        others: Mapping[str, bytes] = {},
        before: "Preview | None" = None,
    ) -> None:
        super().__init__(pages, template_files, others)
        # copied first: somebody may be looking at a page of the earlier site
        known = {} if before is None else dict(before.rendered)
        self.rendered: dict[str, tuple[str, bytes]] = {
            address: made for address, made in known.items() if address in self._pages
        }

    def _render(self, page: Page) -> bytes:
        version = self._version(page)
        known, data = self.rendered.get(page.address, ("", b""))
        if known != version:
            data = super()._render(page)
            self.rendered[page.address] = version, data
        return data


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
