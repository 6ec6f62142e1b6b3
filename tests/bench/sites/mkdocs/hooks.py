"""What MkDocs' templates need to list pages: its pages know each other only by their places in the navigation."""

from collections import defaultdict
from typing import Any


def on_env(env: Any, config: object, files: Any) -> Any:  # noqa: ANN401, ARG001 - as MkDocs calls it
    """Hand to the templates the pages of each folder and tag, and those that name another page under a key."""
    folders: dict[str, list[Any]] = defaultdict(list)
    tagged: dict[str, list[Any]] = defaultdict(list)
    naming: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for page in (file.page for file in files.documentation_pages()):
        if "template" in page.meta:  # a list
            continue
        folders[page.file.src_uri.partition("/")[0]].append(page)
        for tag in page.meta.get("tags", []):
            tagged[tag].append(page)
        for key in ("contacts", "via", "organization", "paths"):
            named = page.meta.get(key, [])
            for name in named if isinstance(named, list) else [named]:
                naming[key][name].append(page)
    env.globals.update(folders=folders, tagged=tagged, naming=naming)
    return env
