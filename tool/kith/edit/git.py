"""What git knows of a journal, where there is git: the index follows a rename, history is searched, never changed."""

import subprocess
from pathlib import Path


def follow_rename(root: Path, old: str, new: str) -> bool:
    """Rename a tracked file in the index as `git mv` does; False where it is not tracked, or there is no git."""
    staged = _git(root, "ls-files", "-s", "-z", "--", old)
    if not staged:
        return False
    mode, blob, _ = staged.split("\0", 1)[0].split("\t", 1)[0].split()
    return _git(root, "update-index", "--force-remove", "--", old) is not None and (
        _git(root, "update-index", "--add", "--cacheinfo", f"{mode},{blob},{_in_repository(root, new)}") is not None
    )


def count_commits(root: Path, text: str) -> int | None:
    """How many commits of all branches add or remove `text`; None where there is no git, or no history."""
    found = _git(root, "log", "--all", "--format=%H", f"-S{text}")
    return None if found is None else len(found.split())


def _in_repository(root: Path, file: str) -> str:
    """The path of a file from the top of the repository, as --cacheinfo wants it."""
    return (_git(root, "rev-parse", "--show-prefix") or "").strip() + file


def _git(root: Path, *arguments: str) -> str | None:
    """The output of a git command in a folder; None where it fails or there is no git."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None
