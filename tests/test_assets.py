"""Where the templates and the demo journal are, installed or in a checkout."""

from pathlib import Path

import pytest

from kith import assets


def test_checkout_has_both() -> None:
    assert "journal.md" in assets.demo_files()
    assert any(path.startswith("templates/") for path in assets.template_files())


def test_wheel_has_both_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "kith"
    for name in ("site_template/templates/page.html", "content/journal.md"):
        (package / name).parent.mkdir(parents=True)
        (package / name).write_bytes(b"from the wheel")
    monkeypatch.setattr(assets, "_PACKAGE", package)
    assert assets.template_files() == {"templates/page.html": b"from the wheel"}
    assert assets.demo_files() == {"journal.md": b"from the wheel"}


def test_litter_of_a_checkout_is_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.md", ".hidden", "b.md~", ".c.md.swp", "_site/a", "_public/a", ".kith/c", "x/d.md", "x/.DS_Store"):
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_bytes(b"")
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path)
    assert list(assets.demo_files()) == ["a.md", "x/d.md"]


def test_broken_installation_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path)
    monkeypatch.setattr(assets, "_CHECKOUT", tmp_path)
    with pytest.raises(FileNotFoundError, match="missing in this installation"):
        assets.template_files()
