"""Settings of the site that Pelican makes: each note is an article, its folder the category."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

SITENAME = "The journal of the benchmark"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
DEFAULT_DATE = "fs"
PATH = "content"
OUTPUT_PATH = "public"
THEME = "theme"
THEME_STATIC_DIR = "."
USE_FOLDER_AS_CATEGORY = True
PATH_METADATA = r"[^/]+/(?P<slug>[^/]+)\.md"
SLUGIFY_SOURCE = "basename"
ARTICLE_TRANSLATION_ID = None
ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "{slug}.html"
TAG_URL = TAG_SAVE_AS = "tags/{slug}.html"
TAGS_SAVE_AS = "tags.html"
DIRECT_TEMPLATES = ["index", "tags"]
AUTHOR_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {"extensions": ["meta", "extra"], "output_format": "html5"}
# what it has for building again: texts that have not changed are not rendered again
CACHE_CONTENT = LOAD_CONTENT_CACHE = True

Index = dict[str, dict[str, list[Any]]]
_known: tuple[Sequence[Any], Index] = ((), {})


def naming(articles: Sequence[Any], key: str, name: str) -> list[Any]:
    """Return the articles whose front matter names another under a key; they are looked through once a build."""
    global _known  # noqa: PLW0603 - settings are a module, and a template has nowhere else to keep it
    if _known[0] is not articles:
        index: Index = {key: defaultdict(list) for key in ("contacts", "via", "organization", "paths")}
        for article in articles:
            for one, named in index.items():
                for there in filter(None, str(article.metadata.get(one, "")).split(", ")):
                    named[there].append(article)
        _known = (articles, index)
    return _known[1][key].get(name, [])


JINJA_GLOBALS = {"naming": naming}
