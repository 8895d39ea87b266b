"""Pages: nothing is lost, nothing changes once it is done, every block of code is closed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.markdown.pages import Pager
from bot.render.markdown.parts import CodeFile, text_of
from bot.render.markdown.pieces import width
from tests.bot.render.markdown.mixtures import FRAGMENTS, anything, mixtures

LIMIT = 300


def texts_of(text: str, limit: int = LIMIT) -> list[str]:
    """Return the texts of a text's pages."""
    return [text_of(page) for page in Pager(limit).pages(text)]


def words(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(filter(str.isalnum, text))


def is_balanced(page: str) -> bool:
    """Tell whether Discord, for which three backticks toggle, ends the page outside of code."""
    bare = re.sub(r"\\`", "", page)
    return len(re.findall(r"```", bare)) % 2 == 0


@settings(max_examples=300, deadline=None)
@given(anything, st.lists(st.integers(0, 3000), max_size=4))
def test_every_page_can_be_sent(text: str, cuts: list[int]) -> None:
    """No page is longer than the limit or empty, and each closes the code that it opens."""
    pager = Pager(LIMIT)
    for cut in [*sorted(cuts), len(text)]:
        for page in map(text_of, pager.pages(text[:cut])):
            assert width(page) <= LIMIT
            assert page.strip()
            assert is_balanced(page)
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", page)


@settings(max_examples=200, deadline=None)
@given(mixtures(FRAGMENTS).filter(lambda text: not re.search(r"[|$\\]", text)))
def test_nothing_is_lost(text: str) -> None:
    """The pages and the files on them hold every letter of the text, in its order."""
    text += "\n\nend"
    parts = [part for page in Pager(LIMIT).pages(text) for part in page]
    held = "".join(it.content if isinstance(it, CodeFile) else text_of([it]) for it in parts)
    left = iter(words(held))
    missing = [letter for letter in words(text) if letter not in left]
    assert missing == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["py", "js", "c++", ""]), st.integers(0, 45)), max_size=6)
)
def test_code_has_its_language_on_every_page(blocks: list[tuple[str, int]]) -> None:
    """Each line of code stands on its page in a block of its own language."""
    written = [
        "Words.\n\n" + f"```{language}\n" + f"in {language} or\n" * count + "```"
        for language, count in blocks
    ]
    for page in texts_of("\n\n".join(written)):
        opened: str | None = None
        for line in page.split("\n"):
            if line.startswith("```"):
                opened = line[3:] if opened is None else None
            if line.startswith("in "):
                assert line == f"in {opened} or"
        assert opened is None


def only_page(text: str) -> str:
    """Return the one page of a short text."""
    [page] = Pager().pages(text)
    return text_of(page)


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\n", "\x00\x1b", "\u200b\u200d", "\u00a0\n"])
def test_nothing_to_see_is_no_page(text: str) -> None:
    """Discord refuses a message without anything visible."""
    assert Pager().pages(text) == ()


def test_what_discord_renders_stays_as_it_is() -> None:
    """Markdown that Discord knows is not touched."""
    text = "# Title\nSome **bold** and `code` with <@1>.\n\n- a\n  - b\n1. c\n\n> quote\n\n-# small"
    assert only_page(text) == text


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("#### Small **one** here", "**Small one here**"),
        ("- ##### In a list", "- **In a list**"),
        ("Title\n=====", "# Title"),
        ("Title\n---", "## Title"),
        ("` ``` `", "`` `\u200b`\u200b` ``"),
        ("Type ```` ``` ```` first", "Type `` `\u200b`\u200b` `` first"),
        ("1. ---\n2. two", "1. ────────────────\n2. two"),
        ("10) > ***", "10) > ────────────────"),
        ("above\n\n---\n\nbelow", "above\n\n────────────────\n\nbelow"),
        ("![a cat](https://x.y/c.png) and ![](https://x.y/d.png)",
         "[a cat](https://x.y/c.png) and [image](https://x.y/d.png)"),
        ("`![not](an.image)`", "`![not](an.image)`"),
        (">tight\nlazy", "> tight\n> lazy"),
        (">>> three deep", "> \u258e \u258e three deep"),
        ("> one\n> > two\n> >\n> > > three\n>\n> one",
         "> one\n> \u258e two\n> \u258e \n> \u258e \u258e three\n> \n> one"),
        ("> > ```py\n> > x\n> > ```", "> ```py\n> x\n> ```"),
        ("# Title\n\nText\n\n## More\n\n- one", "# Title\nText\n\n## More\n- one"),
        ("Inline ```code``` stays in its line", "Inline `code` stays in its line"),
        ("~~~js\nlet x\n~~~", "```js\nlet x\n```"),
        ("````md\n```py\nx\n```\n````", "```md\n``\u200b`py\nx\n``\u200b`\n```"),
        ("1. one\n   ```sh\n   ls\n   ```\n2. two", "1. one\n```sh\nls\n```\n2. two"),
        ("> ```py\n> x\n> ```\n> y", "> ```py\n> x\n> ```\n> y"),
        ("- ```py\n  x\n  ```", "-\n```py\nx\n```"),
        ("text\n\n    indented = True", "text\n\n```\nindented = True\n```"),
        ("```python title.py\nx\n```", "-# python title.py\n```python\nx\n```"),
        ("Type ``` to begin", "Type \\`\\`\\` to begin"),
        ("a\r\nb\x07c\u2028d", "a\nbc\nd"),
        ("```py\nunfinished", "```py\nunfinished\n```"),
        ("text\n\n```py\n", "text"),
    ],
)  # fmt: skip
def test_what_discord_does_not_render_becomes_something_that_it_does(text: str, page: str) -> None:
    """Headings, rules, images, quotes and all kinds of code blocks look right."""
    assert only_page(text) == page


def test_a_narrow_table_is_aligned_in_code() -> None:
    """What fits a phone keeps its columns; marks that code would show are gone."""
    text = "| Name | Size |\n|:--|--:|\n| **a** | 5 |\n| 語 | `1024` |\n\nAfter"
    assert only_page(text) == ("```\nName  Size\n────  ────\na        5\n語    1024\n```\n\nAfter")


def test_a_wide_table_becomes_cards() -> None:
    """Each row stands for itself, so that no line wraps in the midst of a column."""
    text = f"| Name | What it does |\n|---|---|\n| a | {'many words ' * 5}|\n| b<br>c | |\n"
    assert only_page(text) == (
        f"-# Name · What it does\n- **a**: {('many words ' * 5).strip()}\n- **b / c**"
    )


def test_links_in_tables_stay_links() -> None:
    """Code would show a link's address only as text, so such a table is a list."""
    assert "[x](https://y.z)" in only_page("| A | B |\n|---|---|\n| [x](https://y.z) | 1 |")


def test_a_row_with_too_many_cells_loses_none() -> None:
    """A parser drops surplus cells; here the table is then shown as it was written."""
    assert "three" in only_page("| A | B |\n|---|---|\n| one | two | three |")


def test_a_long_table_repeats_its_header() -> None:
    """A reader of the second page still knows the columns."""
    text = "| Key | Value |\n|---|---|\n" + "".join(f"| k{n} | {n} |\n" for n in range(120))
    pages = texts_of(text)
    assert len(pages) > 2
    assert all(page.startswith("```\nKey") and page.endswith("```") for page in pages)
    assert re.findall(r"k(\d+) ", "\n".join(pages)) == [str(n) for n in range(120)]


def test_code_goes_on_with_its_language() -> None:
    """A block that is cut is closed, and opened again with its language."""
    text = "Look:\n\n```py\n" + "".join(f"value_{n} = {n}\n" for n in range(34)) + "```\n\nDone."
    pages = texts_of(text)
    assert all(page.count("```") == 2 for page in pages[:-1])
    assert all(page.startswith("```py\n") for page in pages[1:])
    assert pages[-1].endswith("```\n\nDone.")


def test_code_in_a_list_goes_on_too() -> None:
    """The list's indentation is not mistaken for the code's on the next page."""
    lines = "".join(f"     deep_{n} = {n}\n" for n in range(40))
    pages = texts_of(f"1. Do this:\n   ```py\n{lines}   ```\n2. Then that")
    assert all(page.startswith("```py\n  deep_") for page in pages[1:])
    assert pages[-1].endswith("```\n2. Then that")


def test_pages_end_where_a_reader_would_pause() -> None:
    """A block that fits on the next page is not cut for the sake of a full one."""
    first, second = "First. " * 30, "Second. " * 30
    assert texts_of(f"{first}\n\n{second}") == [first.strip(), second.strip()]


def test_a_heading_goes_with_what_follows_it() -> None:
    """No page ends in a heading or in a line that announces a list."""
    intro = "Words. " * 24
    pages = texts_of(f"{intro}\n\n## Steps\n\nDo this:\n\n" + "- a longer step\n" * 20)
    assert pages[0] == intro.strip()
    assert pages[1].startswith("## Steps\nDo this:\n\n- a longer")


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    """Where nothing else helps the cut is at a sentence, a word, a character: in this order."""
    sentences = "This is one of them. " * 40
    assert all(page.endswith("them.") for page in texts_of(sentences))
    words = "word " * 200
    assert all(set(page.split(" ")) == {"word"} for page in texts_of(words))
    assert [len(page) for page in texts_of("x" * 700)] == [300, 300, 100]


WHOLE = [
    *(
        "<t:1700000000:R>",
        "<@123456789012>",
        "<:smile:1234>",
        "[a b](https://x.y)",
        "\U0001f1e9\U0001f1ea",
    ),
    *(
        "👩\u200d👩\u200d👧",
        "👍\U0001f3fd",
        "e\u0301\u0302",
        "**bold words here**",
        "`code words here`",
    ),
]


@pytest.mark.parametrize("token", WHOLE)
def test_what_belongs_together_is_not_cut(token: str) -> None:
    """Mentions, timestamps, emoji, links and short spans arrive whole."""
    for before in range(280, 301):
        pages = texts_of("x " * (before // 2) + "y" * (before % 2) + token + " end" * 9)
        assert sum(page.count(token) for page in pages) == 1


def test_emoji_count_as_discord_may_count_them() -> None:
    """A character outside the basic plane takes two units: no page is longer in either way."""
    pages = texts_of("😀" * 400)
    assert [len(page) for page in pages] == [150, 150, 100]


def test_too_small_a_limit_is_refused() -> None:
    """Below it a page could hold nothing of some texts."""
    with pytest.raises(ValueError, match="300"):
        Pager(100)
