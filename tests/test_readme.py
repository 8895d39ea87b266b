"""The README holds what it promises."""

import re
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
LARGEST = 300_000


def test_its_pictures_are_there_and_small() -> None:
    """Every picture that the README shows is in the repository, with words for it, under 300 kB."""
    shown = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert shown
    for words, path in shown:
        assert len(words) > 20, path
        assert 0 < (ROOT / path).stat().st_size < LARGEST, path


def test_its_pictures_are_those_that_the_command_draws() -> None:
    """No picture is shown that `make screenshots` does not draw, and none is drawn for nothing."""
    from tests.browser.screenshots import PICTURES

    shown = re.findall(r"!\[[^\]]*\]\(docs/pictures/(\w+)\.png\)", (ROOT / "README.md").read_text())
    assert set(shown) == set(PICTURES)


def test_it_names_every_setting() -> None:
    """Every setting stands in its table, and what `.env.example` proposes can be read."""
    names = {name.upper() for name in Settings.model_fields}
    assert [name for name in sorted(names) if f"`{name}`" not in README] == []
    example = (ROOT / ".env.example").read_text("utf-8")
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)) <= names
