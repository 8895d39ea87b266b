"""Formulas over several lines: they are found also where text stands beside them."""

import pytest

from bot.render.markdown.pages import Pager
from bot.render.markdown.parts import Picture, PictureKind, text_of


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("so $$\nx = 1\n$$ holds", "so x = 1 holds"),
        ("$$\nx = 1\n$$ holds", "x = 1 holds"),
        ("we get \\[\n\\frac{1}{2} = c\n\\] and so\non", "we get ½ = c and so\non"),
        ("above\nso \\(a +\n b\\) is\nbelow", "above\nso a + b is\nbelow"),
        ("so $$\nx\n$$, and $$\ny\n$$ too", "so x, and y too"),
        ("- so \\[\n  x = 1\n  \\] holds\n- two", "- so x = 1 holds\n- two"),
        ("> so $$\n> x = 1\n> $$ holds\n> on", "> so x = 1 holds\n> on"),
        ("\\\\[\nx = 1\n\\\\]", "x = 1"),
        ("it costs $$ and\nmore $$ here", "it costs $$ and\nmore $$ here"),
        ("so \\[ x\n\ny \\]", "so \\[ x\n\ny \\]"),
        ("```\nso $$\nx\n$$ y\n```", "```\nso $$\nx\n$$ y\n```"),
    ],
)
def test_a_formula_goes_across_lines_of_text(text: str, page: str) -> None:
    """The lines that it joins are one line, and all others stay as they are."""
    [shown] = Pager().pages(text)
    assert text_of(shown) == page


def test_what_no_line_does_justice_is_drawn_below_its_line() -> None:
    """As any formula in a text, it is text and then a picture."""
    [page] = Pager().pages("so $$\n\\frac{\\sqrt{\\frac{x}{y}}}{z + \\frac{1}{z}}\n$$ holds")
    assert [part.kind for part in page if isinstance(part, Picture)] == [PictureKind.FORMULA]
    assert text_of(page).startswith("so ")
    assert text_of(page).endswith(" holds")


def test_it_is_waited_for_while_the_text_grows() -> None:
    """No frame shows a part of the formula, and none takes back what one before it has shown."""
    text = "above\nso $$\nx = 1\n$$ holds, and more"
    pager, seen = Pager(), []
    for at in range(1, len(text) + 1):
        seen += [text_of(page) for page in pager.pages(text[:at], growing=True)]
    assert all("above\nso x = 1 holds, and more".startswith(it) for it in seen)
    assert seen[-1] == "above\nso x = 1 holds, and"
