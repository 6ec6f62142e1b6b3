#!/usr/bin/env python3
"""Set up what the tests need, then run them: `python3 tests/run.py [--no-browser] [pytest arguments]`.

Standard library only: on a fresh machine this file runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# Says which pyproject.toml was installed last, and for which folder; inside .venv, so that it goes when .venv goes.
STAMP = VENV / "installed"
# The Nu HTML checker, which npm packs as one jar.
CHECKER = "vnu-jar@26.9.27"
JAR = VENV / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "--no-browser"


def main(args: list[str]) -> int:
    """Prepare `.venv` and a browser, run pytest and return its exit code."""
    if sys.version_info < (3, 11):
        return fail(f"kith needs Python 3.11 or newer; this one is {sys.version.split()[0]}")
    try:
        prepare_venv()
    except ModuleNotFoundError as missing:
        cure = f"on Debian and Ubuntu, `apt-get install python3.{sys.version_info.minor}-venv`"
        return fail(f"Python's module `{missing.name}` is not installed: {cure}")
    except subprocess.CalledProcessError as failed:
        return fail(f"`{' '.join(map(str, failed.cmd))}` failed with exit code {failed.returncode}")
    environment = dict(os.environ)
    if NO_BROWSER not in args:
        browser = find_chromium() or install_chromium()
        if browser is None:
            say(f"no Chromium found, none could be installed: browser tests will fail ({NO_BROWSER} leaves them out)")
        else:
            environment["KITH_CHROMIUM"] = browser
    prepare_checker()
    command = [str(PYTHON), "-m", "pytest", *parallel(args), *args]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def prepare_venv() -> None:
    """Make `.venv` and install the project, unless that was done for this very pyproject.toml in this folder."""
    wanted = f"{ROOT}\n{hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()}\n"
    found = STAMP.read_text(encoding="utf-8") if STAMP.is_file() else ""
    usable = runs(str(PYTHON))
    if usable and found == wanted:
        return
    copied = found and found.splitlines()[0] != str(ROOT)  # it would run the code of the checkout it was made in
    if copied or not usable:
        # Debian ships `venv` without `ensurepip`, and then `venv` fails half-way.
        import ensurepip  # noqa: F401
        import venv

        say("making .venv")
        venv.create(VENV, clear=True, with_pip=True)
    say("installing kith and its test tools into .venv")
    pip("--upgrade", "pip")
    pip("--editable", ".[dev]")
    STAMP.write_text(wanted, encoding="utf-8")


def pip(*args: str) -> None:
    """Run `pip install` inside `.venv`, quietly."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *args]
    subprocess.run(command, cwd=ROOT, check=True)


def find_chromium() -> str | None:
    """Return a browser that starts: `$KITH_CHROMIUM`, else one on PATH, else the one playwright downloaded earlier."""
    if named := os.environ.get("KITH_CHROMIUM"):
        return named
    on_path = (shutil.which(name) for name in BROWSERS)
    return next((path for path in on_path if path and runs(path)), None) or playwright_chromium()


def install_chromium() -> str | None:
    """Install a browser: the Debian package where we may, else playwright's download."""
    if shutil.which("apt-get") and (as_root := root_prefix()) is not None:
        say("installing the Debian package chromium")
        for arguments in (["update"], ["install", "--no-install-recommends", "chromium"]):
            apt_get = [*as_root, "apt-get", "--quiet", "--yes", *arguments]
            subprocess.run(apt_get, stdout=subprocess.DEVNULL, check=False)
        if browser := find_chromium():
            return browser
    say("downloading Chromium with playwright")
    subprocess.run([str(PYTHON), "-m", "playwright", "install", "chromium"], check=False)
    return playwright_chromium()


def root_prefix() -> list[str] | None:
    """Return what to put before a command so that root runs it, or None where we may not."""
    root = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return root
    return ["sudo", "-n", *root] if runs("sudo", "-n", "true") else None


def playwright_chromium() -> str | None:
    """Return the browser that playwright has downloaded, if it has and it starts."""
    script = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)\n"
    )
    asked = subprocess.run([str(PYTHON), "-c", script], capture_output=True, text=True, check=False)
    path = asked.stdout.strip()
    return path if path and runs(path) else None


def prepare_checker() -> None:
    """Install the checker of HTML where there is Java to run it; its test is skipped where that cannot be done."""
    if JAR.is_file() or not runs("java", "-version"):
        return
    say("installing the Nu HTML checker into .venv")
    npm = ["npm", "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run([*npm, "--prefix", str(VENV), CHECKER], check=False, timeout=300).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        done = False
    if not done:
        say("the Nu HTML checker could not be installed by npm: the test that pages are valid will be skipped")


def runs(program: str, *args: str) -> bool:
    """Say whether the program starts: a broken link, a missing library or Ubuntu's stub for a snap does not."""
    command = [program, *(args or ["--version"])]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def parallel(args: list[str]) -> list[str]:
    """Return the options that use every core, for the whole suite only: two workers start slower than one file runs.

    There is one worker more than there are cores, because the tests of `serve` wait more than they work.
    """
    names_a_file = any((ROOT / arg.split("::")[0]).exists() for arg in args if not arg.startswith("-"))
    return [] if names_a_file else ["-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal"]


def say(sentence: str) -> None:
    """Tell the person at the terminal what takes time or goes wrong."""
    print(f"tests/run.py: {sentence}", file=sys.stderr, flush=True)


def fail(sentence: str) -> int:
    """Say why the tests cannot run and return the exit code for that."""
    say(sentence)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
