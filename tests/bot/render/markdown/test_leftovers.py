"""HTML, task lists and footnotes become what Discord shows in their place."""

import pytest

from bot.render.markdown.pages import Pager
from bot.render.markdown.parts import text_of


def only_page(text: str) -> str:
    """Return the text of a text's only page."""
    (page,) = Pager().pages(text)
    return text_of(page)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Press <kbd>Ctrl</kbd>+<kbd>C</kbd>", "Press `Ctrl`+`C`"),
        ("H<sub>2</sub>O, x<sup>-1</sup>, e<sup>q?</sup>", r"H₂O, x⁻¹, e\^(q?)"),
        ("<b>bold</b> <em>it</em> <u>u</u> <s>s</s>", "**bold** *it* __u__ ~~s~~"),
        ("<p align='center'><b>Hi</b></p>", "**Hi**"),
        ('See <a href="https://x.y/z">this</a>', "See [this](https://x.y/z)"),
        ('<img src="https://x.y/z.png" alt="A cat" width="3">', "[A cat](https://x.y/z.png)"),
        ("one<br>two<br/>", "one\ntwo"),
        ("- one<br>two", "- one\n  two"),
        ("> one<br>two", "> one\n> two"),
        ("&copy; 2024 &mdash; a &lt;b&gt; &amp; c", r"© 2024 — a \<b\> & c"),
        ("<details>\n<summary>Why</summary>\n\nSo.\n\n</details>\n\nEnd", "**Why**\n\nSo.\n\nEnd"),
        ("one\n\n<!-- hidden -->\n\ntwo", "one\n\ntwo"),
    ],
)
def test_html_becomes_markdown(text: str, page: str) -> None:
    """Tags and entities that a model writes are shown as what they mean."""
    assert only_page(text) == page


@pytest.mark.parametrize(
    "text",
    [
        *(
            "`<b>x</b>` and `&amp;`",
            "Use <br> there",
            "Vec<u8>, a < b & c > d",
            "<@1> <#2> <t:3:R>",
        ),
        *("the <b> and </b> tags", "a <div> element", r"\<b>x</b>", "AT&T; R&D", "&#0; &#x1b;"),
        *("a [x] b", "[^note]", "`[^1]`", "1. [y] z", "2 * 3", ": )"),
        *("use <details> and </details>", "a[i][j], b[0][1], [1][2]", "x [i][j]", "[INFO]: up"),
        *("in C:\\dir\\", "run it \\\n-p 80", "**b** https://x.y/a*1*2 *c*", "> [!x]"),
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    """Code, comparisons, types, mentions and talk about tags are not touched."""
    assert only_page(text) == text


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("- [x] done\n- [ ] open\n  - [X] too", "- ✅ done\n- ⬜ open\n  - ✅ too"),
        ("<details><summary>More</summary>of it</details>", "**More**\nof it"),
        ("<details><summary>More</summary>\n\nof it\n</details>", "**More**\n\nof it"),
        ("a <!--><img src=x>--> b", "a <!--><img src=x>--> b"),
        ("a <!-- note --> b<!-- c -->\n<!-- d --> e", "a b\ne"),
        ("one\\\ntwo", "one\ntwo"),
        ("one\rtwo\r\nthree", "one\ntwo\nthree"),
        (
            'see [the ref][1], [The Docs][docs]\n\n[1]: https://x.y\n[docs]: <https://d.e> "T"',
            "see the ref [1], The Docs [docs]\n\n-# [1] https://x.y\n-# [docs] https://d.e · T",
        ),
        ("Use [row][col], and [x, y][0].", "Use [row][col], and [x, y][0]."),
        ("[INFO][main] began, [first][]", "[INFO][main] began, [first][]"),
        ("> [!NOTE]\n> Useful.", "> **Note**\n> Useful."),
        ("> [!WARNING] Careful", "> **Warning** Careful"),
        ('```js title="a b"\nx\n```', "-# a b\n```js\nx\n```"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\non", "```\na  b\n─  ─\n1  2\n```\non"),
        ("- \\[x\\] done\n- \\[ \\] open", "- ✅ done\n- ⬜ open"),
        ("1. [ ] one", "1. ⬜ one"),
        ("So it is.[^1] And[^12].\n\n[^1]: Said so.", "So it is.¹ And¹².\n\n-# ¹ Said so."),
        ("Term\n: What it is", "Term\n- What it is"),
        ("2*3*4 and 2**3**4", r"2\*3\*4 and 2\*\*3\*\*4"),
    ],
)
def test_signs_stand_for_what_discord_lacks(text: str, page: str) -> None:
    """Boxes, notes, meanings and products have signs that Discord shows."""
    assert only_page(text) == page
