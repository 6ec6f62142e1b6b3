"""Where the site's templates and the demo journal are: in the package once installed, beside `tool/` in a checkout."""

import errno
import re
from collections.abc import Mapping
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent
# What editors, systems and kith itself leave in a checkout; git ignores it, so it is in no wheel.
_LITTER = re.compile(r"\..*|_site|_public|__pycache__|.*~|.*\.sw[a-z]|Thumbs\.db|desktop\.ini")


def template_files() -> Mapping[str, bytes]:
    """The templates, styles and scripts of the site by path; raises FileNotFoundError where they are not installed."""
    return _read("site_template")


def demo_files() -> Mapping[str, bytes]:
    """The files of the demo journal by path; raises FileNotFoundError where they are not installed."""
    return _read("content")


def _read(name: str) -> Mapping[str, bytes]:
    folder = _find(name)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(_LITTER.fullmatch(part) for part in path.relative_to(folder).parts)
    }


def _find(name: str) -> Path:
    """The folder, inside the package before a checkout: what is installed belongs together."""
    for parent in (_PACKAGE, _CHECKOUT):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(errno.ENOENT, "is missing in this installation of kith; install it again", name)
